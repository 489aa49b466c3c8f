"""What members and guests see of levels."""

from typing import Any

import pytest
from django.test import Client

from renmai.accounts.models import User
from renmai.journeys.tests.world import customer, goods
from renmai.plays.levels.tests.world import campaign, kept

pytestmark = pytest.mark.django_db
PAGE = "/play/levels/"


def browser(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_everybody_reads_the_same_conditions() -> None:
    assert "Everybody pays the same price" in text_of(browser().get(PAGE))
    campaign()
    for user in (None, customer().user):
        shown = text_of(browser(user).get(PAGE))
        assert [name in shown for name in ("Silver member", "Gold member", "Honey member", "10 %")] == [True] * 4
    assert "Sign in to see which level is yours" in text_of(browser().get(PAGE))


def test_a_member_sees_how_far_she_is() -> None:
    campaign()
    who, (peach,) = customer(), goods(price_fen=3000, freight=False)
    assert "No level yet" in text_of(browser(who.user).get(PAGE))
    kept(who, peach)
    shown = text_of(browser(who.user).get(PAGE))
    assert "¥30.00 bought and kept within 365 days" in shown
    assert "¥20.00 to Gold member" in shown
    kept(who, peach, 4)
    assert "This is the highest level" in text_of(browser(who.user).get(PAGE))
