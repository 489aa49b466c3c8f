"""Circles of people with a taste that no shelf shows: each takes to a few goods of every category, and what they bought and looked at says which."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.kernel import clock
from renmai.matching import reading
from renmai.matching.fitted import serving
from renmai.matching.reading import Acts
from renmai.matching.shelf import Ints
from renmai.matching.tests.town import bought, customer, kinds

PEOPLE, EACH, CIRCLES = 36, 4, 3


@pytest.fixture
def home(tmp_path: Path, settings: object) -> Iterator[Path]:
    """A folder of its own, and nothing of another test in memory."""
    settings.RENMAI_HOME = tmp_path  # type: ignore[attr-defined]
    serving._read.clear()
    yield tmp_path
    serving._read.clear()


def circles(people: int = PEOPLE, *, each: int = 9) -> tuple[list[list[Product]], list[User]]:
    """People of three circles, and the goods of each circle (every third one of every category), bought before and within the last month."""
    shelves = kinds(each)
    of_circle = [
        [product for row in zip(*(shelf[circle::CIRCLES] for shelf in shelves), strict=True) for product in row]
        for circle in range(CIRCLES)
    ]
    members = []
    for number in range(people):
        who, goods = customer(None, Purpose.RECOMMENDATIONS), of_circle[number % CIRCLES]
        for step in range(EACH):
            bought(who, goods[(number // CIRCLES + 2 * step) % len(goods)], days_ago=70 - step)
        bought(who, goods[(number // CIRCLES + 1) % len(goods)], days_ago=12)
        members.append(who)
    return of_circle, members


def world(seed: int, *, people: int = 400, goods: int = 240, each: int = 8) -> tuple[Acts, Acts]:
    """Acts before a day and after it, of people in circles who take to some goods of every kind and sometimes to anything that sells."""
    dice = np.random.default_rng(seed)
    circle, common = dice.integers(0, 12, people), dice.random(goods) ** 2
    liked = dice.random((12, goods)) < 0.12
    before, after = [], []
    for person in range(people):
        chances = common * np.where(liked[circle[person]], 12.0, 1.0)
        chosen = dice.choice(goods, each + 2, replace=False, p=chances / chances.sum())
        before.append(chosen[:each])
        after.append(chosen[each:])
    return _acts(before, weight=0.5), _acts(after, weight=0.9)


def _acts(chosen: list[Ints], *, weight: float) -> Acts:
    person = np.repeat(np.arange(1, len(chosen) + 1), [len(each) for each in chosen])
    place = np.concatenate(chosen)
    size = len(place)
    return Acts(
        person=person,
        shop=np.zeros(size, dtype=np.int64),
        place=place,
        weight=np.full(size, weight),
        is_order=np.ones(size, dtype=np.int64),
    )


def acts_of(user: User) -> Acts:
    """What somebody bought."""
    return reading.bought(reading.read_shelf(), buyers=[user.pk])


def later(**by: int) -> AbstractContextManager[None]:
    """Travel ahead."""
    return clock.travel(clock.now() + timedelta(**by))
