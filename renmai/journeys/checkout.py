"""From a draft to an order: quote, attribution, rates, rows and stock in one transaction."""

import re
from dataclasses import asdict

from django.db import IntegrityError, transaction

from renmai.accounts.actions import join_visitor
from renmai.accounts.models import User, Visitor
from renmai.accounts.queries import path_of
from renmai.campaigns import actions as campaigns
from renmai.campaigns import pricing
from renmai.campaigns.plays import Choice
from renmai.catalogue.actions.stock import StockWant, reserve, sell
from renmai.distribution.queries import Rate, agent_of_user, rates_for
from renmai.journeys.quoting import CheckoutDraft, Quote, QuoteLine, WantedLine, quote
from renmai.kernel import clock, idempotency, ids, outbox
from renmai.kernel.errors import DomainError
from renmai.ordering.actions import cart, placing, progress
from renmai.ordering.actions.placing import Adjustment, Invoice, Origin, PlacedLine, PlaceOrder, Recipient
from renmai.ordering.models import Order
from renmai.ordering.queries import cart as cart_of
from renmai.sharing import actions as sharing

__all__ = ["CheckoutDraft", "Choice", "Quote", "WantedLine", "place_order", "quote", "selected_lines"]

NOTE_LENGTH = 200
SOURCE = re.compile(r"[a-z0-9_-]{1,40}")
INVOICE_TITLE_LENGTH = 80
TAX_NUMBER = re.compile(r"[0-9A-Z]{15,20}")
SOCIAL_RULES = frozenset({"last_visit"})


def selected_lines(visitor: Visitor | None, user: User | None, *, shop_id: int | None = None) -> tuple[int, ...]:
    """Return the cart lines that are ticked and can be bought now, of one shop or of all."""
    return tuple(
        item.id
        for group in cart_of(visitor, user).groups
        if shop_id is None or group.shop_id == shop_id
        for item in group.lines
        if item.is_selected and item.can_buy
    )


def place_order(user: User, visitor: Visitor | None, draft: CheckoutDraft, *, idempotency_key: str) -> Order:
    """Place an order in one transaction and return it; the same key with the same draft returns the same order.

    Stock is reserved last, so that the hot rows are locked for the shortest time; when a piece is missing, nothing has happened.
    An order with nothing to pay comes back paid. Raises the first problem of the quote, ``ordering.price_changed``,
    ``ordering.invoice``, ``ordering.note``, ``request.repeated_key``, ``catalogue.sold_out``.
    """
    _check_texts(draft, idempotency_key)
    scope = f"checkout:{user.pk}"
    print_ = idempotency.fingerprint(asdict(draft))
    number = ids.number("R")
    try:
        with transaction.atomic():
            _take_key(scope=scope, key=idempotency_key, print_=print_, number=number)
            with outbox.together():
                if visitor is not None and visitor.user_id is None:
                    join_visitor(user, visitor)
                order, wants = _place(user, draft, number=number, idempotency_key=idempotency_key)
                is_free = order.payable_fen == 0
                if is_free:
                    _pay_nothing(order)
            reserve(order.number, wants)
            if is_free:
                sell(order.number, wants)
            return Order.objects.get(pk=order.pk) if is_free else order
    except (DomainError, IntegrityError):
        # The same form again, or twice at once: whoever comes second finds the key taken, and gets the first one's order.
        if earlier := _earlier(user, scope=scope, key=idempotency_key, print_=print_):
            return earlier
        raise


def wants_of(order: Order) -> list[StockWant]:
    """Return the pieces of an order as stock moves them."""
    return [StockWant(*line) for line in order.lines.order_by("pk").values_list("sku_id", "quantity", "pool_id")]


def _earlier(user: User, *, scope: str, key: str, print_: str) -> Order | None:
    number = idempotency.earlier_result(scope=scope, key=key, print_=print_)
    return Order.objects.get(buyer=user, number=number) if number else None


def _take_key(*, scope: str, key: str, print_: str, number: str) -> None:
    """Tie the key to the number that the order is going to have; when it is tied already, another request was first."""
    if not idempotency.claim(scope=scope, key=key, print_=print_, result=number):
        raise DomainError("request.conflict")


