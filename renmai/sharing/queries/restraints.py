"""Who wants to hear nothing of whom, and who may not share now."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from renmai.kernel import clock
from renmai.sharing.models import Mute, Pause

PAGE_SIZE = 20
MOST_MUTES = 500


def muted_by(receiver_id: int) -> list[Mute]:
    """Return whom somebody muted, with the people, the newest first; at most ``MOST_MUTES``."""
    return list(Mute.objects.filter(receiver_id=receiver_id).select_related("sharer").order_by("-at", "-pk")[:MOST_MUTES])


def is_muted(*, receiver_id: int, sharer_id: int) -> bool:
    """Whether ``receiver`` wants to hear nothing of ``sharer``."""
    return Mute.objects.filter(receiver_id=receiver_id, sharer_id=sharer_id).exists()


def who_muted(sharer_id: int, *, among: Collection[int]) -> frozenset[int]:
    """Return those of ``among`` who muted somebody. One statement."""
    rows = Mute.objects.filter(sharer_id=sharer_id, receiver_id__in=among)
    return frozenset(rows.values_list("receiver_id", flat=True))


def heard_by(receiver: Any, *, sharer: str) -> Q:
    """Return the condition that ``receiver`` (0: a guest) did not mute the person in the column ``sharer``: one part of a statement."""
    return ~Q(Exists(Mute.objects.filter(receiver_id=receiver, sharer_id=OuterRef(sharer))))


def pause_of(sharer_id: int) -> Pause | None:
    """Return the pause that keeps somebody from sharing now, the one that lasts longest."""
    return Pause.objects.filter(sharer_id=sharer_id, lifted_at__isnull=True, until__gt=clock.now()).order_by("-until").first()


def pauses_of(sharer_id: int) -> list[Pause]:
    """Return the pauses of one sharer, the one that holds first, then the newest; at most ``PAGE_SIZE``. One statement."""
    rows = list(Pause.objects.filter(sharer_id=sharer_id).order_by("-begins_at", "-pk")[:PAGE_SIZE])
    now = clock.now()
    return sorted(rows, key=lambda row: not holds(row, now))


def holds(pause: Pause, at: datetime) -> bool:
    """Whether a pause keeps its sharer from making links at a moment."""
    return pause.lifted_at is None and pause.until > at


def pause(pause_id: int) -> Pause:
    """Return one pause. Raises ``Pause.DoesNotExist``."""
    return Pause.objects.get(pk=pause_id)


def pauses(*, page: int = 1, running: bool = True) -> list[Pause]:
    """Return one page of the pauses that hold, or of those that ended, the newest first."""
    holds = Q(lifted_at__isnull=True, until__gt=clock.now())
    rows = Pause.objects.filter(holds if running else ~holds).select_related("sharer", "lifted_by").order_by("-begins_at", "-pk")
    start = (min(max(page, 1), 500) - 1) * PAGE_SIZE
    return list(rows[start : start + PAGE_SIZE])
