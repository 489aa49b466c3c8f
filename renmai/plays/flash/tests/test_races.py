"""Many at once: no piece too many, none lost, nobody twice."""

from functools import partial
from typing import Any

import pytest

from renmai.journeys import cancelling
from renmai.journeys.tests.world import customer, violations
from renmai.kernel.errors import DomainError
from renmai.plays.flash import actions
from renmai.plays.flash.actions import grabbing as doors
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


def test_a_crowd_larger_than_what_is_left_is_served_in_its_order() -> None:
    campaign, other = flash_sale(pieces=3), flash_sale(pieces=1)
    people = [customer().user for _one in range(6)]
    asks = [doors.Ask(user, campaign.pk) for user in people]
    mixed = doors.serve([asks[0], doors.Ask(people[0], other.pk), *asks[1:]])
    said = [ticket.status for ticket in mixed if isinstance(ticket, Ticket)]
    assert said == [Status.HELD] * 4 + [Status.WAITING] * 3
    line = Ticket.objects.filter(campaign=campaign, status=Status.WAITING).order_by("pk")
    assert [ticket.user for ticket in line] == people[3:]
    assert (pool(campaign), pool(other), violations()) == ((0, 3, 0), (0, 1, 0), [])


def test_in_a_crowd_each_gets_her_own_answer() -> None:
    campaign, has, over, new = flash_sale(pieces=9), customer(), customer(), customer()
    held = took(has, campaign)
    ordered(over, took(over, campaign))
    answers = doors.serve([doors.Ask(each.user, campaign.pk) for each in (has, over, new)])
    assert answers[0] == held
    assert isinstance(answers[1], DomainError)
    assert answers[1].code == "flash.limit"
    assert isinstance(answers[2], Ticket)
    assert answers[2].user == new.user
    (unknown,) = doors.serve([doors.Ask(new.user, 0)])
    assert isinstance(unknown, DomainError)
    assert unknown.code == "request.not_found"


def test_one_who_pressed_twice_by_two_processes_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, twice, others = flash_sale(pieces=9), customer(), [customer().user for _one in range(3)]
    asks = [doors.Ask(user, campaign.pk) for user in [others[0], twice.user, *others[1:]]]
    read = doors._judged

    def meanwhile(*args: Any) -> Any:
        monkeypatch.undo()
        doors.serve([doors.Ask(twice.user, campaign.pk)])
        return read(*args)

    monkeypatch.setattr(doors, "_judged", meanwhile)
    tickets = doors.serve(asks)
    assert [ticket.user_id for ticket in tickets if isinstance(ticket, Ticket)] == [ask.user.pk for ask in asks]
    assert (Ticket.objects.count(), pool(campaign), violations()) == (4, (5, 4, 0), [])
