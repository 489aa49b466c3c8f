"""What a customer sees, clicks and is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from renmai.accounts.models import User
from renmai.campaigns.queries import offers_on
from renmai.care.models import Message
from renmai.journeys.tests.world import customer
from renmai.kernel import clock
from renmai.plays.flash import actions
from renmai.plays.flash.models import Ticket
from renmai.plays.flash.play import PLAY
from renmai.plays.flash.tests.world import FLASH, flash_sale, ordered, sku_of, took

pytestmark = pytest.mark.django_db


def browser(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def page_of(ticket: Ticket) -> str:
    return reverse("flash:ticket", args=[ticket.number])


def test_from_the_product_to_the_order() -> None:
    who, campaign = customer(), flash_sale(pieces=2)
    with translation.override("en"):
        (offer,) = offers_on(campaign.products.get().product_id)
    assert (offer.price_fen, offer.label) == (FLASH, "Flash sale")
    client = browser(who.user)
    shown = text_of(client.get(offer.url))
    assert "Take a piece" in shown
    assert "2 pieces free" in shown
    taken = client.post(reverse("flash:grab", args=[campaign.pk]))
    ticket = Ticket.objects.get()
    assert taken.headers["Location"] == page_of(ticket)
    assert "Order it for ¥9.90" in text_of(client.get(page_of(ticket)))
    checkout = client.get(f"/checkout/?sku_id={sku_of(campaign).pk}&quantity=1&play=flash:{campaign.pk}:{ticket.number}")
    assert "Pay ¥9.90" in text_of(checkout)
    order = ordered(who, ticket)
    assert reverse("storefront:order", args=[order.number]) in text_of(client.get(page_of(ticket)))
    assert offer.url in text_of(client.get(reverse("storefront:order", args=[order.number])))


def test_the_line_says_which_number_she_is_and_calls_her() -> None:
    campaign, first, second = flash_sale(pieces=1), customer(), customer()
    has, waits = took(first, campaign), took(second, campaign)
    client = browser(second.user)
    assert "You are number 1 in line." in text_of(client.get(page_of(waits)))
    shown = text_of(browser(customer().user).get(reverse("flash:sale", args=[campaign.pk])))
    assert "Join the line" in shown
    assert "1 person waits in line" in shown
    actions.leave(first.user, has.number)
    letter = Message.objects.get(user=second.user)
    answer = client.get(reverse("storefront:message", args=[letter.pk]))
    assert answer.headers["Location"] == page_of(waits)
    assert "Order it for ¥9.90" in text_of(client.get(page_of(waits)))
    assert "You have taken all" not in text_of(client.post(reverse("flash:leave", args=[waits.number]), follow=True))


def test_a_guest_is_shown_the_true_counts_and_asked_to_sign_in() -> None:
    campaign = flash_sale(pieces=3)
    took(customer(), campaign)
    client = browser()
    shown = text_of(client.get(reverse("flash:sale", args=[campaign.pk])))
    assert "1 of 3 pieces are taken" in shown
    assert "Sign in to take part" in shown
    assert client.post(reverse("flash:grab", args=[campaign.pk])).headers["Location"].startswith("/sign-in/")
    assert Ticket.objects.count() == 1


def test_what_comes_and_what_is_over_have_no_button() -> None:
    later = flash_sale(pieces=1, fields={"starts_at": clock.now() + timedelta(hours=1)})
    over = flash_sale(pieces=1, fields={"ends_at": clock.now() - timedelta(seconds=1)})
    client = browser(customer().user)
    for campaign, says in ((later, "It has not begun."), (over, "This sale is over.")):
        shown = text_of(client.get(reverse("flash:sale", args=[campaign.pk])))
        assert says in shown
        assert "/grab/" not in shown
        refused = text_of(client.post(reverse("flash:grab", args=[campaign.pk]), follow=True))
        assert "is not open now" in refused
    listed = text_of(client.get(reverse("flash:list")))
    assert "Coming" in listed
    assert "Open now" not in listed


def test_each_state_says_what_to_do() -> None:
    campaign, who = flash_sale(pieces=1), customer()
    ticket = took(who, campaign)
    client = browser(who.user)
    states = {
        "expired": "This place is over.",
        "left": "Back to the sale",
        "waiting": "Leave the line",
    }
    for status, says in states.items():
        Ticket.objects.filter(pk=ticket.pk).update(status=status)
        assert says in text_of(client.get(page_of(ticket)))
    Ticket.objects.filter(pk=ticket.pk).update(status="closed")
    assert "The sale ended before a piece came back." in text_of(client.get(page_of(ticket)))


@pytest.mark.parametrize(("name", "most"), [("flash:list", 10), ("flash:mine", 7)])
def test_lists_show_each_picture_and_ask_the_same_for_one_and_for_twenty(name: str, most: int) -> None:
    who, counted = customer(), []
    for number in (1, 20):
        while Ticket.objects.count() < number:
            took(who, flash_sale(pieces=1))
        client = browser(who.user)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as sent:
            shown = text_of(client.get(reverse(name)))
        assert shown.count('<img class="thumb') == number
        counted.append(len(sent))
    assert counted[0] == counted[1] == most


def test_sharing_gives_a_link_to_this_sale() -> None:
    who, campaign = customer(), flash_sale()
    assert "¥9.90 flash sale" in text_of(browser(who.user).get(reverse("flash:share", args=[campaign.pk])))
    assert who.user.shares.get().page == reverse("flash:sale", args=[campaign.pk])


def test_the_preview_needs_goods() -> None:
    campaign = flash_sale()
    assert PLAY.preview(campaign.terms)["sku"] == sku_of(campaign)
    assert PLAY.preview(campaign.terms | {"sku_id": 0})["sku"] is None


def test_the_cards_of_many_are_one_statement() -> None:
    campaigns = [flash_sale() for _number in range(3)]
    with CaptureQueriesContext(connection) as sent:
        found = PLAY.cards(campaigns)
    assert len(sent) == 1
    assert found == {campaign.pk: PLAY.card(campaign, PLAY.page(campaign)) for campaign in campaigns}
    assert len({card.price_fen for card in found.values()}) == 1
