"""Somebody lingers on a product, as her page tells it: her looks, and two beacons."""

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Product
from renmai.catalogue.tests.factories import make_category, make_product, make_sku
from renmai.insight.stream.actions import ingest
from renmai.insight.stream.gleaning import glean
from renmai.insight.stream.tests.batches import batch, raw
from renmai.journeys import looking
from renmai.sharing import actions as sharing
from renmai.sharing.models import Shop
from tools.testing.moving_clock import MovingClock


def put_on_sale(shop: Shop, number: int) -> Product:
    """The first, second or third of products that have nothing in common, in a shop."""
    name = "甲乙丙"[number] * 3
    product = make_product(f"{name}货", brand=f"{name}牌", category=make_category(f"{name}类", f"Kind {number}"))
    make_sku(product, stock=50, price_fen=(1_500, 6_000, 30_000)[number])
    sharing.choose_product(shop, product)
    return product


def linger(product: Product, browser: Visitor, user: User | None, *, clock: MovingClock) -> None:
    """Look twice, choose a variant and stay, as somebody who is clearly interested. A minute passes."""
    for _twice in range(2):
        looking.look_at(product.pk, visitor_id=browser.pk, user=user, funnel="search")
        glean()
        clock.advance(seconds=30)
    told = [
        raw("sku_chosen", ago_seconds=1, product=product.pk, p={"sku": 1}),
        raw("product_lingered", product=product.pk, p={"seconds": 120, "scroll": 90, "pictures": 4}),
    ]
    assert ingest(batch(*told), visitor=browser.pk, user=user).accepted == 2
