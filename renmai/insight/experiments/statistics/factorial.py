"""Several things tried at once: what each does by itself, and what they do together (2^k factorial designs).

The cell of a person says for each factor whether it is on. The main effect of a factor is the mean over all cells where it is on less the
mean over those where it is off; an interaction is how much one effect depends on the other (Box, Hunter and Hunter, "Statistics for
Experimenters", Chapter 5). All cells serve every effect, so k factors cost no more people than one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from renmai.insight.experiments.statistics.moments import Moments
from renmai.insight.experiments.statistics.sequences import Interval, contrast

Cell = tuple[bool, ...]


@dataclass(frozen=True)
class Effect:
    """The effect of one factor, or of several together (their positions)."""

    factors: tuple[int, ...]
    interval: Interval


def effects(cells: Mapping[Cell, Moments], *, alpha: float, planned: float) -> list[Effect]:
    """Return every main effect, then every interaction. ``planned`` is how many units each cell was to have.

    The chance that any of the intervals ever leaves the truth out is at most ``alpha``: they share it evenly. Raises ``ValueError``
    when a cell is missing.
    """
    factors = len(next(iter(cells)))
    if len(cells) != 2**factors:
        raise ValueError("every combination has a cell")
    wanted = [chosen for size in range(1, factors + 1) for chosen in combinations(range(factors), size)]
    return [Effect(chosen, _effect(cells, chosen, alpha=alpha / len(wanted), planned=planned)) for chosen in wanted]


def _effect(cells: Mapping[Cell, Moments], chosen: Sequence[int], *, alpha: float, planned: float) -> Interval:
    half = len(cells) / 2
    weights = [_sign(cell, chosen) / half for cell in cells]
    return contrast(list(cells.values()), weights, alpha=alpha, planned=planned)


def _sign(cell: Cell, chosen: Sequence[int]) -> int:
    """Return 1 where the cell counts for the effect, −1 where against it."""
    off = sum(not cell[factor] for factor in chosen)
    return -1 if off % 2 else 1
