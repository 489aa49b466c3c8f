"""A small shop for tests, moved by the same actions as the real one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any, cast

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from renmai.accounts.actions import Purpose
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_address, make_member
from renmai.campaigns import reactions as campaigns
from renmai.catalogue.models import Sku
from renmai.catalogue.tests.factories import make_product, make_sku, make_supplier, make_template
from renmai.distribution import reactions as distribution
from renmai.distribution.actions import AgentApplication
from renmai.distribution.models import Agent
from renmai.journeys import checkout, joining, paying, reactions
from renmai.journeys.checkout import CheckoutDraft, WantedLine
from renmai.kernel import outbox
from renmai.kernel.audits import Violation
from renmai.kernel.errors import DomainError
from renmai.ordering.actions import shipping
from renmai.ordering.events import AfterSaleClosed, LineRefunded, OrderPaid, OrderReceived, OrderReleased, OrderSettled
from renmai.ordering.models import Order, OrderLine, Shipment
from renmai.payments import actions as payments
from renmai.payments.events import PayoutFinished, RefundSucceeded
from renmai.payments.models import Payment, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.policy.rules import Occupation
from renmai.sharing.actions import ShopInput, record_visit, share
from renmai.sharing.models import Share, Shop

REACTIONS: outbox.Reactions = {
    OrderPaid: (distribution.on_order_paid, reactions.count_sales),  # type: ignore[dict-item]
    OrderReceived: (distribution.on_order_received,),  # type: ignore[dict-item]
    OrderReleased: (distribution.on_order_paid, reactions.count_released, campaigns.on_order_released),  # type: ignore[dict-item]
    OrderSettled: (distribution.on_order_settled, campaigns.on_order_settled),  # type: ignore[dict-item]
    LineRefunded: (distribution.on_line_refunded, campaigns.on_line_refunded),  # type: ignore[dict-item]
    AfterSaleClosed: (campaigns.on_claim_closed,),  # type: ignore[dict-item]
    PayoutFinished: (distribution.on_payout_finished,),  # type: ignore[dict-item]
    RefundSucceeded: (reactions.refund_finished,),  # type: ignore[dict-item]
}
RETURN_URL = "/orders/"
_keys = count(1)


@dataclass(frozen=True)
class Customer:
    """A signed-in member with a browser and an address."""

    user: User
    visitor: Visitor
    address_id: int


def customer() -> Customer:
    """A new customer."""
    user = make_member()
    return Customer(user, Visitor.objects.create(user=user, joined_at=user.created_at), make_address(user).pk)


def goods(suppliers: int = 1, *, each: int = 1, stock: int = 20, price_fen: int = 1999, freight: bool = True) -> list[Sku]:
    """Variants on sale, ``each`` per supplier, with freight of ¥8 for the first kilogram."""
    made = []
    for _number in range(suppliers):
        supplier, template = make_supplier(), make_template() if freight else None
        for _one in range(each):
            product = make_product(supplier=supplier, freight_template=template)
            made.append(make_sku(product, stock=stock, price_fen=price_fen))
    return made


def agent_with_shop() -> tuple[Agent, Shop]:
    """A member who has become an agent and opened a shop, in one step."""
    joined = joining.join(
        make_member(),
        AgentApplication(date(1990, 5, 17), Occupation.OTHER, "林晓", has_agreed=True, payout_account="lin@example"),
        ShopInput("林晓的小店", "只推荐自己吃过的"),
    )
    return joined.agent, joined.shop


def comes_through(who: Customer, shop: Shop) -> Share:
    """Let a customer open a link of ``shop``."""
    link = share(shop.owner, kind=Share.Kind.SHOP, shop=shop)
    record_visit(link, who.visitor, user=who.user)
    return link


def draft(who: Customer, wants: Sequence[tuple[Sku, int]], **fields: Any) -> CheckoutDraft:
    """What ``who`` wants to buy, sent to her address."""
    lines = tuple(WantedLine(sku.pk, quantity) for sku, quantity in wants)
    given = {"address_id": who.address_id} | fields
    return CheckoutDraft(lines=lines, **given)


def place(who: Customer, wants: Sequence[tuple[Sku, int]], *, key: str = "", **fields: Any) -> Order:
    """A placed order."""
    return checkout.place_order(who.user, who.visitor, draft(who, wants, **fields), idempotency_key=key or f"order-{next(_keys)}")


def begin_payment(who: Customer, order: Order) -> Payment:
    """A payment that waits at the cashier."""
    paying.start(who.user, order.number, return_url=RETURN_URL)
    return Payment.objects.filter(reference=order.number).latest("pk")


def at_cashier(payment: Payment, behaviour: Behaviour = Behaviour.PAY) -> None:
    """The customer's choice at the cashier, and the notifications that follow from it at once."""
    cashier.choose(SandboxTrade.objects.get(number=payment.number).trade, behaviour)


def buy(who: Customer, wants: Sequence[tuple[Sku, int]], **fields: Any) -> Order:
    """A paid order."""
    order = place(who, wants, **fields)
    at_cashier(begin_payment(who, order))
    order = fresh(order)
    assert order.status == "paid"
    return order


def ship_all(actor: User, order: Order) -> Order:
    """Ship whatever waits."""
    for parcel in Shipment.objects.filter(order=order, status=Shipment.Status.WAITING):
        shipping.ship(actor, parcel.pk, carrier="sf", tracking_number=f"SF{parcel.pk:010d}")
    return fresh(order)


def fresh(order: Order) -> Order:
    """The order as it is now."""
    return Order.objects.get(pk=order.pk)


def lines(order: Order) -> list[OrderLine]:
    """Its lines as they are now."""
    return list(OrderLine.objects.filter(order=order).order_by("pk"))


def end_of_window(order: Order) -> datetime:
    """When nothing of a received order can be claimed any more."""
    end = fresh(order).settle_after
    assert end is not None
    return end


def settle_down() -> None:
    """Let everything happen that is due: reactions, refunds with the provider, and what follows from them."""
    for _round in range(3):
        outbox.drain(REACTIONS)
        payments.submit_refunds(100)
        payments.deliver_sandbox_notices(100)
        outbox.drain(REACTIONS)


def violations() -> list[str]:
    """What the audits of all rooms find: the same function as ``renmai audit``, the audit page and the API run."""
    find = cast("Callable[[], Iterator[Violation]]", import_string(settings.RENMAI_AUDIT))
    return [str(violation) for violation in find()]


def stock(sku: Sku) -> tuple[int, int, int]:
    """Free, reserved and sold pieces of a SKU now."""
    row = Sku.objects.get(pk=sku.pk)
    return row.stock_free, row.stock_reserved, row.stock_sold


def refused(code: str) -> "pytest.RaisesExc[DomainError]":
    """Expect the refusal ``code``."""
    return pytest.RaisesExc(DomainError, check=lambda error: error.code == code)


__all__ = ["Behaviour", "Purpose"]
