"""From an order to a place in a group: ordered, then taken with the money, by one conditional update of the group's row.

Hundreds of people pay for places of one campaign at the same moment: these are the hot paths, in as few statements as they can be.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, PositiveIntegerField

from renmai.campaigns.models import Campaign, Participation, TermsVersion
from renmai.kernel import clock, ids
from renmai.kernel.compiled import Compiled, CompiledUpdate, insert, insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.kernel.places import Each
from renmai.kernel.states import advance
from renmai.ordering.models import Order
from renmai.plays.groupbuy.actions.ending import complete
from renmai.plays.groupbuy.events import GroupOpened, SeatDue
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.queries.lists import group_of_number
from renmai.plays.groupbuy.reference import read
from renmai.plays.groupbuy.terms import terms_of

Status = Seat.Status
GOES_ON = (Campaign.Status.LAUNCHED, Campaign.Status.PAUSED)
"""A campaign in which somebody who ordered in time may open her group; stopped or ended, her money goes back."""

_TERMS: Compiled[TermsVersion] = Compiled(
    lambda campaign, number: TermsVersion.objects.filter(campaign_id=campaign, number=number)
)
_TAKE = CompiledUpdate(
    lambda number, people, now: (
        Group.objects.filter(number=number, status=Group.Status.OPEN, joined__lte=F("size") - people, expires_at__gt=now),
        {"joined": F("joined") + people, "arrivals": F("arrivals") + people},
    ),
    values=3,
    returning=("id", "joined", "arrivals", "size"),
)


_SIT = CompiledUpdate(
    lambda orders, status, group, places, now: (
        Seat.objects.filter(
            ~Exists(Seat.objects.filter(group_id=group, user=OuterRef("user"), status__in=Seat.IN_GROUP)),
            order_id__in=orders,
            status=Status.WAITING,
        ),
        {
            "status": status,
            "group_id": group,
            "place": Each("order", orders, places, output_field=PositiveIntegerField()),
            "at": now,
        },
    ),
    values=5,
    returning=("order",),
)


def order_seat(order: Order, part: Participation) -> None:
    """Write down what an order that is being placed wants. In the caller's transaction. Raises ``groupbuy.limit``."""
    terms = terms_of(_terms(part).terms)
    wanted = read(part.reference, terms)
    for turn in range(1, terms.limit + 1) if terms.limit else (None,):
        seat = Seat(
            order=order,
            user_id=order.buyer_id,
            campaign_id=part.campaign_id,
            opens=not wanted.number,
            late=wanted.late,
            turn=turn,
            ordered_at=part.at,
            at=part.at,
        )
        if insert_missing([seat]):
            return
    raise DomainError("groupbuy.limit", limit=terms.limit)


def take_seat(order: Order, part: Participation) -> None:
    """The money is there: take the place, or open the group. In the caller's transaction; never refuses.

    Whoever comes too late gets her money back, or a group of her own, as she chose: the first happens after this transaction.
    """
    wanted = read(part.reference)
    if not wanted.number:
        _open_own(order, part)
    elif not _join([order], wanted.number):
        _too_late(order, part, wanted.number)


def take_seats(paid: Sequence[tuple[Order, Participation]]) -> None:
    """Do as ``take_seat`` for orders that are paid at the same moment: with two statements for all who join one group and find room.

    Groups are taken in the order of their numbers, so that two who do this at once never wait for each other in a circle.
    """
    by_group: dict[str, list[tuple[Order, Participation]]] = defaultdict(list)
    for order, part in paid:
        by_group[read(part.reference).number].append((order, part))
    for number in sorted(by_group):
        if number:
            _take_places(number, by_group[number])
        else:
            _one_by_one(by_group[number])


def _take_places(number: str, paid: Sequence[tuple[Order, Participation]]) -> None:
    """Give those who want into one group their places together; without room for all, and who comes twice, one after the other."""
    people = {order.buyer_id: order for order, _part in reversed(paid)}
    first = [order for order, _part in paid if people[order.buyer_id] is order]
    seated = _join(first, number)
    if seated is None:
        _one_by_one(paid)
        return
    _one_by_one([(order, part) for order, part in paid if order not in first])
    for order, part in paid:
        if order in first and order.pk not in seated:
            _too_late(order, part, number)


