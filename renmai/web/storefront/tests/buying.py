"""Customers who buy through pages, for the tests of the buying pages."""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.models import Sku
from renmai.journeys.tests.world import Customer, buy, customer, fresh, goods, place, ship_all
from renmai.ordering.actions import progress
from renmai.ordering.models import Order, OrderLine
from renmai.web.storefront.tests.shelves import browser

Values = dict[str, Any]


class Answer(Protocol):
    """What a browser got."""

    @property
    def content(self) -> bytes:
        """The page."""


def text_of(response: Answer) -> str:
    """What a page says, with its markup."""
    return response.content.decode()


def values_of(response: Answer, name: str) -> list[str]:
    """The values of all fields called ``name`` in a page."""
    return re.findall(rf'name="{name}" value="([^"]*)"', text_of(response))


def errors_of(response: Answer) -> list[str]:
    """What stands beside the fields of a page."""
    return re.findall(r'<p class="field-error"[^>]*>.*?<span>(.*?)</span>', text_of(response), re.DOTALL)


def signed_in(count: int = 1, **of_goods: Any) -> tuple[Customer, Client, list[Sku]]:
    """A customer with an address in her browser, and ``count`` variants of different suppliers."""
    who = customer()
    return who, browser(who.user), goods(count, **of_goods)


def fill_cart(client: Client, skus: Sequence[Sku], quantity: int = 1) -> None:
    """Put so many pieces of each into the cart."""
    for sku in skus:
        assert client.post("/cart/add/", {"sku_id": sku.pk, "quantity": quantity, "next": "cart"}).status_code == 302


def checkout_form(client: Client, query: str = "") -> Values:
    """What the form of the checkout holds when the page opens."""
    page = client.get(f"/checkout/{query}")
    assert page.status_code == 200, page
    single = {name: values_of(page, name)[0] for name in ("idempotency_key", "payable_fen", "address_id")}
    form: Values = single | {"line": values_of(page, "line"), "delivery": "parcel", "style": "personal", "act": "place"}
    for name in ("sku_id", "quantity", "way"):
        if found := values_of(page, name):
            form[name] = found[-1]
    return form


def received(who: Customer, sku: Sku, quantity: int = 2) -> tuple[Order, OrderLine]:
    """An order whose goods have arrived."""
    order = ship_all(make_staff(), buy(who, [(sku, quantity)]))
    assert progress.mark_received(order.pk)
    return fresh(order), OrderLine.objects.get(order=order)


def placed(who: Customer, sku: Sku, quantity: int = 2) -> Order:
    """An order that waits for its money."""
    return place(who, [(sku, quantity)])


def picture(name: str = "a.png", *, size: int = 40) -> SimpleUploadedFile:
    """A real picture, as a browser sends it."""
    buffer = io.BytesIO()
    Image.new("RGB", (size, size), "#f0a202").save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/png")


def upload(content: bytes, name: str = "x.png") -> SimpleUploadedFile:
    """Whatever somebody calls a picture."""
    return SimpleUploadedFile(name, content, "image/png")


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements of the block that are ours: no savepoints, and not the sandbox's own book."""
    sent: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "SAVEPOINT" not in sql and "payments_sandbox" not in sql:
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent
