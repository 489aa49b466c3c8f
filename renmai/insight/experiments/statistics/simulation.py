"""Worlds whose truth is known: how often an interval ever leaves it out when somebody looks every day, and how often an effect is found.

Each run deals people out day by day, looks in the evening, and never stops looking. Three kinds of outcome, as shops have them: whether
somebody bought (rate), how much she spent (mean: mostly nothing, sometimes a lot), which part of her pieces came back (ratio).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from renmai.insight.experiments.statistics.moments import Array, moments_at
from renmai.insight.experiments.statistics.sequences import difference

SPEND_SIGMA = 1.0
BATCH = 200
Z_95 = 1.959964


@dataclass(frozen=True)
class World:
    """So many people a day in each arm, for so many days; ``lift`` is what the treatment adds, as a part of the control's outcome."""

    kind: str
    people_a_day: int
    days: int = 30
    lift: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """Of ``runs`` how many found a difference at any look, how many left the truth out at any look, and the median first day of finding one.

    ``ordinary`` is how many would have found one with ordinary 95 % intervals, looked at as often: what the sequences are for.
    """

    runs: int
    found: int
    missed: int
    ordinary: int
    median_day: float | None

    @property
    def found_share(self) -> float:
        """False alarms where there is no lift, power where there is one."""
        return self.found / self.runs


def simulate(world: World, *, runs: int, seed: int, alpha: float = 0.05) -> Outcome:
    """Run ``world`` so often and return what the daily looks found. The same for the same seed."""
    dice = np.random.default_rng(seed)
    planned = world.people_a_day * world.days
    ends = np.arange(1, world.days + 1) * world.people_a_day
    truth = _TRUTHS[world.kind] * world.lift
    found, missed, ordinary, days = 0, 0, 0, list[int]()
    for start in range(0, runs, BATCH):
        size = (min(BATCH, runs - start), planned)
        arms = [moments_at(y, ends, x=x) for y, x in (_WORLDS[world.kind](dice, size, lift) for lift in (world.lift, 0.0))]
        seen = difference(arms[0], arms[1], alpha=alpha, planned=planned)
        hits = seen.excludes_zero
        found += int(hits.any(axis=-1).sum())
        missed += int(((seen.low > truth) | (seen.high < truth)).any(axis=-1).sum())
        ordinary += int((np.isfinite(seen.low) & (np.abs(seen.value) > Z_95 * seen.error)).any(axis=-1).sum())
        days += [int(row.argmax()) + 1 for row in hits if row.any()]
    return Outcome(runs, found, missed, ordinary, float(np.median(days)) if days else None)


def _bought(dice: np.random.Generator, size: tuple[int, int], lift: float) -> tuple[Array, Array | None]:
    return (dice.random(size) < _TRUTHS["rate"] * (1 + lift)).astype(np.float64), None


def _spent(dice: np.random.Generator, size: tuple[int, int], lift: float) -> tuple[Array, Array | None]:
    """One in ten buys; what she spends is log-normal, so a few people are a large part of the money."""
    buys = dice.random(size) < _BUYERS
    spent = dice.lognormal(np.log(_TRUTHS["mean"] / _BUYERS) - SPEND_SIGMA**2 / 2, SPEND_SIGMA, size)
    return np.where(buys, spent * (1 + lift), 0.0), None


def _returned(dice: np.random.Generator, size: tuple[int, int], lift: float) -> tuple[Array, Array | None]:
    """Most buy nothing; who buys has her own inclination to return, so her pieces are not independent of each other."""
    pieces = np.where(dice.random(size) < 0.3, dice.integers(1, 5, size), 0)
    inclination = dice.beta(1.0, 1 / _TRUTHS["ratio"] - 1, size)
    returned = dice.binomial(pieces, np.minimum(inclination * (1 + lift), 1.0))
    return returned.astype(np.float64), pieces.astype(np.float64)


_BUYERS = 0.1
_TRUTHS: Mapping[str, float] = {"rate": 0.05, "mean": 8.0, "ratio": 0.1}
_WORLDS: Mapping[str, Callable[[np.random.Generator, tuple[int, int], float], tuple[Array, Array | None]]] = {
    "rate": _bought,
    "mean": _spent,
    "ratio": _returned,
}
