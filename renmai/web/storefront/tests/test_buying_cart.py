"""The cart as pages."""

from typing import Any

import pytest

from renmai.accounts.models import Visitor
from renmai.catalogue.actions.prices import set_price
from renmai.catalogue.models import Product, Sku
from renmai.catalogue.tests.factories import make_staff
from renmai.journeys.tests.world import goods
from renmai.ordering.models import CartLine
from renmai.policy import queries as policy
from renmai.web.storefront.tests.buying import errors_of, fill_cart, signed_in, text_of, values_of
from renmai.web.storefront.tests.shelves import agent, browser, link_to, with_options
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db


def only_line() -> CartLine:
    return CartLine.objects.get()


def test_an_empty_cart_says_what_to_do_next_and_makes_no_visitor() -> None:
    page = browser().get("/cart/")
    assert page.status_code == 200
    assert "Your cart is empty" in text_of(page)
    assert not Visitor.objects.exists()


def test_a_guest_fills_a_cart_of_her_own() -> None:
    (sku,) = goods()
    client = browser()
    answer = client.post("/cart/add/", {"sku_id": sku.pk, "quantity": 3, "next": "cart"})
    assert (answer.status_code, answer["Location"]) == (302, "/cart/")
    line = only_line()
    assert (line.quantity, line.user, line.visitor) == (3, None, Visitor.objects.get())
    assert sku.product.title in text_of(client.get("/cart/"))
    assert sku.product.title not in text_of(browser().get("/cart/"))


def test_a_variant_is_found_by_the_values_that_were_chosen() -> None:
    product, skus, values = with_options()
    client = browser()
    client.post("/cart/add/", {"product": product.pk, f"o{values[1].option_id}": values[1].pk, "next": "cart"})
    assert only_line().sku_id == skus[1].pk


def test_what_is_added_in_a_shop_stands_under_that_shop() -> None:
    (sku,) = goods()
    _agent, shop = agent(Product.objects.get(pk=sku.product_id), name="Lin")
    client = browser()
    client.get(f"/s/{link_to(sku.product, shop).code}")
    fill_cart(client, [sku])
    assert only_line().shop_id == shop.pk
    assert f'href="/shop/{shop.code}/"' in text_of(client.get("/cart/"))


def test_buying_now_leaves_the_cart_alone() -> None:
    _who, client, (sku,) = signed_in()
    answer = client.post("/cart/add/", {"sku_id": sku.pk, "quantity": 2, "next": "checkout", "way": "content"})
    assert answer["Location"] == f"/checkout/?sku_id={sku.pk}&quantity=2&way=content"
    assert not CartLine.objects.exists()


@pytest.mark.parametrize("quantity", ["0", "-1", "1000", "1000000000", "x", "", "1.5", "9" * 30, "１"])
def test_absurd_quantities_are_refused_with_a_sentence(quantity: str) -> None:
    _who, client, (sku,) = signed_in()
    for way_on in ("cart", "checkout"):
        answer = client.post("/cart/add/", {"sku_id": sku.pk, "quantity": quantity, "next": way_on}, follow=True)
        assert "Please choose a quantity between 1 and 999." in text_of(answer)
    assert not CartLine.objects.exists()
    fill_cart(client, [sku])
    answer = client.post("/cart/change/", {"line": only_line().pk, "quantity": quantity})
    assert answer.status_code == 400
    assert errors_of(answer) == ["Please choose a quantity between 1 and 999."]
    assert only_line().quantity == 1


@pytest.mark.parametrize("sku_id", ["0", "999999", "9" * 18, "9" * 40, "x", ""])
def test_what_does_not_exist_cannot_be_added(sku_id: str) -> None:
    answer = browser().post("/cart/add/", {"sku_id": sku_id, "quantity": 1, "next": "cart"})
    assert answer.status_code == 404
    assert not CartLine.objects.exists()


def test_a_refusal_goes_back_to_where_she_was() -> None:
    _who, client, (sku,) = signed_in(stock=2)
    came_from = f"http://testserver/p/{sku.product_id}/"
    answer = client.post("/cart/add/", {"sku_id": sku.pk, "quantity": 3}, headers={"referer": came_from})
    assert (answer.status_code, answer["Location"]) == (302, came_from)
    assert "Only 2 of" in text_of(client.get("/cart/"))
    elsewhere = client.post("/cart/add/", {"sku_id": sku.pk, "quantity": 3}, headers={"referer": "https://evil.example/"})
    assert elsewhere["Location"] == "/cart/"


