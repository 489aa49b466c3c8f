"""How much: the likelihood against the published formula, expectations against people who live the model's story."""

import math
from collections.abc import Iterable

import numpy as np
import pytest

from renmai.insight.value import gamma_gamma
from renmai.insight.value.fitting import UnfitError, Vector
from renmai.insight.value.gamma_gamma import GammaGamma, Spending
from renmai.insight.value.stories import spending

TRUTH = GammaGamma(6.25, 3.74, 15.44)


def published(model: GammaGamma, people: Spending) -> float:
    """Return the log-likelihood, equation (1a) of Fader and Hardie (2013), one person after another."""
    p, q, gamma = model.p, model.q, model.gamma
    rows: Iterable[tuple[float, float]] = zip(people.orders.tolist(), people.mean.tolist(), strict=True)
    return sum(
        math.lgamma(p * x + q)
        - math.lgamma(p * x)
        - math.lgamma(q)
        + q * math.log(gamma)
        + (p * x - 1) * math.log(mean)
        + p * x * math.log(x)
        - (p * x + q) * math.log(gamma + x * mean)
        for x, mean in rows
    )


def repeated(generator: np.random.Generator, count: int) -> Vector:
    return generator.geometric(0.4, count).astype(np.float64)


def test_the_fit_stands_on_the_peak_of_the_published_likelihood() -> None:
    people = spending(TRUTH, repeated(np.random.default_rng(2), 400), np.random.default_rng(4))
    found = gamma_gamma.fit(people)
    best = published(GammaGamma(*found.values), people)
    assert found.log_likelihood == pytest.approx(best, rel=1e-10)
    for index in range(3):
        for factor in (0.98, 1.02):
            moved = list(found.values)
            moved[index] *= factor
            assert published(GammaGamma(*moved), people) < best


def test_the_unit_of_money_does_not_matter() -> None:
    people = spending(TRUTH, repeated(np.random.default_rng(2), 400), np.random.default_rng(4))
    yuan, fen = gamma_gamma.fit(people), gamma_gamma.fit(Spending(people.orders, people.mean * 100))
    assert fen.values == pytest.approx((yuan.values[0], yuan.values[1], 100 * yuan.values[2]), rel=1e-5)


def test_parameters_are_found_again_and_their_intervals_hold_the_truth() -> None:
    generator = np.random.default_rng(11)
    inside = np.zeros(3)
    for _round in range(40):
        found = gamma_gamma.fit(spending(TRUTH, repeated(generator, 800), generator))
        for index, (parameter, true) in enumerate(zip(found.parameters, (TRUTH.p, TRUTH.q, TRUTH.gamma), strict=True)):
            inside[index] += parameter.low <= true <= parameter.high
    assert np.all(inside >= 34), inside


def test_expected_and_drawn_spending_is_what_people_spend_next() -> None:
    generator = np.random.default_rng(13)
    orders = repeated(generator, 30_000)
    rate = generator.gamma(TRUTH.q, 1 / TRUTH.gamma, len(orders))
    past = Spending(orders, generator.gamma(TRUTH.p * orders) / rate / orders)
    following = generator.gamma(TRUTH.p * 3, size=len(orders)) / rate
    expected = 3 * gamma_gamma.expected_mean(TRUTH, past)
    drawn = gamma_gamma.simulated_total(TRUTH, past, np.full(len(orders), 3.0), generator)
    for group in (past.mean < 20, (past.mean >= 20) & (past.mean < 60), past.mean >= 60):
        slack = 4 * following[group].std() / math.sqrt(group.sum())
        assert expected[group].mean() == pytest.approx(following[group].mean(), abs=slack)
        assert drawn[group].mean() == pytest.approx(following[group].mean(), abs=1.5 * slack)


def test_somebody_unknown_is_expected_to_spend_what_everybody_does_and_nobody_spends_on_no_orders() -> None:
    unknown = Spending(np.array([0.0]), np.array([0.0]))
    assert gamma_gamma.expected_mean(TRUTH, unknown)[0] == pytest.approx(TRUTH.p * TRUTH.gamma / (TRUTH.q - 1))
    assert gamma_gamma.simulated_total(TRUTH, unknown, np.zeros(1), np.random.default_rng(1))[0] == 0


def test_what_cannot_be_fitted_is_refused() -> None:
    with pytest.raises(UnfitError, match="came back"):
        gamma_gamma.fit(Spending(np.ones(5), np.ones(5)))
    with pytest.raises(ValueError, match="above zero"):
        gamma_gamma.fit(Spending(np.ones(50), np.zeros(50)))
    with pytest.raises(ValueError, match="infinite"):
        gamma_gamma.expected_mean(GammaGamma(2.0, 0.9, 3.0), Spending(np.ones(1), np.ones(1)))
