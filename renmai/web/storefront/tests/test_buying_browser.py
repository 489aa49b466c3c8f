"""A purchase in a real browser: from a friend's link to the parcel, the review and the return; with and without JavaScript."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings

from renmai.accounts.models import Address, User
from renmai.accounts.tests.factories import make_address, make_staff
from renmai.channels.models import OutgoingText
from renmai.journeys import after_sale as journey
from renmai.journeys.tests.world import Customer, at_cashier, begin_payment, buy, customer, goods, ship_all
from renmai.ordering.models import AfterSale, CartLine, EvidencePicture, Order, Review
from renmai.web.storefront.tests.buying import fill_cart, picture, placed, received
from renmai.web.storefront.tests.shelves import agent, browser, link_to, with_options
from tools.testing.browser import PHONE
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HER_PHONE = "13800138000"
HER_BROWSER = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile Safari"
)
SETTLE_MS = 200
"""After htmx has put a page in, it takes a moment until its parts listen: no hand is that fast."""


@pytest.fixture
def language() -> str:
    """These tests read English."""
    return "en"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo on her phone."""
    path = tmp_path / "torn.png"
    path.write_bytes(picture(size=300).read())
    return path


def enter(page: Page, site: str, user: User) -> None:
    """Let the window belong to somebody who is signed in."""
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def sign_in(page: Page) -> None:
    """Sign in on the page that asks for it."""
    page.get_by_label("Phone number").fill(HER_PHONE)
    page.get_by_text("I have read").click()
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_label("Code from the text message")).to_be_visible()
    code = re.search(r"\b\d{6}\b", OutgoingText.objects.latest("pk").body)
    assert code
    page.get_by_label("Code from the text message").fill(code.group())
    page.get_by_role("button", name="Sign in").click()


def confirm_and_review(page: Page, photo: Path) -> None:
    """Confirm the receipt of the order on the page and say what one thinks of it."""
    page.get_by_role("link", name="I have received it").click()
    page.get_by_role("button", name="Yes, received").click()
    expect(page.get_by_text("How do you like it? You can write a review now.")).to_be_visible()
    page.get_by_role("link", name="Review").click()
    page.locator("label[for=rating-4]").click()
    page.get_by_label("In your words").fill("Sweet")
    page.get_by_label("Pictures").set_input_files(photo)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Thank you for your review.")).to_be_visible()
    assert (Review.objects.get().rating, Review.objects.get().pictures.count()) == (4, 1)


def send_back(page: Page, photo: Path) -> None:
    """Ask to return one piece of the order on the page, and send it."""
    page.get_by_role("link", name="After-sale").click()
    page.get_by_text("You send it back, then the money goes back.").click()
    page.get_by_label("How many?").select_option(label="1 piece · ¥20.00 back")
    page.get_by_label("Why?").select_option(label="Damaged on arrival")
    page.get_by_label("Pictures").set_input_files([photo])
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("your request counts as approved")).to_be_visible()
    claim = AfterSale.objects.get()
    assert (claim.kind, claim.quantity, claim.amount_fen, EvidencePicture.objects.filter(after_sale=claim).count()) == (
        "return",
        1,
        2000,
        1,
    )
    journey.approve(make_staff(), claim.number, answer="To Lin, Road 1")
    page.reload()
    page.get_by_label("Carrier").select_option(label="SF Express")
    page.get_by_label("Tracking number").fill("SF12345678")
    page.get_by_role("button", name="I have sent it").click()
    expect(page.get_by_text("SF Express SF12345678").first).to_be_visible()


