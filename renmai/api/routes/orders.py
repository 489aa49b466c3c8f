"""Quotes, orders and their payments."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.api.answers import Listed, Paged, listed, whole
from renmai.api.callers import ANYONE, PERSON, known_visitor, person
from renmai.api.keys import key_of, once
from renmai.api.parsing import Code, Id, PageNumber, Plain, pictures_of
from renmai.api.schemas.buying import (
    CashierOut,
    CountOut,
    DraftIn,
    FullOrderOut,
    OrderLineOut,
    OrderOut,
    PayIn,
    PaymentsOut,
    QuoteOut,
    ReviewIn,
)
from renmai.api.schemas.goods import LabelOut, labels
from renmai.api.schemas.people import IdOut
from renmai.journeys import cancelling, checkout, paying, receiving
from renmai.ordering import queries as ordering
from renmai.ordering.actions import reviews
from renmai.ordering.models import Order
from renmai.payments import queries as payments
from renmai.payments.providers import registry

router = Router(tags=["Orders"], auth=PERSON)
Status = Annotated[Plain, Field(max_length=20)]


@router.post("/quotes", response=QuoteOut)
def quote_order(request: HttpRequest, given: DraftIn) -> checkout.Quote:
    """What an order would cost now, every fen explained. What stands in its way is listed as problems, not refused."""
    return checkout.quote(person(request), _draft(given))


@router.post("/orders", response={201: FullOrderOut})
def place_order(request: HttpRequest, given: DraftIn) -> ordering.OrderPage:
    """Place an order: prices, attribution, rates and stock in one transaction. Needs an Idempotency-Key; the same key is the same order."""
    order = checkout.place_order(person(request), known_visitor(request), _draft(given), idempotency_key=key_of(request))
    return ordering.order_page(person(request), order.number)


@router.get("/orders", response=Paged[OrderOut])
def list_orders(request: HttpRequest, *, status: Status = "", page: PageNumber = 1) -> Listed[Any]:
    """One's orders, of one status or all. Newest first; ``open_claims`` are those with an after-sale under way."""
    return listed(ordering.orders_of(person(request), status=status or None, page=page))


@router.get("/orders/counts", response=Paged[CountOut])
def count_orders(request: HttpRequest) -> Listed[Any]:
    """How many of one's orders are in each status."""
    return whole(ordering.order_counts(person(request)))


@router.get("/orders/{number}", response=FullOrderOut)
def get_order(request: HttpRequest, number: Code) -> ordering.OrderPage:
    """An order with parcels, timeline and claims, and what can be done with it now. One's own, or any for staff who see orders."""
    return ordering.order_page(person(request), number)


@router.post("/orders/{number}/cancel", response=FullOrderOut)
def cancel_order(request: HttpRequest, number: Code) -> ordering.OrderPage:
    """Cancel one's unpaid order: its stock is free again. Needs an Idempotency-Key."""
    once(request, lambda: cancelling.cancel(person(request), number), number)
    return ordering.order_page(person(request), number)


@router.post("/orders/{number}/confirm", response=FullOrderOut)
def confirm_order(request: HttpRequest, number: Code) -> ordering.OrderPage:
    """Confirm that one has received it. Starts the after-sales window; again is the same as once."""
    receiving.confirm(person(request), number)
    return ordering.order_page(person(request), number)


@router.get("/payment-providers", response=Paged[LabelOut], tags=["Payments"], auth=ANYONE)
def list_payment_providers(request: HttpRequest) -> Listed[Any]:
    """The ways to pay."""
    return whole(labels((name, name) for name in registry.names()))


@router.post("/orders/{number}/payment", response={201: CashierOut}, tags=["Payments"])
def start_payment(request: HttpRequest, number: Code, given: PayIn) -> dict[str, str]:
    """Start to pay. Answers with the cashier's address; while a payment waits it is the same one."""
    back = settings.RENMAI_BASE_URL.rstrip("/") + (given.return_path or f"/orders/{number}/paid/")
    return {"cashier_url": paying.start(person(request), number, provider=given.provider, return_url=back)}


@router.get("/orders/{number}/payment", response=PaymentsOut, tags=["Payments"])
def get_payment(request: HttpRequest, number: Code) -> dict[str, object]:
    """Where the money of an order is: its payments and refunds."""
    return _money(ordering.access_order(person(request), number))


@router.post("/orders/{number}/payment/check", response=PaymentsOut, tags=["Payments"])
def check_payment(request: HttpRequest, number: Code) -> dict[str, object]:
    """Ask the provider at once whether one's order is paid. For when the customer comes back from the cashier."""
    return _money(paying.look_again(person(request), number))


@router.get("/reviews/waiting", response=Paged[OrderLineOut])
def list_reviewable(request: HttpRequest) -> Listed[Any]:
    """What one has received and may still review."""
    return whole(ordering.reviewable_lines(person(request)))


@router.post("/order-lines/{line_id}/review", response={201: IdOut})
def write_review(request: HttpRequest, line_id: Id, given: ReviewIn) -> dict[str, int]:
    """Review a line that one has received, once. With up to six pictures."""
    pictures = pictures_of(given.pictures)
    review = reviews.write_review(person(request), line_id, rating=given.rating, text=given.text, pictures=pictures)
    return {"id": review.pk}


def _draft(given: DraftIn) -> checkout.CheckoutDraft:
    return checkout.CheckoutDraft(
        lines=tuple(checkout.WantedLine(line.sku_id, line.quantity, line.shop_id) for line in given.lines),
        cart_line_ids=tuple(given.cart_line_ids),
        delivery=given.delivery,
        address_id=given.address_id,
        style=given.style,
        invoice_title=given.invoice_title,
        invoice_tax_number=given.invoice_tax_number,
        note=given.note,
        funnel=given.funnel,
        source="api",
        plays=tuple(checkout.Choice(each.play, each.campaign_id, each.reference) for each in given.plays),
        expected_payable_fen=given.expected_payable_fen,
    )


def _money(order: Order) -> dict[str, object]:
    return {
        "order_status": order.status,
        "payments": payments.payments_for(order.number),
        "refunds": payments.refunds_for(order.number),
    }
