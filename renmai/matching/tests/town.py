"""A small town for the tests of this room: goods of three kinds, agents with their customers, and what these bought."""

from datetime import timedelta
from itertools import count

from renmai.accounts.actions import give_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.models import Category, Product
from renmai.catalogue.tests.factories import make_category, make_product, make_sku
from renmai.insight.models import View
from renmai.kernel import clock
from renmai.matching import actions, queries
from renmai.ordering.models import AfterSale, Order, OrderLine
from renmai.sharing.models import Binding, Shop

_numbers = count(1)
KINDS = (("水果", "Fruit"), ("鞋靴", "Shoes"), ("茶叶", "Tea"))


def goods(category: Category, number: int, *, price_fen: int = 3000, stock: int = 50) -> list[Product]:
    """So many products of one category, on sale. Their titles are the same in every test: what reads alike is likened by its letters."""
    made = []
    for place in range(1, number + 1):
        product = make_product(f"{category.name_zh}{place}号", category=category, keywords=category.name_zh)
        make_sku(product, stock=stock, price_fen=price_fen)
        made.append(product)
    return made


def kinds(each: int = 8) -> list[list[Product]]:
    """Three categories with their goods."""
    return [goods(make_category(zh, en), each) for zh, en in KINDS]


def seller(name: str = "Agent") -> Shop:
    """An open shop."""
    return Shop.objects.create(owner=make_member(name), name=f"{name} shop")


def customer(shop: Shop | None = None, *purposes: Purpose) -> User:
    """A member, bound to a shop, who agrees to these purposes."""
    member = make_member()
    if shop is not None:
        Binding.objects.create(customer=member, shop=shop, protected_until=clock.now())
    for purpose in purposes:
        give_consent(member, purpose)
    return member


def bought(
    who: User, product: Product, *, shop: Shop | None = None, days_ago: int = 40, returned: bool = False, is_bad: bool = False
) -> OrderLine:
    """A settled order of one piece, perhaps with a claim afterwards."""
    at = clock.now() - timedelta(days=days_ago)
    order = Order.objects.create(
        number=f"T-{next(_numbers)}",
        buyer=who,
        status=Order.Status.SETTLED,
        shop_id=shop.pk if shop else None,
        goods_fen=3000,
        payable_fen=3000,
        idempotency_key=str(next(_numbers)),
        placed_at=at,
        pay_before=at,
        paid_at=at,
        received_at=at,
    )
    line = OrderLine.objects.create(
        order=order,
        sku=product.skus.get(),
        product_id_at_order=product.pk,
        supplier_id=product.supplier_id,
        title_zh=product.title_zh,
        unit_price_fen=3000,
        quantity=1,
        amount_fen=3000,
        claimed_quantity=1 if returned or is_bad else 0,
    )
    if returned or is_bad:
        AfterSale.objects.create(
            number=f"A-{next(_numbers)}",
            order_line=line,
            order=order,
            kind=AfterSale.Kind.RETURN,
            status=AfterSale.Status.DONE,
            quantity=1,
            amount_fen=3000,
            reason="quality" if is_bad else "other",
            is_quality_issue=is_bad,
            idempotency_key="once",
            requested_at=at,
            deadline_at=at,
        )
    return line


def looked_at(who: User, product: Product) -> None:
    """One look at a product page, kept under her name."""
    visitor = Visitor.objects.filter(user=who).first() or Visitor.objects.create(user=who)
    View.objects.create(visitor=visitor, user=who, product=product, funnel="search")


def make_lists() -> None:
    """What the worker does: make every list that is missing or due."""
    actions.refresh_selections(100)


def listed_for(shop: Shop) -> list[int]:
    """The products of an agent's list as she sees it, best first."""
    found = queries.for_agent(shop.owner)
    assert found is not None
    return [entry.product_id for entry in found.entries]
