"""A pre-sale that was called off: nobody loses a deposit by it, and what was promised is owed whatever fails in between."""

import pytest

from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.models import Reward
from renmai.journeys import cancelling
from renmai.journeys.tests.world import at_cashier, begin_payment, customer, fresh, settle_down, violations
from renmai.plays.presale import actions
from renmai.plays.presale.actions import calling_off
from renmai.plays.presale.tests.world import DEPOSIT, presale, with_deposit
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

REASON = "the harvest failed"


def owed() -> list[tuple[int, int]]:
    return list(Reward.objects.order_by("pk").values_list("beneficiary_id", "amount"))


@pytest.mark.parametrize("is_paid", [False, True])
def test_a_worker_that_dies_while_it_ends_an_order_forgets_no_promise(
    is_paid: bool, moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, who = presale(unpaid="kept"), customer()
    order = with_deposit(who, campaign)
    if is_paid:
        moving_clock.travel(campaign.ends_at)
        actions.remind_due(10)
        at_cashier(begin_payment(who, order))
    actions.call_off(make_staff(), campaign.pk, reason=REASON)

    def dies(*_args: object, **_fields: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as cut:
        cut.setattr(calling_off, "notify", dies)
        assert actions.end_called_off(10) == 0
    assert owed() == []
    assert actions.end_called_off(10) == 1
    settle_down()
    assert fresh(order).status == ("refunded" if is_paid else "cancelled")
    assert owed() == [(who.user.pk, DEPOSIT)]


def test_who_cancels_after_it_was_called_off_loses_nothing() -> None:
    campaign, who = presale(unpaid="kept"), customer()
    order = with_deposit(who, campaign)
    actions.call_off(make_staff(), campaign.pk, reason=REASON)
    cancelling.cancel(who.user, order.number)
    settle_down()
    assert (fresh(order).forfeited_fen, fresh(order).refunded_fen) == (0, 0)
    assert owed() == [(who.user.pk, DEPOSIT)]
    assert actions.end_called_off(10) == 0
    assert violations() == []


def test_who_lost_a_deposit_before_it_was_called_off_has_lost_it() -> None:
    campaign, who = presale(unpaid="kept"), customer()
    order = with_deposit(who, campaign)
    cancelling.cancel(who.user, order.number)
    actions.call_off(make_staff(), campaign.pk, reason=REASON)
    assert actions.end_called_off(10) == 0
    assert (fresh(order).forfeited_fen, owed()) == (DEPOSIT, [])
    assert violations() == []
