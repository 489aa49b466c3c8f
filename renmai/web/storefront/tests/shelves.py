"""A small shop for the tests of the shelves: goods, an agent with her picks, members in their browsers."""

from datetime import timedelta
from typing import Any

from django.test import Client

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.models import OptionValue, Product, ProductOption, Sku
from renmai.catalogue.tests.factories import make_category, make_product, make_sku, make_supplier, make_template
from renmai.distribution.models import Agent, ProductRate
from renmai.journeys.tests.world import agent_with_shop
from renmai.kernel import clock
from renmai.sharing.actions import choose_product, share, write_voice
from renmai.sharing.models import Share, Shop, ShopItem

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def browser(user: User | None = None) -> Client:
    """A browser that reads English, signed in as ``user`` if given."""
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def goods(count: int, *, title: str = "水蜜桃", stock: int = 20, **fields: Any) -> list[Product]:
    """Products on sale that search finds, each with one variant, all in one category and of one supplier with freight."""
    category, supplier, template = make_category(), make_supplier(), make_template()
    given: dict[str, Any] = {"category": category, "supplier": supplier, "freight_template": template} | fields
    made = []
    for number in range(count):
        product = make_product(f"{title}{number}", indexed=True, title_en=f"Peach {number}", **given)
        make_sku(product, stock=stock, price_fen=1280 + number)
        made.append(Product.objects.get(pk=product.pk))
    return made


def with_options(stocks: tuple[int, int, int] = (20, 3, 0)) -> tuple[Product, list[Sku], list[OptionValue]]:
    """A product in three sizes of one option, with so many pieces of each; ¥10.00, ¥20.00 and ¥30.00."""
    product = make_product("橙子", indexed=True, title_en="Oranges")
    option = ProductOption.objects.create(product=product, name_zh="规格", name_en="Size")
    values, skus = [], []
    for position, (label, stock) in enumerate(zip(("Small", "Middle", "Large"), stocks, strict=True)):
        value = OptionValue.objects.create(option=option, value_zh=label, value_en=label, position=position)
        sku = make_sku(product, stock=stock, price_fen=1000 * (position + 1), options_zh=label, options_en=label)
        sku.values.add(value)
        values.append(value)
        skus.append(sku)
    return Product.objects.get(pk=product.pk), skus, values


def agent(*products: Product, voice: str = "I eat these myself.", name: str = "Lin") -> tuple[Agent, Shop]:
    """An agent with a shop of these goods, each with her words."""
    made, shop = agent_with_shop()
    User.objects.filter(pk=shop.owner_id).update(display_name=name)
    for product in products:
        choose_product(shop, product)
        if voice:
            write_voice(shop, product_id=product.pk, voice=voice)
    return made, Shop.objects.select_related("owner").get(pk=shop.pk)


def link_to(product: Product, shop: Shop, *, by: User | None = None, through: Share | None = None) -> Share:
    """A link to a product in a shop, of its agent or of whoever passes it on."""
    return share(by or shop.owner, kind=Share.Kind.PRODUCT, shop=shop, product=product, came_through=through)


def set_rate(product: Product, basis_points: int) -> None:
    """Give a product a commission of its own."""
    ProductRate.objects.create(product=product, basis_points=basis_points)


def added_days_ago(shop: Shop, days: int) -> None:
    """Let everything in a shop be there for so many days."""
    ShopItem.objects.filter(shop=shop).update(added_at=clock.now() - timedelta(days=days))


__all__ = ["make_member"]
