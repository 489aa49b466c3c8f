"""Home, Discover, search, categories and shops."""

import pytest
from django.test import Client
from django.urls import reverse

from renmai.catalogue.models import Product
from renmai.catalogue.tests.factories import make_category
from renmai.sharing.actions import bind, close_shop
from renmai.web.storefront.tests.shelves import agent, browser, goods, make_member, with_options
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db


def test_home_shows_categories_new_goods_and_bestsellers() -> None:
    first, second = goods(2)
    Product.objects.filter(pk=second.pk).update(sold_count=1234)
    page = browser().get("/").content.decode()
    assert f"/category/{first.category.slug}/" in page
    assert "1,200+ sold" in page
    assert page.count("Peach 0") == 2


def test_home_is_in_chinese_unless_another_language_is_asked_for() -> None:
    assert "搜索商品" in Client(headers={"accept-language": "zh-CN"}).get("/").content.decode()
    assert "Search goods" in browser().get("/").content.decode()


def test_home_makes_no_visitor_of_who_only_reads() -> None:
    client = browser()
    client.get("/")
    assert "visitor" not in client.cookies


def test_home_shows_a_member_the_agent_she_is_bound_to() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    member = make_member()
    bind(customer_id=member.pk, shop_id=shop.pk, reason="order_paid", evidence={})
    page = browser(member).get("/").content.decode()
    assert "Your agent" in page
    assert shop.name in page
    assert "Leave the shop" not in page


def test_one_can_leave_a_shop_again() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    client = browser()
    client.get(f"/shop/{shop.code}/")
    assert "You are in the shop of" in client.get("/").content.decode()
    assert client.post(reverse("storefront:leave_shop")).headers["Location"] == "/"
    assert shop.name not in client.get("/").content.decode()


def test_recently_seen_comes_back_on_the_home_page() -> None:
    first, _second = goods(2)
    client = browser()
    client.get(f"/p/{first.pk}/")
    assert "Recently seen" in client.get("/").content.decode()
    assert "Peach 0" in client.get("/seen/").content.decode()


def test_discover_shows_agents_words_and_leads_on_as_content() -> None:
    first, second = goods(2)
    _agent, shop = agent(first, second)
    page = browser().get("/discover/").content.decode()
    assert page.count("I eat these myself.") == 2
    assert f"/p/{first.pk}/?way=content" in page
    close_shop(shop)
    assert "I eat these myself." not in browser().get("/discover/").content.decode()


def test_search_finds_chinese_and_latin() -> None:
    goods(3)
    for text in ("水蜜桃", "peach", "桃"):
        assert "3 products for" in browser().get("/search/", {"q": text}).content.decode(), text


def test_search_says_what_to_do_when_there_is_nothing() -> None:
    (peach,) = goods(1)
    page = browser().get("/search/", {"q": "zzzz"}).content.decode()
    assert "Nothing found for “zzzz”" in page
    assert f"/category/{peach.category.slug}/" in page
    assert "What others buy" in page


@pytest.mark.parametrize(
    ("sort", "first"), [("price", "Peach 0"), ("-price", "Peach 2"), ("newest", "Peach 2"), ("sold", "Peach 1")]
)
def test_search_in_every_order(sort: str, first: str) -> None:
    products = goods(3)
    Product.objects.filter(pk=products[1].pk).update(sold_count=9)
    tiles = browser().get("/search/", {"q": "peach", "sort": sort}).context["tiles"]
    assert tiles[0].title == first


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "'; DROP TABLE"},
        {"page": "99999"},
        {"page": "-1"},
        {"page": "²"},
        {"page": "9" * 40},
        {"category": "no-such"},
        {"q": "桃" * 10_000},
        {"q": "\x00"},
        {"stock": "maybe"},
    ],
)
def test_search_survives_what_nobody_would_type(query: dict[str, str]) -> None:
    goods(2)
    assert browser().get("/search/", query).status_code == 200


