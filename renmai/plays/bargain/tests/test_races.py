"""Several at the same moment, on connections of their own, and processes that die in the middle."""

from collections import Counter
from datetime import timedelta

import pytest

from renmai.accounts.tests.factories import make_member
from renmai.journeys import cancelling
from renmai.journeys.tests.faults import at_every_statement
from renmai.journeys.tests.world import customer, settle_down, violations
from renmai.kernel import clock
from renmai.kernel.models import OutboxEvent
from renmai.plays.bargain.actions import expire_due, help_cut, start
from renmai.plays.bargain.events import PriceCut
from renmai.plays.bargain.models import Bargain, Cut
from renmai.plays.bargain.tests.world import FLOOR, bargaining, helped, now, ordered, started
from tools.testing.moving_clock import MovingClock
from tools.testing.together import Act, at_once, every_interleaving

Pair = tuple[Act, Act]


@pytest.mark.django_db(transaction=True)
def test_twenty_friends_for_five_cuts() -> None:
    bargain = started(customer(), bargaining(helpers=5))
    crowd = [make_member() for _one in range(20)]
    said = Counter(at_once(*[lambda friend=friend: help_cut(friend, bargain.number).number for friend in crowd]))
    assert said == {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1, "bargain.enough": 15}
    assert (now(bargain).price_fen, now(bargain).cut_count) == (FLOOR, 5)
    assert violations() == []


@pytest.mark.django_db(transaction=True)
def test_the_last_cut_twice() -> None:
    left: list[Bargain] = []

    def scene() -> Pair:
        bargain = started(customer(), bargaining(helpers=2))
        helped(bargain, 1)
        left[:] = [bargain]
        one, other = make_member(), make_member()
        return lambda: help_cut(one, bargain.number).number, lambda: help_cut(other, bargain.number).number

    def check(first: str, second: str) -> None:
        assert sorted([first, second]) == ["2", "bargain.enough"]
        assert (now(left[0]).price_fen, Cut.objects.filter(bargain=left[0]).count()) == (FLOOR, 2)
        assert violations() == []

    every_interleaving(scene, check)


@pytest.mark.django_db(transaction=True)
def test_one_friend_twice_at_once_and_on_two_bargains_under_a_limit_of_one() -> None:
    left: list[Bargain] = []

    def one_bargain() -> Pair:
        left[:] = [started(customer(), bargaining(helpers=4))]
        friend = make_member()
        return lambda: help_cut(friend, left[0].number).number, lambda: help_cut(friend, left[0].number).number

    def once(first: str, second: str) -> None:
        assert sorted([first, second]) == ["1", "bargain.helped"]
        assert now(left[0]).cut_count == Cut.objects.filter(bargain=left[0]).count() == 1

    every_interleaving(one_bargain, once)

    def two_bargains() -> Pair:
        campaign, friend = bargaining(helpers=4, helps_per_day=1), make_member()
        left[:] = [started(customer(), campaign), started(customer(), campaign)]
        return lambda: help_cut(friend, left[0].number).number, lambda: help_cut(friend, left[1].number).number

    def one_of_two(first: str, second: str) -> None:
        assert sorted([first, second]) == ["1", "bargain.helps_today"]
        assert sum(now(bargain).cut_count for bargain in left) == 1

    every_interleaving(two_bargains, one_of_two)
    assert violations() == []


@pytest.mark.django_db(transaction=True)
def test_a_cut_against_the_order() -> None:
    left: list[Bargain] = []
    ends: Counter[tuple[str, str]] = Counter()

    def scene() -> Pair:
        who, friend = customer(), make_member()
        left[:] = [started(who, bargaining(helpers=2))]
        return lambda: ordered(who, left[0]).status, lambda: help_cut(friend, left[0].number).number

    def check(placed: str, cut: str) -> None:
        ends[placed, cut] += 1
        assert (placed, cut) in {("placed", "bargain.being_bought"), ("bargain.moved", "1"), ("placed", "1")}
        bargain = now(left[0])
        if bargain.order is not None:
            # Whatever came first, what she pays is the price as it is now.
            assert bargain.order.payable_fen == bargain.price_fen
        assert violations() == []

    every_interleaving(scene, check)
    assert len(ends) >= 2


@pytest.mark.django_db(transaction=True)
def test_two_orders_for_one_bargain() -> None:
    left: list[Bargain] = []

    def scene() -> Pair:
        who = customer()
        left[:] = [started(who)]
        return lambda: ordered(who, left[0]).status, lambda: ordered(who, left[0]).status

    def check(first: str, second: str) -> None:
        assert sorted([first, second]) in (["bargain.moved", "placed"], ["bargain.over", "placed"])
        assert violations() == []

    every_interleaving(scene, check)


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_are_one_bargain() -> None:
    def scene() -> Pair:
        who, campaign = customer(), bargaining(per_person=5)
        return lambda: start(who.user, campaign.pk).number, lambda: start(who.user, campaign.pk).number

    def check(first: str, second: str) -> None:
        assert first == second
        assert first.startswith("B")

    every_interleaving(scene, check)


@pytest.mark.django_db(transaction=True)
def test_expiry_against_the_cancelling_of_its_order(moving_clock: MovingClock) -> None:
    left: list[Bargain] = []

    def scene() -> Pair:
        who = customer()
        left[:] = [started(who, bargaining(hours=1))]
        order = ordered(who, left[0])
        clock_at_end = clock.now() + timedelta(minutes=65)
        moving_clock.travel(clock_at_end)
        return lambda: cancelling.cancel(who.user, order.number).status, lambda: expire_due(10)

    def check(cancelled: str, expired: str) -> None:
        assert (cancelled, expired) in {("cancelled", "0"), ("cancelled", "1")}
        expire_due(10)
        assert now(left[0]).status == "expired"
        settle_down()
        assert violations() == []

    every_interleaving(scene, check)


@pytest.mark.django_db
def test_killed_at_every_statement_of_a_cut() -> None:
    bargain, friend = started(customer(), bargaining(helpers=2)), make_member()
    helped(bargain, 1)

    def happened_once() -> None:
        assert (now(bargain).price_fen, now(bargain).cut_count) == (FLOOR, 2)
        assert Cut.objects.filter(helper=friend).count() == 1
        assert OutboxEvent.objects.filter(name=PriceCut.NAME).count() == 2

    def whole() -> None:
        assert violations() == []

    assert at_every_statement(lambda: help_cut(friend, bargain.number), check=whole, after=happened_once) > 5


@pytest.mark.django_db
def test_killed_at_every_statement_of_a_start_and_of_an_expiry(moving_clock: MovingClock) -> None:
    who, campaign = customer(), bargaining(hours=1)

    def whole() -> None:
        assert violations() == []

    def one_is_there() -> None:
        assert Bargain.objects.filter(owner=who.user).count() == 1

    at_every_statement(lambda: start(who.user, campaign.pk), check=whole, after=one_is_there)
    started(who, campaign)
    moving_clock.advance(hours=1)

    def it_has_ended() -> None:
        assert Bargain.objects.get(owner=who.user).status == "expired"

    at_every_statement(lambda: expire_due(10), check=whole, after=it_has_ended)
