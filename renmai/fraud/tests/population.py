"""Invented towns: families, offices, dormitories, busy agents, and rings that hide among them. The same seed gives the same town."""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

from renmai.fraud import marks
from renmai.fraud.cases import InviteEdge, Person, Purchase
from renmai.fraud.features import World

NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)
YEARS = timedelta(days=730)
DUE_SINCE = timedelta(days=45)
DUE_AFTER = timedelta(days=9)
"""Rewards come due when the return window has closed."""

WEEK, WEEKS = timedelta(days=7), 6

REGION = "440305"
STREETS = ("科技园路", "文心二路", "学府路", "海德三道", "后海大道", "桃园路", "南光路", "创业路", "登良路", "粤海街")
BUILDINGS = ("阳光花园", "金色家园", "海岸城", "桃源居", "云海天城", "蔚蓝海岸", "缤纷年华", "鼎太风华")
SEGMENTS = tuple(f"1{head}{tail:04d}" for head in (36, 37, 38, 39, 50, 58, 86, 88) for tail in range(50))
GATEWAYS = tuple(f"223.104.{number // 250}.{number % 250}" for number in range(120))


@dataclass
class Someone:
    """A person with what she is seen with, as she writes it."""

    number: int
    joined_at: datetime
    phone: str
    devices: list[str] = field(default_factory=list)
    networks: list[str] = field(default_factory=list)
    streets: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    payout: str = ""
    purchases: list[Purchase] = field(default_factory=list)

    def person(self) -> Person:
        """The same as the judgement sees it."""
        found = [
            *map(marks.device, self.devices),
            *map(marks.network, self.networks),
            *map(marks.phone, [self.phone, *self.recipients]),
            marks.block(self.phone),
            marks.payout(self.payout),
            *(marks.address(REGION, street) for street in self.streets),
        ]
        return Person(self.number, self.joined_at, frozenset(mark for mark in found if mark is not None), tuple(self.purchases))


