"""What a customer does, from a friend's link to the moment when the provider's notification has been taken."""

import itertools
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from renmai.project.bench.stage import Good, Member
from renmai.project.bench.wire import Browser
from renmai.project.problems import Problem

QUANTITY = 2
NOTIFY = "/api/payments/sandbox/notify/"
CASHIER = "/sandbox/cashier/"
HIDDEN = re.compile(rb'name="([a-z_]+)" value="([^"]*)"')
CHECKOUT_FIELDS = ("idempotency_key", "payable_fen", "address_id", "sku_id", "way")

Way = Literal["pages", "api"]
Provider = Callable[[str], tuple[bytes, dict[str, str]]]
"""Gives the body and the headers of the notification about a trade: what the provider sends when its customer has paid."""

_keys = itertools.count(1)


@dataclass
class Steps:
    """How long each request of a purchase took, in milliseconds."""

    taken_ms: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one request."""
        began = time.perf_counter()
        yield
        self.taken_ms[name] = (time.perf_counter() - began) * 1000


def buy_by_pages(browser: Browser, member: Member, good: Good, provider: Provider) -> Steps:
    """Buy through the pages, as a browser without scripts would. Raises ``Problem`` when anything is refused."""
    steps = Steps()
    browser.cookies.clear()
    for cookie in (member.session, member.visitor):
        name, _equals, value = cookie.partition("=")
        browser.cookies[name] = value
    with steps.step("link"):
        page = browser.get(f"/s/{good.code}")
    token = {"csrfmiddlewaretoken": _fields(page.body)["csrfmiddlewaretoken"]}
    with steps.step("buy now"):
        wanted = {"sku_id": good.sku_id, "quantity": QUANTITY, "next": "checkout"}
        chosen = browser.post("/cart/add/", wanted | token)
    with steps.step("checkout"):
        page = browser.get(chosen.location)
    known = _fields(page.body)
    form = {name: known[name] for name in CHECKOUT_FIELDS if name in known} | token
    with steps.step("order"):
        paying = browser.post("/checkout/", form | {"quantity": QUANTITY, "delivery": "parcel", "act": "place"})
    _notify(browser, paying.location, provider, steps)
    return steps


def buy_by_api(browser: Browser, member: Member, good: Good, provider: Provider) -> Steps:
    """Buy through the JSON API, as an app would. Raises ``Problem`` when anything is refused."""
    steps = Steps()
    browser.cookies.clear()
    headers = {"Authorization": f"Bearer {member.token}", "X-Visitor": member.api_visitor}
    draft = {
        "lines": [{"sku_id": good.sku_id, "quantity": QUANTITY}],
        "delivery": "parcel",
        "address_id": member.address_id,
        "funnel": "social",
    }

    def call(address: str, given: object, *, expect: int = 201, **more: str) -> dict[str, object]:
        sent = headers | {name.replace("_", "-"): value for name, value in more.items()}
        answer = browser.post_json(f"/api/v1{address}", json.dumps(given).encode(), headers=sent, expect=expect)
        return dict(json.loads(answer.body))

    with steps.step("link"):
        call(f"/shares/{good.code}/visits", {})
    with steps.step("checkout"):
        quote = call("/quotes", draft, expect=200)
    with steps.step("order"):
        key = f"bench-{member.user_id}-{next(_keys):09d}-{time.time_ns()}"
        order = call("/orders", draft | {"expected_payable_fen": quote["payable_fen"]}, Idempotency_Key=key)
    with steps.step("payment"):
        begun = call(f"/orders/{_number(order)}/payment", {"provider": "sandbox"})
    _notify(browser, str(begun["cashier_url"]), provider, steps)
    return steps


BUYING: dict[Way, Callable[[Browser, Member, Good, Provider], Steps]] = {"pages": buy_by_pages, "api": buy_by_api}


def _notify(browser: Browser, cashier: str, provider: Provider, steps: Steps) -> None:
    _host, found, trade = cashier.partition(CASHIER)
    if not found:
        raise Problem(f"the checkout did not lead to the cashier but to {cashier}.")
    body, headers = provider(trade.strip("/"))
    teller = Browser(browser.transport, browser.host)
    with steps.step("notification"):
        answer = teller.post_json(NOTIFY, body, headers=headers, expect=200)
    if json.loads(answer.body) != {"code": "paid"}:
        raise Problem(f"the notification of a payment was answered with {answer.body.decode()}.")


def _fields(page: bytes) -> dict[str, str]:
    """Return the hidden fields of a page by name; of several the first."""
    found: dict[str, str] = {}
    for name, value in HIDDEN.findall(page):
        found.setdefault(name.decode(), value.decode())
    return found


def _number(order: dict[str, object]) -> str:
    """Return the number in the API's answer to a placed order."""
    inner = order.get("order", order)
    return str(inner["number"]) if isinstance(inner, dict) else ""
