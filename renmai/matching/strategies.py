"""Strategies: different ways to choose goods for a crowd, all of one shape, so that each can be run, shown and compared.

The older ways of a shop (the same list for everybody, what lies in the warehouse, what the season sells, what sells at all) stay
runnable beside the personal one: the setting ``matching.strategy`` and experiments choose, the console compares.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from renmai.matching import scoring
from renmai.matching.scoring import Crowd
from renmai.matching.shelf import MONTHS, Flags, Floats, Ints, Shelf

SEASON: Final = (0.25, 0.5, 0.25)
"""The month before, this one, the next: people buy for a season a little before it."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What a strategy chose: places on the shelf, best first, the score of every product, and what each factor added to it."""

    places: Ints
    scores: Floats
    added: Mapping[str, Floats]


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """When and out of what a list is made: the month (1 … 12), which goods may be on it, how many are wanted."""

    month: int
    candidates: Flags
    limit: int


Strategy = Callable[[Shelf, Crowd, Occasion], Chosen]


def fixed(shelf: Shelf, _crowd: Crowd, occasion: Occasion) -> Chosen:
    """The same goods for everybody, as a shop chooses them once: the oldest on the shelf that sold at all."""
    return _ranked(np.where(shelf.sold > 0, shelf.listed_days, 0.0), occasion, "fixed")


def tail(shelf: Shelf, _crowd: Crowd, occasion: Occasion) -> Chosen:
    """What lies in the warehouse longest at the present pace: days of stock, counting new goods as one piece a month."""
    pace = (shelf.recent + 1.0) / 30.0
    return _ranked(np.log1p(shelf.stock / pace), occasion, "tail")


def seasonal(shelf: Shelf, _crowd: Crowd, occasion: Occasion) -> Chosen:
    """What sold around this month of the year, in this month and the one on each side."""
    months = [(occasion.month - 1 + step) % MONTHS for step in (-1, 0, 1)]
    around: Floats = shelf.by_month[:, months] @ np.array(SEASON)
    return _ranked(around, occasion, "season")


def popular(shelf: Shelf, _crowd: Crowd, occasion: Occasion) -> Chosen:
    """What sold most in the last thirty days, and before that."""
    return _ranked(scoring.factors(shelf, scoring.nobody(shelf))["popular"], occasion, "popular")


def personal(shelf: Shelf, crowd: Crowd, occasion: Occasion) -> Chosen:
    """What suits the crowd by all factors, not too much of the same."""
    added = scoring.contributions(scoring.factors(shelf, crowd), occasion.candidates)
    scores = scoring.total(added, len(shelf))
    pool = scoring.best(scores, occasion.candidates, limit=max(scoring.POOL, occasion.limit))
    return Chosen(places=scoring.varied(shelf, scores, pool, limit=occasion.limit), scores=scores, added=added)


def _ranked(scores: Floats, occasion: Occasion, factor: str) -> Chosen:
    places = scoring.best(scores, occasion.candidates, limit=occasion.limit)
    return Chosen(places=places, scores=scores, added={factor: scores})


STRATEGIES: Final[Mapping[str, Strategy]] = MappingProxyType(
    {"personal": personal, "popular": popular, "seasonal": seasonal, "tail": tail, "fixed": fixed}
)
