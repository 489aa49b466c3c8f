"""What must always be true of pre-sales: every order of one has a booking and a deposit, and nobody waits for a reminder."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from renmai.campaigns.models import Participation, Reward
from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.ordering.models import Order, OrderLine
from renmai.plays.presale.models import Booking, CalledOff

SHOWN: Final = 1000
OVERDUE: Final = timedelta(hours=1)
KEY: Final = "presale"


def violations() -> Iterator[Violation]:
    """Yield every broken rule of the play."""
    yield from _orders_are_booked()
    yield from _deposits_are_fair()
    yield from _nothing_is_late()


def _orders_are_booked() -> Iterator[Violation]:
    parts = Participation.objects.filter(play=KEY)
    booked = Booking.objects.filter(order=OuterRef("order"), campaign=OuterRef("campaign"))
    for part in parts.filter(~Exists(booked)).order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"participation {part.pk}", "its order is not booked")
    mine = parts.filter(order=OuterRef("order"), campaign=OuterRef("campaign"))
    yield from _each(Booking.objects.filter(~Exists(mine)), "is of an order that takes no part")
    yield from _each(Booking.objects.exclude(user=F("order__buyer")), "is somebody else's")
    gone = Q(order__status=Order.Status.CANCELLED)
    wrong = Booking.objects.filter(gone & Q(counts=True) | ~gone & Q(counts=False))
    yield from _each(wrong, "counts against the limit, or not, as its order does not say")
    for order in Order.objects.filter(deposit_fen__gt=0, is_in_campaign=False).order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"order {order.number}", "has a deposit that no campaign asked for")


def _deposits_are_fair() -> Iterator[Violation]:
    """What is kept was agreed to be, is at most a fifth, and nothing is kept where the shop did not deliver."""
    kept = Order.objects.filter(forfeited_fen__gt=0)
    for order in kept.filter(deposit_is_kept=False).order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"order {order.number}", "its deposit was kept, and nobody had agreed to that")
    for order in kept.filter(forfeited_fen__gt=F("payable_fen") / 5 + 1).order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"order {order.number}", "its deposit was kept, and is more than a fifth")
    called_off = CalledOff.objects.filter(campaign=OuterRef("presale_booking__campaign"), at__lte=OuterRef("closed_at"))
    for order in kept.filter(Exists(called_off), close_reason="not_delivered").order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"order {order.number}", "its deposit was kept, and the shop did not deliver")
    for order in Order.objects.filter(deposit_is_kept=True, close_reason="not_delivered").order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"order {order.number}", "its deposit went back, and its row says that the shop keeps it")
    late = clock.now() - OVERDUE
    owed = Reward.objects.filter(order=OuterRef("order"), cause__startswith="broken:presale:")
    ended = Booking.objects.filter(order__close_reason="not_delivered", order__deposit_paid_at__isnull=False)
    doubled = ended.filter(Exists(_promised()), order__closed_at__lt=late)
    yield from _each(doubled.filter(~Exists(owed)), "was called off, and what was promised for that is not owed")


def _promised() -> QuerySet[Participation]:
    versions = Participation.objects.filter(order=OuterRef("order"), play=KEY)
    return versions.filter(campaign__versions__number=F("version"), campaign__versions__terms__doubles=True)


def _nothing_is_late() -> Iterator[Violation]:
    late = clock.now() - OVERDUE
    waiting = Booking.objects.filter(order__status=Order.Status.PLACED, order__deposit_paid_at__isnull=False)
    # Whoever paid the deposit a moment ago is reminded with the next round.
    forgotten = waiting.filter(reminded_at__isnull=True, balance_from__lt=late, order__deposit_paid_at__lt=late)
    yield from _each(forgotten, "nobody told its buyer that the balance is due")
    called_off = CalledOff.objects.filter(campaign=OuterRef("campaign"), at__lt=late)
    unclaimed = OrderLine.objects.filter(order=OuterRef("order"), claimed_quantity__lt=F("quantity"))
    paid = Booking.objects.filter(Exists(unclaimed), order__status=Order.Status.PAID)
    yield from _each((waiting | paid).filter(Exists(called_off)), "is of a pre-sale that was called off, and still waits")


def _each(rows: QuerySet[Booking], says: str) -> Iterator[Violation]:
    for booking in rows.select_related("order").order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"order {booking.order.number}", says)
