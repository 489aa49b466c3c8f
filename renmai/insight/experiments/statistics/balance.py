"""Whether people were dealt out as planned. If not, something between the dice and the count is broken, and no figure can be believed."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from renmai.insight.experiments.statistics.moments import Array

CONCENTRATION = 200.0
"""How closely the deviations that are looked for lie around the plan: about ± 1 ÷ √200, or 7 points of a half."""


def imbalance_chance(counts: NDArray[np.int64] | Array, shares: Array) -> Array:
    """Return the always-valid p-value of the counts of each arm (the last axis) under the planned ``shares``.

    Dirichlet mixture of multinomials: Lindon and Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022. Looks are the
    axis before the last: what one look found stays found. A broken deal falls below 0.001 soon; an honest one ever does so in at most 1 of 1,000.
    """
    counts = np.asarray(counts, dtype=np.float64)
    prior = CONCENTRATION * shares
    total = counts.sum(axis=-1)
    evidence = gammaln(CONCENTRATION) - gammaln(CONCENTRATION + total)
    evidence = evidence + (gammaln(prior + counts) - gammaln(prior) - counts * np.log(shares)).sum(axis=-1)
    if evidence.ndim:
        evidence = np.maximum.accumulate(evidence, axis=-1)
    chance: Array = np.exp(-np.maximum(evidence, 0.0))
    return chance
