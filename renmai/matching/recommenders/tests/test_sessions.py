"""Models of what comes next, on tracks that can be worked out by hand and on a ring that everybody walks."""

from dataclasses import replace

import numpy as np
import pytest

from renmai.matching.recommenders.base import Index, Past
from renmai.matching.recommenders.sessions import REACH, STEP, Successors, TrackNeighbours, last_steps
from renmai.matching.recommenders.tests.worlds import past_from

GOODS = 12


def index(*goods: int) -> Index:
    return np.array(goods, dtype=np.int32)


def past_of(tracks: list[Index]) -> Past:
    rows = [[int(good in track) for good in range(GOODS)] for track in tracks]
    return replace(past_from(rows), tracks=tracks)


def ring(people: int) -> list[Index]:
    return [(np.arange(4) + person).astype(np.int32) % GOODS for person in range(people)]


def test_the_latest_step_on_a_good_counts_and_only_the_last_ones() -> None:
    found = last_steps([index(3, 1, 3, 2), index()], GOODS)
    assert found[0].toarray()[0, [1, 2, 3]] == pytest.approx([STEP**2, 1, STEP])
    assert found[1].nnz == 0
    assert last_steps([np.arange(100, dtype=np.int32)], 100)[0, 0] == 0


def test_what_follows_is_counted_by_distance() -> None:
    model = Successors().fit(past_of([index(0, 1, 2), index(0, 1)]))
    assert model.after[0, 1] == 2
    assert model.after[0, 2] == pytest.approx(1 / 2)
    assert model.after[1, 0] == 0
    assert model.scores(index(1))[0, 2] == pytest.approx(1 + STEP / 2)


def test_nothing_further_than_the_reach_follows() -> None:
    model = Successors().fit(past_of([np.arange(GOODS, dtype=np.int32)]))
    assert model.after[0].indices.max() == REACH


@pytest.mark.parametrize("kind", [Successors, TrackNeighbours])
def test_on_a_ring_the_next_good_comes_first(kind: type[Successors] | type[TrackNeighbours]) -> None:
    model = kind().fit(past_of(ring(48)))
    scores = model.scores(np.arange(GOODS, dtype=np.int32))
    for person in range(GOODS):
        own = (person + np.arange(4)) % GOODS
        scores[person, own] = -1
        nearby = {(person + 4) % GOODS, (person - 1) % GOODS}
        assert int(scores[person].argmax()) in ({(person + 4) % GOODS} if kind is Successors else nearby)


def test_her_own_track_is_not_among_those_like_hers() -> None:
    model = TrackNeighbours().fit(past_of([index(0, 1), index(2, 3)]))
    assert model.scores(index(0)).max() == 0


def test_a_past_without_order_is_refused() -> None:
    with pytest.raises(ValueError, match="tracks"):
        Successors().fit(past_from([[1, 0]]))
