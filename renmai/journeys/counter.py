"""A sale over the counter: the same customer, the same stock and the same order as online, entered by a clerk.

Place, take the money, hand over: each step happens at most once under the clerk's key, so a sale that broke off goes on where it
stopped when the form is sent again.
"""

from dataclasses import dataclass

from renmai.accounts.actions import create_member, log_act
from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.journeys import checkout, paying, receiving
from renmai.journeys.checkout import CheckoutDraft, WantedLine
from renmai.kernel.errors import DomainError
from renmai.ordering.actions.shipping import pickup_code
from renmai.ordering.models import Order
from renmai.payments import actions as payments
from renmai.payments.providers.counter.provider import NAME, take_money

SOURCE = "counter"


@dataclass(frozen=True)
class CounterSale:
    """What the clerk enters: whose phone, her name when she is new, and what she takes with her."""

    phone: str
    name: str
    lines: tuple[WantedLine, ...]
    note: str = ""
    expected_payable_fen: int | None = None


def quote(actor: User, sale: CounterSale) -> checkout.Quote:
    """Return what the sale would cost. Makes the customer when her phone is new. Raises ``request.forbidden``, ``accounts.phone``."""
    require(actor, Permission.ORDERS_SHIP)
    return checkout.quote(_customer(sale), _draft(sale))


def sell(actor: User, sale: CounterSale, *, idempotency_key: str) -> Order:
    """Sell over the counter and return the order, received and paid; the same key again returns the same order.

    Who the sale belongs to is decided as for any order: a customer bound to an agent stays hers. Raises what ``checkout.place_order``
    and ``paying`` refuse.
    """
    require(actor, Permission.ORDERS_SHIP)
    buyer = _customer(sale)
    order = checkout.place_order(buyer, None, _draft(sale), idempotency_key=idempotency_key)
    if order.status == Order.Status.PLACED:
        started = payments.start_payment(
            payments.Bill(order.number, order.due_fen, order.currency, order.due_part),
            provider=NAME,
            expires_at=order.pay_before,
            return_url="",
        )
        paying.settle_capture(NAME, take_money(started.payment, clerk_id=actor.pk))
    order = Order.objects.get(pk=order.pk)
    if order.status == Order.Status.PAID:
        receiving.hand_over(actor, order.number, code=pickup_code(order))
        log_act(actor, "order.counter_sale", object_type="order", object_id=order.number)
    order = Order.objects.get(pk=order.pk)
    if order.status not in {Order.Status.RECEIVED, Order.Status.SETTLED, Order.Status.REFUNDED}:
        raise DomainError("ordering.not_payable")
    return order


def _customer(sale: CounterSale) -> User:
    return create_member(sale.phone, display_name=sale.name)


def _draft(sale: CounterSale) -> CheckoutDraft:
    return CheckoutDraft(
        lines=sale.lines, delivery="pickup", note=sale.note, source=SOURCE, expected_payable_fen=sale.expected_payable_fen
    )
