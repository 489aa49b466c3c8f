"""Which model serves: each is fitted on what came before a day, asked what people bought after it, and held against popularity."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np

from renmai.matching.evaluation.logs import Log
from renmai.matching.evaluation.protocol import Places, Question, ask, interval, question
from renmai.matching.fitted.pasts import known
from renmai.matching.reading import Acts
from renmai.matching.recommenders.base import Past, Portable
from renmai.matching.recommenders.factors import Ease, LeastSquares
from renmai.matching.recommenders.filtering import GraphFilter
from renmai.matching.recommenders.neighbours import ItemNeighbours, Likeness
from renmai.matching.recommenders.popularity import Popularity

ASKED_LEAST: Final = 30
"""With fewer people to ask the intervals are as wide as the scale, and nothing is chosen."""

ASKED_MOST: Final = 4_000
EASE_GOODS: Final = 3_000
"""With more goods EASE is left out: its matrix is dense, and the worker keeps the model in memory."""

SEED: Final = 1
BASELINE: Final = "popularity"


class Verdict(StrEnum):
    """Why a model serves, or none."""

    BEST = "best"
    NOT_BETTER = "not_better"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Figure:
    """How one model did. Recall and NDCG among the first ten of all goods, 0 … 1; ``ahead`` is its recall less popularity's, on the same pairs.

    Intervals hold the truth 95 times in 100, by drawing people again. ``seconds`` are of processor time, for one fit.
    """

    model: str
    recall: float
    low: float
    high: float
    ndcg: float
    ahead: float
    ahead_low: float
    ahead_high: float
    seconds: float


@dataclass(frozen=True)
class Choice:
    """The figures, the best recall first, and the name of the model that is to serve ("" for none) with the reason."""

    chosen: str
    why: Verdict
    figures: tuple[Figure, ...]
    people: int
    pairs: int


def lineup(goods: int) -> Mapping[str, Portable]:
    """Return the models that may serve a shop with so many goods, unfitted, by name: those that need nobody's past but the asked one's."""
    models: list[Portable] = [
        Popularity(),
        ItemNeighbours(Likeness(), name="neighbours", with_wishes=False),
        ItemNeighbours(Likeness(shrink=3.0, lean=0.3), name="neighbours, wide", with_wishes=False),
        ItemNeighbours(Likeness(), name="neighbours + looks"),
        LeastSquares(with_wishes=False),
        GraphFilter(rank=16, ideal=3.0, with_wishes=False),
        GraphFilter(name="graph filter + looks", rank=16, ideal=3.0),
        GraphFilter(name="taste", rank=64, linear=False, with_wishes=False),
    ]
    if goods <= EASE_GOODS:
        models.append(Ease(with_wishes=False))
    return MappingProxyType({model.name: model for model in models})


def choose(before: Acts, after: Acts, goods: int) -> Choice:
    """Fit every model on ``before`` and ask it what the same people bought ``after`` that was new to them.

    Chosen is the best recall among those that are ahead of popularity with the whole interval of their lead not below zero.
    """
    had = known(before, goods)
    wanted = had.pairs(after.of(after.is_order == 1))
    people = len(np.unique(wanted.people))
    if people < ASKED_LEAST:
        return Choice("", Verdict.TOO_FEW, (), people, len(wanted))
    asked = question(Log(had.past, wanted), "all", per_positive=1, seed=SEED, most=ASKED_MOST)
    models = tuple(lineup(goods).values())
    spent = {model.name: _fit(model, had.past) for model in models}
    figures = _figures(ask(models, asked), asked, spent)
    best = next((each for each in figures if each.ahead > 0.0 and each.ahead_low >= 0.0), None)
    # Popularity is a factor of every list already: a model that is only as good would add nothing.
    why = Verdict.BEST if best else Verdict.NOT_BETTER
    return Choice(best.model if best else "", why, tuple(figures), len(np.unique(asked.pairs.people)), len(asked.pairs))


def _fit(model: Portable, past: Past) -> float:
    began = time.process_time()
    model.fit(past)
    return time.process_time() - began


def _figures(places: Mapping[str, Places], asked: Question, spent: Mapping[str, float]) -> Sequence[Figure]:
    people, baseline = asked.pairs.people, places[BASELINE].hits
    found = []
    for name, place in places.items():
        low, high = interval(place.hits, people, seed=SEED)
        ahead_low, ahead_high = interval(place.hits - baseline, people, seed=SEED)
        recall, ahead = float(place.hits.mean()), float((place.hits - baseline).mean())
        found.append(
            Figure(name, recall, low, high, float(place.gains.mean()), ahead, ahead_low, ahead_high, round(spent[name], 2))
        )
    return sorted(found, key=lambda figure: -figure.recall)