def test_a_quantity_is_changed_and_a_refusal_stands_beside_its_line() -> None:
    _who, client, (sku,) = signed_in(stock=5)
    fill_cart(client, [sku])
    line = only_line()
    assert client.post("/cart/change/", {"line": line.pk, "quantity": 4}).status_code == 302
    assert only_line().quantity == 4
    answer = client.post("/cart/change/", {"line": line.pk, "quantity": 6})
    assert answer.status_code == 409
    assert errors_of(answer) == [f"Only 5 of “{sku.product.title}” are left."]
    assert only_line().quantity == 4


def test_htmx_gets_the_page_at_once() -> None:
    _who, client, (sku,) = signed_in(stock=5)
    fill_cart(client, [sku])
    answer = client.post("/cart/change/", {"line": only_line().pk, "quantity": 6}, headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert len(errors_of(answer)) == 1


def test_lines_are_ticked_one_by_one_by_shop_and_all_together() -> None:
    _who, client, skus = signed_in(3)
    fill_cart(client, skus)
    ids = list(CartLine.objects.order_by("pk").values_list("pk", flat=True))

    def ticked() -> list[bool]:
        return list(CartLine.objects.order_by("pk").values_list("is_selected", flat=True))

    client.post("/cart/select/", {"lines": ids[0], "is_selected": "0"})
    assert ticked() == [False, True, True]
    client.post("/cart/select/", {"lines": ids[:2], "is_selected": "1"})
    assert ticked() == [True, True, True]
    client.post("/cart/select/", {"is_selected": "0"})
    assert ticked() == [False, False, False]
    client.post("/cart/select/", {"lines": ["x", "9" * 30], "is_selected": "1"})
    assert ticked() == [False, False, False]


def test_what_is_removed_can_be_put_back_once() -> None:
    _who, client, (sku,) = signed_in()
    fill_cart(client, [sku], 4)
    answer = client.post("/cart/remove/", {"lines": only_line().pk}, follow=True)
    assert not CartLine.objects.exists()
    (undo,) = values_of(answer, "undo")
    for _time in range(2):
        client.post("/cart/restore/", {"undo": undo})
        assert only_line().quantity == 4


@pytest.mark.parametrize("undo", ["", "x", "WzFd:abc:def"])
def test_an_undo_that_is_not_ours_does_nothing(undo: str) -> None:
    assert browser().post("/cart/restore/", {"undo": undo}).status_code == 400
    assert not CartLine.objects.exists()


def test_the_cart_says_what_has_changed_since() -> None:
    _who, client, (dearer, cheaper, few, gone) = signed_in(4, price_fen=1000)
    fill_cart(client, [dearer, cheaper, few, gone], 5)
    owner = make_staff()
    set_price(owner, dearer.pk, price_fen=1100)
    set_price(owner, cheaper.pk, price_fen=900)
    Sku.objects.filter(pk=few.pk).update(stock_free=2, stock_total=2)
    Product.objects.filter(pk=gone.product_id).update(status=Product.Status.DELISTED)
    page = text_of(client.get("/cart/"))
    for sentence in ("The price has gone up", "The price has come down", "Only 2 left", "No longer on sale"):
        assert sentence in page
    assert "Check out (10)" in page


def test_another_persons_line_is_not_there() -> None:
    _who, mine, (sku,) = signed_in()
    fill_cart(mine, [sku], 2)
    line = only_line()
    for other in (browser(), signed_in()[1]):
        assert other.post("/cart/change/", {"line": line.pk, "quantity": 9}).status_code == 404
        other.post("/cart/select/", {"lines": line.pk, "is_selected": "0"})
        other.post("/cart/remove/", {"lines": line.pk})
        assert (only_line().quantity, only_line().is_selected) == (2, True)


@pytest.mark.parametrize("count", [1, 20])
def test_statements_of_the_cart(count: int) -> None:
    _who, client, skus = signed_in(count)
    fill_cart(client, skus)
    policy.switch("pickup.enabled")
    with exactly(7):  # session, person, visitor, cart, pictures, and the two counts of the tabs
        client.get("/cart/")


def test_a_cart_in_chinese() -> None:
    _who, client, (sku,) = signed_in()
    fill_cart(client, [sku])
    page: Any = client.get("/cart/", headers={"accept-language": "zh-CN"})
    assert "结算 (1)" in text_of(page)
