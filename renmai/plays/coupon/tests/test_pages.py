"""What a customer sees of coupons, clicks and is refused."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from renmai.accounts.models import User
from renmai.campaigns.queries import offers_on
from renmai.campaigns.queries.running import forget_running
from renmai.journeys.tests.world import Customer, customer, goods
from renmai.plays.coupon.models import Coupon
from renmai.plays.coupon.tests.world import campaign, claimed, now, ordered

pytestmark = pytest.mark.django_db


def browser(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_from_the_centre_to_the_checkout() -> None:
    who, running, (peach,) = customer(), campaign(), goods()
    client = browser(who.user)
    assert "¥10 off" in text_of(client.get(reverse("coupon:centre")))
    claim = reverse("coupon:claim", args=[running.number])
    answer = text_of(client.post(claim, {"next": reverse("coupon:centre")}, follow=True))
    assert "It is yours" in answer
    assert "Claimed" in answer
    coupon = Coupon.objects.get(owner=who.user)
    assert "Valid until" in text_of(client.get(reverse("coupon:mine")))
    checkout = f"/checkout/?sku_id={peach.pk}&quantity=2&address_id={who.address_id}"
    assert coupon.code in text_of(client.get(checkout))
    chosen = text_of(client.get(f"{checkout}&play=coupon:{running.pk}:{coupon.code}"))
    assert "-¥10.00" in chosen or "−¥10.00" in chosen
    assert "You have claimed as many" in text_of(client.post(claim, follow=True))


def test_a_guest_looks_and_signs_in_to_claim() -> None:
    running = campaign()
    assert "¥10 off" in text_of(browser().get(reverse("coupon:campaign", args=[running.number])))
    answer = browser().post(reverse("coupon:claim", args=[running.number]))
    assert answer.headers["Location"].startswith("/sign-in/")
    assert not Coupon.objects.exists()


def test_a_word_is_refused_beside_its_field_and_keeps_what_was_typed() -> None:
    who = customer()
    campaign(claim="word", word="neighbours")
    answer = browser(who.user).post(reverse("coupon:word"), {"word": "neighbour"})
    shown = str(answer.content.decode())
    assert (answer.status_code, 'value="neighbour"' in shown, "No coupon belongs to this coupon code" in shown) == (
        400,
        True,
        True,
    )
    assert browser(who.user).post(reverse("coupon:word"), {"word": "Neighbours"}).headers["Location"] == reverse("coupon:mine")
    assert Coupon.objects.get().owner == who.user


def test_a_campaign_of_words_has_no_page() -> None:
    running = campaign(claim="word", word="neighbours")
    assert browser().get(reverse("coupon:campaign", args=[running.number])).status_code == 404


def test_each_state_has_its_list_and_says_what_to_do() -> None:
    who, (peach,) = customer(), goods()
    client = browser(who.user)
    for state in ("usable", "used", "expired", "nonsense"):
        assert "To the coupon centre" in text_of(client.get(reverse("coupon:mine"), {"state": state}))
    coupon = claimed(who)
    order = ordered(who, coupon, peach)
    shown = text_of(client.get(reverse("coupon:mine")))
    assert "Kept for an order" in shown
    assert reverse("storefront:order", args=[order.number]) in shown
    Coupon.objects.filter(pk=coupon.pk).update(status="used")
    assert "See the order" in text_of(client.get(reverse("coupon:mine"), {"state": "used"}))
    Coupon.objects.filter(pk=coupon.pk).update(status="expired", order=None)
    assert "Ended on" in text_of(client.get(reverse("coupon:mine"), {"state": "expired"}))
    assert now(coupon).status == "expired"


def test_a_product_says_that_there_is_a_coupon_for_it() -> None:
    (peach,) = goods()
    running = campaign(scope="products", products=str(peach.product_id))
    running.products.create(product=peach.product)
    forget_running()
    (offer,) = offers_on(peach.product_id)
    assert (offer.url, offer.price_fen) == (reverse("coupon:campaign", args=[running.number]), None)
    assert running.title_en in text_of(browser().get(offer.url))


def test_sharing_gives_a_link_of_ones_own() -> None:
    who, running = customer(), campaign()
    assert "¥10 off" in text_of(browser(who.user).get(reverse("coupon:share", args=[running.number])))
    link = who.user.shares.get()
    assert (link.page, link.campaign_id) == (reverse("coupon:campaign", args=[running.number]), running.pk)


@pytest.mark.parametrize("name", ["centre", "mine"])
def test_a_long_list_asks_no_more_than_a_short_one(name: str) -> None:
    who, counted = customer(), []
    for number in (1, 20):
        while Coupon.objects.filter(owner=who.user).count() < number:
            claimed(who, campaign())
        counted.append(_sent(who, reverse(f"coupon:{name}")))
    assert counted[0] == counted[1]


def _sent(who: Customer, address: str) -> int:
    client = browser(who.user)
    client.get(address)
    with CaptureQueriesContext(connection) as sent:
        text_of(client.get(address))
    return len(sent)
