"""The files of finished days: where they lie, how one is written so that it is whole or not there."""

import io
import json
import os
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.models import BigIntegerField, Func, TextField, Value
from django.db.models.functions import Cast, Replace

from renmai.insight.stream.models import Day, EventRow
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

STORED: Final = tuple(name for name, _type in OWN)


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


def hot(**conditions: Any) -> Iterator[Any]:
    """Yield the events in the database that fulfil ``conditions`` as Arrow record batches, in their order.

    Ids, moments and properties come as the database writes them and are read by Arrow: making Python's own of them takes ten times as long.
    """
    found = EventRow.objects.filter(**conditions).order_by("position").values_list(*_columns())
    last = 0
    while True:
        page = list(found.filter(position__gt=last)[:ROWS_AT_ONCE])
        if not page:
            return
        last = page[-1][0]
        yield _batch(page)


def _columns() -> list[Any]:
    """Return what is asked of the database for the columns of ``OWN``, and the properties as text at the end."""
    asked: list[Any] = []
    for name, kind in OWN:
        if name.endswith("_id") and kind == "string":
            asked.append(Replace(Cast(name, TextField()), Value("-", TextField()), Value("", TextField())))
        elif kind == "moment":
            asked.append(_moment(name))
        else:
            asked.append(name)
    return [*asked, Cast("properties", TextField())]


def _moment(name: str) -> Any:
    """Return what is asked for a moment: the text that SQLite keeps, or microseconds since 1970, which a double holds to the last of them."""
    if connection.vendor == "sqlite":
        return Cast(name, TextField())
    return Func(name, template="(EXTRACT(EPOCH FROM %(expressions)s)::float8 * 1000000)::bigint", output_field=BigIntegerField())


def _batch(rows: Sequence[tuple[Any, ...]]) -> Any:
    import pyarrow as pa

    wanted = schema()
    *columns, texts = zip(*rows, strict=True)
    own = [_array(column, field.type) for column, field in zip(columns, wanted, strict=False)]
    names, versions = columns[STORED.index("name")], columns[STORED.index("version")]
    if not all(REGISTRY.is_newest(name, version) for name, version in set(zip(names, versions, strict=True))):
        texts = tuple(_of_today(*each) for each in zip(names, versions, texts, strict=True))
    more = _properties(texts, list(wanted)[len(STORED) :])
    return pa.RecordBatch.from_arrays([*own, *more], schema=wanted)


def _array(column: Sequence[Any], kind: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_timestamp(kind):
        return pa.array(column, pa.string() if isinstance(column[0], str) else pa.int64()).cast(kind)
    return pa.array(column, kind)


def _of_today(name: str, version: int, text: str) -> str:
    """Return the text of an event's properties as the newest version has them."""
    if REGISTRY.is_newest(name, version):
        return text
    return json.dumps(REGISTRY.upgraded(name, version, json.loads(text)))


def _properties(texts: Sequence[str], fields: Sequence[Any]) -> list[Any]:
    """Return a column for each of ``fields``, read from one JSON object for each event."""
    import pyarrow as pa
    from pyarrow import json as arrow_json

    lines = "\n".join(texts).encode()
    options = arrow_json.ParseOptions(explicit_schema=pa.schema(fields), unexpected_field_behavior="ignore")
    whole = arrow_json.ReadOptions(block_size=len(lines) + 1)
    table = arrow_json.read_json(io.BytesIO(lines), read_options=whole, parse_options=options)
    return [table.column(field.name).combine_chunks() for field in fields]


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

    A file younger than ``WRITTEN_FOR`` may still be on its way to its row.
    """
    named = set(Day.objects.values_list("file", flat=True))
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
