"""Every page on which goods stand says by which way they are met there."""

import re

import pytest
from django.test import Client

from renmai.accounts.tests.factories import make_member
from renmai.catalogue.actions.favourites import toggle_favourite
from renmai.catalogue.models import Product
from renmai.insight.models import View
from renmai.journeys.tests.posts import official
from renmai.sharing.actions import Landing, share
from renmai.sharing.models import Share
from renmai.web.storefront.tests.shelves import agent, browser, goods

pytestmark = pytest.mark.django_db


def way_on(client: Client, address: str, product: Product) -> set[str]:
    """The ways that a page gives to the links to a product; "" where it says none."""
    page = client.get(address, follow=True)
    assert page.status_code == 200, address
    links = re.findall(rf'href="/p/{product.pk}/([^"#]*)"', page.content.decode())
    return {found[1] if (found := re.match(r"\?way=(\w+)", link)) else "" for link in links}


def test_each_page_says_how_its_goods_are_met() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    post = official(peach)
    member, guest = make_member(), browser()
    client = browser(member)
    toggle_favourite(member, peach.pk)
    links = {
        "a shop": share(shop.owner, kind=Share.Kind.SHOP, shop=shop),
        "a post": share(shop.owner, kind=Share.Kind.PAGE, shop=shop, landing=Landing(None, f"/post/{post.number}/")),
    }
    ways = {
        "/search/?q=桃": "search",
        f"/category/{peach.category.slug}/": "search",
        "/": "content",
        "/discover/": "content",
        f"/post/{post.number}/": "content",
        "/search/?q=nothing-like-that": "content",
        f"/s/{links['a post'].code}": "social",
        f"/s/{links['a shop'].code}": "social",
        f"/shop/{shop.code}/": "social",
    }
    assert {address: way_on(guest, address, peach) for address in ways} == {address: {way} for address, way in ways.items()}
    assert client.get(f"/p/{peach.pk}/?way=search").status_code == 200
    back = ("/favourites/", "/seen/")
    assert {address: way_on(client, address, peach) for address in back} == {address: {""} for address in back}
    assert way_on(client, "/", peach) == {"content", ""}, "the shelf of what she looked at is no way"
    assert way_on(browser(shop.owner), f"/shop/{shop.code}/", peach) == {""}, "nobody is shown things by her own shop"


def test_coming_back_is_a_look_without_a_way() -> None:
    (peach,) = goods(1)
    for way in ("search", "", "social"):
        browser().get(f"/p/{peach.pk}/?way={way}")
    assert list(View.objects.order_by("pk").values_list("funnel", flat=True)) == ["search", "", "social"]
