"""How models are asked: places, draws, intervals, and that nothing of the test is learnt."""

from math import log2

import numpy as np
import pytest

from renmai.matching.evaluation.logs import Log
from renmai.matching.evaluation.protocol import Negatives, Places, ask, draw, interval, known_of, question
from renmai.matching.recommenders.base import Index, Past, Recommender, Scores, sums
from renmai.matching.recommenders.blend import Blend, Level
from renmai.matching.recommenders.neighbours import ItemNeighbours, Likeness
from renmai.matching.recommenders.popularity import Popularity
from renmai.matching.recommenders.tests.worlds import circles


class Oracle(Recommender):
    """Knows what comes."""

    name = "oracle"

    def __init__(self, log: Log) -> None:
        self.answers = dict.fromkeys(zip(log.test.people.tolist(), log.test.goods.tolist(), strict=True), 1.0)
        self.goods = log.goods

    def fit(self, past: Past) -> "Oracle":
        return self

    def scores(self, people: Index) -> Scores:
        rows = [[self.answers.get((person, good), 0.0) for good in range(self.goods)] for person in people.tolist()]
        return np.array(rows, dtype=np.float32)


class Silent(Oracle):
    """Says the same of everything."""

    name = "silent"

    def scores(self, people: Index) -> Scores:
        return np.zeros((len(people), self.goods), dtype=np.float32)


def small() -> Log:
    past, after = circles(people=120)
    return Log(past, after)


def test_a_place_is_worth_what_the_definition_says() -> None:
    places = Places(above=np.array([0, 1, 9, 10]), level=np.array([0, 0, 0, 0]))
    assert places.hits.tolist() == [1, 1, 1, 0]
    assert places.gains == pytest.approx([1, 1 / log2(3), 1 / log2(11), 0])


def test_equal_scores_are_worth_their_mean_over_all_orders() -> None:
    places = Places(above=np.array([0, 8]), level=np.array([19, 3]))
    assert places.hits == pytest.approx([10 / 20, 2 / 4])
    assert places.gains == pytest.approx(
        [sum(1 / log2(place + 2) for place in range(10)) / 20, (1 / log2(10) + 1 / log2(11)) / 4]
    )


@pytest.mark.parametrize("negatives", ["random", "popular", "all"])
def test_who_knows_is_always_right_and_who_says_nothing_is_right_by_chance(negatives: Negatives) -> None:
    log = small()
    asked = question(log, negatives, per_positive=40, seed=1, most=None)
    places = ask([Oracle(log), Silent(log)], asked)
    assert places["oracle"].hits.min() == 1
    free = np.array([log.goods - known_of(log)[person].nnz for person in asked.pairs.people])
    against = free if negatives == "all" else 40
    assert places["silent"].hits == pytest.approx(10 / (against + 1))


@pytest.mark.parametrize("negatives", ["random", "popular"])
@pytest.mark.parametrize("per_positive", [10, 60])
def test_what_somebody_took_never_stands_against_her_pair(negatives: Negatives, per_positive: int) -> None:
    log = small()
    asked = question(log, negatives, per_positive=per_positive, seed=3, most=None)
    drawn = draw(asked, asked.pairs, known_of(log), np.random.default_rng(3))
    assert drawn.shape == (120, per_positive + 1)
    assert (drawn[:, 0] == asked.pairs.goods).all()
    known = known_of(log).toarray() > 0
    assert not known[asked.pairs.people[:, None], drawn[:, 1:]].any()
    if negatives == "random":
        assert all(len(set(row.tolist())) == per_positive + 1 for row in drawn)


def test_popular_goods_are_drawn_as_often_as_they_are_taken() -> None:
    log = small()
    asked = question(log, "popular", per_positive=200, seed=1, most=None)
    asked = type(asked)(log, asked.pairs, "popular", 200, 1)
    drawn = draw(asked, asked.pairs, known_of(log), np.random.default_rng(1))[:, 1:]
    count = sums(log.past.aimed, 0) + 1
    share = np.bincount(drawn.ravel(), minlength=log.goods) / drawn.size
    assert np.corrcoef(share, count)[0, 1] > 0.9


def test_popularity_says_nothing_against_goods_drawn_by_popularity() -> None:
    past, after = circles(people=1200)
    log = Log(past, after)
    among = ask([Popularity().fit(past)], question(log, "popular", per_positive=60, seed=1, most=None))["popularity"]
    by_chance = 10 / 61
    assert among.hits.mean() < by_chance * 1.6
    assert (
        ask([Popularity().fit(past)], question(log, "random", per_positive=60, seed=1, most=None))["popularity"].hits.mean()
        > by_chance * 1.8
    )


def test_blends_are_asked_as_they_answer() -> None:
    log = small()
    blend = Blend([ItemNeighbours(Likeness()), Popularity()]).fit(log.past)
    asked = question(log, "all", per_positive=10, seed=1, most=None)
    shared = ask([blend, Level(blend)], asked)

    class Alone(Oracle):
        name = "alone"

        def scores(self, people: Index) -> Scores:
            return blend.scores(people)

    assert shared["blend"].above.tolist() == ask([Alone(log)], asked)["alone"].above.tolist()
    assert shared["blend"].above.tolist() != shared["blend, level"].above.tolist()


def test_the_same_seed_asks_the_same() -> None:
    log = small()
    model = ItemNeighbours(Likeness()).fit(log.past)

    def hits(seed: int) -> tuple[float, ...]:
        return tuple(ask([model], question(log, "random", per_positive=30, seed=seed, most=50))[model.name].hits)

    assert hits(1) == hits(1)
    assert hits(1) != hits(2)


def test_an_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    dice = np.random.default_rng(4)
    held = 0
    for seed in range(100):
        values = (dice.random(300) < 0.3).astype(float)
        low, high = interval(values, np.arange(300, dtype=np.int32), seed=seed, rounds=200)
        held += low <= 0.3 <= high
    assert 88 <= held <= 99


def test_an_interval_is_wider_when_a_persons_pairs_are_alike() -> None:
    dice = np.random.default_rng(5)
    once = (dice.random(200) < 0.3).astype(float)
    values = np.repeat(once, 10)
    apart = interval(values, np.arange(2000, dtype=np.int32), seed=1)
    together = interval(values, np.repeat(np.arange(200, dtype=np.int32), 10), seed=1)
    assert together[1] - together[0] > 2.5 * (apart[1] - apart[0])
