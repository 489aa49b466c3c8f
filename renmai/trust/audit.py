"""What must hold between ties, their ledger, and what happened."""

from collections.abc import Iterator
from math import isclose

from django.db.models import Exists, OuterRef

from renmai.kernel.audits import Violation
from renmai.kernel.models import OutboxEvent
from renmai.trust import facts
from renmai.trust.actions.recording import PAST
from renmai.trust.decay import BELIEF_DAYS, PRESSURE_DAYS, scale
from renmai.trust.models import Entry, Feedback, PlatformEntry, PlatformTie, Progress, Tie
from renmai.trust.weights import Kind

CHUNK = 1000
CLOSE = 1e-6
COLUMNS = ("good", "bad", "pressure", "flow")


def violations() -> Iterator[Violation]:
    """Yield what is wrong: a balance that is not the sum of its entries, a fact that never counted, a word without its entry."""
    yield from _balances()
    yield from _unspoken()
    yield from _uncounted()
    yield from _platform_balances()


def _platform_balances() -> Iterator[Violation]:
    """Recompute what the platform has earned with each agent from its pledges. Bounded memory: one agent's sums."""
    for tie in PlatformTie.objects.order_by("pk").iterator(CHUNK):
        good = bad = 0.0
        for entry in PlatformEntry.objects.filter(tie=tie).iterator(CHUNK):
            size = scale(entry.at, BELIEF_DAYS)
            good, bad = good + entry.good * size, bad + entry.bad * size
        for column, held, made in (("good", tie.good, good), ("bad", tie.bad, bad)):
            if not isclose(held, made, rel_tol=CLOSE, abs_tol=CLOSE):
                yield Violation("trust", f"platform tie {tie.pk}", f"{column} is {held:.6g}, its entries make {made:.6g}")


def _balances() -> Iterator[Violation]:
    """Recompute every tie from its entries. The ledger is read in the order of ties, one tie in memory."""
    ties = Tie.objects.order_by("pk").iterator(CHUNK)
    entries = Entry.objects.order_by("tie_id", "at", "pk").iterator(CHUNK)
    entry = next(entries, None)
    for tie in ties:
        sums, sizes = dict.fromkeys(COLUMNS, 0.0), dict.fromkeys(COLUMNS, 0.0)
        while entry is not None and entry.tie_id <= tie.pk:
            for column, amount in _stored(entry).items():
                sums[column] += amount
                sizes[column] += abs(amount)
            entry = next(entries, None)
        for column in COLUMNS:
            held = getattr(tie, column)
            # Amounts that were taken back leave crumbs as large as what they were.
            if not isclose(held, sums[column], rel_tol=CLOSE, abs_tol=CLOSE * sizes[column]):
                yield Violation("trust", f"tie {tie.pk}", f"{column} is {held:.6g}, its entries make {sums[column]:.6g}")


def _stored(entry: Entry) -> dict[str, float]:
    trust, tiring = scale(entry.at, BELIEF_DAYS), scale(entry.at, PRESSURE_DAYS)
    return {
        "good": entry.good * trust,
        "bad": entry.bad * trust,
        "pressure": entry.pressure * tiring,
        "flow": entry.flow_fen * trust,
    }


def _unspoken() -> Iterator[Violation]:
    """Every entry of feedback has its word, and a mute that was taken back in time left nothing."""
    for entry in Entry.objects.filter(evidence__startswith="feedback:").iterator(CHUNK):
        said = Feedback.objects.filter(pk=entry.evidence.partition(":")[2]).first()
        if said is None or facts.SAID[said.word] != entry.kind:
            yield Violation("trust", f"entry {entry.pk}", "its feedback is not there, or says something else")
        elif entry.takes_back and said.undone_at is None:
            yield Violation("trust", f"entry {entry.pk}", "takes back a word that stands")
    held = Entry.objects.filter(
        tie__sharer=OuterRef("sharer"), tie__receiver=OuterRef("receiver"), evidence__startswith="feedback:"
    )
    for pk in Feedback.objects.filter(~Exists(held)).values_list("pk", flat=True).iterator(CHUNK):
        yield Violation("trust", f"feedback {pk}", "moved nothing")


def _uncounted() -> Iterator[Violation]:
    """Everything that happened counted, once nothing is on its way any more."""
    on_its_way = OutboxEvent.objects.filter(status=OutboxEvent.Status.PENDING).exists()
    if on_its_way or not Progress.objects.filter(source=PAST, position=1).exists():
        return
    orders = {Kind.KEPT, Kind.REPEAT}
    for fact in facts.all_lasting():
        kinds = orders if fact.kind in orders else {fact.kind}
        if not Entry.objects.filter(evidence=fact.evidence, kind__in=kinds).exists():
            yield Violation("trust", fact.evidence, f"{fact.kind} never counted")
