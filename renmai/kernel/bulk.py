"""Many rows at once: what ``bulk_create`` writes, without an object for each row and without a statement as long as there are rows.

PostgreSQL gets one array for each column. Its statement is the same however many rows there are, so it is prepared once; a statement with a
place for each value is taken apart and put together again each time, which costs more than the rows. SQLite has no arrays and takes such
statements well, a hundred rows at a time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, lru_cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any, Final

from django.db import connection
from django.db.models import Model

from renmai.kernel import sending

ROWS_OF_AN_ARRAY: Final = 5_000
ROWS_OF_VALUES: Final = 100
"""More at once are no faster, and each number of rows is a statement to be remembered."""

MOMENTS_REMEMBERED: Final = 1 << 17
"""One moment often stands in many rows, and is put into the database's words once."""

Writer = Callable[[Any], Any]


def write_rows(
    model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, skip_known: bool = False, renew_by: str = ""
) -> int:
    """Write rows given as values in the order of ``columns`` (attributes of the model); return how many were written.

    ``skip_known`` leaves out those that break a unique key, after waiting for a rival who has just written the same; ``renew_by`` names a
    unique column: a row that is there with the same value gets the other columns of the new one. Values are what the attributes hold;
    those of a column of JSON are its text. What is not named must have a default in the database. Raises ``IntegrityError`` as
    ``bulk_create`` does. Call it in a transaction: the rows go in blocks.
    """
    names, ending = tuple(columns), _ending(model, columns, skip_known=skip_known, renew_by=renew_by)
    write, size = (_as_arrays, ROWS_OF_AN_ARRAY) if sending.database().vendor == "postgresql" else (_as_values, ROWS_OF_VALUES)
    return sum(write(model, names, block, ending) for block in _blocks(rows, size))


def _as_arrays(model: type[Model], columns: tuple[str, ...], block: list[Sequence[Any]], ending: str) -> int:
    return sending.change(*arrays(model, columns, block, ending))


def arrays(model: type[Model], columns: tuple[str, ...], rows: Sequence[Sequence[Any]], ending: str) -> tuple[str, list[str]]:
    """Return the statement that writes ``rows`` into PostgreSQL with one array for each column, and the arrays."""
    sql, writers = _array_plan(model, columns, ending)
    return sql, [_array(write, values) for write, values in zip(writers, zip(*rows, strict=True), strict=True)]


@cache
def _array_plan(model: type[Model], columns: tuple[str, ...], ending: str) -> tuple[str, list[Writer]]:
    """Return the statement, and how a value of each column is written in an array."""
    # Without the length: to cast into varchar(30) is to cut, to insert into it is to be refused.
    types = [str(_field(model, name).db_type(connection)).partition("(")[0] for name in columns]
    arrays = ", ".join(f"%s::{kind}[]" for kind in types)
    return f"{_into(model, columns)} SELECT * FROM unnest({arrays}){ending}", [_WRITERS.get(kind, str) for kind in types]  # noqa: S608  # nosec B608  # names and types of our own tables


def _array(write: Writer, values: Iterable[Any]) -> str:
    return f"{{{','.join(['NULL' if value is None else write(value) for value in values])}}}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_WRITERS: Final[dict[str, Writer]] = {
    **dict.fromkeys(("varchar", "text", "jsonb"), _quoted),
    "timestamp with time zone": lru_cache(MOMENTS_REMEMBERED)(datetime.isoformat),
    "double precision": repr,
    "uuid": attrgetter("hex"),
}
"""Whole numbers, truth values and dates are written as Python says them."""


def _as_values(model: type[Model], columns: tuple[str, ...], block: list[Sequence[Any]], ending: str) -> int:
    by_column: list[Sequence[Any]] = list(zip(*block, strict=True))
    for place, write in _converted(model, columns):
        by_column[place] = [None if value is None else write(value) for value in by_column[place]]
    parameters = list(chain.from_iterable(zip(*by_column, strict=True)))
    return sending.change(_values_sql(model, columns, len(block), ending), parameters)


@cache
def _converted(model: type[Model], columns: tuple[str, ...]) -> list[tuple[int, Writer]]:
    """Return the places of columns whose values are not written as they are, and how they are."""
    ways: dict[str, Writer] = {
        "DateTimeField": lru_cache(MOMENTS_REMEMBERED)(connection.ops.adapt_datetimefield_value),
        "UUIDField": attrgetter("hex"),
    }
    kinds = [_field(model, name).get_internal_type() for name in columns]
    return [(place, ways[kind]) for place, kind in enumerate(kinds) if kind in ways]


@cache
def _values_sql(model: type[Model], columns: tuple[str, ...], count: int, ending: str) -> str:
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"{_into(model, columns)} VALUES {', '.join([row] * count)}{ending}"


def _into(model: type[Model], columns: Sequence[str]) -> str:
    names = ", ".join(_column(model, name) for name in columns)
    return f"INSERT INTO {_name(model._meta.db_table)} ({names})"


def _ending(model: type[Model], columns: Sequence[str], *, skip_known: bool, renew_by: str) -> str:
    if renew_by:
        changes = (f"{name} = EXCLUDED.{name}" for name in (_column(model, each) for each in columns if each != renew_by))
        # Names of our own columns, no value.
        return f" ON CONFLICT ({_column(model, renew_by)}) DO UPDATE SET {', '.join(changes)}"  # nosec B608  # our own names
    return " ON CONFLICT DO NOTHING" if skip_known else ""


def _field(model: type[Model], name: str) -> Any:
    """Return the field behind an attribute such as ``user_id``."""
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _column(model: type[Model], name: str) -> str:
    return _name(str(_field(model, name).column))


def _name(text: str) -> str:
    return connection.ops.quote_name(text)


def _blocks(rows: Iterable[Sequence[Any]], size: int) -> Iterator[list[Sequence[Any]]]:
    rest = iter(rows)
    while block := list(islice(rest, size)):
        yield block
