"""A pre-sale that was called off: nobody loses a deposit by it, and what was promised is owed whatever fails in between."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.actions import close_overdue
from renmai.campaigns.models import Reward
from renmai.journeys import cancelling
from renmai.journeys.tests.world import (
    at_cashier,
    begin_payment,
    customer,
    fresh,
    refused,
    settle_down,
    stock,
    violations,
)
from renmai.ordering.models import AfterSale, Order
from renmai.payments.models import Refund
from renmai.plays.presale import actions, audit, queries
from renmai.plays.presale.actions import calling_off
from renmai.plays.presale.play import CALL_OFF, PLAY
from renmai.plays.presale.tests.world import DEPOSIT, PRESALE, booked, presale, sku_of, with_deposit
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


def test_an_order_that_says_its_deposit_is_kept_is_set_right_before_it_ends() -> None:
    """One that somebody held in the very moment in which it was called off."""
    campaign, who = presale(unpaid="kept"), customer()
    order = with_deposit(who, campaign)
    actions.call_off(make_staff(), campaign.pk, reason=REASON)
    Order.objects.filter(pk=order.pk).update(deposit_is_kept=True)
    assert actions.end_called_off(10) == 1
    settle_down()
    assert (fresh(order).deposit_is_kept, fresh(order).forfeited_fen) == (False, 0)
    assert violations() == []
    Order.objects.filter(pk=order.pk).update(deposit_is_kept=True)
    assert "its deposit went back, and its row says that the shop keeps it" in {each.detail for each in audit.violations()}


def test_what_it_would_move_is_what_it_moves(moving_clock: MovingClock) -> None:
    campaign, waiting, paid, unpaid = presale(unpaid="kept"), customer(), customer(), customer()
    with_deposit(waiting, campaign)
    order = with_deposit(paid, campaign, quantity=2)
    booked(unpaid, campaign)
    cancelling.cancel(unpaid.user, booked(unpaid, campaign).number)
    moving_clock.travel(campaign.ends_at)
    actions.remind_due(10)
    at_cashier(begin_payment(paid, order))
    with CaptureQueriesContext(connection) as sent:
        stake = queries.stake_of(campaign.pk)
    assert len(sent) == 1
    assert stake == queries.Stake(
        deposits=1, deposits_fen=DEPOSIT, paid=1, paid_fen=2 * PRESALE, unpaid=1, doubled_fen=3 * DEPOSIT
    )
    with translation.override("en"):
        (act,) = PLAY.acts(campaign)
        assert act.button == "Call off, and give ¥170.00 back"
    actions.call_off(make_staff(), campaign.pk, reason=REASON)
    actions.end_called_off(10)
    settle_down()
    assert sum(Order.objects.values_list("refunded_fen", flat=True)) == stake.paid_fen
    assert set(Refund.objects.filter(reason="deposit").values_list("amount_fen", flat=True)) == {stake.deposits_fen}
    assert sum(amount for _who, amount in owed()) == stake.doubled_fen
    assert queries.stake_of(campaign.pk) == queries.Stake(0, 0, 0, 0, 0, 0)


def test_nobody_waits_and_it_is_over_there_is_nothing_to_call_off(moving_clock: MovingClock) -> None:
    campaign = presale()
    assert [act.key for act in PLAY.acts(campaign)] == [CALL_OFF]
    moving_clock.travel(campaign.ends_at)
    close_overdue(10)
    campaign.refresh_from_db()
    assert PLAY.acts(campaign) == ()
    with refused("request.not_found"):
        PLAY.act(make_staff(), campaign, "paint-it", reason=REASON)
