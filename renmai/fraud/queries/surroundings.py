"""The people around some people: what those were seen with now, who else was seen with it, and what is known of all of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Count

from renmai.accounts.models import User
from renmai.fraud.cases import InviteEdge, Kind, Mark, Person, Purchase
from renmai.fraud.features import World
from renmai.fraud.linking import HUB
from renmai.fraud.models import Trace
from renmai.fraud.sources import SOURCES
from renmai.ordering.models import Order

HOPS = 2
ROWS_OF_A_SOURCE = 2000
PEOPLE = 400
"""The surroundings of a few people hold at most about this many others."""

MARKS = 800
TRACES = 12_000
ORDERS = 6000

Seen = dict[int, set[Mark]]


def surroundings(seeds: Collection[int], edges: Sequence[InviteEdge], at: datetime) -> World:
    """Return the world around ``seeds``: them, whoever shares a mark with them, and whoever shares one with those.

    Fifteen statements at most, whoever they are. What the seeds were seen with is read from the rows themselves, so that nothing
    waits for a timer; of the others the traces are known.
    """
    seen: Seen = defaultdict(set)
    for source in SOURCES:
        rows = source.rows().filter(**{f"{source.owner}__in": list(seeds)}).order_by("-pk")
        for sighting in source.read(list(rows[:ROWS_OF_A_SOURCE])):
            seen[sighting.user_id].add(sighting.mark)
    around = set(seeds)
    for _hop in range(HOPS):
        added = _holders({mark for pk in around for mark in seen.get(pk, ())})
        others = sorted(added - around)[: max(0, PEOPLE + len(seeds) - len(around))]
        if not others:
            break
        _add_traces(seen, others)
        around |= set(others)
    return World(_people(around, seen), tuple(edges), at)


def _holders(found: set[Mark]) -> set[int]:
    """Return who was seen with these marks, but for marks that half the town shares."""
    wanted = sorted(found)[:MARKS]
    # The kind is part of what a digest is made of: two marks of different kinds never have the same.
    traces = Trace.objects.filter(digest__in=[mark.digest for mark in wanted])
    counted = traces.values_list("digest").annotate(number=Count("pk")).order_by()
    rare = [digest for digest, number in counted if number <= HUB]
    if not rare:
        return set()
    rows = Trace.objects.filter(digest__in=rare).order_by("digest", "user_id").values_list("user_id", flat=True)
    return set(rows[:TRACES])


def _add_traces(seen: Seen, people: Sequence[int]) -> None:
    rows = Trace.objects.filter(user__in=people).order_by("user_id", "kind", "-seen_at").values_list("user_id", "kind", "digest")
    for user_id, kind, digest in rows[:TRACES]:
        seen[user_id].add(Mark(Kind(kind), digest))


def _people(around: Collection[int], seen: Seen) -> dict[int, Person]:
    bought: dict[int, list[Purchase]] = defaultdict(list)
    orders = Order.objects.filter(buyer__in=around, paid_at__isnull=False).order_by("-paid_at", "-pk")
    columns = "buyer_id", "paid_at", "payable_fen", "refunded_fen", "closed_at"
    for buyer_id, paid_at, payable_fen, refunded_fen, closed_at in orders.values_list(*columns)[:ORDERS]:
        # More than half of it went back: whatever is left is not what she came for.
        is_back = refunded_fen * 2 > payable_fen
        bought[buyer_id].append(Purchase(paid_at, (closed_at or paid_at) if is_back else None))
    users = User.objects.filter(pk__in=around).values_list("pk", "created_at")
    return {pk: Person(pk, joined_at, frozenset(seen.get(pk, ())), tuple(bought[pk])) for pk, joined_at in users}
