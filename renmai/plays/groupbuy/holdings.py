"""What this play holds of people: the groups they opened, and their places in groups."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from renmai.accounts.holdings import Holding, Open, Topic, Why
from renmai.accounts.models import User
from renmai.plays.groupbuy.models import Group, Seat

HOLDINGS: Final = (
    Holding(
        model=Group,
        person="leader",
        topic=Topic.PLAYS,
        stays=Why.OTHERS,
        copied=("number", "campaign__number", "size", "joined", "status", "opened_at", "closed_at"),
    ),
    Holding(
        model=Seat,
        person="user",
        topic=Topic.PLAYS,
        stays=Why.OTHERS,
        copied=("order__number", "group__number", "status", "ordered_at", "at"),
    ),
)


def still_open(user: User) -> list[Open]:
    """Return the groups that are not over and in which she has a place that is paid for. One statement."""
    seats = Seat.objects.filter(user=user, status=Seat.Status.TAKEN, group__status=Group.Status.OPEN)
    return [
        Open(
            _("The group that you opened waits for others")
            if seat.group.leader_id == user.pk
            else _("Your group waits for others"),
            reverse("groupbuy:group", args=[seat.group.number]),
            seat.order_id,
        )
        for seat in seats.select_related("group").order_by("pk")
        if seat.group is not None
    ]
