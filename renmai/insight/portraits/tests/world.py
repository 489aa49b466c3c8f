"""Small worlds for the tests of this room: people who agree, goods with traits, orders that were paid."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from renmai.accounts.actions import give_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.models import Category, Product
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.insight.stream.tests.happenings import happened
from renmai.ordering.models import Order, OrderLine

NOON = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
"""Noon in China."""

_numbers = count(1)


def follower(name: str = "") -> User:
    """A member who lets the shop keep what she looks at, and make use of it."""
    user = make_member(name or "会员")
    for purpose in (Purpose.BROWSING, Purpose.RECOMMENDATIONS, Purpose.AGENT_ALERTS):
        give_consent(user, purpose)
    return user


def shelf(slug: str, *, above: Category | None = None) -> Category:
    """A category of that slug."""
    return Category.objects.get_or_create(slug=slug, defaults={"name_zh": slug, "name_en": slug.title(), "parent": above})[0]


def goods(category: str, *, brand: str = "", price_fen: int = 1280, words: str = "") -> Product:
    """A product of a category with one variant at that price."""
    product = make_product(category=shelf(category), brand=brand, keywords=words)
    make_sku(product, price_fen=price_fen)
    return product


SAID: dict[str, dict[str, Any]] = {
    "product_viewed": {"funnel": "search"},
    "product_lingered": {"seconds": 30, "scroll": 50, "pictures": 1},
    "sku_chosen": {"sku": 1},
    "cart_added": {"pieces": 1},
}
"""What events of each name say besides."""


def did(
    name: str, *, user: User | None = None, visitor: Visitor | None = None, product: Product | int, at: datetime = NOON
) -> None:
    """Something happened with a product."""
    happened(name, user=user, visitor=visitor, product=product, at=at, **SAID.get(name, {}))


def bought(buyer: User, *products: Product, at: datetime = NOON, price_fen: int = 1280, shop_id: int | None = None) -> Order:
    """An order of one piece of each, paid and completed at that moment."""
    total = price_fen * len(products)
    order = Order.objects.create(
        number=f"P-{next(_numbers)}",
        buyer=buyer,
        status=Order.Status.SETTLED,
        goods_fen=total,
        payable_fen=total,
        idempotency_key=f"p-{next(_numbers)}",
        placed_at=at,
        pay_before=at,
        paid_at=at,
        settled_at=at,
        shop_id=shop_id,
    )
    for product in products:
        sku = product.skus.get()
        OrderLine.objects.create(
            order=order,
            sku=sku,
            product_id_at_order=product.pk,
            supplier=product.supplier,
            title_zh=product.title_zh,
            unit_price_fen=price_fen,
            quantity=1,
            amount_fen=price_fen,
        )
    return order
