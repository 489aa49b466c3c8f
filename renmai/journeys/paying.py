"""From an order to its money: starting a payment, and settling what the provider says of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from renmai.accounts.models import User
from renmai.campaigns import actions as campaigns
from renmai.catalogue.actions.stock import StockWant, sell, sell_each
from renmai.kernel import clock, outbox
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import raise_alert
from renmai.kernel.together import LineTooLong, Together
from renmai.kernel.transactions import is_inside
from renmai.ordering.actions import parcels, progress
from renmai.ordering.models import Order, OrderLine
from renmai.ordering.policies import require_buyer
from renmai.ordering.queries import access_order
from renmai.payments import actions as payments
from renmai.payments.models import Payment

MOST_TOGETHER: Final = 32
WAIT_SECONDS: Final = 5.0


@dataclass(frozen=True)
class NotificationOutcome:
    """What came of a notification: a word for the log. ``accepted`` tells the provider to stop repeating it."""

    code: str
    accepted: bool


def start(user: User, order_number: str, *, provider: str = "sandbox", return_url: str) -> str:
    """Start to pay one's own placed order and return the address of the cashier. Asks the provider: never inside a transaction.

    The same payment is returned while one waits. Raises ``ordering.not_payable``, ``ordering.balance_not_open`` and what the provider refuses.
    """
    return start_for(user, access_order(user, order_number), provider=provider, return_url=return_url)


def start_for(user: User, order: Order, *, provider: str = "sandbox", return_url: str) -> str:
    """Do as ``start`` for an order that was read, or placed, a moment ago."""
    require_buyer(user, order)
    if order.status != Order.Status.PLACED or clock.now() >= order.pay_before:
        raise DomainError("ordering.not_payable")
    if not order.can_be_paid:
        raise DomainError("ordering.balance_not_open")
    begun = payments.start_payment(
        payments.Bill(order.number, order.due_fen, order.currency, order.due_part),
        provider=provider,
        expires_at=order.pay_before,
        return_url=return_url,
    )
    return begun.cashier_url


def look_again(user: User, order_number: str) -> Order:
    """Ask the provider at once when the customer comes back from the cashier, and return the order as it is then."""
    order = access_order(user, order_number)
    require_buyer(user, order)
    if order.status == Order.Status.PLACED:
        ask_provider(order.number)
    return Order.objects.get(pk=order.pk)


def ask_provider(order_number: str) -> None:
    """Ask about the payments of an order that still wait, and settle what was paid. Never inside a transaction.

    A provider that does not answer is no error.
    """
    waiting = Payment.objects.filter(reference=order_number, status=Payment.Status.PENDING)
    for payment_id in list(waiting.values_list("pk", flat=True)):
        payments.query_payment(payment_id, settle=settle_capture)


def receive_notification(provider: str, headers: Mapping[str, str], body: bytes) -> NotificationOutcome:
    """Act on a provider's notification. Raises what ``payments`` refuses: nothing has changed then, except an alert.

    A notice that was handled before is accepted again and changes nothing.
    """
    notice = payments.read_notification(provider, headers, body)
    if notice.is_capture:
        return NotificationOutcome(settle_capture(provider, notice), accepted=True)
    return NotificationOutcome(payments.record_notice(notice), accepted=True)


def settle_capture(provider: str, result: payments.Answer | payments.Notice) -> str:
    """Record that money came and do what follows from it, in one transaction.

    ``paid``: the order is paid and its stock sold. ``deposit``: its deposit is, and the balance is awaited. ``already``: this payment was settled before, nothing changes. ``late``: the order
    had been cancelled, ``duplicate``: it was paid by another payment; both times the money goes back by itself. ``unknown`` and
    ``mismatch``: no order of ours, or not its price; the money goes back too, and an alert is opened.

    What comes while another's is settled is settled together with whatever else came meanwhile (``settle_together``).
    """
    coming = payments.Coming(provider, result)
    if is_inside():
        # Part of somebody's transaction, which nobody else's money may hang on.
        return _settle_alone(coming)
    try:
        return _DOOR(coming)
    except LineTooLong:
        return _settle_alone(coming)


def settle_together(coming: Sequence[payments.Coming]) -> list[str | Exception]:
    """Do as ``settle_capture`` for each of what came at the same moment; return the outcomes, or what is to be raised.

    Whatever is plain is settled in one transaction; then the rest, each in its own: paid before, too late, not the price, a
    deposit, pieces of a pool, a play that is not told of several at once. Must not be called inside a transaction.
    """
    if len(coming) == 1:
        return [_settle_alone(coming[0])]
    paid = _settle_plain(coming)
    return ["paid" if each in paid else _outcome_alone(each) for each in coming]


_DOOR: Final = Together(settle_together, most=MOST_TOGETHER, wait_seconds=WAIT_SECONDS)


def sweep_pending(limit: int) -> int:
    """Ask the providers about payments that told us nothing; return how many were asked about. A timer."""
    return payments.query_pending_payments(limit, settle=settle_capture)


def _outcome_alone(coming: payments.Coming) -> str | Exception:
    try:
        return _settle_alone(coming)
    except Exception as error:  # noqa: BLE001  raised for whom it concerns: others have their outcome
        return error


def _settle_alone(coming: payments.Coming) -> str:
    with transaction.atomic():
        with outbox.together():
            capture = payments.record_capture(coming.provider, coming.result)
            if not capture.is_new:
                return "already"
            outcome, wants = _settle(capture.payment)
        if wants:
            sell(capture.payment.reference, wants)
    return outcome


def _settle_plain(coming: Sequence[payments.Coming]) -> Collection[payments.Coming]:
    """Settle what is plain in one transaction, with as many statements as for one; return what that was.

    The rows are held before anything is written, payments, then orders, each in the order of their keys. When anything goes wrong all
    the same, nothing has happened.
    """
    with transaction.atomic():
        with outbox.together():
            waiting = payments.hold_waiting(coming)
            lines = parcels.hold_to_pack([each.payment.reference for each in waiting]) if waiting else {}
            granted = campaigns.paid_together([each[0].order for each in lines.values()])
            plain: dict[str, payments.Waiting] = {}
            for each in waiting:
                ordered = lines.get(each.payment.reference)
                if ordered and ordered[0].order_id in granted and _is_plain(each.payment, ordered):
                    plain.setdefault(each.payment.reference, each)
            if not plain:
                return ()
            payments.capture_each(sorted(plain.values(), key=lambda each: each.payment.pk))
            progress.mark_each_paid([lines[number] for number in plain])
            campaigns.on_paid_together([lines[number][0].order for number in plain], granted)
        sell_each({number: _wants(lines[number]) for number in plain})
    return {each.coming for each in plain.values()}


def _is_plain(payment: Payment, lines: Sequence[OrderLine]) -> bool:
    """Whether this is the price of an order that waits for it, whole and from the shelf."""
    order = lines[0].order
    is_price = (payment.amount_fen, payment.currency) == (_price_of(order, payment.part), order.currency)
    is_whole = not order.deposit_fen and all(line.pool_id is None for line in lines)
    return is_price and is_whole and order.status == Order.Status.PLACED


def _wants(lines: Sequence[OrderLine]) -> list[StockWant]:
    return [StockWant(line.sku_id, line.quantity, line.pool_id) for line in lines]


def _settle(payment: Payment) -> tuple[str, list[StockWant]]:
    """Do what follows from the money; return the outcome and, for a paid order, the pieces that are sold by it."""
    lines = parcels.lines_to_pack(payment.reference)
    if not lines:
        raise_alert("payments.no_order", payment.number, f"{payment.reference}: {payment.amount_fen} {payment.currency}")
        _give_back(payment, reason="no_order")
        return "unknown", []
    order = lines[0].order
    if (payment.amount_fen, payment.currency) != (_price_of(order, payment.part), order.currency):
        raise_alert("payments.wrong_amount", payment.number, f"{order.number} costs {order.payable_fen} {order.currency}")
        _give_back(payment, reason="wrong_amount")
        return "mismatch", []
    is_deposit = payment.part == "deposit"
    match progress.mark_deposit_paid(order.pk) if is_deposit else progress.mark_paid(order.pk, lines=lines):
        case "paid" if is_deposit:
            # Other payments that wait are left alone: theirs come before the order's row, and whoever pays the balance replaces them.
            return "deposit", []
        case "paid":
            campaigns.on_paid(order)
            return "paid", _wants(lines)
        case "cancelled":
            _give_back(payment, reason="late")
            return "late", []
        case "already":
            _give_back(payment, reason="duplicate")
            return "duplicate", []


def _price_of(order: Order, part: str) -> int | None:
    """Return what a part of an order costs, None for a part that it is not sold in."""
    if not order.deposit_fen:
        return None if part else order.payable_fen
    return {"deposit": order.deposit_fen, "balance": order.payable_fen - order.deposit_fen}.get(part)


def _give_back(payment: Payment, *, reason: str) -> None:
    payments.request_refund(
        payment.pk,
        amount_fen=payment.amount_fen,
        reason=reason,
        cause=f"{reason}:{payment.number}",
        after_settlement=False,
    )
