"""Names and words that would run if a page let them: a real browser opens them, and nothing runs."""

import pytest
from playwright.sync_api import Page
from pytest_django import Settings

from renmai.accounts.models import Address, User, Visitor
from renmai.accounts.tests.factories import make_address
from renmai.catalogue.models import Category, OptionValue, Product, Supplier
from renmai.journeys.tests.world import Customer, buy
from renmai.ordering.actions.reviews import write_review
from renmai.ordering.models import Order, OrderLine
from renmai.sharing.models import Shop, ShopItem
from renmai.web.storefront.tests.buying import received
from renmai.web.storefront.tests.shelves import agent, link_to, make_member, with_options
from renmai.web.storefront.tests.test_buying_browser import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PROBE = '"\'><img src=/favicon.ico onload="window.ran=1"><svg/onload=window.ran=1><script>window.ran=1</script>{{ran}}'
SHORT = "\"'><svg/onload=window.ran=1>"


def test_nothing_that_somebody_wrote_runs(page_phone: Page, site: str, settings: Settings) -> None:
    settings.RENMAI_DEMO = True
    oranges, skus, _values = with_options((20, 3, 0))
    _agent, shop = agent(oranges, name="Lin")
    link = link_to(oranges, shop)
    user = make_member()
    who = Customer(user, Visitor.objects.create(user=user, joined_at=user.created_at), make_address(user).pk)
    order, line = received(who, skus[0])
    write_review(user, line.pk, rating=5, text=PROBE)
    buy(who, [(skus[0], 1)])
    User.objects.update(display_name=SHORT)
    Address.objects.update(recipient=SHORT, street=PROBE)
    Order.objects.update(recipient=SHORT, address=PROBE, note=PROBE)
    Product.objects.update(title_zh=PROBE, title_en=PROBE, subtitle_zh=PROBE, description_zh=PROBE, brand=SHORT)
    OrderLine.objects.update(title_zh=PROBE, title_en=PROBE, options_zh=SHORT, options_en=SHORT)
    OptionValue.objects.update(value_zh=SHORT, value_en=SHORT)
    Category.objects.update(name_zh=SHORT, name_en=SHORT)
    Supplier.objects.update(name_zh=SHORT, name_en=SHORT)
    Shop.objects.update(name=SHORT, voice=PROBE)
    ShopItem.objects.update(voice=PROBE)
    page = page_phone
    page.goto("/demo/")
    guest = [
        "/",
        f"/s/{link.code}",
        f"/p/{oranges.pk}/",
        f"/shop/{shop.code}/",
        "/search/?q=" + "%22%3E%3Csvg/onload=window.ran=1%3E",
    ]
    for address in guest:
        _opened(page, address)
    enter(page, site, user)
    for address in ("/me/", "/orders/", f"/orders/{order.number}/", "/addresses/", f"/p/{oranges.pk}/", "/me/settings/"):
        _opened(page, address)


def _opened(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    page.wait_for_load_state("load")
    assert page.evaluate("() => window.ran === undefined"), address
    assert page.evaluate("() => document.querySelectorAll('[onload], [onerror], svg[onload]').length") == 0, address
    assert "onload=" in page.evaluate("() => document.body.innerText + document.documentElement.outerHTML"), address
