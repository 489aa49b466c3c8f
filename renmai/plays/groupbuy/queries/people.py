"""Whom somebody knows, as far as the shop can tell, and the open groups in which one of them waits."""

from collections.abc import Set as AbstractSet
from typing import Any

from django.db.models import QuerySet

from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.queries.lists import SHOWN
from renmai.sharing.models import Binding, Visit

MOST_PEOPLE = 500
MOST_GROUPS = 20


def people_known(user: User) -> frozenset[int]:
    """Return the ids of the people ``user`` is connected with, at most ``MOST_PEOPLE``. One statement.

    Connected are: her agent and the other customers of the same shop; her own customers; whoever passed a link on to her, or came
    through one of hers; whoever was in a group with her before.
    """
    active = Binding.objects.filter(status=Binding.Status.ACTIVE)
    mine = active.filter(customer=user)
    groups = Seat.objects.filter(user=user, status__in=SHOWN).values("group")
    known: list[QuerySet[Any, tuple[Any, ...]]] = [
        mine.values_list("shop__owner"),
        active.filter(shop__in=mine.values("shop")).values_list("customer"),
        active.filter(shop__owner=user).values_list("customer"),
        Visit.objects.filter(user=user, is_valid=True).values_list("share__sharer"),
        Visit.objects.filter(share__sharer=user, is_valid=True, user__isnull=False).values_list("user"),
        Seat.objects.filter(group__in=groups, status__in=SHOWN).values_list("user"),
    ]
    found = known[0].order_by().union(*[each.order_by() for each in known[1:]])[:MOST_PEOPLE]
    return frozenset(row[0] for row in found) - {user.pk}


def groups_of_people_known(user: User, known: AbstractSet[int], *, campaign_id: int | None = None) -> list[Group]:
    """Return the open groups in which one of the people ``known`` waits and ``user`` does not, those that end first. One statement.

    Only of campaigns that list their groups; whatever else is open, one joins by its link.
    """
    waits = Seat.objects.filter(user__in=known, status=Seat.Status.TAKEN)
    mine = Seat.objects.filter(user=user, status__in=SHOWN, group__isnull=False)
    groups = Group.objects.filter(status=Group.Status.OPEN, expires_at__gt=clock.now(), terms__terms__is_listed=True)
    groups = groups.filter(pk__in=waits.values("group")).exclude(pk__in=mine.values("group"))
    if campaign_id is not None:
        groups = groups.filter(campaign=campaign_id)
    return list(groups.select_related("terms", "sku", "campaign", "leader").order_by("expires_at", "pk")[:MOST_GROUPS])
