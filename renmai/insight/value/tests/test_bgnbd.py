"""How often: the likelihood and its gradient against the paper's formulae, expectations against people who live the model's story."""

import math

import numpy as np
import pytest
from scipy.special import hyp2f1

from renmai.insight.value import bgnbd
from renmai.insight.value.bgnbd import BgNbd, Histories
from renmai.insight.value.fitting import UnfitError
from renmai.insight.value.stories import living

CDNOW = BgNbd(0.243, 4.414, 0.793, 2.426)
SOME = Histories(np.array([0.0, 1.0, 2.0, 7.0, 40.0]), np.array([0, 3.5, 30, 12.25, 51]), np.array([20, 20, 38.86, 30, 52.0]))


def paper_likelihood(model: BgNbd, x: int, recency: float, age: float) -> float:
    """Return the likelihood of one history, equation (3) of the paper, written out."""
    r, alpha, a, b = model.r, model.alpha, model.a, model.b

    def beta(first: float, second: float) -> float:
        return math.gamma(first) * math.gamma(second) / math.gamma(first + second)

    ordering: float = math.gamma(r + x) / math.gamma(r) * alpha**r
    there = beta(a, b + x) / beta(a, b) * ordering / (alpha + age) ** (r + x)
    gone = beta(a + 1, b + x - 1) / beta(a, b) * ordering / (alpha + recency) ** (r + x) if x else 0.0
    return float(there + gone)


def test_the_likelihood_is_the_papers() -> None:
    people = Histories(SOME.frequency[:4], SOME.recency[:4], SOME.age[:4])
    expected = sum(
        math.log(paper_likelihood(CDNOW, int(x), recency, age))
        for x, recency, age in zip(people.frequency, people.recency, people.age, strict=True)
    )
    assert bgnbd.log_likelihood(CDNOW, people) == pytest.approx(expected, rel=1e-12)


def test_the_gradient_is_that_of_the_likelihood() -> None:
    rows = bgnbd._collapse(SOME)
    here = np.array([0.4, 6.0, 0.9, 3.1])
    _value, slope = bgnbd._negative(rows, here)
    for index in range(4):
        shift = np.zeros(4)
        shift[index] = 1e-6 * here[index]
        rise = (bgnbd._negative(rows, here + shift)[0] - bgnbd._negative(rows, here - shift)[0]) / (2 * shift[index])
        assert slope[index] == pytest.approx(rise, rel=1e-6)


def test_equal_histories_count_as_often_as_they_occur() -> None:
    thrice = Histories(*(np.repeat(column, 3) for column in (SOME.frequency, SOME.recency, SOME.age)))
    assert len(bgnbd._collapse(thrice).weight) == len(SOME)
    assert bgnbd.log_likelihood(CDNOW, thrice) == pytest.approx(3 * bgnbd.log_likelihood(CDNOW, SOME))


def test_expectation_is_the_papers_where_the_papers_can_be_computed() -> None:
    r, alpha, a, b = CDNOW.r, CDNOW.alpha, CDNOW.a, CDNOW.b
    for x, recency, age, t in ((0, 0.0, 38.0, 39.0), (2, 30.43, 38.86, 39.0), (5, 12.0, 30.0, 4.0)):
        z = t / (alpha + age + t)
        above = (a + b + x - 1) / (a - 1) * (1 - (1 - z) ** (r + x) * hyp2f1(r + x, b + x, a + b + x - 1, z))
        below = 1 + (x > 0) * a / (b + max(x, 1) - 1) * ((alpha + age) / (alpha + recency)) ** (r + x)
        found = bgnbd.expected_orders(CDNOW, Histories(np.array([x * 1.0]), np.array([recency]), np.array([age])), t)
        assert found[0] == pytest.approx(above / below, rel=1e-10)


def test_the_customer_of_the_papers_example_is_expected_to_order_1_226_times() -> None:
    """Customer 0001 of CDNOW: two repeats, the last in week 30.43, seen for 38.86 weeks (the paper's spreadsheet)."""
    one = Histories(np.array([2.0]), np.array([30.43]), np.array([38.86]))
    assert bgnbd.expected_orders(CDNOW, one, 39.0)[0] == pytest.approx(1.226, abs=0.001)


