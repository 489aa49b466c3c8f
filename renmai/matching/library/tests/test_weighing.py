"""The library's lists on seeded libraries whose truth is known: far better than popularity, and every factor earns its place.

The weights were chosen on libraries 31 to 38; these are others.
"""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import pytest

from renmai.matching import scoring
from renmai.matching.library import weighing
from renmai.matching.library.tests.worlds import Reading, library
from renmai.matching.shelf import Flags, Floats
from renmai.matching.tests.worlds import gain
from renmai.matching.wishes import ANYTHING, allowed

LIMIT = 10
SEEDS = range(41, 47)
ALWAYS = ("goods", "topic", "read", "fresh")
NOW = ("moment", "season")


@cache
def asked() -> list[tuple[Reading, list[dict[str, Floats]]]]:
    """Each library with what every factor says to each of its crowds."""
    found = []
    for seed in SEEDS:
        reading = library(seed)
        shelf, everything = reading.world.shelf, allowed(reading.world.shelf, ANYTHING)
        parts = []
        for at, crowd in enumerate(reading.world.crowds):
            fits = scoring.total(scoring.contributions(scoring.factors(shelf, crowd), everything), len(shelf))
            given = (shelf, reading.posts, reading.readers[at])
            parts.append(weighing.factors(*given, fits=fits, buyable=everything, moment=reading.moment))
        found.append((reading, parts))
    return found


def mean_gain(scores: Callable[[Reading, dict[str, Floats], Flags], Floats], *, today: bool) -> float:
    """The mean NDCG@10 over all crowds of the lists that a way to score posts makes, among those not yet known to the crowd."""
    gains = []
    for reading, parts in asked():
        truth = reading.expected_then if today else reading.expected
        for at, each in enumerate(parts):
            is_new = reading.readers[at].had < weighing.HAD_MOST
            gains.append(gain(truth[at], scoring.best(scores(reading, each, is_new), is_new, limit=LIMIT)))
    return float(np.mean(gains))


def personal(*, today: bool, without: str = "") -> float:
    """What the library's own way gains, perhaps without a factor."""
    names = (*ALWAYS, *NOW) if today else ALWAYS
    weights: Mapping[str, float] = {name: 0.0 if name == without else weighing.WEIGHTS[name] for name in names}

    def scores(_reading: Reading, parts: dict[str, Floats], is_new: Flags) -> Floats:
        return weighing.weighed({name: parts[name] for name in names}, is_new, weights)[0]

    return mean_gain(scores, today=today)


def popular(by: str, *, today: bool) -> float:
    """What a list gains that is the same for everybody: by looks, by openings of goods, or by orders."""

    def scores(reading: Reading, _parts: dict[str, Floats], _is_new: Flags) -> Floats:
        return (reading.orders if by == "orders" else getattr(reading.posts, by)).astype(np.float64)

    return mean_gain(scores, today=today)


@pytest.mark.parametrize("today", [False, True])
def test_the_library_beats_every_popularity_by_fifteen_per_cent(today: bool) -> None:
    assert personal(today=today) >= 1.15 * max(popular(by, today=today) for by in ("looks", "opened", "orders"))


@pytest.mark.parametrize("factor", ALWAYS)
def test_every_factor_that_is_left_out_costs_gain(factor: str) -> None:
    assert personal(today=False, without=factor) < personal(today=False)


@pytest.mark.parametrize("factor", NOW)
def test_the_moment_and_the_season_cost_gain_where_they_are_left_out_of_today(factor: str) -> None:
    assert personal(today=True, without=factor) < personal(today=True)
