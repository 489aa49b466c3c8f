"""The end of a group: complete with its last place, or what became of it by the time it had."""

from django.db import transaction

from renmai.kernel import clock
from renmai.kernel.compiled import CompiledUpdate
from renmai.kernel.outbox import emit
from renmai.kernel.sweeping import sweep
from renmai.plays.groupbuy.events import GroupFailed, GroupSucceeded
from renmai.plays.groupbuy.models import Group

Status, Reason = Group.Status, Group.Reason

_CLOSE = CompiledUpdate(
    lambda pk, joined, new, reason, price_fen, now: (
        Group.objects.filter(pk=pk, status=Status.OPEN, joined=joined),
        {"status": new, "reason": reason, "price_fen": price_fen, "closed_at": now},
    ),
    values=6,
)


def complete(group: Group, *, reason: str) -> bool:
    """Complete a group that is open with as many members as it was read with; its price is that of the tier they have reached.

    False when it is not so (any more). In the caller's transaction.
    """
    return _close(group, Status.DONE, reason=reason, price_fen=group.offer.reached(group.joined).price_fen)


def fail(group: Group, *, reason: str) -> bool:
    """Do as ``complete`` for a group that has failed."""
    return _close(group, Status.FAILED, reason=reason, price_fen=None)


def expire_groups(limit: int) -> int:
    """End up to ``limit`` groups whose time is up, the earliest first; return how many. A timer.

    One that has as many people as its terms declared enough is complete at the price they have reached; any other has failed.
    """
    due = Group.objects.filter(status=Status.OPEN, expires_at__lte=clock.now()).select_related("terms")
    return sweep("groupbuy.expire", due, _expire, by="expires_at", limit=limit)


def _expire(group: Group) -> bool:
    """End one in a transaction of its own. Beaten by a payment of the last moment, it is looked at again by the next sweep."""
    threshold = group.offer.threshold
    with transaction.atomic():
        if threshold and group.joined >= threshold:
            return complete(group, reason=Reason.THRESHOLD)
        return fail(group, reason=Reason.EXPIRED)


def _close(group: Group, new: Group.Status, *, reason: str, price_fen: int | None) -> bool:
    if new not in Group.TRANSITIONS[Status.OPEN]:
        raise AssertionError(f"a group never becomes {new}")
    if not _CLOSE.run(group.pk, group.joined, new, reason, price_fen, clock.now()):
        return False
    emit(GroupSucceeded(group.pk) if new == Status.DONE else GroupFailed(group.pk, reason))
    return True