@pytest.mark.parametrize("amount", ["abc", "-1", "1.005", "NaN", "Infinity", "1e400", "9" * 20])
def test_a_price_that_cannot_be_read_is_told_beside_its_field_and_kept(amount: str) -> None:
    goods(2)
    page = browser().get("/search/", {"min": amount})
    assert page.status_code == 400
    assert b"Please enter an amount such as 39 or 39.90." in page.content
    assert page.context["wish"].minimum_text == amount[:20]
    assert page.context["results"].total == 2


def test_prices_and_stock_narrow_the_shelf() -> None:
    goods(3)
    goods(1, title="桃干", stock=0)
    client = browser()
    assert client.get("/search/", {"min": "12.81", "max": "12.81"}).context["results"].total == 1
    assert client.get("/search/", {"stock": "1"}).context["results"].total == 3
    assert b"The highest price is below the lowest." in client.get("/search/", {"min": "9", "max": "3"}).content


def test_a_category_shows_what_is_below_it_too() -> None:
    top = make_category("水果", "Fruit")
    below = make_category("桃", "Stone fruit", parent=top)
    goods(2, category=below)
    page = browser().get(f"/category/{top.slug}/")
    assert page.context["results"].total == 2
    assert b"Stone fruit" in page.content
    assert browser().get("/category/none-such/").status_code == 404


def test_more_is_loaded_piece_by_piece_and_by_plain_links() -> None:
    goods(25)
    client = browser()
    whole = client.get("/search/", {"q": "peach"}).content.decode()
    assert 'hx-get="?q=peach&amp;page=2"' in whole
    assert 'rel="next" href="?q=peach&amp;page=2"' in whole
    piece = client.get("/search/", {"q": "peach", "page": "2"}, headers={"HX-Request": "true"})
    assert "HX-Request" in piece.headers["Vary"]
    assert len(piece.context["tiles"]) == 5
    assert b"<html" not in piece.content


def test_a_shop_shows_goods_with_her_words_and_can_be_searched() -> None:
    first, second = goods(2)
    _agent, shop = agent(first, voice="Sweet to the stone.")
    client = browser()
    page = client.get(f"/shop/{shop.code}/").content.decode()
    assert "Sweet to the stone." in page
    assert "Peach 1" not in page
    assert client.get(f"/shop/{shop.code}/", {"q": "peach"}).context["total"] == 1
    assert "Not in this shop" in client.get(f"/shop/{shop.code}/", {"q": "melon"}).content.decode()
    assert second.title_zh not in page


@pytest.mark.parametrize("closed", [True, False])
def test_a_shop_that_is_closed_or_unknown_gets_a_way_on(closed: bool) -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    close_shop(shop)
    code = shop.code if closed else "NOSHOP"
    page = browser().get(f"/shop/{code}/")
    assert page.status_code == (410 if closed else 404)
    assert b'href="/discover/"' in page.content


def test_a_browser_in_a_shop_that_closes_is_simply_outside() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    client = browser()
    client.get(f"/shop/{shop.code}/")
    close_shop(shop)
    assert client.get(f"/p/{peach.pk}/").status_code == 200
    assert client.cookies["shop"].value.split(":")[0] == ""


def test_sold_out_goods_are_said_to_be() -> None:
    with_options((0, 0, 0))
    assert "Sold out" in browser().get("/search/", {"q": "oranges"}).content.decode()


PAGES = ["/", "/search/?q=peach", "/discover/", "shop"]
SENT = {
    ("/", False): 9,
    ("/", True): 14,
    ("/search/?q=peach", False): 7,
    ("/search/?q=peach", True): 10,
    ("/discover/", False): 7,
    ("/discover/", True): 10,
    ("shop", False): 8,
    ("shop", True): 11,
}


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("address", PAGES)
def test_statements_of_the_shelves(address: str, signed_in: bool, count: int) -> None:
    products = goods(count)
    _agent, shop = agent(*products)
    client = browser(make_member() if signed_in else None)
    client.get(f"/p/{products[0].pk}/")
    place = f"/shop/{shop.code}/" if address == "shop" else address
    client.get(place)
    with exactly(SENT[address, signed_in]):
        assert client.get(place).status_code == 200
