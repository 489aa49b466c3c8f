"""Hot rows, those of the days that are no files yet, on their way from the database to Arrow: a column at a time, never an object for each."""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import BigIntegerField, Func, QuerySet, TextField
from django.db.models.functions import Cast

from renmai.insight.stream.models import EventRow
from renmai.insight.stream.registry import REGISTRY
from renmai.insight.stream.store import files
from renmai.kernel import sending

ROWS_AT_ONCE: Final = 20_000


@dataclass(frozen=True)
class Page:
    """Some rows: the columns of every event as an Arrow table, and their properties, a line of JSON each."""

    own: Any
    properties: str


def batches(**conditions: Any) -> Iterator[Any]:
    """Yield the events in the database that fulfil ``conditions`` as Arrow record batches, in their order."""
    found = EventRow.objects.filter(**conditions).order_by("position").values_list(*_columns())
    read = _as_one_text if connection.vendor == "postgresql" else _as_rows
    last = 0
    while True:
        page = read(found.filter(position__gt=last)[:ROWS_AT_ONCE])
        if page is None:
            return
        last = page.own.column("position")[-1].as_py()
        yield _batch(page)


def _columns() -> list[Any]:
    """Return what to ask for the columns of every event and the properties, so that whatever the database writes Arrow reads as it is."""
    asked: list[Any] = []
    for name, kind in files.OWN:
        if name.endswith("_id") and kind == "string":
            asked.append(Cast(name, TextField()))
        elif kind == "moment":
            asked.append(_moment(name))
        else:
            asked.append(name)
    return [*asked, Cast("properties", TextField())]


def _moment(name: str) -> Any:
    """Return what is asked for a moment: the text that SQLite keeps, or microseconds since 1970, which a double holds to the last of them."""
    if connection.vendor == "sqlite":
        return Cast(name, TextField())
    # Not EXTRACT, which makes a number of as many digits as one likes and takes three times as long.
    return Func(name, template="(date_part('epoch', %(expressions)s) * 1000000)::bigint", output_field=BigIntegerField())


def _kinds() -> dict[str, Any]:
    """Return the columns of every event with the Arrow type of what the database writes."""
    import pyarrow as pa

    moment = pa.string() if connection.vendor == "sqlite" else pa.int64()
    return {name: moment if kind == "moment" else getattr(pa, kind)() for name, kind in files.OWN}


def _as_rows(rows: "QuerySet[EventRow, tuple[Any, ...]]") -> Page | None:
    """Return what is asked for, None when there is nothing."""
    import pyarrow as pa

    page = list(rows)
    if not page:
        return None
    *columns, texts = zip(*page, strict=True)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, _kinds().values(), strict=True)]
    return Page(pa.table(arrays, names=list(_kinds())), "\n".join(texts))


def _as_one_text(rows: "QuerySet[EventRow, tuple[Any, ...]]") -> Page | None:
    """Do as ``_as_rows`` with the whole page as one text, put together by the server: the driver needs longer for a row than all the rest.

    The columns of every event are numbers, ids and names of ours: none holds a comma or the end of a line.
    """
    from pyarrow import csv

    sql, values = rows.query.sql_with_params()
    names = [*_kinds(), "properties"]
    line = ", ',', ".join(name for name in names[:-1])
    whole = f"SELECT string_agg(concat({line}), E'\\n'), string_agg(properties, E'\\n') FROM ({sql}) page({', '.join(names)})"  # noqa: S608  # nosec B608  # names of our own columns
    ((lines, properties),) = sending.rows(whole, values)
    if lines is None:
        return None
    text = lines.encode()
    own = csv.read_csv(
        io.BytesIO(text),
        read_options=csv.ReadOptions(column_names=names[:-1], block_size=len(text) + 1),
        convert_options=csv.ConvertOptions(column_types=_kinds(), null_values=[""], strings_can_be_null=True),
    )
    return Page(own, properties)


def _batch(page: Page) -> Any:
    import pyarrow as pa

    wanted = files.schema()
    own = [column.combine_chunks() for column in page.own.columns]
    kinds = page.own.select(["name", "version"]).group_by(["name", "version"]).aggregate([]).to_pylist()
    text = page.properties
    if not all(REGISTRY.is_newest(each["name"], each["version"]) for each in kinds):
        names, versions = page.own.column("name").to_pylist(), page.own.column("version").to_pylist()
        text = "\n".join(_of_today(*each) for each in zip(names, versions, text.split("\n"), strict=True))
    more = _properties(text.encode(), list(wanted)[len(own) :])
    cast = [_as_in_files(column, field) for column, field in zip(own, wanted, strict=False)]
    return pa.RecordBatch.from_arrays([*cast, *more], schema=wanted)


def _as_in_files(column: Any, field: Any) -> Any:
    """Return a column as the database wrote it in the way of the files: ids without hyphens, moments as such."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if field.name.endswith("_id") and field.type == pa.string():
        return pc.replace_substring(column, "-", "")
    return column.cast(field.type)


def _of_today(name: str, version: int, text: str) -> str:
    """Return the text of an event's properties as the newest version has them."""
    if REGISTRY.is_newest(name, version):
        return text
    return json.dumps(REGISTRY.upgraded(name, version, json.loads(text)))


def _properties(lines: bytes, fields: Sequence[Any]) -> list[Any]:
    """Return a column for each of ``fields``, read from lines of JSON, one for each event."""
    import pyarrow as pa
    from pyarrow import json as arrow_json

    options = arrow_json.ParseOptions(explicit_schema=pa.schema(fields), unexpected_field_behavior="ignore")
    whole = arrow_json.ReadOptions(block_size=len(lines) + 1)
    table = arrow_json.read_json(io.BytesIO(lines), read_options=whole, parse_options=options)
    return [table.column(field.name).combine_chunks() for field in fields]
