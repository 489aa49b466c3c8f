"""Pledges of the platform: each counts once, kept ones never lower q, broken ones never raise it, and what q says is meant."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.sharing.tests import factories
from renmai.trust import actions, audit, queries
from renmai.trust.beliefs import START_RATE, Tally
from renmai.trust.decay import BELIEF_DAYS
from renmai.trust.models import PlatformEntry, PlatformTie, Progress
from renmai.trust.pledges import Outcome, Pledge, foretold, platform_rate, regard
from renmai.trust.simulation.pledges import foretell_pledges
from tools.testing.moving_clock import MovingClock

AMOUNTS = st.floats(0, 1000, allow_nan=False)


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, st.floats(0.01, 50))
def test_a_kept_pledge_never_lowers_q_and_a_broken_one_never_raises_it(
    good: float, bad: float, others_good: float, others_bad: float, more: float
) -> None:
    own = Tally(good, bad)
    everybody = own + Tally(others_good, others_bad)
    before = regard(own, everybody).mean
    assert regard(own + Tally(good=more), everybody + Tally(good=more)).mean >= before - 1e-12
    assert regard(own + Tally(bad=more), everybody + Tally(bad=more)).mean <= before + 1e-12
    assert 0 < before < 1


def test_before_anything_is_known_the_usual_is_expected() -> None:
    assert platform_rate(Tally()) == pytest.approx(START_RATE)
    assert regard(Tally(), Tally()).mean == pytest.approx(START_RATE)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_q_says_of_the_platform_is_meant(seed: int) -> None:
    found = foretell_pledges(seed=seed)
    assert found.outcomes > 15_000
    assert found.error <= 0.05
    assert found.said == pytest.approx(found.kept, abs=0.03)


def test_a_forecast_knows_nothing_of_what_it_foretells() -> None:
    at = datetime.fromisoformat("2026-03-01T00:00:00+00:00")
    found = foretold([Outcome(Pledge.PAYOUT, "withdrawal:1", 1, False, at)])
    assert found is not None
    assert found.kept == 0
    assert [found.said, found.error] == pytest.approx([START_RATE, START_RATE])
    assert foretold([]) is None


def _outcome(agent: int, number: int, at: datetime, *, pledge: str = Pledge.PAYOUT, is_kept: bool = True) -> Outcome:
    return Outcome(pledge, f"withdrawal:{number}", agent, is_kept, at)


@pytest.mark.django_db
def test_each_counts_once_and_fades_by_half(moving_clock: MovingClock) -> None:
    agent = factories.user("Agent")
    first = _outcome(agent.pk, 1, moving_clock.now)
    assert (actions.note_outcomes([first, first]), actions.note_outcomes([first])) == (1, 0)
    moving_clock.advance(days=BELIEF_DAYS)
    assert actions.note_outcomes([first, _outcome(agent.pk, 2, moving_clock.now, is_kept=False)]) == 1
    found = queries.regard_of(agent.pk)
    assert found.belief.tally.good == pytest.approx(0.5)
    assert found.belief.tally.bad == pytest.approx(1.0)
    assert [(each.evidence, each.is_kept) for each in queries.pledges_to(agent.pk)] == [
        ("withdrawal:2", False),
        ("withdrawal:1", True),
    ]
    assert [(count.pledge, count.kept, count.broken) for count in found.counts if count.total] == [("payout", 1, 1)]
    assert list(audit.violations()) == []
    PlatformTie.objects.update(good=7)
    assert [violation.subject for violation in audit.violations()] == [f"platform tie {PlatformTie.objects.get().pk}"]


@pytest.mark.django_db
def test_one_agents_trouble_is_her_own_and_a_little_everybodys(moving_clock: MovingClock) -> None:
    hurt, other, new = factories.user("Hurt"), factories.user("Other"), factories.user("New")
    late = [_outcome(hurt.pk, number, moving_clock.now, is_kept=False) for number in range(5)]
    kept = [_outcome(other.pk, 100 + number, moving_clock.now) for number in range(5)]
    actions.note_outcomes([*late, *kept])
    means = [queries.regard_of(user.pk).belief.mean for user in (hurt, new, other)]
    assert means == sorted(means)
    assert means[0] < 0.5 < means[1] < START_RATE
    found = queries.reliance()
    assert [each.user for each in found.least] == [hurt, other]
    assert found.mean == pytest.approx((means[0] + means[2]) / 2)
    assert found.calibration is not None
    assert found.calibration.outcomes == 10


@pytest.mark.django_db
def test_the_past_is_read_once(moving_clock: MovingClock) -> None:
    agent = factories.user("Agent")
    past = [_outcome(agent.pk, number, moving_clock.now - timedelta(days=number)) for number in range(3)]
    assert actions.note_past_outcomes(iter(past), limit=100) == 3
    assert Progress.objects.get(source="pledges").position == 1
    assert actions.note_past_outcomes(iter([_outcome(agent.pk, 9, moving_clock.now)]), limit=100) == 0
    assert PlatformEntry.objects.count() == 3
