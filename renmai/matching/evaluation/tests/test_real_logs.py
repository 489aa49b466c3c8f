"""On a real log: figures that are known from others are met again, and the filter keeps the recall that a coarser decomposition lost."""

from pathlib import Path

import pytest

from renmai.matching.evaluation.logs import items_log
from renmai.matching.evaluation.protocol import ask, question
from renmai.matching.recommenders.filtering import GraphFilter
from renmai.matching.recommenders.popularity import Popularity

ROOT = Path(__file__).resolve().parents[4]
REAL = ROOT.parent / "shared" / "data" / "beidian_share"


def test_the_filter_on_real_purchases() -> None:
    if not REAL.exists():
        pytest.skip("the real purchases are not on this machine (shared/data/beidian_share beside the project)")
    log = items_log([REAL / "data.train.xz"], REAL / "data.val.xz", [REAL / "social.share.xz"], seed=1)
    assert (log.people, log.past.taken.nnz, len(log.test)) == (3773, 31920, 3672)
    models = [Popularity().fit(log.past), GraphFilter(rank=16, ideal=3.0, with_wishes=False).fit(log.past)]
    places = ask(models, question(log, "random", per_positive=100, seed=1, most=None))
    assert places["popularity"].hits.mean() == pytest.approx(0.364, abs=0.015)
    assert places["graph filter"].hits.mean() > 0.535
    assert places["graph filter"].gains.mean() > 0.335
