"""People who pay, leave and run out of time at the same moment: every order comes to one of its ends, and nobody is lost."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.actions import change
from renmai.campaigns.actions.composing import draft_of
from renmai.campaigns.models import Campaign
from renmai.journeys.tests.world import customer, fresh, violations
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.plays.groupbuy import actions
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.tests.world import (
    campaign,
    joined,
    now,
    opened,
    order,
    paid_by,
    refunded,
    seat_of,
    settle_down,
    states,
)
from tools.testing.moving_clock import MovingClock
from tools.testing.together import Act, at_once, every_interleaving

pytestmark = pytest.mark.django_db(transaction=True)

PAIR = {"tiers": [[2, 2000]]}
PAYERS = 500


def whole(group: Group) -> None:
    """Everything that is due happens, twice, and the audits of all rooms find nothing."""
    settle_down()
    settle_down()
    assert violations() == []
    assert now(group).joined <= group.size


def test_five_hundred_pay_for_the_last_place() -> None:
    group = opened(campaign(terms=PAIR))
    first = order(group.campaign, group.number)
    # All of them stand before the same place at the same moment; what an order is made of is the same for each.
    orders = [first, *(_twin(first) for _number in range(PAYERS - 1))]
    assert at_once(*[paid_by(each) for each in orders], threads=16) == ["paid"] * PAYERS
    assert (now(group).status, now(group).joined) == ("done", 2)
    assert Counter(Seat.objects.values_list("status", flat=True)) == {"taken": 2, "missed": PAYERS - 1}
    assert violations() == []
    (winner,) = Seat.objects.filter(group=group, place=2)
    sample = [each for each in orders if each.pk != winner.order_id][:20]
    for seat in Seat.objects.filter(order__in=sample):
        assert actions.finish_seat(seat.pk)
        assert not actions.finish_seat(seat.pk)
    assert {fresh(each).refunded_fen for each in sample} == {first.payable_fen}
    assert violations() == []


def _twin(first: Order) -> Order:
    """The same order by somebody else, through the checkout that everybody uses."""
    return order(first.participations.get().campaign, first.participations.get().reference)


def test_two_pay_for_the_last_place() -> None:
    ends: Counter[tuple[str, ...]] = Counter()

    def scene() -> tuple[Act, Act]:
        scene.group = opened(campaign(terms=PAIR))  # type: ignore[attr-defined]
        scene.orders = [order(scene.group.campaign, scene.group.number) for _number in range(2)]  # type: ignore[attr-defined]
        first, second = (paid_by(each) for each in scene.orders)  # type: ignore[attr-defined]
        return first, second

    def check(first: str, second: str) -> None:
        assert (first, second) == ("paid", "paid")
        whole(scene.group)  # type: ignore[attr-defined]
        seats = [seat_of(each) for each in scene.orders]  # type: ignore[attr-defined]
        ends[tuple(seat.status for seat in seats)] += 1
        backs = [sum(refunded(each)) for each in scene.orders]  # type: ignore[attr-defined]
        assert sorted(backs) == [0, 2800]

    every_interleaving(scene, check)
    assert set(ends) <= {("kept", "returned"), ("returned", "kept")}


class Round:
    """What the scene of one interleaving leaves for its check."""

    group: Group
    order: Order

    def __init__(self) -> None:
        self.ends: Counter[tuple[str, ...]] = Counter()


@pytest.fixture
def here() -> Round:
    return Round()


def test_the_end_of_time_against_the_last_payment(here: Round, moving_clock: MovingClock) -> None:
    with ExitStack() as stack:

        def scene() -> tuple[Act, Act]:
            stack.close()
            here.group = opened(campaign(terms=PAIR))
            here.order = order(here.group.campaign, here.group.number)
            settle_down()
            pay = paid_by(here.order)
            # The payer's clock is a little behind: her payment comes within the last second.
            last = here.group.expires_at - timedelta(milliseconds=1)
            stack.enter_context(clock.travel(here.group.expires_at))
            return _at(last, pay), lambda: actions.expire_groups(10)

        def check(paid: str, expired: str) -> None:
            assert paid == "paid"
            whole(here.group)
            outcome = (now(here.group).status, seat_of(here.order).status, str(sum(refunded(here.order))))
            here.ends[outcome] += 1
            assert outcome in {("done", "kept", "0"), ("failed", "returned", "2800")}
            assert expired in {"0", "1"}

        every_interleaving(scene, check)
    assert len(here.ends) == 2


def _at(moment: object, act: Callable[[], object]) -> Act:
    def late() -> object:
        with clock.travel(moment):  # type: ignore[arg-type]
            return act()

    return late


def test_the_leader_quits_while_somebody_joins(here: Round) -> None:
    def scene() -> tuple[Act, Act]:
        leader = customer()
        here.group = opened(campaign(), who=leader)
        here.order = order(here.group.campaign, here.group.number)
        group = here.group
        return paid_by(here.order), lambda: actions.leave(leader.user, group.number).status

    def check(paid: str, left: str) -> None:
        assert paid == "paid"
        whole(here.group)
        group, seat = now(here.group), seat_of(here.order)
        here.ends[left, group.status, seat.status] += 1
        if group.status == "open":
            assert (left, states(group), group.leader_id) == ("open", ["left", "taken"], here.order.buyer_id)
        else:
            assert (left, group.reason, seat.status, refunded(here.order)) == ("failed", "left", "returned", [2800])

    every_interleaving(scene, check)
    assert len(here.ends) == 2


def test_one_leaves_while_the_last_place_is_paid(here: Round) -> None:
    def scene() -> tuple[Act, Act]:
        who = customer()
        here.group = opened(campaign(), who=customer())
        joined(here.group, who=who)
        here.order = order(here.group.campaign, here.group.number)
        number = here.group.number
        return lambda: actions.leave(who.user, number).status, paid_by(here.order)

    def check(left: str, paid: str) -> None:
        assert paid == "paid"
        whole(here.group)
        here.ends[left, now(here.group).status] += 1
        assert (left, now(here.group).status) in {("open", "open"), ("groupbuy.cannot_leave", "done")}

    every_interleaving(scene, check)
    assert len(here.ends) == 2


def test_one_person_pays_two_orders_for_one_group(here: Round) -> None:
    def scene() -> tuple[Act, Act]:
        who = customer()
        here.group = opened(campaign())
        first, second = (order(here.group.campaign, here.group.number, who=who) for _number in range(2))
        here.order = second
        return paid_by(first), paid_by(second)

    def check(first: str, second: str) -> None:
        assert (first, second) == ("paid", "paid")
        whole(here.group)
        assert (now(here.group).joined, now(here.group).status) == (2, "open")
        assert sorted(Seat.objects.filter(user=here.order.buyer_id).values_list("status", flat=True)) == ["returned", "taken"]

    every_interleaving(scene, check)


def test_one_person_orders_twice_at_once_where_once_is_allowed() -> None:
    running, who = campaign(terms={"limit": 1}), customer()
    said = at_once(*[lambda: order(running, who=who).status for _number in range(6)])
    assert Counter(said) == {"placed": 1, "groupbuy.limit": 5}
    assert violations() == []


def test_a_member_is_seen_to_twice_at_once(here: Round) -> None:
    def scene() -> tuple[Act, Act]:
        here.group = opened(campaign(terms={"tiers": [[2, 2000], [3, 1500]]}))
        joined(here.group)
        seat = joined(here.group)
        here.order = seat.order
        return lambda: actions.finish_seat(seat.pk), lambda: actions.finish_seat(seat.pk)

    def check(first: str, second: str) -> None:
        assert sorted((first, second)) == ["False", "True"]
        whole(here.group)
        assert (seat_of(here.order).status, refunded(here.order)) == ("kept", [500])

    every_interleaving(scene, check)


def test_a_campaign_changes_while_a_group_fills(here: Round) -> None:
    def scene() -> tuple[Act, Act]:
        running = campaign()
        here.group = opened(running)
        joined(here.group)
        here.order = order(running, here.group.number)
        return paid_by(here.order), lambda: _change(running, {"tiers": [[2, 900]], "leader_off_fen": 800})

    def check(paid: str, changed: str) -> None:
        assert (paid, changed) == ("paid", "2")
        whole(here.group)
        assert (now(here.group).price_fen, refunded(here.order)) == (1500, [500])

    every_interleaving(scene, check)


def _change(running: Campaign, terms: dict[str, object]) -> int:
    """What the operator's editor does."""
    return change(make_staff(), running, replace(draft_of(running), terms=running.terms | terms)).version


