"""Many at once: no piece too many, none lost, nobody twice."""

from functools import partial

import pytest

from renmai.journeys import cancelling
from renmai.journeys.tests.world import customer, violations
from renmai.plays.flash import actions
from renmai.plays.flash.models import Ticket
from renmai.plays.flash.tests.world import flash_sale, now, ordered, pool, took
from tools.testing.together import Act, at_once, every_interleaving

pytestmark = pytest.mark.django_db(transaction=True)

Status = Ticket.Status


def grabbing(user: object, campaign_id: int) -> Act:
    return lambda: actions.grab(user, campaign_id).status  # type: ignore[arg-type]


def test_sixty_at_once_and_twenty_pieces() -> None:
    campaign = flash_sale(pieces=20)
    people = [customer().user for _one in range(60)]
    said = at_once(*[grabbing(user, campaign.pk) for user in people])
    assert (said.count("held"), said.count("waiting")) == (20, 40)
    assert pool(campaign) == (0, 20, 0)
    assert violations() == []


def test_one_person_with_twenty_fingers() -> None:
    campaign, who = flash_sale(pieces=20, per_person=3), customer()
    assert at_once(*[grabbing(who.user, campaign.pk)] * 20) == ["held"] * 20
    assert (Ticket.objects.count(), pool(campaign)) == (1, (19, 1, 0))


def test_ordering_against_the_end_of_its_time() -> None:
    made = []

    def scene() -> tuple[Act, Act]:
        campaign, who, waiting = flash_sale(pieces=1), customer(), customer()
        ticket, waits = took(who, campaign), took(waiting, campaign)
        made.append((campaign, ticket, waits))
        return lambda: ordered(who, ticket).status, lambda: actions.leave(who.user, ticket.number).status

    def check(first: str, second: str) -> None:
        campaign, ticket, waits = made[-1]
        ends = {
            ("placed", "flash.over"): (Status.ORDERED, Status.WAITING),
            ("flash.over", "left"): (Status.LEFT, Status.HELD),
        }
        assert (now(ticket).status, now(waits).status) == ends[(first, second)]
        assert pool(campaign) == (0, 1, 0)
        assert violations() == []

    assert every_interleaving(scene, check) > 10


def test_one_ticket_two_orders_at_once() -> None:
    campaign, who = flash_sale(pieces=3), customer()
    ticket = took(who, campaign)
    said = at_once(*[lambda: ordered(who, ticket).status] * 4)
    assert sorted(said) == ["flash.over"] * 3 + ["placed"]
    assert pool(campaign) == (2, 1, 0)
    assert violations() == []


def test_giving_up_and_joining_and_calling_all_at_once() -> None:
    campaign = flash_sale(pieces=5)
    first = [customer() for _one in range(5)]
    held = [took(who, campaign) for who in first]
    orders = [ordered(who, ticket) for who, ticket in zip(first[:2], held[:2], strict=True)]
    newcomers = [customer().user for _one in range(10)]
    acts: list[Act] = [grabbing(user, campaign.pk) for user in newcomers]
    acts += [partial(actions.leave, who.user, ticket.number) for who, ticket in zip(first[2:], held[2:], strict=True)]
    acts += [partial(cancelling.cancel, who.user, order.number) for who, order in zip(first[:2], orders, strict=True)]
    acts += [partial(actions.expire_due, 10)] * 3
    at_once(*acts)
    actions.expire_due(100)
    has = Ticket.objects.filter(user__in=newcomers, status=Status.HELD).count()
    assert (has, pool(campaign)) == (5, (0, 5, 0))
    assert violations() == []