def test_somebody_who_ordered_a_thousand_times_and_a_model_at_its_poles_stay_finite() -> None:
    busy = Histories(np.array([1000.0, 0.0]), np.array([51.9, 0.0]), np.array([52.0, 0.0]))
    for model in (CDNOW, BgNbd(0.24, 4.4, 1.0, 2.4), BgNbd(0.5, 3.0, 0.4, 0.6), BgNbd(3.0, 2.0, 1e-5, 9.0)):
        found = bgnbd.expected_orders(model, busy, 52.0)
        assert np.all(np.isfinite(found))
        assert np.all(found >= 0)
    near, at = (bgnbd.expected_orders(BgNbd(0.24, 4.4, a, 2.4), busy, 52.0) for a in (1.0 + 1e-4, 1.0))
    assert near == pytest.approx(at, rel=1e-3)


def test_who_never_came_back_is_alive_and_long_silence_speaks_against_the_others() -> None:
    silent = Histories(np.array([0.0, 3, 3, 3]), np.array([0.0, 10, 10, 10]), np.array([50.0, 10, 20, 50]))
    found = bgnbd.alive(CDNOW, silent)
    assert found[0] == 1
    assert found[1] > found[2] > found[3] > 0


def test_parameters_are_found_again_and_their_intervals_hold_the_truth() -> None:
    truth, generator = BgNbd(0.6, 6.0, 0.8, 2.5), np.random.default_rng(5)
    rounds, inside = 40, np.zeros(4)
    for _round in range(rounds):
        people, _later = living(truth, 1500, weeks=52, generator=generator)
        found = bgnbd.fit(people)
        for index, (parameter, true) in enumerate(zip(found.parameters, (truth.r, truth.alpha, truth.a, truth.b), strict=True)):
            inside[index] += parameter.low <= true <= parameter.high
    # 95 in 100 of 40 are 38; fewer than 34 would happen once in a hundred such tests if the intervals were right.
    assert np.all(inside >= 34), inside


def test_what_is_expected_and_what_is_drawn_is_what_happens() -> None:
    truth, generator = BgNbd(0.6, 6.0, 0.8, 2.5), np.random.default_rng(7)
    people, later = living(truth, 40_000, weeks=52, generator=generator)
    expected = bgnbd.expected_orders(truth, people, 52.0)
    drawn = bgnbd.simulated_orders(truth, people, 52.0, generator)
    for group in (people.frequency == 0, (people.frequency > 0) & (people.recency < 26), people.recency >= 26):
        slack = 4 * later[group].std() / math.sqrt(group.sum())
        assert expected[group].mean() == pytest.approx(later[group].mean(), abs=slack)
        assert drawn[group].mean() == pytest.approx(later[group].mean(), abs=1.5 * slack)


def test_without_anybody_who_leaves_a_mild_belief_keeps_the_model_usable_and_says_so() -> None:
    generator = np.random.default_rng(3)
    rate = generator.gamma(2.0, 1 / 10.0, 800)
    count = generator.poisson(rate * 40).astype(float)
    latest = np.where(count > 0, 40 * generator.random(800) ** (1 / np.maximum(count, 1)), 0.0)
    found = bgnbd.fit(Histories(count, latest, np.full(800, 40.0)))
    model = BgNbd(*found.values)
    assert found.is_steadied
    assert model.a / (model.a + model.b) < 0.01
    assert bgnbd.expected_orders(model, Histories(count, latest, np.full(800, 40.0)), 40).sum() == pytest.approx(
        count.sum(), rel=0.05
    )


def test_what_cannot_be_fitted_is_refused() -> None:
    zeros = np.zeros(100)
    with pytest.raises(UnfitError, match="came back"):
        bgnbd.fit(Histories(zeros, zeros, zeros + 10))
    with pytest.raises(UnfitError, match="no customers"):
        bgnbd.fit(Histories(np.empty(0), np.empty(0), np.empty(0)))
    with pytest.raises(ValueError, match="between the first one and now"):
        bgnbd.fit(Histories(zeros + 1, zeros + 11, zeros + 10))
    with pytest.raises(ValueError, match="whole number"):
        bgnbd.fit(Histories(zeros + 0.5, zeros, zeros + 10))
