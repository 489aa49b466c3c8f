"""On real logs: figures that are known from others are met again, the filter keeps the recall that a coarser decomposition lost, and each model is there for a reason."""

import lzma
from pathlib import Path

import numpy as np
import pytest

from renmai.matching.evaluation.logs import groups_log, items_log
from renmai.matching.evaluation.protocol import ask, question
from renmai.matching.recommenders.filtering import GraphFilter
from renmai.matching.recommenders.friends import Friends, Joined
from renmai.matching.recommenders.popularity import Popularity

ROOT = Path(__file__).resolve().parents[4]
REAL = ROOT.parent / "shared" / "data"


def real(folder: str) -> Path:
    """Return a folder of the real logs, or skip the test where they are not."""
    if not (REAL / folder).exists():
        pytest.skip(f"the real log is not on this machine (shared/data/{folder} beside the project)")
    return REAL / folder


def parted(packed: Path, to: Path, *, share: float) -> tuple[Path, Path]:
    """Write a share of a log's lines, drawn at random, to one file and the others to another; return (others, share)."""
    with lzma.open(packed, "rt") as text:
        rows = text.readlines()
    is_aside = np.random.default_rng(35).random(len(rows)) < share
    train, test = to / "train", to / "test"
    train.write_text("".join(row for row, aside in zip(rows, is_aside, strict=True) if not aside))
    test.write_text("".join(row for row, aside in zip(rows, is_aside, strict=True) if aside))
    return train, test


def test_the_filter_on_real_purchases() -> None:
    folder = real("beidian_share")
    log = items_log([folder / "data.train.xz"], folder / "data.val.xz", [folder / "social.share.xz"], seed=1)
    assert (log.people, log.past.taken.nnz, len(log.test)) == (3773, 31920, 3672)
    models = [Popularity().fit(log.past), GraphFilter(rank=16, ideal=3.0, with_wishes=False).fit(log.past)]
    places = ask(models, question(log, "random", per_positive=100, seed=1, most=None))
    assert places["popularity"].hits.mean() == pytest.approx(0.364, abs=0.015)
    assert places["graph filter"].hits.mean() > 0.535
    assert places["graph filter"].gains.mean() > 0.335


def test_friends_of_few_tell_more_on_real_ties(tmp_path: Path) -> None:
    folder = real("beibei_social")
    train, test = parted(folder / "val.xz", tmp_path, share=0.3)
    log = items_log([train], test, [folder / "social.xz"], seed=1)
    models = [Friends().fit(log.past), Friends(busy=0.5, name="damped").fit(log.past)]
    places = ask(models, question(log, "popular", per_positive=999, seed=1, most=5000))
    assert places["damped"].hits.mean() > 0.042
    assert places["damped"].hits.mean() > places["friends"].hits.mean() + 0.004
    assert places["damped"].gains.mean() > places["friends"].gains.mean() + 0.003


def test_what_somebody_joined_she_may_launch_on_real_groups(tmp_path: Path) -> None:
    train, test = parted(real("beibei_groupbuy") / "tune.txt.xz", tmp_path, share=0.2)
    log = groups_log([train], test, [], seed=1)
    joined = Joined().fit(log.past)
    said = np.asarray(joined.joined[log.test.people, log.test.goods]).ravel()
    anybody = np.random.default_rng(1).permutation(log.test.people)
    by_chance = np.asarray(joined.joined[anybody, log.test.goods]).ravel()
    assert said.mean() > 0.004
    assert said.mean() > 10 * by_chance.mean()