def test_a_whole_purchase_on_a_phone(open_page: Callable[..., Page], settings: Settings, photo: Path) -> None:
    settings.RENMAI_DEMO = True
    oranges, skus, _values = with_options((20, 3, 0))
    _agent, shop = agent(oranges, name="Lin")
    # A browser that says it has no head is taken for a machine, and machines bring no customers.
    page = open_page(**PHONE, user_agent=HER_BROWSER)
    page.goto(f"/s/{link_to(oranges, shop).code}")
    page.get_by_role("link", name="Buy now").click()
    page.locator("dialog#sku").get_by_label("Middle").check()
    page.locator("dialog#sku").get_by_role("button", name="Buy now").click()

    sign_in(page)
    expect(page.get_by_role("heading", name="Checkout")).to_be_visible()
    page.get_by_role("textbox", name="Note").fill("Please ring twice")
    page.locator(".sticky-bar").get_by_role("link", name="Add a delivery address").click()
    sheet = page.locator("dialog#address-sheet")
    sheet.get_by_label("Recipient").fill("Han Meimei")
    sheet.get_by_label("Province").select_option(label="广东省")
    sheet.get_by_label("City").select_option(label="深圳市")
    sheet.get_by_label("District").select_option(label="南山区")
    sheet.get_by_role("button", name="Save and use").click()
    expect(sheet.get_by_text("This field is required.")).to_be_visible()
    sheet.get_by_label("Street").fill("Keji Road 1")
    sheet.get_by_role("button", name="Save and use").click()
    expect(sheet).to_be_hidden()
    expect(page.get_by_text("广东省 深圳市 南山区 Keji Road 1").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("Please ring twice")
    page.get_by_role("button", name="One more").click()
    page.get_by_role("button", name="Pay ¥40.00").click()

    page.wait_for_url(re.compile("/sandbox/cashier/"))
    page.get_by_role("button", name="Pay ¥40.00").click()
    expect(page.get_by_text("Paid. Thank you!")).to_be_visible()
    order = Order.objects.get()
    assert (order.status, order.note, order.shop_id, order.payable_fen) == ("paid", "Please ring twice", shop.pk, 4000)
    assert list(order.lines.values_list("sku_id", "quantity")) == [(skus[1].pk, 2)]
    page.get_by_role("link", name="See the order").click()
    expect(page.get_by_text("Recommended it in")).to_be_visible()

    ship_all(make_staff(), order)
    page.reload()
    confirm_and_review(page, photo)
    page.goto(f"/orders/{order.number}/")
    send_back(page, photo)


def test_the_cart_in_the_hand(page_phone: Page, site: str) -> None:
    who, skus = customer(), goods(2, price_fen=1000, stock=5)
    fill_cart(browser(who.user), skus)
    enter(page_phone, site, who.user)
    page = page_phone
    page.goto("/cart/")
    more = page.get_by_role("button", name="One more").first
    more.click()
    expect(page.get_by_role("link", name="Check out (3)")).to_be_visible()
    page.get_by_role("checkbox", name="All").click()
    expect(page.get_by_text("Choose something")).to_be_visible()
    page.get_by_role("checkbox", name="All").click()
    page.get_by_role("button", name="Remove").first.click()
    expect(page.get_by_text("Taken out of your cart.")).to_be_visible()
    expect(page.locator(".cart-line")).to_have_count(1)
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(".cart-line")).to_have_count(2)
    assert CartLine.objects.count() == 2


def test_another_address_is_one_tap_away(page_phone: Page, site: str) -> None:
    who, (sku,) = customer(), goods()
    make_address(who.user, recipient="Li Lei")
    enter(page_phone, site, who.user)
    page = page_phone
    page.goto(f"/checkout/?sku_id={sku.pk}")
    page.locator("a.checkout-address").click()
    sheet = page.locator("dialog#address-sheet")
    sheet.get_by_role("button", name=re.compile("^Li Lei")).click()
    expect(sheet).to_be_hidden()
    expect(page.locator("a.checkout-address")).to_contain_text("Li Lei")
    page.wait_for_timeout(SETTLE_MS)
    page.get_by_label("Pickup").check(force=True)
    expect(page.get_by_text("There is no freight.")).to_be_visible()


def test_an_unpaid_order_is_cancelled_after_a_question(page_phone: Page, site: str) -> None:
    who, (sku,) = customer(), goods()
    order = placed(who, sku)
    enter(page_phone, site, who.user)
    page = page_phone
    page.goto(f"/orders/{order.number}/")
    page.get_by_role("link", name="Cancel", exact=True).click()
    page.get_by_role("link", name="Keep the order").click()
    page.get_by_role("link", name="Cancel", exact=True).click()
    page.get_by_role("button", name="Cancel the order").click()
    expect(page.get_by_text("You cancelled it. Nothing was charged.")).to_be_visible()