def _one_by_one(paid: Sequence[tuple[Order, Participation]]) -> None:
    for order, part in paid:
        take_seat(order, part)


def let_go(order: Order) -> None:
    """The order ended unpaid. In the caller's transaction."""
    Seat.objects.filter(order=order, status=Status.WAITING).update(status=Status.CANCELLED, turn=None, at=clock.now())


def _join(orders: Sequence[Order], number: str) -> set[int] | None:
    """Take a place for each order, of different people, and complete the group with the last one; return the orders that have one.

    None when there are not so many places: nothing has changed then.
    """
    now = clock.now()
    taken = _TAKE.changed(number, len(orders), now)
    if not taken:
        return None
    group_id, joined, last_place, size = taken[0]
    places = range(last_place - len(orders) + 1, last_place + 1)
    seated = _seat(orders, group_id, places, now)
    if nobodys := len(orders) - len(seated):
        # She has a place already, by another order. Nobody else sees what is taken back here: the group's row is ours until the end.
        Group.objects.filter(pk=group_id).update(joined=F("joined") - nobodys)
    elif joined == size and not complete(group_of_number(number), reason=Group.Reason.FULL):
        raise AssertionError(f"group {number} was taken from under its own lock")
    return seated


def _seat(orders: Sequence[Order], group_id: int, places: Sequence[int], now: datetime) -> set[int]:
    keys = [order.pk for order in orders]
    return {key for (key,) in _SIT.changed(keys, Status.TAKEN, group_id, places, now)}


def _open_own(order: Order, part: Participation) -> None:
    campaign = part.campaign
    if campaign.status in GOES_ON and clock.now() < campaign.ends_at:
        _open(order, campaign, _terms(part))
    else:
        _miss(order)


def _too_late(order: Order, part: Participation, number: str) -> None:
    """What she chose for this case, if it can be had. A second order for a group that she is in already just goes back."""
    wanted, seat = group_of_number(number), Seat.objects.get(order=order)
    # In a group that has failed nobody is any more, whether her money has gone back by now or not.
    has_failed = wanted.status == Group.Status.FAILED
    is_in = not has_failed and Seat.objects.filter(group=wanted, user=order.buyer_id, status__in=Seat.IN_GROUP).exists()
    if seat.late == "new" and not is_in and part.campaign.is_open:
        # She has paid by the terms of the group that she wanted: her own one has the same.
        _open(order, part.campaign, wanted.terms)
    else:
        _miss(order)


def _open(order: Order, campaign: Campaign, version: TermsVersion) -> None:
    now, terms = clock.now(), terms_of(version.terms)
    group = Group(
        number=ids.number("G"),
        campaign=campaign,
        terms=version,
        sku_id=terms.sku_id,
        leader_id=order.buyer_id,
        size=terms.size,
        joined=1,
        arrivals=1,
        opened_at=now,
        expires_at=ends_at(campaign, version, now),
    )
    insert([group])
    if not _seat([order], group.pk, [1], now):
        raise AssertionError(f"order {order.number}: paid, and its place does not wait")
    emit(GroupOpened(group.pk))


def ends_at(campaign: Campaign, version: TermsVersion, opened_at: datetime) -> datetime:
    """Return until when a group that opens at a moment may fill: its own time, or the end of the campaign."""
    return min(opened_at + terms_of(version.terms).timer, campaign.ends_at)


def _miss(order: Order) -> None:
    """Her money goes back, in a transaction of its own: this one has yet to sell her goods before they can return to the shelf."""
    seat_id = Seat.objects.values_list("pk", flat=True).get(order=order)
    if not advance(Seat, seat_id, old=Status.WAITING, new=Status.MISSED, at=clock.now()):
        raise AssertionError(f"order {order.number}: paid, and its place does not wait")
    emit(SeatDue(seat_id))


def _terms(part: Participation) -> TermsVersion:
    found = _TERMS.first(part.campaign_id, part.version)
    if found is None:
        raise AssertionError(f"campaign {part.campaign_id}: version {part.version} of its terms is not kept")
    return found
