"""What a receiver may believe: the formula, its quantile, and what never happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.trust import beliefs
from renmai.trust.beliefs import Tally

AMOUNT = st.floats(0, 500)
SHARE = st.floats(0.01, 0.99)
TALLY = st.builds(Tally, AMOUNT, AMOUNT)


def _q(tally: Tally, votes: Tally, judged: Tally, platform: float) -> beliefs.Belief:
    sharer = beliefs.sharer_mean(votes, platform=platform)
    receiver = beliefs.receiver_mean(judged, platform=platform)
    return beliefs.belief(tally, prior_mean=beliefs.prior(sharer=sharer, receiver=receiver, platform=platform))


def test_the_formula_is_that_of_the_design() -> None:
    found = beliefs.belief(Tally(3.0, 1.0), prior_mean=0.75)
    assert found.mean == pytest.approx((3 + 4 * 0.75) / (3 + 1 + 4))
    assert found.low < found.mean


@given(TALLY, TALLY, st.floats(0, 50), SHARE, st.floats(0.1, 5))
def test_good_never_lowers_q(tally: Tally, others: Tally, known: float, platform: float, gain: float) -> None:
    """Neither at once, nor when the sharer's and the receiver's means have taken it in."""
    votes = others + beliefs.vote(tally, elsewhere=known)
    before = _q(tally, votes, others + tally, platform)
    at_once = _q(tally + Tally(good=gain), votes, others + tally, platform)
    grown = tally + Tally(good=gain)
    later = _q(grown, others + beliefs.vote(grown, elsewhere=known), others + grown, platform)
    assert at_once.mean >= before.mean
    assert later.mean >= before.mean - 1e-12


@given(AMOUNT, AMOUNT, SHARE, st.floats(0.1, 5))
def test_bad_lowers_q(good: float, bad: float, mean: float, loss: float) -> None:
    before = beliefs.belief(Tally(good, bad), prior_mean=mean)
    assert beliefs.belief(Tally(good, bad + loss), prior_mean=mean).mean < before.mean


def test_a_complaint_outweighs_three_good_outcomes_of_somebody_new() -> None:
    before = beliefs.belief(Tally(), prior_mean=0.8)
    after = beliefs.belief(Tally(good=3.0, bad=3.0), prior_mean=0.8)
    assert after.mean < before.mean


def test_the_same_outcomes_say_less_of_a_severe_receiver() -> None:
    """She finds fault with everybody, so her prior is lower than a mild receiver's."""
    severe, mild = (_q(Tally(1, 1), Tally(5, 1), judged, 0.8).mean for judged in (Tally(2, 18), Tally(20, 0)))
    assert severe < mild


def test_nobody_is_praised_far_above_the_platform_but_blame_has_no_floor() -> None:
    praised = beliefs.sharer_mean(Tally(1e6, 0), platform=0.8)
    blamed = beliefs.sharer_mean(Tally(0, 1e6), platform=0.8)
    assert beliefs.logit(praised) == pytest.approx(beliefs.logit(0.8) + beliefs.MAX_LIFT)
    assert blamed < 0.001


@pytest.mark.parametrize(("good", "bad"), [(0.3, 0.2), (1, 1), (3.2, 0.8), (40, 2), (700, 300)])
def test_the_quantile_is_that_of_scipy(good: float, bad: float) -> None:
    from scipy.special import betaincinv

    for share in (0.01, 0.1, 0.5, 0.9):
        assert beliefs.quantile(share, good, bad) == pytest.approx(float(betaincinv(good, bad, share)), abs=1e-8)


def test_ranking_asks_what_is_sure() -> None:
    """Two receivers who liked all of two shares say less than forty who liked nearly all."""
    few = beliefs.belief(Tally(2, 0), prior_mean=0.8)
    many = beliefs.belief(Tally(38, 2), prior_mean=0.8)
    assert beliefs.rank_value(0.5, many) > beliefs.rank_value(0.5, few)
    assert beliefs.rank_value(0.9, few) > beliefs.rank_value(0.5, many)
