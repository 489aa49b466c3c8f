"""Each rule of the audit, broken once: it is found, and nothing else is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from renmai.journeys.tests.world import violations
from renmai.kernel import clock
from renmai.ordering.models import Order, OrderLine
from renmai.plays.groupbuy import audit
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.tests.world import campaign, joined, opened, order, settle_down

pytestmark = pytest.mark.django_db

Spoil = Callable[[Group, Group], object]
HOURS = timedelta(hours=2)


@pytest.fixture
def both() -> tuple[Group, Group]:
    """A group that is open with two members, and one of two that is complete and released."""
    running = campaign(terms={"leader_off_fen": 100})
    going = opened(running)
    joined(going)
    done = opened(running)
    joined(done)
    joined(done)
    order(running)
    settle_down()
    assert violations() == []
    return going, done


def spoiled(change: Spoil, both: tuple[Group, Group]) -> list[str]:
    change(*both)
    return [found.detail for found in audit.violations()]


CASES: tuple[tuple[Spoil, str], ...] = (
    (lambda _going, done: Group.objects.filter(pk=done.pk).update(joined=2), "counts 2 members and has 3"),
    (lambda going, _done: Seat.objects.filter(group=going, place=2).update(status="waiting"), "counts 2 members and has 1"),
    (lambda going, done: Group.objects.filter(pk=going.pk).update(leader=done.leader_id), "is led by somebody who is not in it"),
    (lambda _going, done: Group.objects.filter(pk=done.pk).update(reason="threshold"), "done (threshold) with 3 of 3"),
    (lambda going, _done: Seat.objects.filter(group=going, place=2).update(status="kept"), "kept, which its group does not say"),
    (
        lambda going, _done: Order.objects.filter(seat__group=going, seat__place=1).update(held_for=""),
        "taken, and its order paid with 0 of 2700 fen back",
    ),
    (lambda _going, _done: Seat.objects.filter(group__isnull=True).delete(), "is in a group buy and has no place"),
    (
        lambda _going, done: OrderLine.objects.filter(order__seat__group=done, order__seat__place=1).update(reduced_fen=0),
        "cost 1900 fen in a group whose price is 1400",
    ),
    (
        lambda going, _done: Group.objects.filter(pk=going.pk).update(
            opened_at=clock.now() - 2 * HOURS, expires_at=clock.now() - HOURS
        ),
        "open past its end",
    ),
    (
        lambda _going, done: (
            Group.objects.filter(pk=done.pk).update(closed_at=clock.now() - HOURS),
            Seat.objects.filter(group=done, place=3).update(status="taken"),
        ),
        "its group is over, and it still waits",
    ),
)


@pytest.mark.parametrize(("change", "detail"), CASES)
def test_each_rule_is_found_broken(change: Spoil, detail: str, both: tuple[Group, Group]) -> None:
    assert detail in spoiled(change, both)


def test_nobody_can_overfill_a_group_at_all(both: tuple[Group, Group]) -> None:
    going, done = both
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.filter(pk=done.pk).update(joined=4, arrivals=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(group=going, place=2).update(place=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(group=going, place=2).update(user=going.leader_id)


def test_the_audit_asks_the_same_number_of_questions_whatever_there_is(
    both: tuple[Group, Group], statements: Callable[[int], AbstractContextManager[None]]
) -> None:
    with statements(10):
        assert list(audit.violations()) == []
    opened(both[0].campaign)
    with statements(10):
        assert list(audit.violations()) == []
