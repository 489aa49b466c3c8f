"""How many people open a link in its first days: what is to be expected, with the interval that holds it nine times in ten.

People differ, and so do one person's links. How many open a link is negative binomial about the mean of its sharer; how these means lie
among sharers is learned without assuming a shape: masses on a grid, by maximum likelihood (Kiefer and Wolfowitz 1956). What somebody's own
links did moves her from everybody's distribution to her own (Bayes).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

GRID: Final = tuple(0.05 * 1.3**step for step in range(36))
"""Means that sharers may have: from one opening in twenty links to five hundred a link."""

SHAPES: Final = (0.3, 0.6, 1.2, 2.5, 5.0, 20.0, math.inf)
"""How alike the links of one sharer are, from most uneven to Poisson."""

INSIDE: Final = 0.9
ROUNDS: Final = 60
FEWEST_SHARERS: Final = 10
MOST_OWN: Final = 50
"""Of somebody's links the newest so many count: the others no longer change much."""

MOST_PEOPLE: Final = 5_000


@dataclass(frozen=True)
class Habits:
    """What is known of a shop's sharers: the masses of their means on ``GRID``, and how uneven one sharer's links are."""

    shape: float
    masses: tuple[float, ...]


@dataclass(frozen=True)
class Reach:
    """People expected to open a link: the mean, and the whole numbers between which nine in ten such links end."""

    mean: float
    low: int
    high: int


def learned(openings: Sequence[Sequence[int]]) -> Habits | None:
    """Learn from the links of sharers, a row of counts for each; None for fewer than ``FEWEST_SHARERS``. Loads numpy."""
    rows = [row for row in openings if row]
    if len(rows) < FEWEST_SHARERS:
        return None
    tried = [_masses(rows, shape) for shape in SHAPES]
    best = max(range(len(SHAPES)), key=lambda at: tried[at][0])
    return Habits(SHAPES[best], tried[best][1])


def expected(habits: Habits, own: Sequence[int]) -> Reach:
    """Return what the next link of somebody will reach whose links have reached ``own`` (none: of anybody)."""
    masses = _posterior(habits, own)
    mean = sum(mass * each for mass, each in zip(masses, GRID, strict=True))
    return Reach(mean, *_interval(_chances(habits.shape, masses)))


def _masses(rows: Sequence[Sequence[int]], shape: float) -> tuple[float, tuple[float, ...]]:
    """Return the highest log likelihood of the counts and the masses that reach it (expectation-maximisation from equal ones)."""
    import numpy as np

    table = {
        count: np.array([_log_chance(count, each, shape) for each in GRID]) for count in {one for row in rows for one in row}
    }
    logs = np.array([sum(table[count] for count in row) for row in rows])
    highest = logs.max(axis=1, keepdims=True)
    weights = np.exp(logs - highest)
    masses = np.full(len(GRID), 1 / len(GRID))
    for _round in range(ROUNDS):
        parts = weights * masses
        masses = (parts / parts.sum(axis=1, keepdims=True)).mean(axis=0)
    found = float((np.log((weights * masses).sum(axis=1)) + highest[:, 0]).sum())
    return found, tuple(float(mass) for mass in masses)


def _posterior(habits: Habits, own: Sequence[int]) -> tuple[float, ...]:
    logs = [
        math.log(mass) + sum(_log_chance(count, each, habits.shape) for count in own[:MOST_OWN]) if mass > 0 else -math.inf
        for mass, each in zip(habits.masses, GRID, strict=True)
    ]
    highest = max(logs)
    parts = [math.exp(one - highest) for one in logs]
    return tuple(part / sum(parts) for part in parts)


def _chances(shape: float, masses: Sequence[float]) -> Iterator[float]:
    """Yield the chance of 0, 1, 2 … people."""
    kept = [(mass, each) for mass, each in zip(masses, GRID, strict=True) if mass > 1e-6]
    for people in range(MOST_PEOPLE):
        yield sum(mass * math.exp(_log_chance(people, each, shape)) for mass, each in kept)


def _interval(chances: Iterator[float]) -> tuple[int, int]:
    """Return two whole numbers that hold nearest to nine in ten, with a twentieth below the first; where 0 alone has more, nothing is below."""
    tail, below = (1 - INSIDE) / 2, [0.0]
    for chance in chances:
        below.append(below[-1] + chance)
        if below[-1] > 1 - tail / 4:
            break
    low = max(at for at, mass in enumerate(below) if mass <= tail)
    ends = range(len(below) - 1)
    pairs = [(start, min(ends[start:], key=lambda end: _miss(below, start, end))) for start in (low, low + 1) if start in ends]
    return min(pairs, key=lambda pair: _miss(below, *pair))


def _miss(below: Sequence[float], start: int, end: int) -> float:
    return abs(below[end + 1] - below[start] - INSIDE)


def _log_chance(count: int, mean: float, shape: float) -> float:
    """Return the logarithm of the negative binomial chance of ``count``; Poisson for an infinite ``shape``."""
    if math.isinf(shape):
        return count * math.log(mean) - mean - math.lgamma(count + 1)
    return (
        math.lgamma(count + shape)
        - math.lgamma(shape)
        - math.lgamma(count + 1)
        + shape * math.log(shape / (shape + mean))
        + count * math.log(mean / (shape + mean))
    )
