"""The files of finished days: where they lie, how one is written so that it is whole or not there."""

import os
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from renmai.insight.stream.models import Day
from renmai.insight.stream.registry import REGISTRY
from renmai.kernel import clock, ids

ROWS_AT_ONCE: Final = 20_000
NAME_LENGTH: Final = 12
WRITTEN_FOR: Final = timedelta(hours=1)
PART: Final = ".part"
ENDING: Final = ".parquet"

OWN: Final = (
    *(("position", "int64"), ("event_id", "string"), ("name", "string"), ("version", "int16"), ("source", "string")),
    *(("visitor_id", "string"), ("user_id", "int64"), ("session_id", "string"), ("product_id", "int64"), ("share_id", "int64")),
    *(("at", "moment"), ("received_at", "moment")),
)
"""The columns that every event has; those of its properties come after them. Ids of UUIDs are 32 hexadecimal digits.

Moments are those of UTC and say so nowhere: engines count days of a moment with a zone in the zone of the machine they run on."""


def folder() -> Path:
    """Return the folder of the files, made when it is missing."""
    path = Path(settings.RENMAI_HOME) / "events"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(day: Day) -> Path:
    """Return where the file of ``day`` lies."""
    return folder() / day.file


def schema() -> Any:
    """Return the Arrow schema: the columns of every event, then one for each property that the registry names."""
    import pyarrow as pa

    types = {"moment": pa.timestamp("us"), "bool": pa.bool_()}
    columns = [*OWN, *REGISTRY.columns().items()]
    return pa.schema([(name, types.get(kind) or getattr(pa, kind)()) for name, kind in columns])


def stored(day: Day) -> Iterator[Any]:
    """Yield the record batches of a day's file, with the columns of today's schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = schema()
    with pq.ParquetFile(path_of(day)) as file:
        for batch in file.iter_batches(ROWS_AT_ONCE):
            columns = [
                batch.column(field.name).cast(field.type)
                if field.name in batch.schema.names
                else pa.nulls(batch.num_rows, field.type)
                for field in wanted
            ]
            yield pa.RecordBatch.from_arrays(columns, schema=wanted)


def without(batch: Any, event_ids: Collection[str]) -> Any:
    """Return a record batch without these events."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not event_ids:
        return batch
    return batch.filter(pc.invert(pc.is_in(batch.column("event_id"), value_set=pa.array(sorted(event_ids), pa.string()))))


def column_batches(day: Day, columns: Sequence[str]) -> Iterator[Any]:
    """Yield some columns of a day's file, batch by batch; moments are aware here, for whoever makes Python's own of them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(path_of(day)) as file:
        for batch in file.iter_batches(ROWS_AT_ONCE, columns=list(columns)):
            arrays = [
                column.cast(pa.timestamp("us", tz="UTC")) if pa.types.is_timestamp(column.type) else column
                for column in batch.columns
            ]
            yield pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)


def write_day(day: date, batches: Iterable[Any]) -> Day:
    """Write a new file for ``day`` and return the row that would name it. It is on the disk, and counted again, when this returns.

    Raises ``OSError`` for a disk that is full; nothing is left behind then.
    """
    import pyarrow.parquet as pq

    path = folder() / f"{day.isoformat()}.{ids.secret(NAME_LENGTH)}{ENDING}"
    part = path.with_name(path.name + PART)
    written = 0
    try:
        with pq.ParquetWriter(part, schema(), compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
                written += batch.num_rows
        _sync(part)
        _count_again(part, written)
        part.replace(path)
        _sync(path.parent)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return Day(day=day, file=path.name, events=written, bytes=path.stat().st_size, written_at=clock.now())


def sweep(limit: int) -> int:
    """Delete up to ``limit`` files that no row names, which somebody died over; return how many. For a timer.

    A file younger than ``WRITTEN_FOR`` may still be on its way to its row. A database that names none at all is not the one these belong
    to: somebody moves the shop, or is about to restore it.
    """
    named = set(Day.objects.values_list("file", flat=True))
    if not named:
        return 0
    before = time.time() - WRITTEN_FOR.total_seconds()
    ours = (path for path in folder().iterdir() if path.name.endswith((ENDING, PART)))
    strays = [path for path in ours if path.name not in named and path.stat().st_mtime < before][:limit]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _count_again(path: Path, written: int) -> None:
    import pyarrow.parquet as pq

    there = pq.read_metadata(path).num_rows
    if there != written:
        raise OSError(f"{path.name}: {written} events were written, {there} are there")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
