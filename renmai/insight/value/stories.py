"""People whose truth is known: they live the story that the models tell, one order after another, without the models' formulae.

For tests and benchmarks: what is fitted, expected and drawn must agree with what these people do.
"""

import numpy as np

from renmai.insight.value.bgnbd import BgNbd, Histories
from renmai.insight.value.fitting import Vector
from renmai.insight.value.gamma_gamma import GammaGamma, Spending


def living(model: BgNbd, count: int, *, weeks: float, generator: np.random.Generator) -> tuple[Histories, Vector]:
    """Return so many people's histories of up to ``weeks``, and how many orders each placed in the ``weeks`` after, one order at a time.

    It follows the story of the model, not its formulae: an order after a random wait, then a toss whether she leaves.
    """
    age = weeks * (0.5 + generator.random(count) / 2)
    rate = generator.gamma(model.r, 1 / model.alpha, count)
    leaves = generator.beta(model.a, model.b, count)
    frequency, recency, later, now = np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(count)
    here = np.arange(count)
    while len(here):
        now[here] += generator.exponential(1 / np.maximum(rate[here], 1e-12))
        here = here[now[here] <= age[here] + weeks]
        past = here[now[here] <= age[here]]
        frequency[past] += 1
        recency[past] = now[past]
        later[here[now[here] > age[here]]] += 1
        here = here[generator.random(len(here)) > leaves[here]]
    return Histories(frequency, recency, age), later


def spending(model: GammaGamma, orders: Vector, generator: np.random.Generator) -> Spending:
    """Return what people with so many orders spent on average."""
    rate = generator.gamma(model.q, 1 / model.gamma, len(orders))
    return Spending(orders, generator.gamma(model.p * orders) / rate / orders)
