"""Joins that are paid at the same moment: the same rows as one after the other, in as many statements as one."""

from ast import literal_eval
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest

from renmai.journeys import paying
from renmai.journeys.tests.faults import Killed, killed_before, undone
from renmai.journeys.tests.tables import NAMES, Names, contents, difference
from renmai.journeys.tests.test_paying_together import both_ways, pays
from renmai.journeys.tests.world import customer, goods, violations
from renmai.ordering.models import Order
from renmai.payments.actions import Coming
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.tests.world import begin, campaign, joined, now, opened, order, sku_of
from tools.testing.moving_clock import MovingClock
from tools.testing.statements import exactly
from tools.testing.together import Act, at_once, every_interleaving

NINE = {"tiers": [[2, 2000], [9, 1500]]}
PAIR = {"tiers": [[2, 2000]]}
GROUPS: Names = {**NAMES, Group: ("leader_id", "opened_at")}
JOINS = 14
"""As a round of orders, with what was granted to them, the group and the seats, and without parcels; one SKU."""


def coming_for(*orders: Order) -> list[Coming]:
    return [pays(begin(each)) for each in orders]


def mixture(clock: MovingClock) -> list[Coming]:
    """Groups with room, with too little, and over; who opens one, who sits there already, who comes twice; and who just buys."""
    running = campaign(terms=NINE)
    late, wide = opened(running), opened(running)
    Group.objects.filter(pk=late.pk).update(expires_at=clock.now + timedelta(minutes=1))
    (gone,) = coming_for(order(running, late.number))
    clock.advance(minutes=2)
    pairs = campaign(sku_of(running), terms=PAIR)
    last, short = opened(pairs), opened(pairs)
    sits, twice = customer(), customer()
    again = order(running, wide.number, who=sits)
    joined(wide, who=sits)
    rest = coming_for(
        order(running, wide.number),
        order(pairs, last.number),
        again,
        order(pairs, short.number),
        order(running, wide.number, who=twice),
        order(running),
        order(pairs, f"{short.number}.new"),
        order(running, wide.number, pieces=2),
        order(pairs, short.number),
        order(running, wide.number, who=twice),
        order(running),
    )
    return [*rest[:3], gone, *rest[3:]]


@pytest.mark.django_db
def test_a_mixture_of_joins_leaves_what_it_leaves_one_after_the_other(moving_clock: MovingClock) -> None:
    coming = mixture(moving_clock)
    assert both_ways(coming, paying.settle_together, names=GROUPS) == [["paid"] * len(coming)] * 2
    with undone():
        paying.settle_together(coming)
        assert Counter(Seat.objects.values_list("status", flat=True)) == {"taken": 13, "missed": 4}
        assert Counter(Group.objects.values_list("status", flat=True)) == {"open": 5, "done": 2}


@pytest.mark.django_db
@pytest.mark.parametrize("people", [2, 20])
def test_many_joins_need_as_many_statements_as_few(people: int) -> None:
    group = opened(campaign(terms={"tiers": [[2, 2000], [30, 1500]]}))
    coming = coming_for(*(order(group.campaign, group.number) for _one in range(people)))
    with exactly(JOINS):
        assert paying.settle_together(coming) == ["paid"] * people
    seats = Seat.objects.filter(group=group).order_by("place")
    assert [seat.place for seat in seats] == list(range(1, people + 2))
    assert now(group).joined == people + 1
    # Whoever came first has the first place.
    assert [seat.order.number for seat in seats.select_related("order")[1:]] == [_reference(each) for each in coming]


def _reference(coming: Coming) -> str:
    from renmai.payments.models import Payment

    return Payment.objects.get(number=coming.answer.number).reference


@pytest.mark.django_db
def test_dying_at_any_statement_of_a_round_of_joins() -> None:
    group = opened(campaign(terms={"tiers": [[2, 2000], [3, 1500]]}))
    coming = coming_for(*(order(group.campaign, group.number) for _one in range(2)))
    before, deaths = contents(), 0

    for number in range(1, 40):
        with undone():
            try:
                with killed_before(number):
                    paying.settle_together(coming)
                break
            except Killed:
                deaths += 1
            assert difference(before, contents()) == {}
            assert paying.settle_together(coming) == ["paid"] * 2
            assert paying.settle_together(coming) == ["already"] * 2
            assert (now(group).status, now(group).joined) == ("done", 3)
    # The last place: the group is read and closed.
    assert deaths == JOINS + 2


@pytest.mark.django_db(transaction=True)
def test_two_processes_settle_the_same_payments_the_other_way_round() -> None:
    seen: Counter[str] = Counter()
    coming: list[Coming] = []

    def scene() -> tuple[Act, Act]:
        running = campaign(goods(price_fen=3000, stock=1000)[0], terms=NINE)
        first, second = opened(running), opened(running)
        orders = [order(running, group.number) for group in (first, second) for _one in range(2)]
        coming[:] = coming_for(*orders)
        here = list(coming)
        return lambda: paying.settle_together(here), lambda: paying.settle_together(here[::-1])

    def check(one: str, other: str) -> None:
        for forth, back in zip(literal_eval(one), reversed(literal_eval(other)), strict=True):
            assert sorted((forth, back)) == ["already", "paid"]
            seen[forth] += 1
        assert sorted(Group.objects.order_by("-pk")[:2].values_list("joined", flat=True)) == [3, 3]
        assert violations() == []

    every_interleaving(scene, check)
    assert seen["paid"] > 0


@pytest.mark.django_db(transaction=True)
def test_two_rounds_for_the_last_places() -> None:
    running = campaign(terms=NINE)
    groups = [opened(running) for _one in range(2)]
    orders = [order(running, group.number) for _place in range(9) for group in groups]
    coming = coming_for(*orders)

    def settled(part: Sequence[Coming]) -> Act:
        return lambda: Counter(map(str, paying.settle_together(part))).most_common()

    said = at_once(settled(coming[:9]), settled(coming[9:][::-1]))
    assert said == ["[('paid', 9)]"] * 2
    assert [(now(group).status, now(group).joined) for group in groups] == [("done", 9)] * 2
    assert Counter(Seat.objects.values_list("status", flat=True)) == {"taken": 18, "missed": 2}
    assert violations() == []


@pytest.mark.django_db(transaction=True)
def test_a_crowd_at_the_door() -> None:
    group = opened(campaign(terms=NINE))
    coming = coming_for(*(order(group.campaign, group.number) for _one in range(12)))
    acts: list[Act] = [lambda each=each: paying.settle_capture("sandbox", each.result) for each in coming for _twice in range(2)]  # type: ignore[misc]
    said = at_once(*acts)
    assert Counter(said) == {"paid": 12, "already": 12}
    assert Counter(Seat.objects.values_list("status", flat=True)) == {"taken": 9, "missed": 4}
    assert violations() == []
