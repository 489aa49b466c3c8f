"""Keeping traces: reading what is new in the rooms below, and forgetting what was not seen for long."""

from collections.abc import Collection
from datetime import timedelta

from renmai.accounts.actions.forgetting import SIGN_INS_KEPT
from renmai.fraud import marks
from renmai.fraud.models import Bookmark, Trace
from renmai.fraud.sources import SOURCES, Sighting, Source
from renmai.kernel import clock

KEPT = SIGN_INS_KEPT
"""As long as the sign-ins they are made of, 400 days after the thing was last seen."""

FRESHENED_AFTER = timedelta(days=30)
"""A trace seen again is written anew only when it has become this old."""

LAG = timedelta(minutes=5)
"""Rows get their numbers before they are committed: one that is younger may still have an invisible neighbour with a smaller number."""


def gather(limit: int) -> int:
    """Read up to ``limit`` rows of every source and forget as many old traces; return how many new rows were read. A timer.

    Repeating it changes nothing; two workers side by side do no harm.
    """
    count = sum(_read_on(source, limit) for source in SOURCES)
    old = list(Trace.objects.filter(seen_at__lt=clock.now() - KEPT).order_by("seen_at").values_list("pk", flat=True)[:limit])
    if old:
        Trace.objects.filter(pk__in=old).delete()
    return count


def keep(found: Collection[Sighting]) -> int:
    """Write down sightings that are new or not written for a while; return how many."""
    latest: dict[tuple[int, str, str], Sighting] = {}
    for sighting in sorted(found, key=lambda row: (row.user_id, row.mark, row.at)):
        latest[sighting.user_id, sighting.mark.kind, sighting.mark.digest] = sighting
    known = Trace.objects.filter(user__in={sighting.user_id for sighting in found})
    seen = {(user, kind, digest): at for user, kind, digest, at in known.values_list("user_id", "kind", "digest", "seen_at")}
    fresh = [
        Trace(user_id=user, kind=kind, digest=digest, seen_at=sighting.at)
        for (user, kind, digest), sighting in latest.items()
        if (user, kind, digest) not in seen or sighting.at - seen[user, kind, digest] > FRESHENED_AFTER
    ]
    if fresh:
        Trace.objects.bulk_create(
            fresh, update_conflicts=True, unique_fields=["user", "kind", "digest"], update_fields=["seen_at"]
        )
    return len(fresh)


def _read_on(source: Source, limit: int) -> int:
    """Read on where the bookmark is; at the end of a table whose rows may change, begin again."""
    name = f"{source.name}:{marks.key_name()}"
    bookmark = Bookmark.objects.get_or_create(source=name)[0]
    rows = source.rows().filter(pk__gt=bookmark.position)
    if source.moment:
        rows = rows.filter(**{f"{source.moment}__lt": clock.now() - LAG})
    batch = list(rows.order_by("pk")[:limit])
    keep(list(source.read(batch)))
    position = batch[-1].pk if batch else bookmark.position
    if len(batch) < limit and not source.moment:
        position = 0
    Bookmark.objects.filter(pk=bookmark.pk, position=bookmark.position).update(position=position)
    # A round through rows that may have changed never ends, and is no work that could be caught up with.
    return len(batch) if source.moment else 0
