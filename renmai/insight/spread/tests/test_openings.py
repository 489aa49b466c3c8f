"""What links reached, counted again by hand; learning once a day; no guess from too little."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from renmai.accounts.models import Visitor
from renmai.insight.models import ReachHabits
from renmai.insight.spread.openings import STALE, learn_reach, reach_of
from renmai.insight.spread.reach import FEWEST_SHARERS
from renmai.insight.spread.tests.town import DAY, NOW, START, Town
from renmai.kernel import clock
from renmai.sharing.models import Share, Visit
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

Statements = Callable[[int], AbstractContextManager[None]]


def opened(link: Share, *, people: int, after: timedelta = DAY, is_valid: bool = True) -> None:
    """So many browsers open a link, each twice."""
    for _person in range(people):
        visitor = Visitor.objects.create()
        for again in range(2):
            Visit.objects.create(
                share=link, visitor=visitor, at=link.created_at + after + again * timedelta(minutes=5), is_valid=is_valid
            )


def sharers(town: Town, number: int, *, people: int) -> None:
    """So many people with two links each, one that nobody opened and one that some did."""
    for _sharer in range(number):
        who = town.user()
        town.product_link(who, 0)
        opened(town.product_link(who, 1), people=people)


def test_people_count_once_and_only_in_the_first_seven_days() -> None:
    town = Town()
    link = town.product_link(town.user(), 10)
    opened(link, people=3)
    opened(link, people=2, after=timedelta(days=7) - timedelta(minutes=6))
    opened(link, people=4, after=timedelta(days=7))
    opened(link, people=5, is_valid=False)
    with clock.travel(START + 13.5 * DAY):
        found = reach_of(link)
    assert (found.people, found.days, found.is_over, found.expected) == (5, 3, False, None)
    with clock.travel(NOW):
        assert (reach_of(link).days, reach_of(link).is_over) == (7, True)


def test_the_shop_learns_once_a_day_and_expects_by_what_she_did_before(moving_clock: MovingClock, statements: Statements) -> None:
    town = Town()
    moving_clock.travel(NOW)
    sharers(town, 30, people=2)
    large = town.user()
    for day in (1, 2, 3):
        opened(town.product_link(large, day), people=25)
    opened(town.product_link(large, 57), people=9)
    assert (learn_reach(1), learn_reach(1)) == (1, 0)
    row = ReachHabits.objects.get()
    # The link of three days ago is not learned from: its days are not over.
    assert (row.sharers, row.links) == (31, 63)
    new, hers = town.product_link(town.user(), 59), town.product_link(large, 59)
    with statements(3):
        ordinary = reach_of(new).expected
    special = reach_of(hers).expected
    assert ordinary is not None
    assert special is not None
    assert ordinary.high < 10 < special.mean < 30
    moving_clock.advance(days=1)
    assert learn_reach(1) == 1


def test_nothing_is_expected_from_few_sharers_or_from_long_ago(moving_clock: MovingClock) -> None:
    town = Town()
    moving_clock.travel(NOW)
    sharers(town, FEWEST_SHARERS - 1, people=1)
    assert (learn_reach(1), ReachHabits.objects.count()) == (0, 0)
    sharers(town, 1, people=1)
    assert learn_reach(1) == 1
    link = town.product_link(town.user(), 59)
    assert reach_of(link).expected is not None
    moving_clock.advance(seconds=STALE.total_seconds())
    assert reach_of(link).expected is None
