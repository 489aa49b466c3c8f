"""What is left of people's outcomes once they are counted: sums, from which every estimate and its variance follow.

A unit has an outcome ``y`` and a denominator ``x``. For a mean ``x`` is 1; for a ratio (pieces returned ÷ pieces bought) it is what the
ratio divides by. ``c`` is something known of the unit before the experiment, by which chance can be taken out of a mean (CUPED).
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Moments:
    """Sums over units. Every field has the shape of the looks they belong to: ``()`` for one, ``(…, looks)`` for a line.

    ``nonzero`` counts units with an outcome other than zero: with hardly any, no variance can be believed.
    """

    count: Array
    y: Array
    x: Array
    c: Array
    yy: Array
    xx: Array
    cc: Array
    yx: Array
    yc: Array
    nonzero: Array

    def __getitem__(self, look: int | slice) -> "Moments":
        """Return the sums as they were at some of the looks."""
        return Moments(**{field.name: getattr(self, field.name)[..., look] for field in fields(self)})

    def __add__(self, other: "Moments") -> "Moments":
        """Return the sums over the units of both."""
        return Moments(**{field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(self)})

    @property
    def ratio(self) -> Array:
        """Σ y ÷ Σ x: the mean where ``x`` is 1; NaN without any ``x``."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.x > 0, self.y / self.x, np.nan)


def moments(y: Array, x: Array | None = None, c: Array | None = None) -> Moments:
    """Return the sums over the last axis: one look at all units."""
    return moments_at(y, np.asarray([y.shape[-1]]), x=x, c=c)[0]


def moments_at(y: Array, ends: NDArray[np.int64], *, x: Array | None = None, c: Array | None = None) -> Moments:
    """Return the sums over the first ``ends[k]`` units of the last axis, for each look ``k``. ``ends`` may repeat and begin with 0."""
    x = np.ones_like(y) if x is None else x
    c = np.zeros_like(y) if c is None else c
    products = (np.ones_like(y), y, x, c, y * y, x * x, c * c, y * x, y * c, (y != 0).astype(np.float64))
    return Moments(*(_sums(values, ends) for values in products))


def _sums(values: Array, ends: NDArray[np.int64]) -> Array:
    running = np.cumsum(values, axis=-1)
    none = np.zeros((*values.shape[:-1], 1))
    summed: Array = np.concatenate([none, running], axis=-1)[..., ends]
    return summed
