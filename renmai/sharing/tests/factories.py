"""Small worlds for the tests of this room."""

from datetime import UTC, datetime
from itertools import count

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Category, Product, Supplier
from renmai.ordering.models import Order
from renmai.sharing.actions import share
from renmai.sharing.models import Share, Shop

NOON = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
_numbers = count(1)


def user(name: str = "Lin") -> User:
    return User.objects.create(display_name=name, phone=f"1380000{next(_numbers):04d}")


def visitor(owner: User | None = None) -> Visitor:
    return Visitor.objects.create(user=owner)


def shop(owner: User | None = None) -> Shop:
    return Shop.objects.create(owner=owner or user("Agent"), name="Orchard lane")


def product(code: str = "peach") -> Product:
    category, _new = Category.objects.get_or_create(slug="fruit", defaults={"name_zh": "水果", "name_en": "Fruit"})
    supplier, _new = Supplier.objects.get_or_create(code="farm", defaults={"name_zh": "果园", "name_en": "Orchard"})
    return Product.objects.create(
        code=f"{code}-{next(_numbers)}", category=category, supplier=supplier, title_zh="水蜜桃", status=Product.Status.LISTED
    )


def link(sharer: User, *, of: Shop, parent: Share | None = None) -> Share:
    return share(sharer, kind=Share.Kind.SHOP, shop=of, came_through=parent)


def order(buyer: User, *, paid: bool = False, shop_id: int | None = None, share_id: int | None = None) -> Order:
    return Order.objects.create(
        number=f"R-{next(_numbers)}",
        buyer=buyer,
        goods_fen=1000,
        payable_fen=1000,
        idempotency_key=str(next(_numbers)),
        placed_at=NOON,
        pay_before=NOON,
        paid_at=NOON if paid else None,
        shop_id=shop_id,
        share_id=share_id,
    )
