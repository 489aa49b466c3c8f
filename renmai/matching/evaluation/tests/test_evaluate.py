"""``renmai evaluate groups|items``: the formats, what it prints, and what it does with files of no use."""

import argparse
import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from renmai.matching.evaluation import items, logs
from renmai.matching.recommenders.base import Pairs
from renmai.matching.recommenders.tests.worlds import circles


def evaluate(*words: str) -> int:
    parser = argparse.ArgumentParser()
    items.arguments(parser)
    return items.run(parser.parse_args(words))


@pytest.fixture
def purchases(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Return files for training (packed), testing (plain) and of friends."""
    past, after = circles(people=240)
    who, what = past.taken.nonzero()
    train, test, friends = tmp_path / "train.xz", tmp_path / "test.csv", tmp_path / "friends.tsv"
    train.write_bytes(lzma.compress("".join(f"{one + 1000},{good * 7}\n" for one, good in zip(who, what, strict=True)).encode()))
    test.write_text("".join(f"{one + 1000},{good * 7}\n" for one, good in zip(after.people, after.goods, strict=True)))
    one, other = past.ties.nonzero()
    friends.write_text("".join(f"{a + 1000}\t{b + 1000}\n" for a, b in zip(one, other, strict=True)))
    return train, test, friends


def test_it_prints_every_model_beside_the_baselines(
    purchases: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train, test, friends = purchases
    out = tmp_path / "out.json"
    line = ["--train", str(train), "--test", str(test), "--friends", str(friends), "--per-positive", "50"]
    assert evaluate(*line, "--json", str(out)) == 0
    shown = capsys.readouterr().out
    assert "one among 50 random" in shown
    assert "one among 50 popular" in shown
    told = json.loads(out.read_text())
    figures = {(row["model"], row["negatives"]): row for row in told["figures"]}
    names = {name for name, _ in figures}
    assert {"popularity", "item neighbours", "least squares", "graph filter", "EASE", "friends", "blend", "blend, level"} <= names
    for name in names:
        assert f"\n{name} " in shown
    for row in figures.values():
        assert 0 <= row["recall_low"] <= row["recall"] <= row["recall_high"] <= 1
        assert row["fit_seconds"] >= 0
        assert row["fit_processor_seconds"] >= 0
    assert figures["blend", "random"]["recall_low"] > figures["popularity", "random"]["recall_high"]
    assert told["asked"] == 240
    assert told["peak_memory_mb"] > 10


def test_the_same_line_gives_the_same_figures(purchases: tuple[Path, Path, Path], tmp_path: Path) -> None:
    train, test, _ = purchases
    out = tmp_path / "out.json"
    line = ["--train", str(train), "--test", str(test), "--negatives", "all", "--json", str(out)]

    def recalls() -> dict[str, float]:
        assert evaluate(*line) == 0
        return {row["model"]: row["recall"] for row in json.loads(out.read_text())["figures"]}

    first = recalls()
    assert "friends" not in first
    assert recalls() == first


def test_groups_are_learnt_from_launches_joins_and_failures(tmp_path: Path) -> None:
    train, failed, test = tmp_path / "train.txt", tmp_path / "failed.txt", tmp_path / "test.txt"
    train.write_text("1\t10\t2\t3\n4\t11\t1\n5\t10\t2\n" * 1 + "".join(f"{n}\t10\t{n + 1}\n" for n in range(20, 60)))
    failed.write_text("1\t12\n2\t11\n")
    test.write_text("1\t13\t4\n")
    log = logs.groups_log([train, failed], test, [], seed=1)
    assert (log.test.people.tolist(), log.test.goods.tolist()) == ([0], [3])
    assert log.past.taken[0].indices.tolist() == [0, 1]
    assert log.past.aimed[0].indices.tolist() == [0]
    assert log.past.wished[0].indices.tolist() == [2]
    assert log.past.ties[0].indices.tolist() == [1, 2, 3]
    practice = log.past.practice
    assert practice is not None
    launched = set(zip(*(array.tolist() for array in log.past.aimed.nonzero()), strict=True))
    aside = set(zip(practice.pairs.people.tolist(), practice.pairs.goods.tolist(), strict=True))
    assert aside <= launched
    assert practice.past.aimed.nnz + len(aside) == log.past.aimed.nnz


def test_what_is_shared_is_a_wish_of_both_and_a_tie(tmp_path: Path) -> None:
    train, test, shares = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    train.write_text("1,10\n1,11\n2,10\n2,12\n")
    test.write_text("1,12\n")
    shares.write_text("2,3,13\n3,2,13\n")
    log = logs.items_log([train], test, [shares], seed=1)
    assert log.past.wished.toarray().tolist() == [[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 1]]
    assert log.past.ties.toarray().tolist() == [[0, 0, 0], [0, 0, 1], [0, 1, 0]]


def test_steps_are_put_in_order_and_only_new_goods_are_asked(tmp_path: Path) -> None:
    train, test = tmp_path / "a", tmp_path / "b"
    train.write_text("1\t12\t1\t20190612\n1\t10\t1\t20190610\n1\t10\t4\t20190613\n2\t11\t1\t20190610\n1\t12\t4\t20190614\n")
    test.write_text("1\t11\t1\t20190615\n1\t10\t1\t20190615\n2\t12\t1\t20190615\n2\t12\t4\t20190615\n")
    log = logs.steps_log([train], test, [], seed=1)
    assert log.past.tracks is not None
    assert [track.tolist() for track in log.past.tracks] == [[0, 2, 0, 2], [1]]
    assert list(zip(log.test.people.tolist(), log.test.goods.tolist(), strict=True)) == [(0, 1), (1, 2)]
    practice = log.past.practice
    assert practice is not None
    assert practice.past.tracks is not None
    assert (practice.pairs.people.tolist(), practice.pairs.goods.tolist()) == ([0], [2])
    assert [track.tolist() for track in practice.past.tracks] == [[0, 0], [1]]


def test_one_pair_of_each_person_with_two_is_put_aside() -> None:
    pairs = Pairs(np.array([0, 0, 1, 2, 2, 2], dtype=np.int32), np.arange(6, dtype=np.int32))
    aside = logs.one_of_each(pairs, 3, seed=1)
    assert sorted(pairs.people[aside].tolist()) == [0, 2]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1,2\n1,x\n", "line 2: fields are whole numbers, not '1 x'"),
        ("1\n", "line 1: person and good are expected"),
        ("1,2\n2,3\n", "too few people who took two goods"),
    ],
)
def test_files_of_no_use_are_told_in_one_sentence(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train, test = tmp_path / "train", tmp_path / "test"
    train.write_text(text)
    test.write_text("1,2\n")
    assert evaluate("--train", str(train), "--test", str(test)) == 2
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_packed_as_it_says_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken, test = tmp_path / "train.xz", tmp_path / "test"
    broken.write_bytes(b"1,2\n")
    test.write_text("1,2\n")
    assert evaluate("--train", str(broken), "--test", str(test)) == 2
    assert "train.xz cannot be read" in capsys.readouterr().err