def test_the_page_after_the_cashier_finds_out_by_itself(page_phone: Page, site: str) -> None:
    who, (sku,) = customer(), goods()
    order = placed(who, sku)
    payment = begin_payment(who, order)
    enter(page_phone, site, who.user)
    page_phone.goto(f"/orders/{order.number}/paid/")
    expect(page_phone.get_by_text("We have not heard of your payment yet")).to_be_visible()
    at_cashier(payment)
    expect(page_phone.get_by_text("Paid. Thank you!")).to_be_visible(timeout=12_000)


def test_without_javascript_everything_can_be_bought_all_the_same(open_page: Callable[..., Page], site: str) -> None:
    who, (sku,) = customer(), goods(price_fen=1000)
    Address.objects.filter(user=who.user).delete()
    fill_cart(browser(who.user), [sku])
    page = open_page(**PHONE, java_script_enabled=False)
    enter(page, site, who.user)
    page.goto("/cart/")
    page.get_by_label("Quantity of").fill("3")
    page.get_by_role("button", name="Update").click()
    page.get_by_role("link", name="Check out (3)").click()
    page.locator(".sticky-bar").get_by_role("link", name="Add a delivery address").click()
    sheet = page.locator("dialog#address-sheet")
    sheet.get_by_label("Recipient").fill("Han Meimei")
    sheet.get_by_label("Street").fill("Keji Road 1")
    for level, name in (("Province", "广东省"), ("City", "深圳市")):
        sheet.get_by_label(level).select_option(label=name)
        sheet.get_by_role("button", name="Show what lies in it").click()
    sheet.get_by_label("District").select_option(label="南山区")
    sheet.get_by_role("button", name="Save and use").click()
    page.get_by_role("button", name=re.compile("^Pay ¥")).click()
    page.get_by_role("button", name=re.compile("^Pay ¥")).click()
    expect(page.get_by_text("Paid. Thank you!")).to_be_visible()
    assert (Order.objects.get().status, Order.objects.get().lines.get().quantity) == ("paid", 3)


def a_customer_with_everything() -> tuple[Customer, dict[str, str]]:
    """Somebody with something on every page, and the addresses of those pages."""
    who, (sku, other) = customer(), goods(2)
    fill_cart(browser(who.user), [other])
    order, line = received(who, sku)
    waiting, unpaid = buy(who, [(other, 1)]), placed(who, other, 1)
    draft = journey.AfterSaleDraft(order.number, line.pk, "return", 1, "other", pictures=(picture().read(),))
    claim = journey.request(who.user, draft, idempotency_key="k")
    journey.approve(make_staff(), claim.number)
    return who, {
        "cart": "/cart/",
        "checkout": "/checkout/",
        "sheet": "/checkout/#address-sheet",
        "orders": "/orders/",
        "unpaid": f"/orders/{unpaid.number}/",
        "cancel": f"/orders/{unpaid.number}/#cancel-order",
        "waiting": f"/orders/{unpaid.number}/paid/",
        "paid": f"/orders/{waiting.number}/paid/",
        "received": f"/orders/{order.number}/",
        "review": f"/orders/{order.number}/review/{line.pk}/",
        "after-sale": f"/orders/{order.number}/after-sale/{line.pk}/",
        "claims": "/after-sales/",
        "claim": f"/after-sales/{claim.number}/",
        "addresses": "/addresses/",
        "address": f"/addresses/{who.address_id}/",
        "new address": "/addresses/new/",
    }


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_is_usable_for_everybody_and_fits(page_phone: Page, site: str, language: str) -> None:
    who, places = a_customer_with_everything()
    enter(page_phone, site, who.user)
    for name, address in places.items():
        page_phone.goto("about:blank")
        page_phone.goto(address)
        page_phone.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
        assert (name, serious(page_phone)) == (name, [])
        assert (name, page_phone.evaluate("document.documentElement.scrollWidth") <= 390) == (name, True)
