"""The linter against labelled copy: what it was written against, and what its author did not read while writing it."""

import pytest

from renmai.policy.tests.scoring import examples, score

RECALL_AT_LEAST = 0.95
FALSE_ALARMS_AT_MOST = 0.05

KNOWN, HELD_OUT = "known.toml", "held_out.toml"
HELD_OUT_RECALL_REACHED = 0.77
HELD_OUT_FALSE_ALARMS_REACHED = 0.067
"""What the first scoring gave. These two may only become stricter."""


def test_the_linter_judges_the_known_suite_as_people_did() -> None:
    result = score(KNOWN)
    print(result.table(KNOWN))
    told = result.table(KNOWN) + "\n" + "\n".join(result.wrong)
    assert result.recall >= RECALL_AT_LEAST, told
    assert result.false_alarms <= FALSE_ALARMS_AT_MOST, told


def test_the_linter_is_no_worse_on_the_held_out_suite_than_it_was() -> None:
    """The texts stay unread: whoever sees them here would write patterns for them."""
    result = score(HELD_OUT)
    print(result.table(HELD_OUT))
    assert round(result.recall, 2) >= HELD_OUT_RECALL_REACHED, result.table(HELD_OUT)
    assert round(result.false_alarms, 3) <= HELD_OUT_FALSE_ALARMS_REACHED, result.table(HELD_OUT)


@pytest.mark.xfail(strict=True, reason="the aim on copy that the author of the patterns did not read is not met: docs/linting.md")
def test_the_linter_meets_its_aim_on_the_held_out_suite() -> None:
    result = score(HELD_OUT)
    assert result.recall >= RECALL_AT_LEAST, result.table(HELD_OUT)
    assert result.false_alarms <= FALSE_ALARMS_AT_MOST, result.table(HELD_OUT)


@pytest.mark.parametrize("name", [KNOWN, HELD_OUT])
def test_the_suites_are_large_in_both_languages_and_balanced(name: str) -> None:
    rows = examples(name)
    bad = [row for row in rows if row.is_bad]
    english = [row for row in rows if not any("\u4e00" <= char <= "\u9fff" for char in row.text)]
    assert len(rows) == len({row.text for row in rows}) >= 240
    assert 0.4 <= len(bad) / len(rows) <= 0.6
    assert 0.2 <= len(english) / len(rows) <= 0.6
    assert {row.family for row in rows} >= {"induced_sharing", "assist", "lottery", "pyramid", "ban_risk", "none"}
    assert {row.channel for row in rows} == {"wechat", "wecom", "web", "sms", "poster"}


def test_the_two_suites_share_no_text() -> None:
    assert not {row.text for row in examples(KNOWN)} & {row.text for row in examples(HELD_OUT)}
