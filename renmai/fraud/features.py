"""What the scorecard counts about one invitation. Every feature is a whole number; ``FEATURES`` names them all."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from renmai.fraud.cases import InviteEdge, Kind, Mark, Person
from renmai.fraud.linking import components, holders_of, is_established

BURST = timedelta(hours=24)
AT_ONCE = timedelta(minutes=15)
FRESH = timedelta(days=120)
REACH = 3
CROWD = 60
"""A circle never holds more people than this of a component: features stay bounded."""

PERCENT = 100


@dataclass(frozen=True)
class World:
    """The people around the rewards that are judged, the invitations among them, and the moment of judgement."""

    people: Mapping[int, Person]
    edges: Sequence[InviteEdge]
    at: datetime

    @cached_property
    def linked(self) -> Mapping[int, frozenset[int]]:
        """Who is connected to whom."""
        return components(self.people, self.at)

    @cached_property
    def holders(self) -> Mapping[Mark, Sequence[int]]:
        """Who was seen with what."""
        return holders_of(self.people.values())

    @cached_property
    def established(self) -> frozenset[int]:
        """Who has a life of their own here."""
        return frozenset(pk for pk, person in self.people.items() if is_established(person, self.at))

    @cached_property
    def brought_by(self) -> Mapping[int, Sequence[InviteEdge]]:
        """The invitations of each inviter."""
        found: dict[int, list[InviteEdge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.inviter_id].append(edge)
        return found

    @cached_property
    def inviter_of(self) -> Mapping[int, int]:
        """Who brought each person."""
        return {edge.invited_id: edge.inviter_id for edge in sorted(set(self.edges), reverse=True)}


@dataclass(frozen=True)
class Circle:
    """One invitation with what surrounds it: the branch of the invite tree, and the people connected to either side."""

    world: World
    edge: InviteEdge
    branch: tuple[InviteEdge, ...] = field(default=())
    """What the inviter brought, what her own inviter brought, and what those she brought have brought."""

    members: frozenset[int] = frozenset()
    """Everybody of the branch and of the components of both sides."""

    @property
    def inviter(self) -> Person:
        """Who brought."""
        return self.world.people[self.edge.inviter_id]

    @property
    def invited(self) -> Person:
        """Who was brought."""
        return self.world.people[self.edge.invited_id]

    @property
    def others(self) -> frozenset[int]:
        """Everybody but the invited."""
        return self.members - {self.edge.invited_id}

    @property
    def brought(self) -> list[tuple[Person, InviteEdge]]:
        """Those who were brought in the branch, with how."""
        return [(self.world.people[row.invited_id], row) for row in self.branch if row.invited_id in self.world.people]

    def sharing(self, kind: Kind) -> set[int]:
        """Others of the circle who were seen with something of ``kind`` the invited was seen with."""
        mine = {pk for mark in self.invited.marks if mark.kind is kind for pk in self.world.holders[mark]}
        return mine & self.others

    def apart(self, kind: Kind) -> int:
        """How many of them live elsewhere, as far as one knows: a household shares its telephone and its home."""
        return len(self.sharing(kind) - self.sharing(Kind.ADDRESS))


def circle_of(world: World, edge: InviteEdge) -> Circle:
    """Return what surrounds ``edge``, in bounded size."""
    near = _tree(world, edge)
    branch = {row for pk in near for row in world.brought_by.get(pk, ()) if row.invited_id in near} | {edge}
    for side in (edge.inviter_id, edge.invited_id):
        linked = world.linked.get(side, frozenset())
        near |= linked if len(linked) <= CROWD else frozenset()
    return Circle(world, edge, tuple(sorted(branch)), frozenset(pk for pk in near if pk in world.people))


def _tree(world: World, edge: InviteEdge) -> set[int]:
    """Return who is within ``REACH`` invitations of the two, nearest first, at most ``CROWD`` and whoever is as near as the last."""
    near = {edge.inviter_id, edge.invited_id}
    rim = set(near)
    for _step in range(REACH):
        if len(near) >= CROWD:
            break
        below = {row.invited_id for pk in rim for row in world.brought_by.get(pk, ())}
        above = {world.inviter_of[pk] for pk in rim if pk in world.inviter_of}
        rim = (below | above) - near
        near |= rim
    return near


def _most(found: Sequence[bool], *, percent: int) -> int:
    """Return how many are True when they are at least ``percent`` of all, else 0."""
    return sum(found) if PERCENT * sum(found) >= percent * len(found) else 0


def _payout(circle: Circle, *, apart: bool) -> int:
    """How many others are paid at an account of the inviter or of the invited; with ``apart`` those who live elsewhere."""
    found = set()
    for person in (circle.inviter, circle.invited):
        homes = {pk for mark in person.marks if mark.kind is Kind.ADDRESS for pk in circle.world.holders[mark]}
        for mark in person.marks:
            if mark.kind is Kind.PAYOUT:
                found |= set(circle.world.holders[mark]) - {person.person_id} - (homes if apart else set())
    return len(found)


def _newcomers(circle: Circle) -> int:
    """People at an address of the invited who came lately and never came back, if hardly anybody else is there."""
    world, most = circle.world, 0
    for mark in circle.invited.marks:
        if mark.kind is Kind.ADDRESS:
            here = [world.people[pk] for pk in world.holders[mark]]
            fresh = [world.at - person.joined_at < FRESH and person.person_id not in world.established for person in here]
            most = max(most, _most(fresh, percent=70))
    return most


def _burst(circle: Circle) -> int:
    """How many others of the circle joined within a day of the invited and live elsewhere: colleagues at lunch do not count."""
    people = circle.world.people
    near = {pk for pk in circle.others if abs(people[pk].joined_at - circle.invited.joined_at) <= BURST}
    return len(near - circle.sharing(Kind.ADDRESS))


def _is_at_once(person: Person, edge: InviteEdge) -> bool:
    return edge.first_order_at - person.joined_at <= AT_ONCE


def _went_back(circle: Circle) -> int:
    """How many of those brought in the branch returned their first purchase, if it is a fifth of them."""
    firsts = [min(person.purchases, key=lambda row: row.paid_at) for person, _edge in circle.brought if person.purchases]
    return _most([first.refunded_at is not None for first in firsts], percent=20)


def _green(circle: Circle) -> int:
    """How many people of the branch have no life of their own here, if nearly nobody has."""
    people = {row.inviter_id for row in circle.branch} | {row.invited_id for row in circle.branch}
    return _most([pk not in circle.world.established for pk in sorted(people)], percent=85)


def _kept(person: Person) -> int:
    return sum(row.refunded_at is None for row in person.purchases)


FEATURES: Mapping[str, Callable[[Circle], int]] = {
    "device_apart": lambda circle: circle.apart(Kind.DEVICE),
    "device": lambda circle: len(circle.sharing(Kind.DEVICE)),
    "payout_apart": lambda circle: _payout(circle, apart=True),
    "payout": lambda circle: _payout(circle, apart=False),
    "phone_apart": lambda circle: circle.apart(Kind.PHONE),
    "phone": lambda circle: len(circle.sharing(Kind.PHONE)),
    "block": lambda circle: len(circle.sharing(Kind.BLOCK)),
    "newcomers": _newcomers,
    "burst": _burst,
    "all_at_once": lambda circle: _most([_is_at_once(*row) for row in circle.brought], percent=60),
    "came_once": lambda circle: _most([len(person.purchases) <= 1 for person, _edge in circle.brought], percent=75),
    "went_back": _went_back,
    "green": _green,
    "inviter_known": lambda circle: int(circle.edge.inviter_id in circle.world.established),
    "came_back": lambda circle: max(0, _kept(circle.invited) - 1),
}


def measure(world: World, edge: InviteEdge) -> dict[str, int]:
    """Return every feature of ``edge``; both people must be in ``world.people``."""
    circle = circle_of(world, edge)
    return {name: count(circle) for name, count in FEATURES.items()}
