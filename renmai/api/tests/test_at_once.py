"""The same request sent by eight programs at the same moment acts once, and all of them are told the same."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import httpx
import pytest
from django.db import connection
from django.test import Client

from renmai.accounts.models import ActLog, User
from renmai.accounts.tests.factories import make_address, make_member, make_staff
from renmai.api.tests.world import Program, read, selling
from renmai.catalogue.models import Sku
from renmai.journeys.tests import world
from renmai.ordering.events import OrderCancelled
from renmai.ordering.models import AfterSale, Order, OrderLine
from renmai.payments.models import Refund
from renmai.programs.actions import add_webhook, create_token
from renmai.programs.deliveries import deliver_webhooks
from renmai.programs.models import ApiToken, WebhookDelivery
from renmai.programs.reactions import queue_webhooks

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
KEY = {"Idempotency-Key": "the-same-key"}


def at_once(act: Callable[[], Any]) -> list[Any]:
    """Run ``act`` in every thread and return how each ended."""
    barrier = Barrier(THREADS)

    def run(_number: int) -> Any:
        try:
            barrier.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def sender(user: User, path: str, body: object) -> Callable[[], tuple[int, Any]]:
    """A program with a browser of its own for each thread."""
    token = create_token(user, name="test")[1]

    def send() -> tuple[int, Any]:
        answer = Program(token, client=Client()).send("POST", path, body, **KEY)
        return answer.status_code, read(answer)

    return send


def test_one_order_for_one_key() -> None:
    sku, person = selling(stock=20).skus[0], make_member()
    draft = {"lines": [{"sku_id": sku.pk, "quantity": 2}], "address_id": make_address(person).pk}
    ends = at_once(sender(person, "/orders", draft))
    assert {(status, content["order"]["number"]) for status, content in ends} == {(201, Order.objects.get().number)}
    row = Sku.objects.get(pk=sku.pk)
    assert (row.stock_free, row.stock_reserved) == (18, 2)


def test_one_decision_for_one_key() -> None:
    who, owner = world.customer(), make_staff()
    order = world.ship_all(owner, world.buy(who, [(world.goods()[0], 2)]))
    line = OrderLine.objects.get(order=order)
    wanted = {"order_line_id": line.pk, "kind": "refund", "quantity": 1, "reason": "damaged"}
    asked = at_once(sender(who.user, f"/orders/{order.number}/after-sales", wanted))
    claim = AfterSale.objects.get()
    assert {(status, content["after_sale"]["number"]) for status, content in asked} == {(201, claim.number)}
    ends = at_once(sender(owner, f"/staff/after-sales/{claim.number}/approve", {"answer": "好"}))
    assert Counter((status, content["after_sale"]["status"]) for status, content in ends) == {(200, "refunding"): THREADS}
    assert Refund.objects.count() == 1
    assert ActLog.objects.filter(act="after_sale.approved").count() == 1
    assert world.violations() == []


def test_one_sending_for_one_delivery() -> None:
    sent: list[str] = []

    def receive(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers["Renmai-Delivery"])
        return httpx.Response(200)

    add_webhook(make_staff(), url="https://erp.example/", events=[OrderCancelled.NAME])
    for number in range(5):
        queue_webhooks(OrderCancelled(order_id=number, reason="timeout"))
    at_once(lambda: deliver_webhooks(20, transport=httpx.MockTransport(receive)))
    assert sorted(sent) == sorted(str(pk) for pk in WebhookDelivery.objects.values_list("pk", flat=True))
    assert set(WebhookDelivery.objects.values_list("status", "attempts")) == {("delivered", 1)}


def test_the_use_of_a_key_is_noted_without_a_quarrel() -> None:
    person = make_member()
    token = create_token(person, name="test")[1]
    ends = at_once(lambda: Program(token, client=Client()).send("GET", "/me/consents").status_code)
    assert ends == [200] * THREADS
    assert ApiToken.objects.get().last_used_at is not None
