"""The cashier on a phone, with and without its language, in a real browser."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from renmai.payments.models import Payment
from renmai.payments.tests.making import start, trade_of
from tools.testing.browser import shoot

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _door(settings: "Settings") -> None:
    settings.RENMAI_PAYMENT_NOTIFICATION = "renmai.payments.tests.making.door"


@pytest.mark.parametrize(
    ("language", "pay", "done"), [("zh-hans", "支付 ¥199.00", "这笔付款已完成。"), ("en", "Pay ¥199.00", "This payment is done.")]
)
def test_paying_with_one_tap(page_phone: Page, pay: str, done: str) -> None:
    payment = start()
    where = f"/sandbox/cashier/{trade_of(payment).trade}/"
    page_phone.goto(where)
    shoot(page_phone, f"cashier-{pay[:2]}")
    width = page_phone.evaluate("document.documentElement.scrollWidth")
    assert width == 390
    page_phone.get_by_role("button", name=pay).click()
    # The order's page belongs to another room, which first asks a guest who she is.
    page_phone.wait_for_url(re.compile(r"/sign-in/\?next=%2Forders%2FR1%2F$"))
    payment.refresh_from_db()
    assert payment.status == Payment.Status.CAPTURED
    page_phone.goto(where)
    expect(page_phone.get_by_text(done)).to_be_visible()
