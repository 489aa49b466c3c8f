"""The page of a campaign's spread, and of the people to ask first."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from renmai.accounts.models import Consent, Role
from renmai.insight.queries import Period
from renmai.insight.spread.estimates import Estimate
from renmai.insight.spread.queries import Week
from renmai.insight.spread.reproduction import Member, reproduction
from renmai.insight.spread.tests.town import NOW, START, Town
from renmai.kernel import clock
from renmai.web.console import spread_charts, spread_words
from renmai.web.console.tests import scene as scenes

pytestmark = pytest.mark.django_db
PERIOD = f"?from={START:%Y-%m-%d}&to={NOW:%Y-%m-%d}"


def page(town: Town, query: str = PERIOD) -> str:
    return reverse("console:campaign_spread", args=[town.campaign.pk]) + query


@pytest.fixture
def english(owner: Client) -> Client:
    owner.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return owner


def lively() -> Town:
    """An agent's two friends buy, one of them brings a third; five customers stay."""
    town = Town()
    agent, one, other, third = (town.user(name) for name in ("Agent", "One", "Other", "Third"))
    link = town.link(agent, 0)
    for friend in (one, other):
        town.visit(link, friend, 1)
        town.buy(friend, 2, off=200)
        town.order(friend, 12)
    town.visit(town.link(one, 3), third, 4)
    for buyer in (third, town.user(), town.user()):
        town.buy(buyer, 5, off=200)
        town.order(buyer, 20)
    return town


def test_what_the_page_says(english: Client) -> None:
    shown = english.get(page(lively())).content.decode()
    assert "A hundred people who take part bring about 50 others" in shown
    assert '<span class="figure-value">0.50</span>' in shown
    assert "From 6 people who had seven days." in shown
    assert "1.67" in shown, "the virality of a chain of four"
    assert "This campaign" in shown
    assert "¥2.00" in shown


def test_the_chinese_page_is_chinese(owner: Client) -> None:
    owner.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    shown = owner.get(page(lively())).content.decode()
    assert "传播" in shown
    assert "Cycle time" not in shown


def test_before_anybody_took_part_it_says_what_to_do(english: Client) -> None:
    shown = english.get(page(Town())).content.decode()
    assert "Nobody took part yet" in shown


def test_a_worn_out_play_is_said_to_be(english: Client) -> None:
    town = Town()
    today = (clock.now() - START) / timedelta(days=1)
    agent = town.user()
    link = town.link(agent, 0)
    for day in range(50):
        for _friend in range(8 if day < 40 else 1):
            friend = town.user()
            town.visit(link, friend, today - 50 + day)
            town.buy(friend, today - 50 + day + 0.01)
    assert "Worn out since" in english.get(page(town, "")).content.decode()


def test_whom_to_ask_and_why(english: Client) -> None:
    town = Town()
    known = town.user("Known by many")
    Consent.objects.create(user=known, purpose="marketing", version="2026-11")
    link = town.product_link(known, 0)
    today = (clock.now() - START) / timedelta(days=1)
    for _friend in range(5):
        town.visit(link, town.user(), today - 1)
    shown = english.get(page(town, "?view=seeds")).content.decode()
    assert "Known by many" in shown
    assert "5 people opened her links in the last 90 days" in shown


def test_nobody_to_ask(english: Client) -> None:
    assert "Nobody to suggest yet" in english.get(page(Town(), "?view=seeds")).content.decode()


def test_an_analyst_sees_figures_and_nobodys_name() -> None:
    town = lively()
    analyst = scenes.browser_of(scenes.member_of_staff(Role.ANALYST))
    for query in (PERIOD, "?view=seeds"):
        answer = analyst.get(page(town, query))
        assert answer.status_code == 200
        assert "Agent</span>" not in answer.content.decode()
        assert "console/campaigns/seeds.html" not in [template.name for template in answer.templates]


def test_others_do_not_see_it(house: object) -> None:
    town = Town()
    fulfilment = scenes.browser_of(scenes.member_of_staff(Role.FULFILMENT))
    assert fulfilment.get(page(town)).status_code == 403
    owner = scenes.browser_of(scenes.member_of_staff(Role.OWNER))
    assert owner.get(reverse("console:campaign_spread", args=[town.campaign.pk + 1])).status_code == 404


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.5, 0.9, "fewer than themselves"), (1.1, 1.4, "grows by itself."), (0.8, 1.2, "cannot be said yet")],
)
def test_what_k_means(low: float, high: float, said: str) -> None:
    found = reproduction([], now=NOW)
    known = type(found)(Estimate((low + high) / 2, low, high, 10), None, None, None, 10, 0, found.window)
    with translation.override("en"):
        assert said in spread_words.k_sentence(known)


def test_weeks_are_drawn_with_their_intervals_within_the_drawing() -> None:
    weeks = []
    for number in range(3):
        start = START + number * timedelta(days=7)
        members = [Member(f"a{index}", start) for index in range(10)]
        members += [Member(f"b{index}", start + timedelta(hours=2), f"a{index}") for index in range(number * 5)]
        found = reproduction(members, now=NOW)
        weeks.append(Week(Period(start.date(), start.date()).first, found, is_whole=number < 2))
    chart = spread_charts.by_week(weeks)
    assert chart is not None
    assert [mark.value for mark in chart.marks] == ["0.00", "0.33", "0.50"]
    assert [mark.is_whole for mark in chart.marks] == [True, True, False]
    for mark in chart.marks:
        assert mark.y is not None
        assert 0 <= mark.top <= mark.y <= mark.bottom <= chart.height
    assert spread_charts.by_week(weeks[:1]) is None
