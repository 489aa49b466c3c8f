"""All events as one table of Ibis, over the hot rows and the files: analytics are written once and run on any engine.

DuckDB is the one we run on; the tests run the same expressions on Polars, and a warehouse would be a third. Columns: those of every event
(``files.OWN``; ids as texts), then one for each property that the registry names, null where an event has none. ``user_id`` is whose the
event is known to be now: guests' browsers are looked up when the table is made.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from renmai.accounts.consents import Purpose
from renmai.insight.stream.models import Day, EventRow, Forgetting, Merge
from renmai.insight.stream.registry import REGISTRY
from renmai.insight.stream.store import files
from renmai.insight.stream.store.hot import batches

TRIES: Final = 5


def engine() -> Any:
    """Return a connection to DuckDB in this process, with nothing in it. Loads what it needs now."""
    import ibis

    return ibis.duckdb.connect()


def events(since: datetime | None = None, until: datetime | None = None, *, on: Any = None) -> Any:
    """Return the events from ``since`` until before ``until`` (both aware, None: no bound) as an Ibis table on the engine ``on``.

    What the table holds is as it was when it was made: each event once, also while a day becomes a file. Hot rows are held in memory, files are
    read where they lie. Raises ``RuntimeError`` when days are written faster than they can be read.
    """
    import ibis

    where = on if on is not None else engine()
    days, hot = _snapshot(since, until)
    parts = [ibis.memtable(hot)]
    if days:
        parts.append(_as_today(where.read_parquet([str(files.path_of(day)) for day in days], **_by_name(where))))
    table = ibis.union(*(_typed(part) for part in parts)) if len(parts) > 1 else _typed(parts[0])
    if days:
        table = _within(table, since, until)
    return _known(_without_forgotten(table))


def _snapshot(since: datetime | None, until: datetime | None) -> tuple[list[Day], Any]:
    """Return the days that are files, and the hot rows as an Arrow table, of one and the same moment."""
    for _try in range(TRIES):
        before = _days(since, until)
        hot = _hot(before, since, until)
        if [day.file for day in _days(since, until)] == [day.file for day in before]:
            return before, hot
    raise RuntimeError("the days of the stream are written faster than they can be read")


def _days(since: datetime | None, until: datetime | None) -> list[Day]:
    days = Day.objects.order_by("day")
    if since is not None:
        days = days.filter(day__gte=since.astimezone(UTC).date())
    if until is not None:
        days = days.filter(day__lte=until.astimezone(UTC).date())
    return list(days)


def _hot(days: Sequence[Day], since: datetime | None, until: datetime | None) -> Any:
    """Return the hot rows as an Arrow table, without those whose event is in a file already."""
    import pyarrow as pa

    conditions = {key: moment for key, moment in (("at__gte", since), ("at__lt", until)) if moment is not None}
    again = _told_again(days)
    kept = [files.without(batch, again) for batch in batches(**conditions)]
    return pa.Table.from_batches(kept, schema=files.schema())


def _told_again(days: Sequence[Day]) -> set[str]:
    """Return the ids of hot rows that are in the file of their day: told again long after, before the day is next written."""
    found: set[str] = set()
    for day in days:
        start = _start(day.day)
        rows = EventRow.objects.filter(at__gte=start, at__lt=start + timedelta(days=1))
        late = {event_id.hex for event_id in rows.values_list("event_id", flat=True)}
        if late:
            for batch in files.column_batches(day, ("event_id",)):
                found |= late.intersection(batch.column("event_id").to_pylist())
    return found


def _by_name(where: Any) -> dict[str, Any]:
    """Older files lack the columns of younger properties: DuckDB is told to join files by the names of their columns."""
    return {"union_by_name": True} if where.name == "duckdb" else {}


def _as_today(table: Any) -> Any:
    """Return the table with the columns of today's schema, those that no file has yet as nulls."""
    import ibis

    wanted = ibis.schema(_types())
    return table.select(**{name: table[name] if name in table.columns else ibis.null(kind) for name, kind in wanted.items()})


def _typed(table: Any) -> Any:
    """Return the table with our own types: engines differ in how they write the same one."""
    import ibis

    return table.cast(ibis.schema(_types()))


def _types() -> dict[str, str]:
    kinds = {"moment": "timestamp(6)", "bool": "boolean"}
    return {name: kinds.get(kind, kind) for name, kind in (*files.OWN, *REGISTRY.columns().items())}


def _within(table: Any, since: datetime | None, until: datetime | None) -> Any:
    if since is not None:
        table = table.filter(table.at >= _plain(since))
    if until is not None:
        table = table.filter(table.at < _plain(until))
    return table


def _without_forgotten(table: Any) -> Any:
    """Leave out who is to be forgotten and may still be in files."""
    for order in Forgetting.objects.order_by("pk"):
        hers = table.visitor_id.isin(order.visitor_ids).fill_null(False)  # noqa: FBT003  a value
        if order.user_id is not None:
            hers |= (table.user_id == order.user_id).fill_null(False)  # noqa: FBT003  a value
        if not order.is_all:
            hers &= table.name.isin(REGISTRY.kept_by(Purpose.BROWSING))
        table = table.filter(~hers)
    return table


def _known(table: Any) -> Any:
    """Give guests' events to the members whom their browsers turned out to be."""
    import ibis
    import pyarrow as pa

    merges = list(Merge.objects.filter(separated_at__isnull=True).values_list("visitor_id", "user_id"))
    if not merges:
        return table
    browsers = pa.array([browser.hex for browser, _user in merges], pa.string())
    whose = ibis.memtable(pa.table({"browser": browsers, "member": pa.array([user for _browser, user in merges], pa.int64())}))
    joined = table.left_join(whose, table.visitor_id == whose.browser)
    return joined.mutate(user_id=ibis.coalesce(joined.user_id, joined.member)).drop("browser", "member")


def _plain(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
