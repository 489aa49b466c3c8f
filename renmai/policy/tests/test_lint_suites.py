"""The linter against labelled copy: what it was written against, and what its author did not read while writing it."""

import pytest

from renmai.policy.tests.scoring import examples, score
from tools.linter_training.copies import names

RECALL_AT_LEAST = 0.95
FALSE_ALARMS_AT_MOST = 0.05

KNOWN = "known.toml"
REACHED = {"held_out.toml": (0.961, 0.051), "held_out_3.toml": (0.956, 0.039)}
"""Recall and false alarms on copy that neither patterns nor the reader were made from. Both may only become better together."""

MET, MISSED = "held_out_3.toml", "held_out.toml"


def test_the_linter_judges_the_known_suite_as_people_did() -> None:
    result = score(KNOWN)
    print(result.table(KNOWN))
    told = result.table(KNOWN) + "\n" + "\n".join(result.wrong)
    assert result.recall >= RECALL_AT_LEAST, told
    assert result.false_alarms <= FALSE_ALARMS_AT_MOST, told


@pytest.mark.parametrize("name", REACHED)
def test_the_linter_is_no_worse_on_a_held_out_suite_than_it_was(name: str) -> None:
    """The texts stay unread: whoever sees them here would write patterns for them."""
    result = score(name)
    print(result.table(name))
    recall, false_alarms = REACHED[name]
    assert round(result.recall, 3) >= recall, result.table(name)
    assert round(result.false_alarms, 3) <= false_alarms, result.table(name)


def test_the_linter_meets_its_aim_on_the_suite_held_out_last() -> None:
    result = score(MET)
    assert result.recall >= RECALL_AT_LEAST, result.table(MET)
    assert result.false_alarms <= FALSE_ALARMS_AT_MOST, result.table(MET)


def test_the_linter_finds_as_much_as_it_should_on_the_first_suite() -> None:
    result = score(MISSED)
    assert result.recall >= RECALL_AT_LEAST, result.table(MISSED)


@pytest.mark.xfail(strict=True, reason="9 of 178 honest texts are held up for a look, one more than may be: docs/linting.md")
def test_the_linter_holds_up_few_enough_honest_texts_of_the_first_suite() -> None:
    result = score(MISSED)
    assert result.false_alarms <= FALSE_ALARMS_AT_MOST, result.table(MISSED)


@pytest.mark.parametrize("name", [KNOWN, *REACHED])
def test_the_suites_are_large_in_both_languages_and_balanced(name: str) -> None:
    rows = examples(name)
    bad = [row for row in rows if row.is_bad]
    english = [row for row in rows if not any("\u4e00" <= char <= "\u9fff" for char in row.text)]
    assert len(rows) == len({row.text for row in rows}) >= 240
    assert 0.4 <= len(bad) / len(rows) <= 0.6
    assert 0.2 <= len(english) / len(rows) <= 0.6
    assert {row.family for row in rows} >= {"induced_sharing", "assist", "lottery", "pyramid", "ban_risk", "none"}
    assert {row.channel for row in rows} == {"wechat", "wecom", "web", "sms", "poster"}


def test_nothing_that_is_learned_from_stands_in_a_held_out_suite() -> None:
    held_out = {row.text for name in REACHED for row in examples(name)}
    assert not held_out & {row.text for name in names() for row in examples(f"{name}.toml")}
