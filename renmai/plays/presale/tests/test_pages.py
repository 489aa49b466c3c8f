"""What a customer sees of a pre-sale, from the product to the second payment."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.queries import offers_on
from renmai.campaigns.queries.running import forget_running
from renmai.journeys.tests.world import at_cashier, begin_payment, customer
from renmai.kernel import clock
from renmai.plays.presale import actions
from renmai.plays.presale.models import Booking
from renmai.plays.presale.play import PLAY
from renmai.plays.presale.tests.world import PRESALE, booked, presale, sku_of, with_deposit
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def browser(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_from_the_product_to_the_second_payment(moving_clock: MovingClock) -> None:
    who, campaign = customer(), presale()
    forget_running()
    with translation.override("en"):
        (offer,) = offers_on(campaign.products.get().product_id)
    assert (offer.price_fen, offer.label) == (PRESALE, "Pre-sale, ¥10.00 now")
    client = browser(who.user)
    assert "Book it for ¥10.00" in text_of(client.get(offer.url))
    shown = text_of(client.get(f"/checkout/?sku_id={sku_of(campaign).pk}&quantity=1&play=presale:{campaign.pk}:"))
    assert "Deposit now" in shown
    assert "the deposit goes back to you" in shown
    order = booked(who, campaign)
    page = reverse("storefront:order", args=[order.number])
    assert "Pay ¥10.00" in text_of(client.get(page))
    at_cashier(begin_payment(who, order))
    assert "The deposit is paid." in text_of(client.get(reverse("storefront:order_paid", args=[order.number])))
    waiting = text_of(client.get(page))
    assert "The balance can be paid" in waiting
    assert "Pay ¥" not in waiting
    assert "The deposit of ¥10.00 goes back to you" in waiting
    assert "Deposit received" in waiting
    moving_clock.travel(campaign.ends_at)
    assert "Pay ¥70.00" in text_of(client.get(page))


def test_what_is_kept_is_said_before_and_after() -> None:
    who, campaign = customer(), presale(unpaid="kept")
    client = browser(who.user)
    assert "the shop keeps the deposit" in text_of(client.get(reverse("presale:offer", args=[campaign.pk])))
    order = with_deposit(who, campaign)
    page = reverse("storefront:order", args=[order.number])
    assert "The deposit of ¥10.00 stays with the shop" in text_of(client.get(page))
    client.post(reverse("storefront:order_cancel", args=[order.number]))
    assert "Deposit kept by the shop, as agreed" in text_of(client.get(page))


def test_called_off_has_no_button() -> None:
    campaign = presale()
    actions.call_off(make_staff(), campaign.pk, reason="the harvest failed")
    shown = text_of(browser(customer().user).get(reverse("presale:offer", args=[campaign.pk])))
    assert "was called off" in shown
    assert "Book it" not in shown


@pytest.mark.parametrize(("name", "most"), [("presale:list", 8), ("presale:mine", 8)])
def test_lists_show_each_picture_and_ask_the_same_for_one_and_for_twenty(name: str, most: int) -> None:
    who, counted = customer(), []
    for number in (1, 20):
        while Booking.objects.count() < number:
            booked(who, presale())
        forget_running()
        client = browser(who.user)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as sent:
            shown = text_of(client.get(reverse(name)))
        assert shown.count('<img class="thumb') == number
        counted.append(len(sent))
    assert counted[0] == counted[1] == most


def test_sharing_gives_a_link_to_this_presale() -> None:
    who, campaign = customer(), presale()
    assert "¥80.00 ¥10.00 deposit" in text_of(browser(who.user).get(reverse("presale:share", args=[campaign.pk])))
    assert who.user.shares.get().page == reverse("presale:offer", args=[campaign.pk])


def test_the_preview_needs_goods() -> None:
    campaign = presale()
    assert PLAY.preview(campaign.terms)["sku"] == sku_of(campaign)
    assert PLAY.preview(campaign.terms | {"sku_id": 0})["sku"] is None


def test_the_list_of_orders_offers_no_payment_before_the_balance_can_be_paid(moving_clock: MovingClock) -> None:
    who = customer()
    order = with_deposit(who, presale())
    client, pay = browser(who.user), reverse("storefront:order_pay", args=[order.number])
    assert order.balance_from is not None
    early = text_of(client.get("/orders/"))
    assert pay not in early
    assert "Buy again" not in early
    moving_clock.advance(seconds=(order.balance_from - clock.now()).total_seconds() + 1)
    assert pay in text_of(client.get("/orders/"))


def test_the_cards_of_many_are_one_statement() -> None:
    campaigns = [presale() for _number in range(3)]
    with CaptureQueriesContext(connection) as sent:
        found = PLAY.cards(campaigns)
    assert len(sent) == 1
    assert found == {campaign.pk: PLAY.card(campaign, PLAY.page(campaign)) for campaign in campaigns}
    assert len({card.price_fen for card in found.values()}) == 1
