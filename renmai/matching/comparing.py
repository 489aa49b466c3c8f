"""How well each strategy would have foreseen the shop's own last orders: fitted on what came before, measured on what came after."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, Final

import numpy as np

from renmai.kernel import clock
from renmai.matching import making, neighbours, reading, strategies
from renmai.matching.fitted import files
from renmai.matching.fitted.choosing import lineup
from renmai.matching.fitted.pasts import known
from renmai.matching.fitted.serving import Serving
from renmai.matching.reading import Acts
from renmai.matching.selections import DEFAULT_STRATEGY
from renmai.matching.shelf import Floats, Shelf
from renmai.matching.strategies import Occasion
from renmai.matching.wishes import ANYTHING, allowed

HELD_OUT_DAYS: Final = 30
PEOPLE_MOST: Final = 300
AT: Final = 20
DRAWS: Final = 1000
SEED: Final = 1
UNAIDED: Final = "unaided"
"""The personal strategy without the model that serves: what the model adds is the difference."""


@dataclass(frozen=True)
class Result:
    """One strategy: the share of the first twenty that were bought, the share of what was bought that is among them, and NDCG@20.

    ``low`` … ``high`` is the 95 % interval of the recall, by drawing people with replacement. ``goods`` counts the different goods
    that it recommended to anybody.
    """

    strategy: str
    precision: float
    recall: float
    ndcg: float
    low: float
    high: float
    goods: int


@dataclass(frozen=True)
class Comparison:
    """All strategies on the same people."""

    held_out_days: int
    people: int
    results: tuple[Result, ...]


def compare() -> Comparison:
    """Measure every strategy on the members who bought before the last ``HELD_OUT_DAYS`` days and again within them."""
    shelf, now = reading.read_shelf(), clock.now()
    cut = now - timedelta(days=HELD_OUT_DAYS)
    known_then = reading.the_past(shelf, since=cut - reading.REMEMBERED, until=cut)
    before = known_then.of(known_then.is_order == 1)
    after = reading.all_bought(shelf, since=cut, until=now)
    people = np.intersect1d(before.person, after.person)[:PEOPLE_MOST].tolist()
    if not people:
        return Comparison(HELD_OUT_DAYS, 0, ())
    # The shelf as it was: nothing that was sold, returned, reviewed or said of it after the cut may be known.
    sold = np.bincount(before.place, minlength=len(shelf))
    recent = np.bincount(before.place[before.weight > making.LATELY], minlength=len(shelf))
    months = reading.sold_by_month(shelf.ids, since=cut - reading.REMEMBERED, until=cut)
    unknown = np.zeros(len(shelf), dtype=np.int64)
    shelf = replace(shelf, sold=sold, recent=recent, by_month=months, judged=unknown, bad=unknown, returned=unknown)
    none = np.zeros(len(shelf), dtype=np.bool_)
    stars = np.full(len(shelf), reading.MIDDLING_STARS)
    shelf = replace(shelf, heard=unknown, unwelcome=unknown, stars=stars, is_demoted=none)
    together = neighbours.bought_together(before, len(shelf))
    stock = making.Stock(shelf=shelf, likeness=together, month=cut.month, is_unwelcome=none)
    wanted = {person: np.unique(after.place[after.person == person]) for person in people}
    aided = replace(stock, model=_fitted_before(shelf, known_then))
    results = [_measure(aided, name, known_then, wanted) for name in strategies.STRATEGIES]
    if aided.model is not None:
        results.append(replace(_measure(stock, DEFAULT_STRATEGY, known_then, wanted), strategy=UNAIDED))
    return Comparison(HELD_OUT_DAYS, len(people), tuple(results))


def as_rows(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the results as they are stored."""
    return [asdict(result) for result in comparison.results]


def _fitted_before(shelf: Shelf, past: Acts) -> Serving | None:
    """Return the model that serves, fitted on this past, which ends at the cut; None when none serves."""
    try:
        said = files.manifest()
        files.check(said)
    except files.Unusable:
        return None
    unfitted = lineup(len(shelf)).get(said.model)
    if unfitted is None:
        return None
    return Serving.on(unfitted.fit(known(past, len(shelf)).past), shelf.ids, shelf)


def _measure(stock: making.Stock, name: str, before: Acts, wanted: Mapping[int, np.ndarray]) -> Result:
    occasion = Occasion(month=stock.month, candidates=allowed(stock.shelf, ANYTHING), limit=AT)
    hits, recalls, gains, shown = [], [], [], set()
    for person, bought in wanted.items():
        crowd = making.crowd_of(stock, before.of(before.person == person))
        places = strategies.STRATEGIES[name](stock.shelf, crowd, occasion).places
        is_hit = np.isin(places, bought)
        hits.append(is_hit.mean() if len(places) else 0.0)
        recalls.append(is_hit.sum() / len(bought))
        gains.append(gain(is_hit, len(bought)))
        shown.update(places.tolist())
    low, high = interval(np.array(recalls))
    return Result(name, float(np.mean(hits)), float(np.mean(recalls)), float(np.mean(gains)), low, high, len(shown))


def gain(is_hit: np.ndarray, wanted: int) -> float:
    """Return the NDCG of a list whose hits are given, when ``wanted`` goods could have been hit."""
    discounts = 1.0 / np.log2(np.arange(max(len(is_hit), 1)) + 2.0)
    ideal = discounts[: min(wanted, len(discounts))].sum()
    return float((is_hit * discounts[: len(is_hit)]).sum() / ideal) if ideal else 0.0


def interval(values: Floats) -> tuple[float, float]:
    """Return the 95 % interval of the mean of ``values`` by drawing with replacement, always with the same seed."""
    rng = np.random.default_rng(SEED)
    means = rng.choice(values, (DRAWS, len(values))).mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
