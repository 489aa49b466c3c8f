"""A pre-sale that was called off: nobody loses a deposit by it, and what was promised is owed whatever fails in between."""

from datetime import timedelta

import pytest

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.models import Reward
from renmai.journeys import cancelling
from renmai.journeys.tests.world import at_cashier, begin_payment, customer, fresh, settle_down, stock, violations
from renmai.ordering.models import AfterSale
from renmai.plays.presale import actions, audit
from renmai.plays.presale.actions import calling_off
from renmai.plays.presale.play import PLAY
from renmai.plays.presale.tests.world import DEPOSIT, presale, sku_of, with_deposit
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


def test_whoever_may_call_off_gets_everybody_her_money_back(moving_clock: MovingClock) -> None:
    """A merchandiser decides no claims; the shop's own word is none."""
    campaign, who = presale(unpaid="kept"), customer()
    order = with_deposit(who, campaign)
    moving_clock.travel(campaign.ends_at)
    actions.remind_due(10)
    at_cashier(begin_payment(who, order))
    actions.call_off(make_staff(Role.MERCHANDISER), campaign.pk, reason=REASON)
    moving_clock.travel(campaign.ends_at + timedelta(hours=2))
    assert "is of a pre-sale that was called off, and still waits" in {each.detail for each in audit.violations()}
    assert actions.end_called_off(10) == 1
    settle_down()
    assert (fresh(order).status, fresh(order).refunded_fen) == ("refunded", order.payable_fen)
    assert AfterSale.objects.get().note == REASON
    assert stock(sku_of(campaign)) == (20, 0, 0)
    assert violations() == []


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


@pytest.mark.parametrize(("doubles", "promised"), [(True, {"red_packet"}), (False, set())])
def test_what_it_may_come_to_owe_is_known_beforehand(doubles: bool, promised: set[str]) -> None:
    assert PLAY.promises(presale(doubles=doubles).terms) == promised


def test_who_lost_a_deposit_before_it_was_called_off_has_lost_it() -> None:
    campaign, who = presale(unpaid="kept"), customer()
    order = with_deposit(who, campaign)
    cancelling.cancel(who.user, order.number)
    actions.call_off(make_staff(), campaign.pk, reason=REASON)
    assert actions.end_called_off(10) == 0
    assert (fresh(order).forfeited_fen, owed()) == (DEPOSIT, [])
    assert violations() == []
