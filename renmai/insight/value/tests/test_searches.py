"""Searches of a period: how often, by how many, with what result, and what stays untold."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from renmai.accounts.models import User, Visitor
from renmai.insight.queries import Period
from renmai.insight.stream.tests.happenings import happened
from renmai.insight.value import actions, queries
from renmai.insight.value.tests.shop import DAY, NOW, START, Town
from renmai.kernel import clock

pytestmark = pytest.mark.django_db
PERIOD = Period(START.date(), START.date() + timedelta(days=29))
MINUTE = DAY / 1440


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> None:
    settings.RENMAI_HOME = tmp_path


def searched(who: User | Visitor | None, minute: float, query: str, found: int, *, loosened: int = 0) -> None:
    user, visitor = (who, None) if isinstance(who, User) else (None, who)
    at = START + minute * MINUTE
    happened("searched", user=user, visitor=visitor, at=at, query=query, found=found, loosened=loosened)


def opened(town: Town, who: User | Visitor, minute: float, funnel: str = "search") -> None:
    user, visitor = (who, None) if isinstance(who, User) else (None, who)
    at = START + minute * MINUTE
    happened("product_viewed", user=user, visitor=visitor, product=town.sku().product, at=at, funnel=funnel)


def count() -> None:
    actions.ask_for_funnels(PERIOD)
    with clock.travel(NOW):
        assert actions.count_funnels(1) == 1


def test_searches_are_counted_with_what_came_of_them() -> None:
    town = Town()
    people: list[User | Visitor] = [town.user() for _one in range(4)]
    people.append(Visitor.objects.create())
    for number, who in enumerate(people):
        searched(who, 100 * number, " Tea", 0)
        searched(who, 100 * number + 5, "茶", 3, loosened=number % 2)
    opened(town, people[0], 6)
    opened(town, people[0], 7)
    opened(town, people[1], 104.9)
    opened(town, people[2], 200.5, "content")
    opened(town, people[4], 436)
    searched(None, 3, "tea", 1)
    searched(people[0], 50, "13800001111", 0)
    count()
    found = queries.searches(PERIOD)
    rows = {row.query: (row.times, row.people, row.empty, row.loosened) for row in found.listed}
    assert rows == {"tea": (6, 5, 5, 0), "茶": (5, 5, 0, 2)}
    assert found.whole is not None
    assert (found.whole.times, found.whole.people, found.whole.empty, found.others) == (12, 5, 6, (1, 1))
    parts = {row.query: (row.opened.value, row.opened.count) for row in found.listed if row.opened}
    assert parts == {"tea": (0.0, 5), "茶": (2 / 5, 5)}, "one looked late, one before, one by another way"
    assert [row.query for row in queries.searches(PERIOD, only="empty").listed] == ["tea"]
    assert [row.query for row in queries.searches(PERIOD, only="loosened").listed] == ["茶"]


def test_a_search_of_four_people_is_not_told_and_a_fifth_makes_it_told() -> None:
    town = Town()
    for minute in range(4):
        searched(town.user(), minute, "赵丽芬", 0)
    count()
    assert queries.searches(PERIOD).listed == ()
    searched(town.user(), 9, "赵丽芬", 0)
    count()
    assert [row.query for row in queries.searches(PERIOD).listed] == ["赵丽芬"]
