"""A whole purchase over HTTP, from a friend's link to the provider's notification: what it costs the database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from renmai.campaigns.queries import open_campaigns
from renmai.catalogue.models import OptionValue, ProductOption, Sku
from renmai.journeys.tests.world import agent_with_shop, buy, customer, goods, settle_down, violations
from renmai.ordering.models import Order
from renmai.payments.models import SandboxNotice, SandboxTrade
from renmai.payments.providers.sandbox import cashier, signing
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.payments.queries import payments_for
from renmai.policy import queries as policy
from renmai.sharing.actions import choose_product
from renmai.sharing.models import Shop
from renmai.web.storefront.tests.buying import counted, values_of
from renmai.web.storefront.tests.shelves import browser, link_to

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 60
BY_REQUEST = {"link": 15, "buy now": 0, "checkout": 6, "order": 20, "notification": 14}
NOTIFY = "/api/payments/sandbox/notify/"


def a_shop_that_sells_oranges() -> tuple[Shop, Sku]:
    """A warm shop: somebody else has bought before, so accounts of the ledger are there and settings are known."""
    (sku,) = goods(price_fen=5000)
    option = ProductOption.objects.create(product=sku.product, name_zh="规格", name_en="Size")
    sku.values.add(OptionValue.objects.create(option=option, value_zh="大", value_en="Large"))
    _agent, shop = agent_with_shop()
    choose_product(shop, sku.product)
    buy(customer(), [(sku, 1)])
    return shop, sku


def order_payments(order: Order) -> list[str]:
    """The numbers of an order's payments."""
    return [payment.number for payment in payments_for(order.number)]


def test_a_whole_purchase_takes_at_most_sixty_statements(capsys: pytest.CaptureFixture[str]) -> None:
    shop, sku = a_shop_that_sells_oranges()
    who = customer()
    client = browser(who.user)
    link = link_to(sku.product, shop)
    seen: dict[str, int] = {}

    def step(name: str, act: Callable[[], Any]) -> Any:
        policy.switch("pickup.enabled")
        open_campaigns()
        with counted() as sent:
            answer = act()
        seen[name] = len(sent)
        return answer

    step("link", lambda: client.get(f"/s/{link.code}"))
    chosen = step("buy now", lambda: client.post("/cart/add/", {"sku_id": sku.pk, "quantity": 2, "next": "checkout"}))
    page = step("checkout", lambda: client.get(chosen["Location"]))
    form = {name: values_of(page, name)[0] for name in ("idempotency_key", "payable_fen", "address_id", "sku_id")}
    paying = step("order", lambda: client.post("/checkout/", form | {"quantity": 2, "delivery": "parcel", "act": "place"}))
    assert paying["Location"].startswith("/sandbox/cashier/")
    order = Order.objects.latest("pk")
    trade = SandboxTrade.objects.get(number__in=order_payments(order))
    cashier.choose(trade.trade, Behaviour.NOTIFY_LATE)
    body = SandboxNotice.objects.latest("pk").body.encode()
    headers = signing.signed_headers(body)
    step("notification", lambda: Client().generic("POST", NOTIFY, body, content_type="application/json", headers=headers))

    order.refresh_from_db()
    assert (order.status, order.shop_id, order.funnel, order.payable_fen) == ("paid", shop.pk, "social", 10800)
    total = sum(seen.values())
    with capsys.disabled():
        print(f"\nwhole purchase over HTTP: {total} statements ({', '.join(f'{name} {count}' for name, count in seen.items())})")
    assert seen == BY_REQUEST
    assert total <= MOST_STATEMENTS
    settle_down()
    assert violations() == []
