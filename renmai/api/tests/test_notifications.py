"""The door of the payment providers."""

import json

import pytest
from django.test import Client

from renmai.api.tests.world import read
from renmai.journeys.tests import world
from renmai.ordering.models import Order
from renmai.payments.models import Notification, Payment, SandboxNotice, SandboxTrade
from renmai.payments.providers.sandbox import cashier, signing
from renmai.payments.providers.sandbox.cashier import Behaviour
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
PATH = "/api/payments/sandbox/notify/"


def a_notice() -> tuple[Order, bytes]:
    """A paid trade whose notification has not come yet."""
    customer = world.customer()
    order = world.place(customer, [(world.goods()[0], 1)])
    payment = world.begin_payment(customer, order)
    trade = SandboxTrade.objects.get(number=payment.number)
    cashier.choose(trade.trade, Behaviour.NOTIFY_LATE)
    return order, SandboxNotice.objects.latest("pk").body.encode()


def test_a_signed_notification_pays_the_order_once() -> None:
    order, body = a_notice()
    client = Client(enforce_csrf_checks=True)
    answer = client.generic("POST", PATH, body, content_type="application/json", headers=signing.signed_headers(body))
    assert (answer.status_code, read(answer)) == (200, {"code": "paid"})
    assert world.fresh(order).status == "paid"
    again = client.generic("POST", PATH, body, content_type="application/json", headers=signing.signed_headers(body))
    assert (again.status_code, read(again)) == (200, {"code": "already"})
    assert Payment.objects.get().status == "captured"
    assert world.violations() == []


def test_the_same_notification_again_is_answered_and_changes_nothing() -> None:
    _order, body = a_notice()
    headers = signing.signed_headers(body)
    client = Client()
    client.generic("POST", PATH, body, content_type="application/json", headers=headers)
    before = Notification.objects.count()
    again = client.generic("POST", PATH, body, content_type="application/json", headers=headers)
    assert (again.status_code, read(again)) == (200, {"code": "replayed"})
    assert Notification.objects.count() == before


def test_a_notification_that_is_not_the_providers_changes_nothing(moving_clock: MovingClock) -> None:
    order, body = a_notice()
    good = signing.signed_headers(body)
    client = Client()
    changed = json.dumps(json.loads(body) | {"amount_fen": 1}).encode()
    for sent, headers, status, code in (
        (body, {}, 401, "payments.signature"),
        (body, good | {"sandbox-signature": "0" * 64}, 401, "payments.signature"),
        (changed, good, 401, "payments.signature"),
        (b"", good, 401, "payments.signature"),
        (b"x" * 300_000, good, 413, "api.too_large"),
    ):
        answer = client.generic("POST", PATH, sent, content_type="application/json", headers=headers)
        assert (answer.status_code, read(answer)["code"]) == (status, code)
    moving_clock.advance(minutes=6)
    answer = client.generic("POST", PATH, body, content_type="application/json", headers=good)
    assert (answer.status_code, read(answer)["code"]) == (401, "payments.stale")
    assert world.fresh(order).status == "placed"


def test_a_notification_with_another_amount_is_refused() -> None:
    order, body = a_notice()
    changed = json.dumps(json.loads(body) | {"amount_fen": 1}).encode()
    answer = Client().generic("POST", PATH, changed, content_type="application/json", headers=signing.signed_headers(changed))
    assert (answer.status_code, read(answer)["code"]) == (409, "payments.mismatch")
    assert world.fresh(order).status == "placed"


def test_unknown_providers_and_methods() -> None:
    answer = Client().post("/api/payments/nobody/notify/", b"{}", content_type="application/json")
    assert (answer.status_code, read(answer)["code"]) == (404, "payments.unknown_provider")
    assert Client().get(PATH).status_code == 405
