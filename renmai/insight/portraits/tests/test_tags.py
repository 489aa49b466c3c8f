"""Tags are right for people of whom it is known what they are.

A made-up town of 600: each person is of one kind, which the portrait never sees. She looks and buys as her kind does three times out of
four, and as anybody does otherwise: gifts, errands, curiosity. How much she does differs from one to a hundred touches.
"""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.insight.portraits import actions
from renmai.insight.portraits.facets import BROWSED
from renmai.insight.portraits.rereading import READER
from renmai.insight.portraits.tags import TAGS_BY_CODE, tags_of
from renmai.insight.portraits.tests.world import NOON, bought, follower, goods
from renmai.insight.stream.models import Cursor, EventRow
from renmai.kernel import clock, ids

pytestmark = pytest.mark.django_db
PEOPLE = 600
NOW = NOON + timedelta(hours=12)
SHELVES = (
    "baby",
    "makeup",
    "skincare",
    "clothing",
    "shoes-bags",
    "tea",
    "home",
    "kitchen",
    "fresh",
    "snacks",
    "pantry",
    "digital",
)
PRICES = (1_500, 3_500, 8_000, 15_000, 30_000, 80_000)
TYPICAL = 0.75


@dataclass(frozen=True)
class KindOfPerson:
    """What somebody of this kind does when she does what is typical of her: shelves, prices, hours in China."""

    tag: str
    shelves: tuple[str, ...] = SHELVES
    prices: tuple[int, ...] = PRICES
    hours: tuple[int, ...] = tuple(range(7, 23))


KINDS = (
    KindOfPerson("mother", shelves=("baby",)),
    KindOfPerson("office", shelves=("makeup", "skincare", "clothing", "shoes-bags"), hours=(12, 13, 19, 20, 21)),
    KindOfPerson("tea", shelves=("tea",)),
    KindOfPerson("home", shelves=("home", "kitchen")),
    KindOfPerson("thrifty", prices=PRICES[:2]),
    KindOfPerson("quality", prices=PRICES[4:]),
    KindOfPerson("night", hours=(22, 23, 0, 1, 2)),
    KindOfPerson(""),
)


def _town(dice: random.Random) -> tuple[dict[tuple[str, int], Product], list[tuple[User, KindOfPerson]]]:
    stock = {(shelf, price): goods(shelf, price_fen=price) for shelf in SHELVES for price in PRICES}
    return stock, [(follower(), dice.choice(KINDS)) for _number in range(PEOPLE)]


def _act(dice: random.Random, kind: KindOfPerson) -> tuple[str, int, datetime]:
    does = kind if dice.random() < TYPICAL else KINDS[-1]
    day = NOON.replace(hour=0) - timedelta(days=dice.randrange(40))
    at = day + timedelta(hours=dice.choice(does.hours) - 8, minutes=dice.randrange(60))
    return dice.choice(does.shelves), dice.choice(does.prices), at


def test_nine_of_ten_tags_are_right_and_most_people_get_theirs() -> None:
    dice = random.Random(20260504)  # noqa: S311 - repeatable, not secret
    stock, people = _town(dice)
    rows, position = [], 0
    for user, kind in people:
        for _number in range(round(10 ** dice.uniform(0, 2))):
            shelf, price, at = _act(dice, kind)
            position += 1
            rows.append(
                EventRow(
                    position=position,
                    event_id=ids.new_uuid(),
                    name=dice.choice(BROWSED),
                    version=1,
                    source="browser",
                    user_id=user.pk,
                    product_id=stock[shelf, price].pk,
                    at=at,
                    received_at=at,
                )
            )
        if dice.random() < 0.3:
            shelf, price, at = _act(dice, kind)
            bought(user, stock[shelf, price], at=at, price_fen=price)
    EventRow.objects.bulk_create(rows, batch_size=2_000)
    Cursor.objects.create(name=READER, position=position)
    with clock.travel(NOW):
        actions.rebuild()
        found = tags_of([user.pk for user, _kind in people])
    right, given, there = Counter[str](), Counter[str](), Counter(kind.tag for _user, kind in people)
    for user, kind in people:
        for tag in found[user.pk]:
            given[tag.code] += 1
            right[tag.code] += tag.code == kind.tag
    kinds = [kind.tag for kind in KINDS if kind.tag]
    report = {tag: (right[tag], given[tag], there[tag]) for tag in kinds}
    assert set(kinds) <= set(TAGS_BY_CODE)
    for hits, marked, real in report.values():
        assert hits >= 0.9 * marked, report
        assert hits >= 0.45 * real, report
    assert sum(right[tag] for tag in kinds) >= 0.95 * sum(given[tag] for tag in kinds), report
