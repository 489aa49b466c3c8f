"""Prices, with their history and the reference price that may be shown beside a reduced one."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Min

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.catalogue.models import PricePoint, Product, Sku
from renmai.catalogue.policies import require_products
from renmai.catalogue.queries.prices import REFERENCE_DAYS, lowest_before
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.money import check_fen


@transaction.atomic
def set_price(actor: User, sku_id: int, *, price_fen: int) -> Sku:
    """Set the price of a variant from now on, in fen, and keep the old one in its history.

    A reduction gets the reference price of policy ``price.reference``: the lowest price of the 30 days before, shown for 30 days.
    The same price again changes nothing. Raises ``money.amount``, ``request.not_found``.
    """
    require_products(actor)
    check_fen(price_fen, minimum=1)
    sku = Sku.objects.select_for_update(of=("self",)).select_related("product").filter(pk=sku_id).first()
    if sku is None:
        raise DomainError("request.not_found")
    if sku.price_fen == price_fen:
        return sku
    earlier_fen = sku.price_fen
    apply_price(sku, price_fen)
    refresh_price_range(sku.product_id)
    log_act(
        actor,
        "catalogue.price",
        object_type="sku",
        object_id=str(sku.pk),
        detail={"from_fen": earlier_fen, "to_fen": price_fen},
    )
    return sku


@transaction.atomic
def set_wholesale(actor: User, sku_id: int, *, price_fen: int | None, minimum: int) -> Sku:
    """Set the price per piece, in fen, from ``minimum`` pieces on; None takes it away. Logged. Raises ``money.amount``."""
    require_products(actor)
    if price_fen is not None:
        check_fen(price_fen, minimum=1)
    pieces = max(0, minimum) if price_fen is not None else 0
    if not Sku.objects.filter(pk=sku_id).update(wholesale_price_fen=price_fen, wholesale_minimum=pieces):
        raise DomainError("request.not_found")
    detail = {"price_fen": price_fen, "minimum": pieces}
    log_act(actor, "catalogue.wholesale", object_type="sku", object_id=str(sku_id), detail=detail)
    return Sku.objects.get(pk=sku_id)


def apply_price(sku: Sku, price_fen: int) -> None:
    """Write a new price with its history and its reference price; the row must be locked by the caller's transaction."""
    now = clock.now()
    lowest = lowest_before(sku.pk, now)
    is_reduction = price_fen < sku.price_fen and lowest is not None and lowest > price_fen
    sku.price_fen = price_fen
    sku.reference_price_fen = lowest if is_reduction else None
    sku.reference_until = now + timedelta(days=REFERENCE_DAYS) if is_reduction else None
    sku.save(update_fields=["price_fen", "reference_price_fen", "reference_until"])
    PricePoint.objects.create(sku=sku, price_fen=price_fen, at=now)


def refresh_price_range(product_id: int) -> None:
    """Write the lowest and the highest price of the variants that are switched on onto the product."""
    found = Sku.objects.filter(product_id=product_id, is_active=True).aggregate(lowest=Min("price_fen"), highest=Max("price_fen"))
    Product.objects.filter(pk=product_id).update(lowest_price_fen=found["lowest"] or 0, highest_price_fen=found["highest"] or 0)