def _place(user: User, draft: CheckoutDraft, *, number: str, idempotency_key: str) -> tuple[Order, list[StockWant]]:
    found = quote(user, draft, with_pictures=False)
    if found.errors:
        raise found.errors[0]
    if draft.expected_payable_fen is not None and draft.expected_payable_fen != found.payable_fen:
        raise DomainError("ordering.price_changed")
    product_ids = sorted({line.sku.product_id for line in found.lines})
    decision = sharing.decide(user, at=clock.now())
    agent = agent_of_user(decision.shop_owner_id) if decision.shop_owner_id else None
    rates = rates_for(product_ids)
    order = placing.place(
        PlaceOrder(
            buyer=user,
            lines=[_placed_line(found, index, rates[line.sku.product_id]) for index, line in enumerate(found.lines)],
            adjustments=_adjustments(found),
            idempotency_key=idempotency_key,
            currency=found.currency,
            style=draft.style,
            delivery=draft.delivery,
            recipient=_recipient(user, found),
            invoice=Invoice(draft.invoice_title.strip(), draft.invoice_tax_number.strip().upper()),
            origin=Origin(
                funnel=Order.Funnel.SOCIAL if decision.rule in SOCIAL_RULES else draft.funnel,
                source=draft.source,
                agent_id=agent.pk if agent else None,
                shop_id=decision.shop_id,
                share_id=decision.share_id,
            ),
            note=draft.note.strip(),
            is_in_campaign=bool(found.granted),
            held_for=pricing.held_for(found.granted),
            pay_before=pricing.pay_before(found.granted),
            deposit=pricing.deposit(found.granted),
            number=number,
        )
    )
    if found.granted:
        campaigns.take_part(order, found.granted)
    sharing.record(order.pk, decision)
    cart.forget(user, line_ids=draft.cart_line_ids)
    return order, [_want(found, line) for line in found.lines]


def _want(found: Quote, line: QuoteLine) -> StockWant:
    """A campaign that has set pieces aside gives them from there; what its customer holds already is taken over."""
    pool = pricing.pool_of(found.granted, line.sku.sku_id)
    return StockWant(line.sku.sku_id, line.quantity, *pool) if pool else StockWant(line.sku.sku_id, line.quantity)


def _pay_nothing(order: Order) -> None:
    """An order that costs nothing is paid as it is placed. The plays hear of it before its stock moves, as of any other."""
    progress.mark_paid(order.pk)
    campaigns.on_paid(order)


def _placed_line(found: Quote, index: int, rate: Rate) -> PlacedLine:
    line = found.lines[index]
    return PlacedLine(
        sku_id=line.sku.sku_id,
        product_id=line.sku.product_id,
        supplier_id=line.sku.supplier_id,
        title_zh=line.sku.title_zh,
        title_en=line.sku.title_en,
        options_zh=line.sku.options_zh,
        options_en=line.sku.options_en,
        motif=line.sku.motif,
        picture_seed=line.sku.picture_seed,
        unit_price_fen=line.unit_price_fen,
        quantity=line.quantity,
        discount_fen=line.discount_fen,
        freight_fen=line.freight_fen,
        commission_basis_points=rate.basis_points,
        second_basis_points=rate.second_basis_points,
        second_layer=rate.second_layer,
        pool_id=_want(found, line).pool_id,
        chosen_at=line.chosen_at,
    )


def _adjustments(found: Quote) -> list[Adjustment]:
    discounts = [
        Adjustment(each.play, each.grant.label_zh, each.grant.label_en, -each.grant.discount_fen, each.grant.reference)
        for each in found.granted
        if each.grant.discount_fen
    ]
    freight = [
        Adjustment("freight", "运费", "Freight", parcel.freight_fen, f"supplier:{parcel.supplier_id}")
        for parcel in found.parcels
        if parcel.freight_fen
    ]
    return [*discounts, *freight]


def _recipient(user: User, found: Quote) -> Recipient:
    address = found.address
    if address is None:
        return Recipient(name=user.display_name, phone=user.phone or "")
    if found.delivery == Order.Delivery.PICKUP:
        return Recipient(name=address.recipient, phone=address.phone)
    path = path_of(address.region)
    return Recipient(
        name=address.recipient, phone=address.phone, region_code=address.region_id, address=f"{path} {address.street}"
    )


def _check_texts(draft: CheckoutDraft, idempotency_key: str) -> None:
    if not idempotency.is_key(idempotency_key) or not SOURCE.fullmatch(draft.source):
        raise DomainError("request.invalid")
    if draft.funnel not in {Order.Funnel.SEARCH, Order.Funnel.CONTENT, Order.Funnel.SOCIAL}:
        raise DomainError("request.invalid", field="funnel")
    if len(draft.note.strip()) > NOTE_LENGTH:
        raise DomainError("ordering.note", field="note")
    title, tax_number = draft.invoice_title.strip(), draft.invoice_tax_number.strip().upper()
    if len(title) > INVOICE_TITLE_LENGTH or (tax_number and not title):
        raise DomainError("ordering.invoice", field="invoice_title")
    if tax_number and not TAX_NUMBER.fullmatch(tax_number):
        raise DomainError("ordering.invoice", field="invoice_tax_number")