@dataclass
class Town:
    """People, who brought whom, and which of it is a ring's."""

    seed: int
    people: dict[int, Someone] = field(default_factory=dict)
    edges: list[InviteEdge] = field(default_factory=list)
    rings: dict[InviteEdge, str] = field(default_factory=dict)
    kinds: dict[InviteEdge, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 - reproducible on purpose
        self.brought: set[int] = set()

    @cached_property
    def everybody(self) -> dict[int, Person]:
        """The town's people as the judgement sees them at the end."""
        return {pk: someone.person() for pk, someone in self.people.items()}

    @cached_property
    def world(self) -> World:
        """The whole town at the end."""
        return World(self.everybody, tuple(self.edges), NOW)

    def as_of(self, at: datetime) -> World:
        """The town as it was known at ``at``: nobody who came later, nothing that was bought or sent back later."""
        people = {pk: _until(person, at) for pk, person in self.everybody.items() if person.joined_at <= at}
        return World(people, tuple(edge for edge in self.edges if edge.first_order_at <= at), at)

    @property
    def due(self) -> list[InviteEdge]:
        """Whose rewards are due about now: the first purchase is kept and its return window has closed lately."""
        return self.due_at(NOW, within=DUE_SINCE - DUE_AFTER)

    def due_at(self, at: datetime, *, within: timedelta) -> list[InviteEdge]:
        """Whose rewards became due in the time before ``at``, if the first purchase was kept until then."""
        found = [edge for edge in self.edges if DUE_AFTER <= at - edge.first_order_at < DUE_AFTER + within]
        return [edge for edge in found if not self._went_back(edge, at)]

    def weeks(self) -> Iterator[tuple[World, list[InviteEdge]]]:
        """The last six weeks one by one: the town at the end of each, and the rewards that became due in it."""
        for back in range(WEEKS):
            at = NOW - back * WEEK
            yield self.as_of(at), self.due_at(at, within=WEEK)

    def _went_back(self, edge: InviteEdge, at: datetime) -> bool:
        first = min(self.people[edge.invited_id].purchases, key=lambda row: row.paid_at)
        return first.refunded_at is not None and first.refunded_at <= at

    def chance(self, probability: float) -> bool:
        """Whether it happens."""
        return self.dice.random() < probability

    def moment(self, since: datetime, until: datetime) -> datetime:
        """Some time between the two."""
        return since + (until - since) * self.dice.random()

    def add(self, joined_at: datetime, *, phone: str = "") -> Someone:
        """One more person with a phone, a browser and a carrier of her own."""
        number = len(self.people) + 1
        someone = Someone(number, joined_at, phone or self.phone())
        someone.devices = [f"browser-{self.seed}-{number}-{each}" for each in range(self.dice.choice((1, 1, 2)))]
        someone.networks = [self.dice.choice(GATEWAYS)]
        self.people[number] = someone
        return someone

    def phone(self, segment: str = "") -> str:
        """A number of one of the town's segments; unique."""
        stem = segment or self.dice.choice(SEGMENTS)
        while True:
            number = stem + "".join(self.dice.choices("0123456789", k=11 - len(stem)))
            if number not in self._phones:
                self._phones.add(number)
                return number

    @cached_property
    def _phones(self) -> set[str]:
        return set()

    def street(self) -> str:
        """A home, written as its people write it."""
        dice = self.dice
        where = f"{dice.choice(STREETS)}{dice.randint(1, 400)}号{dice.choice(BUILDINGS)}"
        return f"{where}{dice.randint(1, 30)}栋{dice.randint(1, 4)}单元{dice.randint(101, 3308)}室"

    def shop(self, someone: Someone, first: datetime, *, again: float, refunds: float = 0.04) -> None:
        """Let somebody buy: first at ``first``, then again with that probability every time, about once a month."""
        when = first
        while when <= NOW:
            back = when + timedelta(days=self.dice.uniform(3, 8)) if self.chance(refunds) else None
            someone.purchases.append(Purchase(when, back if back is not None and back <= NOW else None))
            if not self.chance(again):
                return
            when += timedelta(days=self.dice.expovariate(1 / 30) + 1)

    def bring(self, inviter: Someone, invited: Someone, *, delay: timedelta | None = None, again: float, kind: str) -> None:
        """An invitation that works: the invited joins when she joined and buys after an honest while, often at once."""
        if invited.number in self.brought or invited.purchases or inviter.joined_at >= invited.joined_at:
            return
        if delay is None:
            delay = timedelta(minutes=self.dice.uniform(2, 14) if self.chance(0.25) else self.dice.lognormvariate(7.0, 1.6))
        first = invited.joined_at + delay
        if first > NOW:
            return
        self.shop(invited, first, again=again)
        self.brought.add(invited.number)
        edge = InviteEdge(inviter.number, invited.number, invited.joined_at - timedelta(minutes=3), first)
        self.edges.append(edge)
        self.kinds[edge] = kind


def _until(person: Person, at: datetime) -> Person:
    bought = (row for row in person.purchases if row.paid_at <= at)
    known = (Purchase(row.paid_at, row.refunded_at if row.refunded_at and row.refunded_at <= at else None) for row in bought)
    return replace(person, purchases=tuple(known))


def honest_join(town: Town) -> datetime:
    """Somebody joins on some day of two years, more and more of them."""
    return NOW - YEARS * (1 - math.sqrt(town.dice.random()))


def family(town: Town) -> list[Someone]:
    """Two to six at one address and network; some order to one phone, share a tablet, or are paid at one account."""
    size = town.dice.choices((2, 3, 4, 5, 6), (4, 4, 3, 1, 1))[0]
    members = sorted((town.add(honest_join(town)) for _each in range(size)), key=lambda row: row.joined_at)
    if town.chance(0.12):
        _evening(town, members)
    home, router = town.street(), f"113.90.{town.dice.randint(0, 255)}.{town.dice.randint(1, 254)}"
    shares_phone, shares_tablet, shares_account = town.chance(0.3), town.chance(0.3), town.chance(0.15)
    for someone in members:
        # Some live elsewhere: a student, a grandmother.
        lives_here = town.chance(0.88)
        someone.streets = [spelled(town, home) if lives_here else town.street()]
        someone.networks += [router] if lives_here else []
        if shares_phone:
            someone.recipients = [members[0].phone]
        if shares_tablet and town.chance(0.7):
            someone.devices.append(f"tablet-{town.seed}-{members[0].number}")
        if shares_account and town.chance(0.6):
            someone.payout = f"62220000{members[0].number:08d}"
    for someone in members[1:]:
        if town.chance(0.45):
            town.bring(members[0], someone, again=often(town), kind="family")
    return members


def _evening(town: Town, members: list[Someone]) -> None:
    """One evening all of a family join, one after the other on the same sofa."""
    began = town.moment(max(members[0].joined_at, NOW - timedelta(days=200)), NOW)
    for someone in members[1:]:
        someone.joined_at = town.moment(began, began + timedelta(hours=1))


def often(town: Town) -> float:
    """How likely an honest person is to buy again within a month or so: some never do."""
    return town.dice.uniform(0.1, 0.8)


def crowd(town: Town) -> list[Someone]:
    """An office or a dormitory: five to sixty at one address and gateway, of all ages here; colleagues bring each other, some over lunch."""
    size = round(town.dice.triangular(5, 60, 10))
    members = [town.add(honest_join(town)) for _each in range(size)]
    house, gateway = town.street(), f"119.123.{town.dice.randint(0, 255)}.{town.dice.randint(1, 254)}"
    lunch = honest_join(town) if town.chance(0.35) else None
    eaters = town.dice.sample(members, k=town.dice.randint(3, min(15, size))) if lunch else []
    for someone in eaters:
        someone.joined_at = town.moment(lunch or NOW, (lunch or NOW) + timedelta(hours=2))
    for someone in members:
        someone.streets = [spelled(town, house)] + ([town.street()] if town.chance(0.4) else [])
        someone.networks.append(gateway)
        if town.chance(0.08):
            someone.devices.append(f"shared-pc-{town.seed}-{members[0].number}-{town.dice.randint(0, 2)}")
    members.sort(key=lambda row: row.joined_at)
    _colleagues(town, members, eaters)
    return members


def _colleagues(town: Town, members: list[Someone], eaters: list[Someone]) -> None:
    host = members[0]
    for index, someone in enumerate(members[1:], 1):
        again = often(town)
        if someone in eaters and someone is not host:
            town.bring(host, someone, delay=timedelta(minutes=town.dice.uniform(2, 90)), again=again, kind="crowd")
        elif town.chance(0.35):
            town.bring(town.dice.choice(members[:index]), someone, again=again, kind="crowd")


def alone(town: Town) -> list[Someone]:
    """Somebody who lives by herself."""
    someone = town.add(honest_join(town))
    someone.streets = [town.street()]
    return [someone]


def agents(town: Town, known: Sequence[Someone], count: int) -> list[Someone]:
    """Popular agents at one bank with accounts of their own: each brings about thirty real customers over months."""
    found = town.dice.sample([row for row in known if NOW - row.joined_at > timedelta(days=200)], k=count)
    for index, agent in enumerate(found):
        agent.payout = f"6225880{town.seed % 100:02d}{index:07d}"
    return found


def _fair(town: Town, agent: Someone) -> None:
    """A stand at a fair: strangers join through one agent within an afternoon, and some of them buy at once."""
    opens = town.moment(max(agent.joined_at, NOW - timedelta(days=60)), NOW - DUE_AFTER)
    for _each in range(town.dice.randint(3, 8)):
        guest = town.add(town.moment(opens, opens + timedelta(hours=5)))
        guest.streets = [town.street()]
        town.bring(agent, guest, again=often(town), kind="fair")


def spelled(town: Town, street: str) -> str:
    """The same place as somebody else would write it."""
    ways: tuple[Callable[[str], str], ...] = (
        lambda text: text,
        lambda text: text.replace("号", "号 "),
        lambda text: text.replace("栋", "幢"),
        lambda text: f"深圳市南山区{text}".removeprefix("深圳市南山区"),
        lambda text: text.replace("单元", "单元-").removesuffix("室"),
        lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    )
    return town.dice.choice(ways)(street)


def honest_town(seed: int, size: int) -> Town:
    """A town without a ring: ``size`` people in households, offices, dormitories; a fiftieth of the households invite friends."""
    town = Town(seed)
    while len(town.people) < size:
        town.dice.choices((alone, family, crowd), (45, 22, 2))[0](town)
    everyone = sorted(town.people.values(), key=lambda row: row.joined_at)
    stars = agents(town, everyone, max(1, size // 400))
    for index, someone in enumerate(everyone[1:], 1):
        again = often(town)
        if town.chance(0.25):
            town.bring(everyone[town.dice.randrange(index)], someone, again=again, kind="friends")
        elif town.chance(30 * len(stars) / size):
            town.bring(town.dice.choice(stars), someone, again=again, kind="agent")
    for agent in stars:
        if town.chance(0.3):
            _fair(town, agent)
    for someone in everyone:
        if not someone.purchases:
            town.shop(someone, someone.joined_at + timedelta(hours=town.dice.expovariate(1 / 40)), again=0.7)
    return town
