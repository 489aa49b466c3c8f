"""What a group promised each of its orders: it leaves at the price they reached, or all of the money goes back. Each exactly once."""

from django.db import transaction
from django.db.models import Q

from renmai.journeys import promises
from renmai.kernel import clock
from renmai.kernel.compiled import Compiled, CompiledValues, by_key
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.kernel.sweeping import sweep
from renmai.ordering.models import OrderLine
from renmai.plays.groupbuy.events import GroupFailed, GroupSucceeded, SeatDue
from renmai.plays.groupbuy.keys import KEY
from renmai.plays.groupbuy.models import Group, Seat

Status = Seat.Status

_MEMBERS = CompiledValues(
    lambda group: Seat.objects.filter(group_id=group, status=Status.TAKEN).order_by("order_id").values_list("pk")
)
_LINES: Compiled[OrderLine] = Compiled(lambda order: OrderLine.objects.filter(order_id=order).order_by("pk"))


def members_are_due(event: GroupSucceeded | GroupFailed) -> None:
    """A group is over: each of its members is seen to by herself, so that one who waits keeps nobody else waiting. A reaction."""
    if due := [SeatDue(pk) for (pk,) in _MEMBERS.rows(event.group_id)]:
        emit(*due)


def on_seat_due(event: SeatDue) -> None:
    """Keep what one member was promised. A reaction; again changes nothing."""
    finish_seat(event.seat_id)


def keep_promises(limit: int) -> int:
    """See to up to ``limit`` members whose group is over and who wait still; return how many. A timer that catches up."""
    due = Seat.objects.filter(
        Q(status=Status.MISSED) | Q(status=Status.TAKEN, group__status__in=[Group.Status.DONE, Group.Status.FAILED])
    )
    return sweep("groupbuy.promises", due, lambda seat: finish_seat(seat.pk), by="at", limit=limit)


def finish_seat(seat_id: int) -> bool:
    """Release a member's order, or give her money back, as her group ended; False when that was done before, or is not due.

    One transaction, or the caller's. Both actions hold the order first, so of two at once the second one finds it done.
    """
    seat = by_key(Seat, seat_id, "group__terms")
    if seat.status == Status.MISSED:
        return _give_back(seat, detail="full")
    if seat.status != Status.TAKEN or seat.group is None or seat.group.status == Group.Status.OPEN:
        return False
    if seat.group.status == Group.Status.DONE:
        return _release(seat, seat.group)
    return _give_back(seat, detail=seat.group.reason)


def reduction_fen(seat: Seat, group: Group, line: OrderLine) -> int:
    """Return what goes back of a member's line: paid by the first tier, owed by the one that was reached. Never more than she paid.

    Whoever leads in the end has the leader's price, also if somebody else opened the group.
    """
    terms = group.offer
    if group.price_fen is None:
        raise AssertionError(f"group {group.number} is complete at no price")
    owed = group.price_fen - (terms.leader_off_fen if group.leader_id == seat.user_id else 0)
    return min((terms.price_to_pay(opens=seat.opens) - owed) * line.quantity, line.amount_fen)


def _release(seat: Seat, group: Group) -> bool:
    with transaction.atomic():
        reductions = {line.pk: reduction_fen(seat, group, line) for line in _LINES.rows(seat.order_id)}
        if not promises.keep(seat.order_id, play=KEY, reductions={pk: fen for pk, fen in reductions.items() if fen}):
            return _was_seen_to(seat)
        return advance(Seat, seat.pk, old=Status.TAKEN, new=Status.KEPT, at=clock.now())


def _give_back(seat: Seat, *, detail: str) -> bool:
    with transaction.atomic():
        if not promises.give_back(seat.order_id, play=KEY, detail=detail):
            return _was_seen_to(seat)
        return advance(Seat, seat.pk, old=seat.status, new=Status.RETURNED, turn=None, at=clock.now())


def _was_seen_to(seat: Seat) -> bool:
    """The order is not held any more: then somebody was faster. Anything else is a bug that must be seen."""
    if Seat.objects.filter(pk=seat.pk, status__in=Seat.UNFINISHED).exists():
        raise AssertionError(f"order {seat.order_id} of seat {seat.pk} is not held and was never seen to")
    return False
