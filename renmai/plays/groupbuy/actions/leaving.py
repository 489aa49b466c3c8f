"""Leaving a group that is still open: the money goes back, the place is free again, and somebody leads."""

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from renmai.accounts.models import User
from renmai.care.actions import notify
from renmai.care.texts import Facts
from renmai.journeys import promises
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.states import advance
from renmai.ordering.actions import progress
from renmai.plays.groupbuy.actions.ending import fail
from renmai.plays.groupbuy.keys import KEY
from renmai.plays.groupbuy.letters import LEADS, LEADS_FOR_LESS
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.queries.lists import group_of_number

Status = Seat.Status


def leave(user: User, number: str) -> Group:
    """Let somebody out of a group and give her money back, in one transaction; return the group as it is then.

    When she led it, whoever came next does; when she was alone, the group is over. Raises ``request.not_found``, ``groupbuy.not_in``,
    ``groupbuy.cannot_leave``.
    """
    group = group_of_number(number)
    with transaction.atomic():
        seat = Seat.objects.filter(group=group, user=user, status__in=Seat.IN_GROUP).first()
        if seat is None:
            raise DomainError("groupbuy.not_in")
        # The order before the group, as when it is paid.
        progress.held(seat.order_id)
        _free_place(group)
        if not advance(Seat, seat.pk, old=Status.TAKEN, new=Status.LEFT, turn=None, at=clock.now()):
            raise DomainError("groupbuy.cannot_leave")
        left = group_of_number(number)
        if left.joined == 0:
            fail(left, reason=Group.Reason.LEFT)
        elif left.leader_id == user.pk:
            _hand_over(left)
        if not promises.give_back(seat.order_id, play=KEY, detail="left"):
            raise AssertionError(f"order {seat.order_id} has a place in {number} and is not held for it")
    return group_of_number(number)


def _free_place(group: Group) -> None:
    still_open = Group.objects.filter(pk=group.pk, status=Group.Status.OPEN, expires_at__gt=clock.now(), joined__gte=1)
    if not still_open.update(joined=F("joined") - 1):
        raise DomainError("groupbuy.cannot_leave")


def _hand_over(group: Group) -> None:
    """Whoever came first of those who are there leads, and is told; the group's row is held, so nobody comes or goes meanwhile."""
    heir = Seat.objects.filter(group=group, status=Status.TAKEN).order_by("place")[:1].get()
    Group.objects.filter(pk=group.pk).update(leader=heir.user_id)
    product, off_fen = group.sku.product, group.offer.leader_off_fen
    details: Facts = {"title_zh": product.title_zh, "title_en": product.title_en, "off_fen": off_fen}
    kind = LEADS_FOR_LESS if off_fen else LEADS
    link = f"page:{reverse('groupbuy:group', args=[group.number])}"
    notify(heir.user_id, kind, details=details, link=link, cause=f"{LEADS}:{heir.pk}")
