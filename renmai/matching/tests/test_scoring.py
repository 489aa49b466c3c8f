"""Lists on the world whose truth is known: better than popularity, different for each agent, and every factor earns its place."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from renmai.matching import scoring
from renmai.matching.strategies import STRATEGIES, Occasion, personal
from renmai.matching.tests.worlds import World, gain, made
from renmai.matching.wishes import ANYTHING, allowed

LIMIT = 20
IN_PLAY = ("taste", "brand", "likeness", "series", "habits", "selling", "supply", "quality", "popular")


@cache
def world() -> World:
    return made()


def everything(limit: int = LIMIT) -> Occasion:
    return Occasion(month=6, candidates=allowed(world().shelf, ANYTHING), limit=limit)


def lists(strategy: str) -> list[np.ndarray]:
    return [STRATEGIES[strategy](world().shelf, crowd, everything()).places for crowd in world().crowds]


def precision(found: list[np.ndarray]) -> float:
    return float(np.mean([len(world().relevant(at).intersection(places.tolist())) / LIMIT for at, places in enumerate(found)]))


def test_personal_lists_beat_popularity_by_a_fifth() -> None:
    assert precision(lists("personal")) >= 1.2 * precision(lists("popular"))


def test_agents_do_not_get_the_same_list() -> None:
    found = [frozenset(places.tolist()) for places in lists("personal")]
    overlap = np.mean([len(one & other) / LIMIT for one, other in combinations(found, 2)])
    assert overlap <= 0.5
    assert len({tuple(places.tolist()) for places in lists("popular")}) == 1


def mean_gain(weights: dict[str, float], where: World | None = None) -> float:
    found = where or world()
    shelf, occasion = found.shelf, everything()
    gains = []
    for at, crowd in enumerate(found.crowds):
        added = scoring.contributions(scoring.factors(shelf, crowd), occasion.candidates, weights)
        scores = scoring.total(added, len(shelf))
        gains.append(gain(found.expected[at], scoring.best(scores, occasion.candidates, limit=LIMIT)))
    return float(np.mean(gains))


@pytest.mark.parametrize("factor", IN_PLAY)
def test_every_factor_that_is_left_out_costs_gain(factor: str) -> None:
    weights = dict(scoring.WEIGHTS)
    assert mean_gain(weights | {factor: 0.0}) < mean_gain(weights)


def test_what_people_said_of_shares_helps_where_many_spoke_and_does_no_harm_where_few_did() -> None:
    """Its weight was chosen on worlds 11 to 16; these are others."""
    without = dict(scoring.WEIGHTS) | {"welcome": 0.0}

    def added(words: int) -> list[float]:
        towns = [made(seed, words=words) for seed in range(21, 25)]
        return [mean_gain(dict(scoring.WEIGHTS), town) - mean_gain(without, town) for town in towns]

    assert min(added(30)) > 0.0
    assert abs(float(np.mean(added(6)))) < 0.005


def test_a_list_for_a_group_beats_the_list_of_all_her_customers() -> None:
    """Two crowds in one shop: a list for each of them gains more than the one list of the agent."""
    shelf, occasion = world().shelf, everything()
    alone, shared = [], []
    for one, other in ((0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11)):
        groups = [world().crowds[one], world().crowds[other]]
        both = scoring.Crowd(
            interest=groups[0].interest + groups[1].interest,
            bought=groups[0].bought + groups[1].bought,
            opened=groups[0].opened + groups[1].opened,
        )
        common = personal(shelf, both, occasion).places
        for at, crowd in zip((one, other), groups, strict=True):
            alone.append(gain(world().expected[at], personal(shelf, crowd, occasion).places))
            shared.append(gain(world().expected[at], common))
    assert np.mean(alone) > 1.1 * np.mean(shared)


def shops(seed: int, *, customers: int = 5) -> list[tuple[scoring.Crowd, list[tuple[int, scoring.Crowd]]]]:
    """Shops of five customers each, of whom a shop knows little: eight orders and thirty looks; the crowd of all five, and each with her truth."""
    dice, town = np.random.default_rng(seed), world()
    found = []
    for first in range(0, len(town.crowds), customers):
        each = []
        for at in range(first, first + customers):
            bought, seen = (dice.multinomial(number, town.expected[at]).astype(np.float64) for number in (8, 30))
            each.append((at, scoring.Crowd(interest=bought + 0.2 * seen, bought=bought, opened=seen)))
        interest, bought, seen = (
            np.sum([getattr(crowd, name) for _at, crowd in each], axis=0) for name in ("interest", "bought", "opened")
        )
        found.append((scoring.Crowd(interest=interest, bought=bought, opened=seen), each))
    return found


def test_a_list_for_one_customer_beats_the_one_list_of_her_agent() -> None:
    shelf, occasion = world().shelf, everything()
    alone, shared = [], []
    for together, each in shops(seed=5):
        common = personal(shelf, together, occasion).places
        for at, crowd in each:
            alone.append(gain(world().expected[at], personal(shelf, crowd, occasion).places))
            shared.append(gain(world().expected[at], common))
    assert np.mean(alone) > 1.1 * np.mean(shared)


def test_what_is_rejected_goes_down_with_its_like_and_what_is_accepted_comes_up() -> None:
    shelf, crowd, occasion = world().shelf, world().crowds[3], everything()

    def scores(judged: scoring.Crowd) -> np.ndarray:
        return personal(shelf, judged, occasion).scores

    before, first = scores(crowd), personal(shelf, crowd, occasion).places[0]
    like_it = np.flatnonzero(shelf.category == shelf.category[first])
    refused = scores(replace(crowd, refused=np.array([first])))
    assert refused[first] < before[first]
    assert refused[like_it].mean() < before[like_it].mean()
    last = int(np.argmin(before))
    accepted = scores(replace(crowd, liked=np.array([last])))
    assert accepted[last] > before[last]


def test_a_list_is_varied_and_keeps_its_best() -> None:
    shelf, crowd, occasion = world().shelf, world().crowds[5], everything()
    scores = personal(shelf, crowd, occasion).scores
    pool = scoring.best(scores, occasion.candidates, limit=scoring.POOL)
    plain, mixed = pool[:LIMIT], scoring.varied(shelf, scores, pool, limit=LIMIT)
    assert mixed[0] == plain[0]
    assert len(set(mixed.tolist())) == LIMIT
    assert len(set(shelf.category[mixed].tolist())) > len(set(shelf.category[plain].tolist()))


def test_nobody_gets_what_is_popular_and_sound_and_all_factors_are_finite() -> None:
    shelf = world().shelf
    found = scoring.factors(shelf, scoring.nobody(shelf))
    assert all(np.isfinite(values).all() for values in found.values())
    assert not any(found[name].any() for name in ("taste", "brand", "likeness", "series", "habits", "selling"))


@pytest.mark.parametrize("strategy", sorted(STRATEGIES))
def test_a_strategy_fills_the_list_from_what_is_allowed(strategy: str) -> None:
    shelf = world().shelf
    candidates = allowed(shelf, ANYTHING) & (shelf.price_fen < 3000)
    chosen = STRATEGIES[strategy](shelf, world().crowds[0], Occasion(month=1, candidates=candidates, limit=15))
    assert len(chosen.places) == len(set(chosen.places.tolist())) == 15
    assert candidates[chosen.places].all()


def test_each_strategy_does_what_it_is_named_for() -> None:
    shelf = world().shelf
    only = {name: int(STRATEGIES[name](shelf, world().crowds[0], everything(1)).places[0]) for name in STRATEGIES}
    assert only["tail"] == int(np.argmax(shelf.stock / (shelf.recent + 1.0)))
    assert only["fixed"] == int(np.argmax(np.where(shelf.sold > 0, shelf.listed_days, 0.0)))
    around = shelf.by_month[:, 4] * 0.25 + shelf.by_month[:, 5] * 0.5 + shelf.by_month[:, 6] * 0.25
    assert around[only["seasonal"]] == around.max()