@pytest.mark.parametrize("hours", [-1, 1])
def test_the_clock_jumps(hours: int, moving_clock: MovingClock) -> None:
    """One process is an hour off, back or forth: groups end too early or too late by that, and each of them whole."""
    group = opened(campaign(terms=PAIR | {"timer_minutes": 90}))
    slow = order(group.campaign, group.number)
    act = paid_by(slow)
    moving_clock.advance(hours=hours)
    settle_down()
    assert now(group).status == "open"
    moving_clock.advance(hours=hours)
    settle_down()
    act()
    settle_down()
    assert now(group).status == ("failed" if hours > 0 else "done")
    assert seat_of(slow).status == ("returned" if hours > 0 else "kept")
    moving_clock.advance(hours=-2 * hours, seconds=1)
    whole(group)


def test_a_worker_that_was_dead_for_a_day_catches_up_in_order(moving_clock: MovingClock) -> None:
    running = campaign(terms={"timer_minutes": 60})
    groups = []
    for _number in range(4):
        groups.append(opened(running))
        joined(groups[-1])
        moving_clock.advance(minutes=20)
    joined(groups[-1])
    moving_clock.advance(days=1)
    assert actions.expire_groups(2) == 2
    assert [now(group).status for group in groups] == ["failed", "failed", "open", "done"]
    # The outbox was as dead: the timer sees to everybody without it.
    assert actions.expire_groups(10) == 1
    assert actions.keep_promises(100) == 2 * 3 + 3
    assert actions.keep_promises(100) == 0
    assert [set(states(group)) for group in groups] == [{"returned"}] * 3 + [{"kept"}]
    settle_down()
    assert {tuple(refunded(seat.order)) for seat in Seat.objects.filter(group__in=groups[:3])} == {(2800,)}
    assert violations() == []
