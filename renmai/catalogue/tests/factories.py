"""Goods for tests, also for those of other rooms. Counters keep codes apart; nothing is random."""

from itertools import count
from typing import Any

from renmai.accounts.models import Role, StaffRole, User
from renmai.catalogue.models import (
    Category,
    FreightTemplate,
    FreightZone,
    PricePoint,
    Product,
    Sku,
    StockMovement,
    Supplier,
)
from renmai.catalogue.search import reindex
from renmai.kernel import clock

_numbers = count(1)


def make_staff(role: Role = Role.OWNER) -> User:
    """A member of the staff with one role."""
    number = next(_numbers)
    user = User.objects.create(username=f"staff-{number}", display_name=f"Staff {number}", is_staff=True)
    StaffRole.objects.create(user=user, role=role)
    return user


def make_member(name: str = "") -> User:
    """A person who buys."""
    number = next(_numbers)
    return User.objects.create(phone=f"139{number:08d}", display_name=name or f"Member {number}")


def make_category(name_zh: str = "水果", name_en: str = "Fruit", parent: Category | None = None) -> Category:
    """A category."""
    return Category.objects.create(slug=f"cat-{next(_numbers)}", name_zh=name_zh, name_en=name_en, parent=parent)


def make_supplier(code: str = "") -> Supplier:
    """A supplier."""
    number = next(_numbers)
    return Supplier.objects.create(code=code or f"sup-{number}", name_zh=f"供货商{number}", name_en=f"Supplier {number}")


def make_template(code: str = "", **zone: Any) -> FreightTemplate:
    """A freight template with one zone for everywhere: ¥8 for the first kilogram, ¥2 for each further one."""
    template = FreightTemplate.objects.create(code=code or f"ft-{next(_numbers)}", name_zh="普通快递", name_en="Standard")
    FreightZone.objects.create(template=template, **({"first_fee_fen": 800, "next_fee_fen": 200} | zone))
    return template


def make_product(title_zh: str = "水蜜桃", *, listed: bool = True, indexed: bool = False, **fields: Any) -> Product:
    """A product without variants, on sale unless told otherwise; ``indexed`` makes search find it."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "code": f"p-{number}",
        "title_zh": title_zh,
        "status": Product.Status.LISTED if listed else Product.Status.DRAFT,
        "listed_at": clock.now() if listed else None,
    } | fields
    given.setdefault("category_id", None)
    if "category" not in given and given["category_id"] is None:
        given["category"] = make_category()
        del given["category_id"]
    if "supplier" not in given and "supplier_id" not in given:
        given["supplier"] = make_supplier()
    if "category" in given:
        given.pop("category_id", None)
    product = Product.objects.create(**given)
    if indexed:
        reindex(product)
    return product


def make_sku(product: Product | None = None, *, stock: int = 10, price_fen: int = 1280, **fields: Any) -> Sku:
    """A variant with ``stock`` free pieces and the movement that explains them."""
    product = product or make_product()
    number = next(_numbers)
    given = {"code": f"sku-{number}", "position": number} | fields
    sku = Sku.objects.create(product=product, price_fen=price_fen, stock_free=stock, stock_total=stock, **given)
    PricePoint.objects.create(sku=sku, price_fen=price_fen)
    if stock:
        StockMovement.objects.create(sku=sku, kind="import", reference=f"begin-{number}", free_change=stock)
    lowest = min(product.lowest_price_fen or price_fen, price_fen)
    highest = max(product.highest_price_fen, price_fen)
    Product.objects.filter(pk=product.pk).update(lowest_price_fen=lowest, highest_price_fen=highest)
    product.lowest_price_fen, product.highest_price_fen = lowest, highest
    return sku
