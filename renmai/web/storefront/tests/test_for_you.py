"""What is recommended to a customer, and that she decides whether anything of hers is used for it."""

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.accounts.queries import has_consent
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.models import Product
from renmai.matching import actions, selections
from renmai.matching.models import Selection, Verdict
from renmai.matching.selections import Entry, Why
from renmai.matching.tests.town import bought, customer, goods, kinds

pytestmark = pytest.mark.django_db


def browser(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def chosen_for(member: User) -> list[Product]:
    """A shop, and the lists for everybody and for a member who bought fruit."""
    fruit, shoes, _tea = kinds(3)
    bought(make_member(), shoes[0], days_ago=2)
    bought(member, fruit[0])
    actions.refresh_selections(10)
    return fruit


def test_a_member_who_agrees_sees_her_own_goods_on_the_home_page_and_turns_it_off_there() -> None:
    member = customer(None, Purpose.RECOMMENDATIONS)
    fruit = chosen_for(member)
    client = browser(member)
    home = body(client, "/")
    assert "Chosen for you" in home
    page = body(client, "/for-you/")
    assert fruit[1].title_zh in page
    assert f"/p/{fruit[1].pk}/?way=content" in page
    assert "You have bought or looked at Fruit" in page
    assert client.post("/for-you/choose/", {"give": "0", "next": "/"}).headers["Location"] == "/"
    assert not has_consent(member, Purpose.RECOMMENDATIONS)
    assert not Selection.objects.filter(audience="member").exists()
    assert "Chosen for you" not in body(client, "/")
    assert "Nothing about you is used" in body(client, "/for-you/")


def test_the_switch_gives_consent_too_and_her_list_comes() -> None:
    member = customer(None)
    chosen_for(member)
    client = browser(member)
    client.post("/for-you/choose/", {"give": "1"})
    assert has_consent(member, Purpose.RECOMMENDATIONS)
    assert "Your list is being made" in body(client, "/for-you/")
    actions.refresh_selections(10)
    assert "chosen by what you bought" in body(client, "/for-you/")


def test_guests_see_what_everybody_sees_and_sign_in_to_have_more() -> None:
    chosen_for(customer(None, Purpose.RECOMMENDATIONS))
    guest = browser()
    assert "Nothing about you is used" in body(guest, "/for-you/")
    assert "Chosen for you" not in body(guest, "/")
    assert guest.post("/for-you/choose/", {"give": "1"}).headers["Location"].startswith("/sign-in/")


def test_what_she_does_not_want_to_see_goes_and_comes_back() -> None:
    member = customer(None, Purpose.RECOMMENDATIONS)
    fruit = chosen_for(member)
    client = browser(member)
    client.post(f"/p/{fruit[1].pk}/hide/")
    page = body(client, "/for-you/")
    assert f'id="p{fruit[1].pk}"' not in page
    assert "What you do not want to see" in page
    client.post(f"/p/{fruit[1].pk}/hide/", {"show": "1"})
    assert not Verdict.objects.exists()


def test_safe_picks_say_what_they_are_judged_by() -> None:
    product, *_others = goods(kinds(1)[0][0].category, 2)
    assert "No safe picks yet" in body(browser(), "/safe/")
    selections.keep("safe", 0, [Entry(product.pk, (Why("quality", 1, 40),))], strategy="safe")
    page = body(browser(), "/safe/")
    assert product.title_zh in page
    assert f"/p/{product.pk}/?way=content" in page
    assert "1 of 40 orders came back" in page
    assert "at most half as often" in page


def test_what_goes_with_a_product_is_fetched_by_its_page_and_has_a_page_of_its_own() -> None:
    one, other = goods(kinds(1)[0][0].category, 2)
    selections.keep("product", one.pk, [Entry(other.pk, (Why("together", one.pk),))], strategy="together")
    client = browser()
    assert f'hx-get="/p/{one.pk}/with/"' in body(client, f"/p/{one.pk}/")
    assert other.title_zh in body(client, f"/p/{one.pk}/with/")
    strip = client.get(f"/p/{one.pk}/with/", headers={"HX-Request": "true"}).content.decode()
    assert other.title_zh in strip
    assert f"/p/{other.pk}/?way=content" in strip
    assert "<html" not in strip
    assert client.get(f"/p/{other.pk}/with/", headers={"HX-Request": "true"}).content.decode().strip() == ""


def test_the_filter_of_a_list_leaves_only_safe_picks() -> None:
    fruit, shoes, _tea = kinds(3)
    safe = (fruit[0], shoes[1])
    selections.keep("safe", 0, [Entry(product.pk, (Why("quality", 0, 40),)) for product in safe], strategy="safe")
    client = browser()
    page = body(client, "/search/?safe=1&sort=sold")
    assert all(product.title_zh in page for product in safe)
    assert "2 products" in page
    assert fruit[1].title_zh not in page
    assert 'name="safe" value="1" checked' in page
    assert 'href="?sort=sold"' in page, "the way without the filter"
    assert "?sort=newest&amp;safe=1" in page, "another order keeps it"
    one = body(client, reverse("storefront:category", args=[fruit[0].category.slug]) + "?safe=1")
    assert "1 product" in one
    selections.keep("safe", 0, [], strategy="safe")
    assert "Nothing within these filters" in body(client, "/search/?safe=1")
