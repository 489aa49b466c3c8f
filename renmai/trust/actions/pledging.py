"""The ledger of pledges: each outcome counts once, and what the platform has earned with its agent moves in the same transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F

from renmai.kernel import clock
from renmai.trust.beliefs import Tally
from renmai.trust.decay import BELIEF_DAYS, scale
from renmai.trust.models import PlatformEntry, PlatformTie, Progress
from renmai.trust.pledges import Outcome

AT_ONCE: Final = 500
PLEDGES: Final = "pledges"


def note_outcomes(outcomes: Collection[Outcome]) -> int:
    """Write outcomes into the ledger; return how many were new. What is there already counts no second time."""
    if not outcomes:
        return 0
    try:
        with transaction.atomic():
            return _note(list(outcomes))
    except IntegrityError:
        # Another worker wrote one of them in this very moment: one by one, what is new is found.
        return sum(map(_note_alone, outcomes))


def note_past_outcomes(outcomes: Iterable[Outcome], *, limit: int) -> int:
    """Record, once, what happened before pledges were kept count of; return how many were new, less than ``limit``. Then nothing is read."""
    progress = Progress.objects.get_or_create(source=PLEDGES)[0]
    if progress.position:
        return 0
    rest, count = iter(outcomes), 0
    while batch := list(islice(rest, AT_ONCE)):
        count += note_outcomes(batch)
    Progress.objects.filter(pk=progress.pk).update(position=1)
    # All was done in one go, so there is nothing left to come back for at once.
    return min(count, limit - 1)


def _note(outcomes: Sequence[Outcome]) -> int:
    known = PlatformEntry.objects.filter(evidence__in=[outcome.evidence for outcome in outcomes])
    held = set(known.values_list("evidence", "pledge"))
    new = {(outcome.evidence, outcome.pledge): outcome for outcome in outcomes if (outcome.evidence, outcome.pledge) not in held}
    if not new:
        return 0
    ties = _ties({outcome.agent_user_id for outcome in new.values()})
    PlatformEntry.objects.bulk_create([_entry(outcome, ties[outcome.agent_user_id]) for outcome in new.values()])
    moved: dict[int, Tally] = defaultdict(Tally)
    for outcome in new.values():
        size = scale(outcome.at, BELIEF_DAYS)
        moved[ties[outcome.agent_user_id]] += Tally(outcome.tally.good * size, outcome.tally.bad * size)
    now = clock.now()
    for tie_id in sorted(moved):
        row = PlatformTie.objects.filter(pk=tie_id)
        row.update(good=F("good") + moved[tie_id].good, bad=F("bad") + moved[tie_id].bad, moved_at=now)
    return len(new)


def _note_alone(outcome: Outcome) -> int:
    try:
        with transaction.atomic():
            return _note([outcome])
    except IntegrityError:
        return 0


def _ties(agent_user_ids: Collection[int]) -> dict[int, int]:
    rows = PlatformTie.objects.filter(agent__in=agent_user_ids).values_list("agent_id", "pk")
    found = dict(rows)
    missing = sorted(set(agent_user_ids) - found.keys())
    if missing:
        PlatformTie.objects.bulk_create([PlatformTie(agent_id=user_id) for user_id in missing], ignore_conflicts=True)
        found = dict(rows.all())
    return found


def _entry(outcome: Outcome, tie_id: int) -> PlatformEntry:
    counted = outcome.tally
    return PlatformEntry(
        tie_id=tie_id, pledge=outcome.pledge, evidence=outcome.evidence, good=counted.good, bad=counted.bad, at=outcome.at
    )
