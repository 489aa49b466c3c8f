"""The linter against labelled copy: what it was written against, and what its author never saw while writing it."""

import pytest

from renmai.policy.tests.scoring import FOLDER, examples, score

RECALL_AT_LEAST = 0.95
FALSE_ALARMS_AT_MOST = 0.05
SUITES = sorted(path.name for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("name", SUITES)
def test_the_linter_finds_what_is_bad_and_leaves_the_rest_alone(name: str) -> None:
    result = score(name)
    print(result.table(name))
    # The texts of the held-out suite stay unread: whoever sees them here would write patterns for them.
    told = result.table(name) + ("" if name.startswith("held_out") else "\n" + "\n".join(result.wrong))
    assert result.recall >= RECALL_AT_LEAST, told
    assert result.false_alarms <= FALSE_ALARMS_AT_MOST, told


def test_the_known_suite_is_large_in_both_languages_and_balanced() -> None:
    rows = examples("known.toml")
    bad = [row for row in rows if row.is_bad]
    english = [row for row in rows if row.text.isascii()]
    assert len(rows) == len({row.text for row in rows}) >= 240
    assert 0.4 <= len(bad) / len(rows) <= 0.6
    assert len(english) >= 120
    assert {row.family for row in rows} >= {"induced_sharing", "assist", "lottery", "pyramid", "ban_risk", "none"}
    assert {row.channel for row in rows} == {"wechat", "wecom", "web", "sms", "poster"}
