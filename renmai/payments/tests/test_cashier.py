"""The cashier's page."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from renmai.payments.models import Payment, SandboxTrade
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.payments.tests.making import start, trade_of

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _door(settings: "Settings") -> None:
    settings.RENMAI_PAYMENT_NOTIFICATION = "renmai.payments.tests.making.door"


def address(payment: Payment) -> str:
    return f"/sandbox/cashier/{trade_of(payment).trade}/"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["模拟收银台", "付款给人脉", "支付 ¥199.00", "拒绝付款", "返回商城"]),
        ("en", ["Sandbox cashier", "Pay to Renmai", "Pay ¥199.00", "Refuse the payment", "Back to the shop"]),
    ],
)
def test_it_says_who_is_paid_and_how_much(client: Client, language: str, words: list[str]) -> None:
    page = client.get(address(start()), headers={"accept-language": language})
    text = page.content.decode()
    assert page.status_code == 200
    assert [word for word in words if word not in text] == []
    assert all(f'value="{behaviour}"' in text for behaviour in Behaviour)
    assert "no-store" in page.headers["Cache-Control"]


def test_paying_sends_the_customer_back_to_a_paid_order(client: Client) -> None:
    payment = start()
    answer = client.post(address(payment), {"behaviour": "pay"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/orders/R1/")
    payment.refresh_from_db()
    assert payment.status == Payment.Status.CAPTURED
    page = client.get(address(payment)).content.decode()
    assert "behaviour" not in page
    assert "这笔付款已完成" in page


def test_refusing(client: Client) -> None:
    payment = start()
    client.post(address(payment), {"behaviour": "refuse"})
    payment.refresh_from_db()
    assert payment.status == Payment.Status.FAILED
    assert "这笔付款已被拒绝" in client.get(address(payment)).content.decode()


@pytest.mark.parametrize("behaviour", [Behaviour.NOTIFY_LATE, Behaviour.NEVER_NOTIFY, Behaviour.WRONG_AMOUNT])
def test_the_order_may_be_unpaid_when_the_customer_returns(client: Client, behaviour: Behaviour) -> None:
    payment = start()
    assert client.post(address(payment), {"behaviour": behaviour}).status_code == 302
    payment.refresh_from_db()
    assert payment.status == Payment.Status.PENDING
    assert SandboxTrade.objects.get().status == "paid"


def test_the_second_choice_changes_nothing(client: Client) -> None:
    payment = start()
    client.post(address(payment), {"behaviour": "refuse"})
    assert client.post(address(payment), {"behaviour": "pay"}).status_code == 302
    assert SandboxTrade.objects.get().status == "refused"
    payment.refresh_from_db()
    assert payment.status == Payment.Status.FAILED


@pytest.mark.parametrize("behaviour", ["", "steal", "PAY"])
def test_a_choice_that_does_not_exist(client: Client, behaviour: str) -> None:
    payment = start()
    assert client.post(address(payment), {"behaviour": behaviour}).status_code == 400
    assert SandboxTrade.objects.get().status == "open"


def test_a_trade_that_does_not_exist(client: Client) -> None:
    assert client.get("/sandbox/cashier/ABC/").status_code == 404


def test_a_form_from_elsewhere_is_refused() -> None:
    payment = start()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(payment), {"behaviour": "pay"}).status_code == 403
    assert SandboxTrade.objects.get().status == "open"


def test_without_the_sandbox_there_is_no_cashier(client: Client, settings: "Settings") -> None:
    where = address(start())
    settings.RENMAI_PAYMENT_PROVIDERS = {}
    assert client.get(where).status_code == 404
    assert client.post(where, {"behaviour": "pay"}).status_code == 404
    assert SandboxTrade.objects.get().status == "open"
