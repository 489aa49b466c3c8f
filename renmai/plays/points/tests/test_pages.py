"""What a customer sees of her points."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from renmai.accounts.models import User
from renmai.journeys.tests.lives import keep, pay, send_back
from renmai.journeys.tests.world import customer, goods, place
from renmai.plays.points.tests.world import campaign, gift, ordered

pytestmark = pytest.mark.django_db
PAGE = "/play/points/"


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_nothing_yet_says_how_they_come() -> None:
    who = customer()
    assert "No points are earned just now" in text_of(browser(who.user).get(PAGE))
    campaign()
    assert "They come with what you buy and keep" in text_of(browser(who.user).get(PAGE))


def test_a_guest_reads_how_points_work_and_signs_in_to_see_hers() -> None:
    campaign()
    page = text_of(Client(headers={"accept-language": "en"}).get(PAGE))
    assert "take ¥1 off" in page
    assert f'href="/sign-in/?next={PAGE}"' in page
    assert "You can spend" not in page


def test_balance_worth_and_each_line_with_its_reason() -> None:
    running = campaign()
    who, (peach, cloth) = customer(), goods(2, freight=False)
    order = keep(pay(who, place(who, [(peach, 1)])))
    shown = text_of(browser(who.user).get(PAGE))
    assert "worth ¥1.99 off" in shown
    assert "+199" in shown
    assert reverse("storefront:order", args=[order.number]) in shown
    other = ordered(who, running, cloth, 150)
    assert "150 more are kept for an unpaid order" in text_of(browser(who.user).get(PAGE))
    pay(who, other)
    send_back(order)
    shown = text_of(browser(who.user).get(PAGE))
    assert "150 points are owed" in shown
    assert "-49" in shown


def test_the_checkout_offers_them() -> None:
    running = campaign()
    who, (peach,) = customer(), goods(freight=False)
    gift(who.user, 500)
    checkout = f"/checkout/?sku_id={peach.pk}&quantity=1&address_id={who.address_id}"
    client = browser(who.user)
    assert "Use 500 points" in text_of(client.get(checkout))
    assert "500 points" in text_of(client.get(f"{checkout}&play=points:{running.pk}:500"))


def test_a_long_statement_asks_no_more_than_a_short_one() -> None:
    campaign()
    who, counted = customer(), []
    for number in (1, 20):
        for _one in range(number):
            gift(who.user, 10)
        client = browser(who.user)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as sent:
            text_of(client.get(PAGE))
        counted.append(len(sent))
    assert counted[0] == counted[1]
