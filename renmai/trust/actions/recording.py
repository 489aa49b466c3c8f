"""The ledger: each fact counts once, and its tie moves in the same transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Final

from django.db import IntegrityError, connection, transaction

from renmai.kernel import clock
from renmai.sharing.models import Visit
from renmai.trust import facts as known
from renmai.trust.decay import BELIEF_DAYS, PRESSURE_DAYS, scale
from renmai.trust.facts import Fact
from renmai.trust.models import Entry, Progress, Tie
from renmai.trust.weights import EFFECTS

AT_ONCE = 500
LAG = timedelta(minutes=1)
"""Rows get their numbers before they are committed: a younger one may still have an invisible neighbour with a smaller number."""

PAST, VISITS = "past", "visits"
MOVE: Final = "UPDATE trust_tie SET good = good + %s, bad = bad + %s, flow = flow + %s, pressure = pressure + %s, moved_at = %s WHERE id = %s"


def record(facts: Collection[Fact]) -> int:
    """Write facts into the ledger and move their ties; return how many were new. What is there already counts no second time.

    One transaction and a few statements for up to ``AT_ONCE`` facts, whatever their number.
    """
    count = 0
    for batch in _batches(facts, AT_ONCE):
        try:
            with transaction.atomic():
                count += _record(batch)
        except IntegrityError:
            # Another worker wrote one of them in this very moment: one by one, what is new is found.
            count += sum(map(_record_alone, batch))
    return count


def take_back(fact: Fact) -> bool:
    """Take back what ``fact`` moved, as if it had never been; False when it never counted, or was taken back before."""
    entry = Entry.objects.filter(evidence=fact.evidence, kind=fact.kind, takes_back=False).first()
    if entry is None or Entry.objects.filter(evidence=fact.evidence, kind=fact.kind, takes_back=True).exists():
        return False
    amounts = {"good": -entry.good, "bad": -entry.bad, "pressure": -entry.pressure, "flow_fen": -entry.flow_fen}
    back = Entry(tie_id=entry.tie_id, kind=entry.kind, evidence=entry.evidence, takes_back=True, at=entry.at, **amounts)
    try:
        with transaction.atomic():
            back.save(force_insert=True)
            _move([back])
    except IntegrityError:
        return False
    return True


def gather_visits(limit: int) -> int:
    """Read up to ``limit`` new openings of links and return how many openings by members spent pressure. A timer."""
    progress = Progress.objects.get_or_create(source=VISITS)[0]
    new = Visit.objects.filter(pk__gt=progress.position, at__lt=clock.now() - LAG).order_by("pk")
    ids = list(new.values_list("pk", flat=True)[:limit])
    if not ids:
        return 0
    count = record(known.of_visits(Visit.objects.filter(pk__in=ids)))
    Progress.objects.filter(pk=progress.pk, position=progress.position).update(position=ids[-1])
    return count


def record_past(limit: int) -> int:
    """Record, once, what happened before this room was there; return how many facts were new. A timer that then has nothing to do."""
    progress = Progress.objects.get_or_create(source=PAST)[0]
    if progress.position:
        return 0
    count = sum(record(batch) for batch in _batches(known.all_lasting(), AT_ONCE))
    Progress.objects.filter(pk=progress.pk).update(position=1)
    # All was done in one go, so there is nothing left to come back for at once.
    return min(count, limit - 1)


def _batches(facts: Iterable[Fact], size: int) -> Iterator[list[Fact]]:
    rest = iter(facts)
    while batch := list(islice(rest, size)):
        yield batch


def _record(facts: Iterable[Fact]) -> int:
    new = list(_unknown(facts))
    ties = _ties({(fact.sharer_id, fact.receiver_id) for fact in new})
    entries = [_entry(fact, ties[fact.sharer_id, fact.receiver_id]) for fact in new]
    Entry.objects.bulk_create(entries)
    if entries:
        _move(entries)
    return len(entries)


def _record_alone(fact: Fact) -> int:
    try:
        with transaction.atomic():
            return _record([fact])
    except IntegrityError:
        return 0


def _unknown(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield what the ledger does not hold, each once: a purchase counts as the first or as a repeat, never as both."""
    wanted = {fact.evidence: fact for fact in facts}
    held = set(Entry.objects.filter(evidence__in=wanted, takes_back=False).values_list("evidence", flat=True))
    yield from (fact for evidence, fact in wanted.items() if evidence not in held)


def _ties(pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Return the keys of these ties, made where they are missing."""
    if not pairs:
        return {}
    rows = Tie.objects.filter(sharer__in={one for one, _other in pairs}, receiver__in={other for _one, other in pairs})
    found = {(tie.sharer_id, tie.receiver_id): tie.pk for tie in rows.only("sharer_id", "receiver_id")}
    missing = sorted(set(pairs) - found.keys())
    if missing:
        Tie.objects.bulk_create([Tie(sharer_id=one, receiver_id=other) for one, other in missing], ignore_conflicts=True)
        found |= {(tie.sharer_id, tie.receiver_id): tie.pk for tie in rows.only("sharer_id", "receiver_id").all()}
    return found


def _entry(fact: Fact, tie_id: int) -> Entry:
    effect = EFFECTS[fact.kind]
    return Entry(
        tie_id=tie_id,
        kind=fact.kind,
        evidence=fact.evidence,
        good=effect.good,
        bad=effect.bad,
        pressure=effect.pressure,
        flow_fen=fact.flow_fen,
        at=fact.at,
    )


def _move(entries: Iterable[Entry]) -> None:
    """Add entries to their ties: sums on the stored scale, so neither their order nor anything read before matters.

    One statement, sent once for every tie, the lowest id first as all locks are taken.
    """
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0] * 4)
    for entry in entries:
        trust, tiring = scale(entry.at, BELIEF_DAYS), scale(entry.at, PRESSURE_DAYS)
        added = (entry.good * trust, entry.bad * trust, entry.flow_fen * trust, entry.pressure * tiring)
        sums[entry.tie_id] = [total + more for total, more in zip(sums[entry.tie_id], added, strict=True)]
    now = connection.ops.adapt_datetimefield_value(clock.now())
    with connection.cursor() as cursor:
        cursor.executemany(MOVE, [(*sums[tie_id], now, tie_id) for tie_id in sorted(sums)])
