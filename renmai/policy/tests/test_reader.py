"""The linter's second reader: what ships was learned from the copy in the repository, and reads as it did when it was taught."""

import pytest

from renmai.policy.linting import Copy, Family, lint
from renmai.policy.linting.patterns import DISGUISE, PATTERNS
from renmai.policy.linting.reader import ROWS, TRUSTED, read
from renmai.policy.linting.reader.weights import PATH, packed, quantised, unpacked, weights
from renmai.policy.rules import KEYS, Outcome
from tools.linter_training.copies import digest

MAX_BYTES = 700_000


def test_what_ships_was_learned_from_the_copy_in_the_repository() -> None:
    assert weights().digest == digest(), "the training copy changed: python -m tools.linter_training"


def test_the_file_is_small_and_is_read_as_it_was_written() -> None:
    content = PATH.read_bytes()
    assert len(content) <= MAX_BYTES
    assert unpacked(packed(unpacked(content))) == unpacked(content)


@pytest.mark.parametrize(
    ("text", "channel", "margin", "family"),
    [
        ("谁替我把这张图丢进小区群,我就给谁留两斤草莓", "wechat", 3.39, Family.INDUCED_SHARING),
        ("新到的草莓,每盒一斤,今天下午到店自提", "wechat", -2.12, Family.INDUCED_SHARING),
        ("put the poster in your building's chat and the first bag of rice is on me", "wechat", 2.28, Family.INDUCED_SHARING),
        ("parcels leave the warehouse every day at four", "web", -0.72, Family.FALSE_PRICE),
    ],
)
def test_sentences_read_as_they_did_when_it_was_taught(text: str, channel: str, margin: float, family: Family) -> None:
    reading = read(text, [channel])[channel]
    assert round(reading.margin, 2) == margin
    assert reading.family is family


def test_weights_become_bytes_and_a_step() -> None:
    levels, step = quantised([6.3, -6.3, 0.0, 0.1])
    assert list(memoryview(levels).cast("b")) == [63, -63, 0, 1]
    assert step == pytest.approx(0.1)


def test_each_family_has_a_row_that_asks_for_a_look_and_a_rule_that_exists() -> None:
    assert set(ROWS) == set(Family) == {Family(name) for name in weights().families}
    assert {row.outcome for row in ROWS.values()} == {Outcome.REVIEW}
    assert {row.rule_key for row in ROWS.values()} <= KEYS


def test_trusted_rows_are_rows_of_the_table() -> None:
    assert {row.code for row in (*PATTERNS, DISGUISE)} >= TRUSTED


def test_what_no_pattern_spells_out_is_heard_and_its_heaviest_clause_named() -> None:
    text = "今天到货，数量不多。谁替我把这张图丢进你们小区的群，我就给谁留两斤草莓"
    (finding,) = lint(Copy(texts=(text,), channels=frozenset({"wechat"})))
    assert (finding.code, finding.outcome, finding.channel) == ("reader.induced_sharing", Outcome.REVIEW, "")
    assert finding.fragment == "谁替我把这张图丢进你们小区的群"


@pytest.mark.parametrize("text", ["", " ", "\n", "。。。", "a"])
def test_a_text_without_words_is_no_offence(text: str) -> None:
    assert lint(Copy(texts=(text,))) == ()
