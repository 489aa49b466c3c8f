"""Telling the buyers: that the deposit is there, and that the balance can be paid."""

from datetime import datetime

from django.db import transaction

from renmai.care.actions import notify
from renmai.care.texts import Facts
from renmai.kernel import clock
from renmai.kernel.compiled import by_key
from renmai.kernel.sweeping import sweep
from renmai.ordering.events import DepositPaid
from renmai.ordering.models import Order
from renmai.ordering.windows import CHINA
from renmai.plays.presale.letters import BALANCE, DEPOSIT
from renmai.plays.presale.models import Booking


def on_deposit_paid(event: DepositPaid) -> None:
    """Tell her when the balance is due. A reaction; again changes nothing."""
    order = by_key(Order, event.order_id)
    if order.balance_from is None or order.balance_until is None:
        return
    details: Facts = {
        "order": order.number,
        "amount_fen": order.deposit_fen,
        "currency": order.currency,
        "from": spoken(order.balance_from),
        "until": spoken(order.balance_until),
    }
    notify(order.buyer_id, DEPOSIT, details=details, link=f"order:{order.number}", cause=f"order:{order.pk}:deposit")


def remind_due(limit: int) -> int:
    """Tell up to ``limit`` buyers that their balance can be paid now; return how many were told. A timer."""
    due = Booking.objects.filter(
        reminded_at__isnull=True,
        counts=True,
        balance_from__lte=clock.now(),
        order__status=Order.Status.PLACED,
        order__deposit_paid_at__isnull=False,
    )
    return sweep("presale.remind", due.select_related("order"), _remind, by="balance_from", limit=limit)


def spoken(moment: datetime) -> str:
    """Return a moment as letters say it, in China's time."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _remind(booking: Booking) -> bool:
    order = booking.order
    if order.balance_until is None:
        raise AssertionError(f"order {order.number} has no balance")
    with transaction.atomic():
        if not Booking.objects.filter(pk=booking.pk, reminded_at__isnull=True).update(reminded_at=clock.now()):
            return False
        details: Facts = {
            "order": order.number,
            "amount_fen": order.balance_fen,
            "currency": order.currency,
            "until": spoken(order.balance_until),
        }
        notify(order.buyer_id, BALANCE, details=details, link=f"order:{order.number}", cause=f"order:{order.pk}:balance")
    return True
