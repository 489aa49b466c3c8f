"""Branching processes, wearing plays and share graphs whose truth is known."""

import heapq
import math
import random
from datetime import UTC, date, datetime, timedelta

from renmai.insight.spread.reproduction import WINDOW, Member
from renmai.insight.spread.seeds import Edge
from renmai.insight.spread.wearing import Day

START = datetime(2026, 3, 1, tzinfo=UTC)
LENGTH = timedelta(days=22)
NOW = START + LENGTH
ARRIVALS_DAYS = 17.0
WEEK = (1.0, 0.9, 0.95, 1.0, 1.1, 1.3, 1.2)


def dice_of(seed: int) -> random.Random:
    """Return dice that fall alike each time."""
    return random.Random(seed)  # noqa: S311 - repeatable, not secret


def poisson(dice: random.Random, mean: float) -> int:
    """Draw a Poisson number (Knuth's product; rounded normal where it is large)."""
    if mean > 60:
        return max(0, round(dice.gauss(mean, math.sqrt(mean))))
    floor, product, count = math.exp(-mean), dice.random(), 0
    while product > floor:
        product *= dice.random()
        count += 1
    return count


def offspring(dice: random.Random, mean: float, shape: float) -> int:
    """Draw how many one person brings: negative binomial, the smaller ``shape`` the more uneven; Poisson for infinity."""
    return poisson(dice, mean if math.isinf(shape) else dice.gammavariate(shape, mean / shape))


def branching(dice: random.Random, mean: float, *, shape: float, roots: int, tail: bool = False) -> list[Member]:
    """Grow a campaign until ``NOW``: ``roots`` come by themselves within 17 days, everybody brings others within her window.

    With ``tail`` delays are exponential with a mean of two days, so that some come after the window. Two more people than join open each
    person's links on average.
    """
    waiting = [(dice.uniform(0, ARRIVALS_DAYS), root, "") for root in range(roots)]
    heapq.heapify(waiting)
    members: list[Member] = []
    made = roots
    while waiting:
        day, number, parent = heapq.heappop(waiting)
        if day > LENGTH.days:
            break
        openings = [day + _delay(dice, tail=tail) for _child in range(offspring(dice, mean, shape))]
        for opening in openings:
            heapq.heappush(waiting, (opening, made, f"p{number}"))
            made += 1
        openings += [day + 7 * dice.random() for _other in range(poisson(dice, 2))]
        members.append(
            Member(
                key=f"p{number}",
                entered_at=START + timedelta(days=day),
                parent_key=parent,
                opened_at=tuple(START + timedelta(days=opening) for opening in openings if opening <= LENGTH.days),
            )
        )
    return members


def _delay(dice: random.Random, *, tail: bool) -> float:
    return dice.expovariate(0.5) if tail else WINDOW.days * dice.betavariate(1, 3)


def days(
    dice: random.Random, *, per_day: float, count: int, worn_from: int | None = None, left: float = 0.5, unevenness: float = 0.0
) -> list[Day]:
    """Make days of a play on which about ``per_day`` join, ``left`` of it from ``worn_from`` on; weekends are better.

    ``unevenness`` is by which part days differ from what chance makes of them.
    """
    found = []
    for index in range(count):
        exposed = round(200 * dice.uniform(0.8, 1.2))
        mean = per_day * exposed / 200 * WEEK[index % 7] * (left if worn_from is not None and index >= worn_from else 1)
        if unevenness:
            mean *= dice.gammavariate(unevenness**-2, unevenness**2)
        found.append(Day(date(2026, 1, 1) + timedelta(days=index), exposed, poisson(dice, mean)))
    return found


def popular(dice: random.Random, *, people: int, links: int, probability: float) -> list[Edge]:
    """A share graph in which newcomers open the links of those whom many know already."""
    ends, edges = [0, 1], set()
    for person in range(2, people):
        for _link in range(links):
            friend = dice.choice(ends)
            if friend != person:
                edges.add((friend, person))
                ends += [friend, person]
                if dice.random() < 0.3:
                    edges.add((person, friend))
    names = list(range(people))
    dice.shuffle(names)
    return [Edge(names[source], names[target], probability) for source, target in sorted(edges)]


def villages(dice: random.Random, *, count: int, size: int, probability: float) -> list[Edge]:
    """A share graph of circles in which everybody knows about a third of the others, with few links between them."""
    edges: set[tuple[int, int]] = set()
    for village in range(count):
        first = village * size
        for person in range(first, first + size):
            edges.update((person, other) for other in range(first, first + size) if other != person and dice.random() < 0.3)
            if dice.random() < 0.1:
                edges.add((person, dice.randrange(count * size)))
    return [Edge(source, target, probability) for source, target in sorted(edges) if source != target]
