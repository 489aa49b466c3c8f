"""Passing on: her own link, QR code and poster, and the chain that is kept."""

import pytest
from django.urls import reverse

from renmai.sharing.actions import close_shop
from renmai.sharing.models import Share
from renmai.web.storefront.tests.shelves import agent, browser, goods, link_to, make_member, set_rate

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n"


def test_a_member_passes_on_into_the_shop_she_came_through() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach, name="Lin")
    first = link_to(peach, shop)
    member = make_member("Mei")
    client = browser(member)
    client.get(f"/s/{first.code}")
    page = client.get(f"/p/{peach.pk}/share/")
    own = Share.objects.get(sharer=member)
    assert (own.shop_id, own.parent_id, own.depth, own.product_id) == (shop.pk, first.pk, 1, peach.pk)
    assert f"/s/{own.code}" in page.content.decode()
    assert "It leads to the shop of Lin" in page.content.decode()
    client.get(f"/p/{peach.pk}/share/")
    assert Share.objects.filter(sharer=member).count() == 1


def test_a_member_without_an_agent_passes_on_the_product_itself() -> None:
    (peach,) = goods(1)
    member = make_member()
    page = browser(member).get(f"/p/{peach.pk}/share/").content.decode()
    own = Share.objects.get(sharer=member)
    assert (own.shop_id, own.parent_id) == (None, None)
    assert "nobody earns on it" in page


def test_an_agents_link_leads_to_her_own_shop_and_says_what_she_earns() -> None:
    (peach,) = goods(1)
    _one, first = agent(peach, name="Ann")
    _two, second = agent(peach, name="Bea")
    set_rate(peach, 800)
    client = browser(second.owner)
    client.get(f"/s/{link_to(peach, first).code}")
    page = client.get(f"/p/{peach.pk}/share/").content.decode()
    own = Share.objects.get(sharer=second.owner)
    assert (own.shop_id, own.parent_id) == (second.pk, None)
    assert "Bea earns 8% of what you pay" in page


def test_a_shop_can_be_passed_on_too() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    member = make_member()
    page = browser(member).get(reverse("storefront:pass_on_shop", args=[shop.code]))
    assert page.status_code == 200
    assert Share.objects.get(sharer=member).kind == Share.Kind.SHOP
    close_shop(shop)
    assert browser(member).get(reverse("storefront:pass_on_shop", args=[shop.code])).status_code == 410


def test_nothing_that_is_not_on_sale_is_passed_on() -> None:
    (peach,) = goods(1)
    type(peach).objects.update(status="delisted")
    assert browser(make_member()).get(f"/p/{peach.pk}/share/").status_code == 404
    assert Share.objects.count() == 0


@pytest.mark.parametrize("kind", ["product", "shop", "friends"])
def test_the_poster_is_a_picture_for_its_owner_alone(kind: str) -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    member = make_member()
    client = browser(member)
    if kind == "shop":
        client.get(reverse("storefront:pass_on_shop", args=[shop.code]))
    elif kind == "product":
        client.get(f"/s/{link_to(peach, shop).code}")
        client.get(f"/p/{peach.pk}/share/")
    else:
        client.get(f"/p/{peach.pk}/share/")
    own = Share.objects.get(sharer=member)
    poster = client.get(f"/s/{own.code}/poster.png")
    assert poster.headers["Content-Type"] == "image/png"
    assert poster.content.startswith(PNG)
    assert "private" in poster.headers["Cache-Control"]
    saved = client.get(f"/s/{own.code}/poster.png?download=1")
    assert saved.headers["Content-Disposition"] == f'attachment; filename="renmai-{own.code}.png"'
    assert browser(make_member()).get(f"/s/{own.code}/poster.png").status_code == 404
