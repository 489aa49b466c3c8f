"""The end of a group: complete with its last place, or what became of it by the time it had."""

from django.db import transaction

from renmai.kernel import clock
from renmai.kernel.outbox import emit
from renmai.kernel.sweeping import sweep
from renmai.plays.groupbuy.events import GroupFailed, GroupSucceeded
from renmai.plays.groupbuy.models import Group

Status, Reason = Group.Status, Group.Reason


def close(group_id: int, *, joined: int, new: str, reason: str) -> bool:
    """End a group that is open with so many members, and tell of it; False when it is not so (any more). In the caller's transaction."""
    if new not in Group.TRANSITIONS[Status.OPEN]:
        raise AssertionError(f"a group never becomes {new}")
    as_read = Group.objects.filter(pk=group_id, status=Status.OPEN, joined=joined)
    if not as_read.update(status=new, reason=reason, closed_at=clock.now()):
        return False
    emit(GroupSucceeded(group_id) if new == Status.DONE else GroupFailed(group_id, reason))
    return True


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
            return close(group.pk, joined=group.joined, new=Status.DONE, reason=Reason.THRESHOLD)
        return close(group.pk, joined=group.joined, new=Status.FAILED, reason=Reason.EXPIRED)
