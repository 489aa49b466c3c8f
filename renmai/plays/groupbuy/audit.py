"""What must always be true of groups and of the orders in them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import BigIntegerField, Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from renmai.campaigns.models import Participation
from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.ordering.models import Order, OrderLine
from renmai.plays.groupbuy.keys import KEY
from renmai.plays.groupbuy.models import Group, Seat

SHOWN: Final = 1000
OVERDUE: Final = timedelta(hours=1)
ROOM: Final = "5"
"""The number of the invariant: no group is overfull, a failed one refunds every member exactly once."""

WHOLE: Final = (Seat.Status.TAKEN, Seat.Status.KEPT, Seat.Status.RETURNED)
STATE_OF_ORDER: Final = {
    Seat.Status.WAITING: Q(order__status=Order.Status.PLACED),
    Seat.Status.CANCELLED: Q(order__status=Order.Status.CANCELLED),
    Seat.Status.TAKEN: Q(order__status=Order.Status.PAID, order__held_for=KEY),
    Seat.Status.MISSED: Q(order__status=Order.Status.PAID, order__held_for=KEY),
    Seat.Status.KEPT: Q(order__released_at__isnull=False, order__held_for=""),
    Seat.Status.LEFT: Q(order__refunded_fen=F("order__payable_fen"), order__released_at__isnull=True),
    Seat.Status.RETURNED: Q(order__refunded_fen=F("order__payable_fen"), order__released_at__isnull=True),
}
"""What the order of a place in each state is like. Given back: all of it, whether the provider has answered yet or not."""


def violations() -> Iterator[Violation]:
    """Yield every broken rule of the play."""
    yield from _groups_fit()
    yield from _ends_have_reasons()
    yield from _orders_agree()
    yield from _prices()
    yield from _nothing_is_late()


def _groups_fit() -> Iterator[Violation]:
    """A group has as many members as it counts, never more than it has room for, and one of them leads while it is open."""
    there = Seat.objects.filter(group=OuterRef("pk"), status__in=WHOLE).order_by().values("group").annotate(count=Count("pk"))
    counted = Coalesce(Subquery(there.values("count"), output_field=IntegerField()), Value(0))
    for found in Group.objects.annotate(there=counted).exclude(there=F("joined")).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"group {found.number}", f"counts {found.joined} members and has {found.there}")
    for group in Group.objects.filter(joined__gt=F("size")).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"group {group.number}", f"has {group.joined} members and room for {group.size}")
    leads = Seat.objects.filter(group=OuterRef("pk"), user=OuterRef("leader"), status=Seat.Status.TAKEN)
    for group in Group.objects.filter(~Exists(leads), status=Group.Status.OPEN).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"group {group.number}", "is led by somebody who is not in it")


def _ends_have_reasons() -> Iterator[Violation]:
    """Full means full; a group is never open with nobody, or with everybody, in it."""
    is_full = Q(joined=F("size"))
    right = (
        Q(status=Group.Status.OPEN, reason="", closed_at__isnull=True, joined__gte=1, joined__lt=F("size"))
        | (Q(status=Group.Status.DONE, reason=Group.Reason.FULL) & is_full)
        | (Q(status=Group.Status.DONE, reason=Group.Reason.THRESHOLD) & ~is_full)
        | (Q(status=Group.Status.FAILED, reason=Group.Reason.EXPIRED) & ~is_full)
        | Q(status=Group.Status.FAILED, reason=Group.Reason.LEFT, joined=0)
    )
    for group in Group.objects.exclude(right).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"group {group.number}", f"{group.status} ({group.reason}) with {group.joined} of {group.size}")
    early = Seat.objects.filter(status=Seat.Status.KEPT).exclude(group__status=Group.Status.DONE)
    early |= Seat.objects.filter(status=Seat.Status.RETURNED, group__isnull=False).exclude(group__status=Group.Status.FAILED)
    for seat in early.order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"seat {seat.pk}", f"{seat.status}, which its group does not say")


def _orders_agree() -> Iterator[Violation]:
    """Every order of a group buy has its place, and both are equally far: what failed was given back, to the fen."""
    agree = Q()
    for status, is_right in STATE_OF_ORDER.items():
        agree |= Q(status=status) & is_right
    wrong = Seat.objects.exclude(agree).select_related("order")
    for seat in wrong.order_by("pk")[:SHOWN]:
        order = seat.order
        detail = f"{seat.status}, and its order {order.status} with {order.refunded_fen} of {order.payable_fen} fen back"
        yield Violation(ROOM, f"order {order.number}", detail)
    mine = Seat.objects.filter(order=OuterRef("order"))
    for part in Participation.objects.filter(~Exists(mine), play=KEY).select_related("order").order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"order {part.order.number}", "is in a group buy and has no place")


def _prices() -> Iterator[Violation]:
    """Whoever bought together paid the price that the group reached, less what its leader is spared; the rest went back."""
    off = Cast(KeyTextTransform("leader_off_fen", "order__seat__group__terms__terms"), BigIntegerField())
    leads = Q(order__seat__group__leader=F("order__seat__user"))
    owed = F("order__seat__group__price_fen") - Case(When(leads, then=off), default=Value(0), output_field=BigIntegerField())
    granted = Participation.objects.filter(order=OuterRef("order"), play=KEY).values("discount_fen")[:1]
    paid = F("unit_price_fen") * F("quantity") - Subquery(granted, output_field=BigIntegerField())
    lines = OrderLine.objects.filter(order__seat__status=Seat.Status.KEPT).annotate(
        kept=paid - F("reduced_fen"), owed=owed * F("quantity")
    )
    wrong = lines.exclude(kept=F("owed")).exclude(reduced_fen=F("amount_fen")).select_related("order")
    for line in wrong.order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"order {line.order.number}", f"cost {line.kept} fen in a group whose price is {line.owed}")


def _nothing_is_late() -> Iterator[Violation]:
    late = clock.now() - OVERDUE
    for group in Group.objects.filter(status=Group.Status.OPEN, expires_at__lt=late).order_by("pk")[:SHOWN]:
        yield Violation("9", f"group {group.number}", "open past its end")
    over = Q(status=Seat.Status.MISSED, at__lt=late) | Q(status=Seat.Status.TAKEN, group__closed_at__lt=late)
    for seat in Seat.objects.filter(over).select_related("order").order_by("pk")[:SHOWN]:
        yield Violation("9", f"order {seat.order.number}", "its group is over, and it still waits")
