"""A flash sale: pieces first come first served, a line by arrival, and every piece accounted for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest

from renmai.accounts.tests.factories import make_staff
from renmai.campaigns import actions as campaigns
from renmai.campaigns.models import Campaign
from renmai.campaigns.tests.fakes import choice
from renmai.care.models import Message
from renmai.journeys import after_sale, cancelling, checkout
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.world import (
    at_cashier,
    begin_payment,
    customer,
    draft,
    fresh,
    goods,
    lines,
    place,
    refused,
    stock,
    violations,
)
from renmai.kernel import clock, outbox
from renmai.ordering import windows
from renmai.ordering.events import OrderCancelled
from renmai.plays.flash import actions, queries
from renmai.plays.flash.actions import grabbing as doors
from renmai.plays.flash.models import Ticket
from renmai.plays.flash.play import PLAY
from renmai.plays.flash.tests.world import FLASH, flash_sale, now, ordered, pool, sku_of, took
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

Status = Ticket.Status
Statements = Callable[[int], AbstractContextManager[None]]


def test_a_piece_is_taken_ordered_paid_and_sold() -> None:
    campaign, who = flash_sale(pieces=2), customer()
    assert (stock(sku_of(campaign)), pool(campaign)) == ((18, 0, 0), (2, 0, 0))
    ticket = took(who, campaign)
    assert (ticket.status, pool(campaign)) == (Status.HELD, (1, 1, 0))
    order = ordered(who, ticket)
    assert (order.payable_fen, order.pay_before, pool(campaign)) == (FLASH, ticket.expires_at, (1, 1, 0))
    assert lines(order)[0].pool_id is not None
    at_cashier(begin_payment(who, order))
    assert (fresh(order).status, now(ticket).status, pool(campaign)) == ("paid", Status.BOUGHT, (1, 0, 1))
    assert stock(sku_of(campaign)) == (18, 0, 0)
    assert violations() == []


def test_the_same_button_again_is_the_same_place() -> None:
    campaign, who = flash_sale(pieces=2), customer()
    assert took(who, campaign).pk == took(who, campaign).pk
    assert pool(campaign) == (1, 1, 0)


def test_one_piece_per_person_and_no_more() -> None:
    campaign, who = flash_sale(pieces=5, per_person=2), customer()
    for ordinal in (1, 2):
        ticket = took(who, campaign)
        assert ticket.ordinal == ordinal
        at_cashier(begin_payment(who, ordered(who, ticket)))
    with refused("flash.limit"):
        took(who, campaign)
    assert pool(campaign) == (3, 0, 2)


def test_who_comes_late_waits_in_line_and_is_called_in_turn() -> None:
    campaign = flash_sale(pieces=1)
    first, second, third = customer(), customer(), customer()
    has, waits, behind = took(first, campaign), took(second, campaign), took(third, campaign)
    assert [ticket.status for ticket in (has, waits, behind)] == [Status.HELD, Status.WAITING, Status.WAITING]
    assert [queries.place_of(ticket) for ticket in (has, waits, behind)] == [0, 1, 2]
    actions.leave(first.user, has.number)
    assert [now(ticket).status for ticket in (has, waits, behind)] == [Status.LEFT, Status.HELD, Status.WAITING]
    assert queries.place_of(now(behind)) == 1
    assert Message.objects.get(user=second.user).kind == "flash_turn"
    assert pool(campaign) == (0, 1, 0)
    assert violations() == []


def test_a_piece_that_is_not_ordered_in_time_goes_to_the_next(moving_clock: MovingClock) -> None:
    campaign = flash_sale(pieces=1, pay_minutes=5)
    slow, next_one = customer(), customer()
    has, waits = took(slow, campaign), took(next_one, campaign)
    moving_clock.advance(minutes=5)
    with refused("flash.over"):
        ordered(slow, has)
    assert actions.expire_due(10) == 2
    assert (now(has).status, now(waits).status) == (Status.EXPIRED, Status.HELD)
    assert actions.expire_due(10) == 0
    assert now(waits).expires_at == clock.now() + timedelta(minutes=5)
    assert violations() == []


def test_an_order_that_is_not_paid_gives_its_piece_to_the_next(moving_clock: MovingClock) -> None:
    campaign = flash_sale(pieces=1, pay_minutes=5)
    slow, next_one = customer(), customer()
    has = took(slow, campaign)
    order = ordered(slow, has)
    waits = took(next_one, campaign)
    moving_clock.travel(order.pay_before + windows.RESERVATION_MARGIN)
    assert cancelling.cancel_overdue(10) == 1
    assert (now(has).status, now(waits).status, pool(campaign)) == (Status.EXPIRED, Status.WAITING, (1, 0, 0))
    outbox.drain({OrderCancelled: PLAY.causes()[OrderCancelled]})  # type: ignore[dict-item]
    assert (fresh(order).status, now(waits).status, pool(campaign)) == ("cancelled", Status.HELD, (0, 1, 0))
    assert violations() == []


def test_nobody_overtakes_the_line() -> None:
    campaign = flash_sale(pieces=1)
    first, waiting, newcomer = customer(), customer(), customer()
    order = ordered(first, took(first, campaign))
    waits = took(waiting, campaign)
    cancelling.cancel(first.user, order.number)
    assert pool(campaign) == (1, 0, 0)
    assert took(newcomer, campaign).status == Status.WAITING
    assert now(waits).status == Status.HELD


def test_only_a_ticket_of_ones_own_buys_and_one_piece_at_a_time() -> None:
    campaign, who, other = flash_sale(pieces=2), customer(), customer()
    ticket = took(who, campaign)
    with refused("request.not_found"):
        ordered(other, ticket)
    with refused("flash.one_piece"):
        place(who, [(sku_of(campaign), 2)], plays=(choice(campaign, ticket.number),))
    waits = [took(customer(), campaign), took(other, campaign)][1]
    with refused("flash.no_piece"):
        ordered(other, waits)
    assert pool(campaign) == (0, 2, 0)


def test_the_ticket_buys_also_when_the_shelf_is_empty() -> None:
    (sku,) = goods(stock=1, price_fen=5000, freight=False)
    campaign, who = flash_sale(pieces=1, sku=sku), customer()
    ticket = took(who, campaign)
    assert stock(sku) == (0, 0, 0)
    found = checkout.quote(who.user, draft(who, [(sku, 1)], plays=(choice(campaign, ticket.number),)))
    assert (found.errors, found.payable_fen) == ((), FLASH)
    assert ordered(who, ticket).status == "placed"


def test_pieces_that_were_sent_back_unpacked_are_sold_again() -> None:
    campaign, who, waiting = flash_sale(pieces=1), customer(), customer()
    order = ordered(who, took(who, campaign))
    at_cashier(begin_payment(who, order))
    waits = took(waiting, campaign)
    (line,) = lines(order)
    after_sale.request(
        who.user, AfterSaleDraft(order.number, line.pk, "refund", 1, "no_longer_wanted"), idempotency_key="claim-1"
    )
    assert pool(campaign) == (1, 0, 0)
    assert actions.expire_due(10) == 1
    assert now(waits).status == Status.HELD
    assert violations() == []


def test_the_end_closes_the_line_and_returns_what_is_free() -> None:
    campaign = flash_sale(pieces=2)
    who, late = customer(), customer()
    has = took(who, campaign)
    Campaign.objects.filter(pk=campaign.pk).update(terms=campaign.terms)
    assert campaigns.stop(None, campaign, reason="enough")
    assert (stock(sku_of(campaign)), pool(campaign)) == ((19, 0, 0), (0, 1, 0))
    with refused("campaigns.not_open"):
        took(late, campaign)
    at_cashier(begin_payment(who, ordered(who, has)))
    assert pool(campaign) == (0, 0, 1)
    assert violations() == []


def test_a_piece_given_up_after_the_end_goes_to_the_shelf() -> None:
    campaign, who, waiting = flash_sale(pieces=1), customer(), customer()
    has, waits = took(who, campaign), took(waiting, campaign)
    campaigns.stop(None, campaign, reason="enough")
    assert now(waits).status == Status.CLOSED
    actions.leave(who.user, has.number)
    assert (stock(sku_of(campaign)), pool(campaign)) == ((20, 0, 0), (0, 0, 0))
    assert violations() == []


def test_a_running_sale_grows_and_shrinks_by_what_is_free() -> None:
    campaign = flash_sale(pieces=3)
    took(customer(), campaign)
    campaign.terms["pieces"] = 10
    PLAY.launched(campaign, None)
    assert (stock(sku_of(campaign)), pool(campaign)) == ((10, 0, 0), (9, 1, 0))
    campaign.terms["pieces"] = 2
    PLAY.launched(campaign, None)
    assert (stock(sku_of(campaign)), pool(campaign)) == ((18, 0, 0), (1, 1, 0))
    campaign.terms["pieces"] = 0
    with refused("flash.fewer"):
        PLAY.launched(campaign, None)
    campaign.terms["sku_id"] = goods()[0].pk
    with refused("flash.other_goods"):
        PLAY.launched(campaign, None)
    assert violations() == []


def test_who_has_begun_keeps_the_price_of_then() -> None:
    campaign, who = flash_sale(pieces=2), customer()
    ticket = took(who, campaign)
    changed = campaigns.change(
        make_staff(),
        campaign,
        campaigns.composing.draft_of(campaign).__class__(
            **{**campaigns.composing.draft_of(campaign).__dict__, "terms": {**campaign.terms, "price_fen": 1990}}
        ),
    )
    assert changed.version == 2
    assert ordered(who, ticket).payable_fen == FLASH
    later = customer()
    assert ordered(later, took(later, changed)).payable_fen == 1990


def test_a_budget_is_counted_and_given_back() -> None:
    campaign, who = flash_sale(pieces=2, fields={"budget_fen": 5000}), customer()
    order = ordered(who, took(who, campaign))
    campaign.refresh_from_db()
    assert campaign.spent_fen == 5000 - FLASH
    other = customer()
    with refused("campaigns.budget"):
        ordered(other, took(other, campaign))
    cancelling.cancel(who.user, order.number)
    campaign.refresh_from_db()
    assert campaign.spent_fen == 0


def test_a_budget_is_never_set_below_what_is_given_out() -> None:
    campaign, who = flash_sale(pieces=2, fields={"budget_fen": 5000}), customer()
    ordered(who, took(who, campaign))
    with refused("campaigns.value"):
        campaigns.change(make_staff(), campaign, replace(campaigns.composing.draft_of(campaign), budget_fen=4000))
    assert (
        campaigns.change(make_staff(), campaign, replace(campaigns.composing.draft_of(campaign), budget_fen=4010)).budget_fen
        == 4010
    )


@pytest.mark.parametrize(("before", "after"), [(None, 9000), (9000, None)])
def test_an_order_gives_back_what_it_took_of_the_budget_whatever_that_is_by_then(before: int | None, after: int | None) -> None:
    campaign, who = flash_sale(pieces=2, fields={"budget_fen": before}), customer()
    order = ordered(who, took(who, campaign))
    Campaign.objects.filter(pk=campaign.pk).update(budget_fen=after)
    cancelling.cancel(who.user, order.number)
    campaign.refresh_from_db()
    assert (fresh(order).status, campaign.spent_fen) == ("cancelled", 0)


@pytest.mark.parametrize(("pieces", "expected"), [(160, 4), (1, 2)])
def test_statements_of_taking_a_place(pieces: int, expected: int, statements: Statements) -> None:
    """With a piece four, in the line two: whatever else happens in the shop."""
    campaign = flash_sale(pieces=pieces)
    took(customer(), campaign)
    user = customer().user
    with statements(expected):
        actions.grab(user, campaign.pk)


def test_a_crowd_needs_as_many_statements_as_one_person(statements: Statements) -> None:
    campaign = flash_sale(pieces=320)
    people = [customer().user for _one in range(12)]
    took(customer(), campaign)
    with statements(4):
        tickets = doors.serve([doors.Ask(user, campaign.pk) for user in people])
    assert [ticket.user for ticket in tickets if isinstance(ticket, Ticket)] == people
    assert {ticket.status for ticket in tickets if isinstance(ticket, Ticket)} == {Status.HELD}
    assert (pool(campaign), violations()) == ((307, 13, 0), [])


def test_figures_say_how_it_went() -> None:
    campaign = flash_sale(pieces=1)
    first, second = customer(), customer()
    has = took(first, campaign)
    took(second, campaign)
    actions.leave(first.user, has.number)
    found = queries.figures_of(campaign.pk)
    assert (found.tickets, found.people, found.with_piece, found.from_line, found.bought) == (2, 2, 2, 1, 0)
    assert [figure.unit for figure in PLAY.figures(campaign)] == [
        "times",
        "people",
        "times",
        "times",
        "pieces",
        "times",
        "seconds",
    ]
