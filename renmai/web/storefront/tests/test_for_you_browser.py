"""What is recommended to a customer in a real browser: the switch on the list itself, safe picks, and what goes with a product."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from renmai.accounts.consents import Purpose
from renmai.accounts.queries import has_consent
from renmai.matching import actions, selections
from renmai.matching.selections import Entry, Why
from renmai.matching.tests.town import bought, customer, kinds
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)


def test_she_sees_why_turns_it_off_and_looks_at_safe_picks(page_phone: Page, site: str) -> None:
    fruit, _shoes, tea = kinds(4)
    member = customer(None, Purpose.RECOMMENDATIONS)
    bought(member, fruit[0])
    bought(member, tea[0])
    actions.refresh_selections(10)
    selections.keep("safe", 0, [Entry(product.pk, (Why("quality", 1, 40),)) for product in fruit], strategy="safe")
    selections.keep("product", fruit[0].pk, [Entry(tea[0].pk, (Why("together", fruit[0].pk),))], strategy="together")
    client = Client()
    client.force_login(member)
    page = page_phone
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page.goto("/")
    expect(page.get_by_role("heading", name="为你推荐")).to_be_visible()
    assert serious(page) == []
    page.goto("/for-you/")
    assert serious(page) == []
    page.get_by_role("button", name="关闭个性化推荐").click()
    expect(page.get_by_text("不使用你的任何信息")).to_be_visible()
    assert not has_consent(member, Purpose.RECOMMENDATIONS)
    page.goto("/safe/")
    expect(page.get_by_text("40 单里退了 1 单").first).to_be_visible()
    assert serious(page) == []
    page.goto(f"/p/{fruit[0].pk}/")
    page.locator("#reviews").scroll_into_view_if_needed()
    expect(page.get_by_role("heading", name="搭配着买")).to_be_visible()
