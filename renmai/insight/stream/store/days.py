"""Finished days leave the database for files; what is to be forgotten leaves the files too.

Every change of a day is the same: write the next generation of its file, then, in one transaction, let the row of the day name it and
delete what it replaces. The row changes only from the generation that was read, so two workers do no harm: the later one has written for
nothing.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Min

from renmai.accounts.consents import Purpose
from renmai.insight.stream.models import Cursor, Day, EventRow, Forgetting
from renmai.insight.stream.registry import REGISTRY
from renmai.insight.stream.store import files, hot
from renmai.kernel import clock
from renmai.policy.queries import integer

logger = logging.getLogger(__name__)


def compact(limit: int) -> int:
    """Turn up to ``limit`` days that are over for longer than ``stream.hot_days`` into files, the oldest first; return how many. For a timer.

    A day waits while a reader has not read it. Late events of a day that is a file already are added to it.
    """
    before = clock.now().date() - timedelta(days=integer("stream.hot_days"))
    done = 0
    after = datetime.min.replace(tzinfo=UTC)
    while done < limit:
        first = EventRow.objects.filter(at__gte=after, at__lt=_start(before)).aggregate(first=Min("at"))["first"]
        if first is None:
            break
        day = first.astimezone(UTC).date()
        after = _start(day + timedelta(days=1))
        done += _compact(day)
    return done


def forget_in_files(limit: int) -> int:
    """Take those who are to be forgotten out of the files of up to ``limit`` days; return how many files were written anew. For a timer.

    Its row goes when the last file is clean: a worker that died begins again with what is left.
    """
    rewritten = 0
    for order in Forgetting.objects.order_by("pk"):
        for day in Day.objects.filter(pk__gt=order.done_until or date.min).order_by("day"):
            if rewritten >= limit:
                return rewritten
            rewritten += _forget_in(day, order)
            Forgetting.objects.filter(pk=order.pk).update(done_until=day.day)
        order.delete()
    return rewritten


def _compact(day: date) -> bool:
    of_the_day = {"at__gte": _start(day), "at__lt": _start(day + timedelta(days=1))}
    last = EventRow.objects.filter(**of_the_day).aggregate(last=Max("position"))["last"]
    behind = Cursor.objects.filter(position__lt=last).values_list("name", flat=True).first()
    if behind is not None:
        logger.info("the events of %s stay in the database: %s has not read them yet", day, behind)
        return False
    present = Day.objects.filter(day=day).first()
    of_the_day["position__lte"] = last
    return _replace(day, present, _joined(present, of_the_day), gone=of_the_day)


def _joined(present: Day | None, of_the_day: dict[str, Any]) -> Iterator[Any]:
    """Yield what the day's file has, then what the database has besides."""
    known: set[str] = set()
    if present is not None:
        for batch in files.stored(present):
            known.update(batch.column("event_id").to_pylist())
            yield batch
    for batch in hot.batches(**of_the_day):
        yield files.without(batch, known)


def _forget_in(day: Day, order: Forgetting) -> bool:
    """Write a day's file anew without somebody's events; False when there are none in it."""
    import pyarrow.compute as pc

    if not any(pc.any(hers(batch, order)).as_py() for batch in files.column_batches(day, ("user_id", "visitor_id", "name"))):
        return False
    kept = (batch.filter(pc.invert(hers(batch, order))) for batch in files.stored(day))
    if not _replace(day.day, day, kept, gone=None):
        raise RuntimeError(f"{day.day} was written by somebody else meanwhile; it is tried again")
    return True


def hers(batch: Any, order: Forgetting) -> Any:
    """Return for each event of a batch whether it is to be forgotten: an Arrow array of true and false."""
    import pyarrow as pa
    import pyarrow.compute as pc

    browsers = pa.array(order.visitor_ids, pa.string())
    whose = pc.is_in(batch.column("visitor_id"), value_set=browsers)
    if order.user_id is not None:
        whose = pc.or_(whose, pc.fill_null(pc.equal(batch.column("user_id"), order.user_id), False))  # noqa: FBT003  a value
    if order.is_all:
        return whose
    return pc.and_(whose, pc.is_in(batch.column("name"), value_set=pa.array(REGISTRY.kept_by(Purpose.BROWSING))))


def _replace(day: date, present: Day | None, batches: Iterable[Any], *, gone: dict[str, Any] | None) -> bool:
    """Let a new file with ``batches`` be the truth about ``day``, instead of ``present`` and of the rows ``gone``.

    False when somebody else has written the day meanwhile; then nothing has changed.
    """
    new = files.write_day(day, batches)
    with transaction.atomic():
        won = _name(new, instead_of=present)
        if won and gone is not None:
            EventRow.objects.filter(**gone).delete()
    replaced = present if won else new
    if replaced is not None:
        files.path_of(replaced).unlink(missing_ok=True)
    return won


def _name(new: Day, *, instead_of: Day | None) -> bool:
    """Let the row of the day name its new file, unless it names another one by now than the one that was read."""
    if instead_of is None:
        Day.objects.bulk_create([new], ignore_conflicts=True)
        return Day.objects.filter(day=new.day, file=new.file).exists()
    facts = {"file": new.file, "events": new.events, "bytes": new.bytes, "written_at": new.written_at}
    return bool(Day.objects.filter(day=new.day, file=instead_of.file).update(**facts))


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
