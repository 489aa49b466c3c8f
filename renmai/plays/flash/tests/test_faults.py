"""Broken off at every statement: a piece is somebody's or free, never both and never neither; again brings everything to its end."""

from datetime import timedelta

import pytest

from renmai.catalogue import audit as stock
from renmai.journeys import audit as across
from renmai.journeys import cancelling
from renmai.journeys.tests.faults import at_every_statement
from renmai.journeys.tests.world import customer
from renmai.plays.flash import actions, audit
from renmai.plays.flash.models import Ticket
from renmai.plays.flash.tests.world import flash_sale, now, ordered, pool, took
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

Status = Ticket.Status


def clean() -> None:
    """The audits of what these acts touch: asked after every statement, so not those of the whole shop."""
    assert [*stock.violations(), *across.violations(), *audit.violations()] == []


def test_taking_a_piece() -> None:
    campaign, who = flash_sale(pieces=2), customer()

    def after() -> None:
        assert (Ticket.objects.get().status, pool(campaign)) == (Status.HELD, (1, 1, 0))

    assert at_every_statement(lambda: took(who, campaign), check=clean, after=after) >= 4


def test_joining_the_line() -> None:
    campaign, who = flash_sale(pieces=1), customer()
    took(customer(), campaign)

    def after() -> None:
        assert (Ticket.objects.get(user=who.user).status, pool(campaign)) == (Status.WAITING, (0, 1, 0))

    assert at_every_statement(lambda: took(who, campaign), check=clean, after=after) >= 2


def test_a_piece_that_goes_to_the_next_in_line(moving_clock: MovingClock) -> None:
    campaign = flash_sale(pieces=1, pay_minutes=5)
    has, waits = took(customer(), campaign), took(customer(), campaign)
    moving_clock.advance(minutes=6)

    def after() -> None:
        assert (now(has).status, now(waits).status, pool(campaign)) == (Status.EXPIRED, Status.HELD, (0, 1, 0))

    assert at_every_statement(lambda: actions.expire_due(10), check=clean, after=after) > 12


def test_ordering_with_a_ticket() -> None:
    campaign, who = flash_sale(pieces=1), customer()
    ticket = took(who, campaign)

    def after() -> None:
        order = now(ticket).order
        assert order is not None
        assert (order.status, now(ticket).status, pool(campaign)) == ("placed", Status.ORDERED, (0, 1, 0))

    assert at_every_statement(lambda: ordered(who, ticket, key="the-one"), check=clean, after=after) > 20


def test_cancelling_an_order_with_a_ticket() -> None:
    campaign, who = flash_sale(pieces=1), customer()
    ticket = took(who, campaign)
    order = ordered(who, ticket)

    def after() -> None:
        assert (now(ticket).status, pool(campaign)) == (Status.EXPIRED, (1, 0, 0))

    assert at_every_statement(lambda: cancelling.cancel(who.user, order.number), check=clean, after=after) > 8


def test_a_worker_that_was_away_for_a_day_catches_up_in_order(moving_clock: MovingClock) -> None:
    campaign = flash_sale(pieces=2, pay_minutes=5, fields={"ends_at": moving_clock.now + timedelta(days=3)})
    held = [took(customer(), campaign) for _one in range(2)]
    line = [took(customer(), campaign) for _one in range(4)]
    moving_clock.advance(days=1)
    assert actions.expire_due(100) == 4
    assert [now(ticket).status for ticket in held] == [Status.EXPIRED] * 2
    assert [now(ticket).status for ticket in line] == [Status.HELD] * 2 + [Status.WAITING] * 2
    moving_clock.advance(days=1)
    actions.expire_due(100)
    assert [now(ticket).status for ticket in line] == [Status.EXPIRED] * 2 + [Status.HELD] * 2
    assert list(audit.violations()) == []


def test_a_clock_that_goes_back_gives_nobody_less_time(moving_clock: MovingClock) -> None:
    campaign, who = flash_sale(pieces=1, pay_minutes=5), customer()
    ticket = took(who, campaign)
    moving_clock.advance(hours=-1)
    assert actions.expire_due(10) == 0
    assert now(ticket).status == Status.HELD
    moving_clock.advance(hours=2)
    assert actions.expire_due(10) == 1
    assert list(audit.violations()) == []
