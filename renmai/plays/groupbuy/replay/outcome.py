"""Every launch of the log against what the database says of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Count, Q

from renmai.ordering.models import Order
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.replay.living import key_of
from renmai.plays.groupbuy.replay.log import Launch

CHUNK = 400
SHOWN = 20


@dataclass
class Outcome:
    """How many launches ended as the log says; ``wrong`` names the first that did not."""

    succeeded: int = 0
    failed: int = 0
    wrong: list[str] = field(default_factory=list)
    mistakes: int = 0


def compare(launches: Sequence[Launch], people: dict[int, int]) -> Outcome:
    """Compare all launches. A success: the group is complete, with exactly those people, and everyone's order is released. A failure: it

    is not complete, and everything that was paid is given back, to the fen.
    """
    found = Outcome()
    for chunk in _chunks(launches):
        groups = _groups([(key_of(one), people[one.initiator]) for one in chunk])
        for one in chunk:
            said = _judge(one, groups.get((key_of(one), people[one.initiator])), people)
            if said:
                found.mistakes += 1
                found.wrong += [f"{one.key}: {said}"] if len(found.wrong) < SHOWN else []
            elif one.joined:
                found.succeeded += 1
            else:
                found.failed += 1
    return found


@dataclass(frozen=True)
class _Ended:
    status: str
    joined: int
    members: frozenset[int]
    released: int
    refunded: int
    seats: int


def _groups(leaders: Sequence[tuple[str, int]]) -> dict[tuple[str, int], _Ended]:
    """Return the groups that these orders opened, by key and buyer."""
    wanted = {key for key, _buyer in leaders}
    opened = Seat.objects.filter(order__idempotency_key__in=wanted, opens=True, group__isnull=False)
    of = {
        row["group_id"]: (row["order__idempotency_key"], row["user_id"])
        for row in opened.values("group_id", "order__idempotency_key", "user_id")
    }
    whole = Q(seats__order__status=Order.Status.REFUNDED)
    released = Q(seats__order__released_at__isnull=False)
    groups = Group.objects.filter(pk__in=of).annotate(
        all_seats=Count("seats"), back=Count("seats", filter=whole), left=Count("seats", filter=released)
    )
    members: dict[int, set[int]] = {}
    for group_id, user_id in Seat.objects.filter(group_id__in=of).values_list("group_id", "user_id"):
        members.setdefault(group_id, set()).add(user_id)
    return {
        of[group.pk]: _Ended(group.status, group.joined, frozenset(members[group.pk]), group.left, group.back, group.all_seats)
        for group in groups
    }


def _judge(one: Launch, ended: _Ended | None, people: dict[int, int]) -> str:
    if ended is None:
        return "no group was opened"
    wanted = frozenset(people[person] for person in (one.initiator, *one.joined))
    if ended.members != wanted:
        return f"{len(ended.members)} people instead of {len(wanted)}"
    if one.joined and (ended.status, ended.joined, ended.released) != (Group.Status.DONE, one.size, one.size):
        return f"{ended.status} with {ended.joined} of {one.size}, {ended.released} released"
    if not one.joined and (ended.status, ended.refunded) != (Group.Status.FAILED, ended.seats):
        return f"{ended.status}, {ended.refunded} of {ended.seats} refunded"
    return ""


def _chunks(launches: Iterable[Launch]) -> Iterator[list[Launch]]:
    rest = iter(launches)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
