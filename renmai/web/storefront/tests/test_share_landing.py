"""What a shared link opens, and what it leaves behind."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.models import Product
from renmai.insight.models import View
from renmai.kernel import clock
from renmai.policy.actions import change_setting
from renmai.sharing.actions import bind, close_shop, share
from renmai.sharing.models import Share, Visit
from renmai.web.storefront.tests.shelves import added_days_ago, agent, browser, goods, link_to, make_member, set_rate
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db


def test_a_link_shows_the_product_with_who_recommends_it_and_what_she_earns() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach, name="Lin")
    set_rate(peach, 1250)
    added_days_ago(shop, 90)
    page = browser().get(reverse("storefront:share", args=[link_to(peach, shop).code]))
    assert page.status_code == 200
    assert b"Peach 0" in page.content
    assert b"I eat these myself." in page.content
    assert b"Has recommended this for 3 months" in page.content
    assert b"Lin earns 12.5% of what you pay for it as a commission, once you keep it." in page.content


def test_opening_a_link_records_the_visit_and_the_look_and_enters_the_shop() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    link = link_to(peach, shop)
    client = browser()
    client.get(f"/s/{link.code}")
    visit = Visit.objects.get()
    assert (visit.share_id, visit.is_valid, visit.user_id) == (link.pk, True, None)
    view = View.objects.get()
    assert (view.product_id, view.funnel, view.share_id, view.visitor_id) == (peach.pk, "social", link.pk, visit.visitor_id)
    assert shop.name in client.get("/").content.decode()


def test_opening_it_twice_is_two_openings_of_one_visitor() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    client, link = browser(), link_to(peach, shop)
    for _time in range(2):
        client.get(f"/s/{link.code}")
    assert Visit.objects.count() == 2
    assert Visit.objects.values("visitor").distinct().count() == 1


def test_her_own_link_does_not_count() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    page = browser(shop.owner).get(f"/s/{link_to(peach, shop).code}")
    visit = Visit.objects.get()
    assert (visit.is_valid, visit.invalid_reason) == (False, "own")
    assert b"what you buy here yourself earns you nothing" in page.content


def test_a_browser_that_fetches_ahead_leaves_nothing_behind() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    response = browser().get(f"/s/{link_to(peach, shop).code}", headers={"Sec-Purpose": "prefetch;prerender"})
    assert response.status_code == 200
    assert (Visit.objects.count(), View.objects.count()) == (0, 0)


def test_looking_whether_the_address_answers_leaves_nothing_behind() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    response = browser().head(f"/s/{link_to(peach, shop).code}")
    assert response.status_code == 200
    assert (Visit.objects.count(), View.objects.count()) == (0, 0)


def test_a_member_who_passes_on_is_named_beside_the_agent() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach, name="Lin")
    friend = make_member("Mei")
    first = link_to(peach, shop)
    page = browser().get(f"/s/{link_to(peach, shop, by=friend, through=first).code}").content.decode()
    assert "Mei passed this on to you" in page
    assert "Lin earns" in page


def test_a_link_between_friends_says_that_nobody_earns() -> None:
    (peach,) = goods(1)
    link = share(make_member("Mei"), kind=Share.Kind.PRODUCT, shop=None, product=peach)
    page = browser().get(f"/s/{link.code}").content.decode()
    assert "A recommendation between friends: nobody earns on it." in page
    assert "commission" not in page


def test_a_suspended_agent_is_not_said_to_earn() -> None:
    (peach,) = goods(1)
    seller, shop = agent(peach, name="Lin")
    type(seller).objects.update(status="suspended")
    page = browser().get(f"/s/{link_to(peach, shop).code}").content.decode()
    assert "Lin earns nothing when you buy." in page


def test_in_the_direct_model_nobody_is_said_to_earn() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach, name="Lin")
    change_setting(make_staff(), "shop.model", value="direct", reason="test")
    client = browser()
    page = client.get(f"/s/{link_to(peach, shop).code}").content.decode()
    assert "Lin earns nothing when you buy." in page
    assert "commission" not in page
    assert "and earn nothing with it" in client.get("/discover/").content.decode()


def test_other_apps_find_a_title_and_a_picture_beside_the_link() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    page = browser().get(f"/s/{link_to(peach, shop).code}").content.decode()
    assert '<meta property="og:title" content="Peach 0">' in page
    assert re.search(r'<meta property="og:image" content="https?://[^"]+\.webp">', page)
    assert '<meta name="robots" content="noindex">' in page


def test_a_link_to_a_shop_shows_the_shop() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    link = share(shop.owner, kind=Share.Kind.SHOP, shop=shop)
    page = browser().get(f"/s/{link.code}")
    assert page.status_code == 200
    assert Visit.objects.get().is_valid
    assert b"I eat these myself." in page.content


def test_an_unknown_link_gets_a_way_on() -> None:
    page = browser().get("/s/NOSUCHLINK")
    assert page.status_code == 404
    assert b"This link leads nowhere." in page.content
    assert b'href="/discover/"' in page.content


def test_a_closed_shop_gets_a_way_on_and_no_visit() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    link = link_to(peach, shop)
    close_shop(shop)
    page = browser().get(f"/s/{link.code}")
    assert page.status_code == 410
    assert f'href="/p/{peach.pk}/"'.encode() in page.content
    assert Visit.objects.count() == 0


def test_a_product_that_was_taken_off_sale_leads_to_the_rest_of_the_shop() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    link = link_to(peach, shop)
    Product.objects.update(status=Product.Status.DELISTED)
    page = browser().get(f"/s/{link.code}")
    assert page.status_code == 410
    assert f'href="/shop/{shop.code}/"'.encode() in page.content


def test_a_member_protected_by_another_agent_is_told_whom_her_purchase_counts_for() -> None:
    (peach,) = goods(1)
    _first, first_shop = agent(peach, name="Ann")
    _second, second_shop = agent(peach, name="Bea")
    member = make_member()
    bind(customer_id=member.pk, shop_id=first_shop.pk, reason="order_paid", evidence={})
    page = browser(member).get(f"/s/{link_to(peach, second_shop).code}").content.decode()
    assert "You are with Ann until" in page
    with clock.travel(clock.now() + timedelta(days=16)):
        later = browser(member).get(f"/s/{link_to(peach, second_shop).code}").content.decode()
    assert "You are with Ann until" not in later


def test_names_and_words_cannot_smuggle_markup_in() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach, name="<script>alert(1)</script>", voice="<img src=x onerror=alert(2)>")
    page = browser().get(f"/s/{link_to(peach, shop).code}").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(("count", "signed_in", "sent"), [(1, False, 10), (20, False, 10), (1, True, 15), (20, True, 15)])
def test_statements_of_the_landing(count: int, signed_in: bool, sent: int) -> None:
    products = goods(count)
    _agent, shop = agent(*products)
    link = link_to(products[0], shop)
    client = browser(make_member() if signed_in else None)
    client.get(f"/s/{link.code}")
    with exactly(sent):
        client.get(f"/s/{link.code}")
