"""Writes INSERT … SELECT statements that copy what an order left behind, so many times, in the language of either database."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from renmai.project.bench.distil import Kind, Known, Plain, Value, first_moment
from renmai.project.bench.stage import VISITOR_BASE, Stage
from renmai.project.problems import Problem

SECONDS_APART: Final = 25
SUFFIX: Final = 7
"""So many letters at the end of a copied number are the copy's own, in base 16: enough for 268 million."""

HEX_OF_UUID: Final = 8
MEMBER_INPUTS: Final = ("user", "address", "visitor")

Row = dict[str, Plain]
Left = dict[str, list[Row]]
"""Rows by table, in the order of their keys."""

Expression = tuple[str, list[Any]]
"""SQL in which ``g`` is the number of the copy, and the values of its placeholders."""


class Copying:
    """Knows how each value of a row differs from copy to copy. Raises ``Problem`` when two orders did not leave the same behind."""

    def __init__(self, vendor: str, first: Left, second: Left, *, stage: Stage, member: int, tops: Mapping[str, int]) -> None:
        if {table: len(rows) for table, rows in first.items()} != {table: len(rows) for table, rows in second.items()}:
            raise Problem("two orders did not leave the same behind.")
        self._is_sqlite = vendor == "sqlite"
        self._first, self._second, self._stage, self._member, self._tops = first, second, stage, member, tops
        moments = (value for rows in first.values() for row in rows for value in row.values())
        self._began = first_moment(moments)
        inputs = {name: value for name, value in stage.inputs(member).items() if name in MEMBER_INPUTS}
        self._known = Known(inputs, began=self._began)
        for table in tops:
            for place, row in enumerate(first[table]):
                self._known.name(row["id"], Value("made", table, place))
        self._writers: dict[Kind, Callable[[Value], Expression]] = {
            "null": lambda _value: ("NULL", []),
            "bool": lambda value: ("%s", [bool(value.number)]),
            "int": lambda value: ("%s", [value.number]),
            "text": lambda value: ("%s", [value.text]),
            "uuid": lambda value: ("%s", [UUID(value.text).hex if self._is_sqlite else UUID(value.text)]),
            "moment": self._moment,
            "input": self._input,
            "made": self._made,
            "fresh": self._fresh,
            "fresh uuid": self._fresh_uuid,
            "joined": self._joined,
            "json": self._json,
        }

    def statements(self, copies: int) -> Iterator[Expression]:
        """Yield one statement for each row: ``copies`` of it."""
        series = (
            "WITH RECURSIVE series(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM series WHERE g < %s) "
            if self._is_sqlite
            else "WITH series AS (SELECT g FROM generate_series(1, %s) AS g) "
        )
        for table, rows in self._first.items():
            for row, other in zip(rows, self._second[table], strict=True):
                made = [self._expression(self._known.value(value, other[name])) for name, value in row.items()]
                columns = ", ".join(f'"{name}"' for name in row)
                selected = ", ".join(sql for sql, _values in made)
                # SQLite wants the series inside the SELECT; PostgreSQL takes it there as well.
                sql = f'INSERT INTO "{table}" ({columns}) {series}SELECT {selected} FROM series'  # noqa: S608  our own tables  # nosec B608
                yield sql, [copies, *(value for _sql, values in made for value in values)]

    def _expression(self, value: Value) -> Expression:
        return self._writers[value.kind](value)

    def _made(self, value: Value) -> Expression:
        rows = len(self._first[value.text])
        return "(%s + g * %s)", [self._tops[value.text] - rows + value.number + 1, rows]

    def _moment(self, value: Value) -> Expression:
        if self._began is None:
            raise AssertionError("a moment is counted from the first one")
        moment = self._began + timedelta(milliseconds=value.number)
        if self._is_sqlite:
            text = moment.replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds")
            return "strftime('%%Y-%%m-%%d %%H:%%M:%%f', %s, '-' || (g * %s) || ' seconds')", [text, SECONDS_APART]
        return "(CAST(%s AS timestamptz) - g * CAST(%s AS interval))", [moment.isoformat(), f"{SECONDS_APART} seconds"]

    def _input(self, value: Value) -> Expression:
        members = len(self._stage.members)
        if value.text == "visitor":
            kept = UUID(int=VISITOR_BASE).hex[:20]
            turn = [kept, self._member, members]
            if self._is_sqlite:
                return "(%s || printf('%%012x', (g + %s) %% %s))", turn
            return "CAST(%s || lpad(to_hex((g + %s) %% %s), 12, '0') AS uuid)", turn
        first = self._stage.inputs(0)[value.text]
        return "(%s + (g + %s) %% %s)", [first, self._member, members]

    def _fresh(self, value: Value) -> Expression:
        kept = str(self._known.originals[value.text])[: max(0, value.number - SUFFIX)]
        return f"(%s || {self._hex(min(SUFFIX, value.number))})", [kept]

    def _fresh_uuid(self, value: Value) -> Expression:
        kept = UUID(str(self._known.originals[value.text])).hex[:-HEX_OF_UUID]
        return (f"(%s || {self._hex(HEX_OF_UUID)})" if self._is_sqlite else f"CAST(%s || {self._hex(HEX_OF_UUID)} AS uuid)"), [
            kept
        ]

    def _joined(self, value: Value) -> Expression:
        made = [self._expression(part) for part in value.parts]
        return "(" + " || ".join(f"CAST({sql} AS text)" for sql, _values in made) + ")", [
            value for _sql, values in made for value in values
        ]

    def _json(self, value: Value) -> Expression:
        sql, values = self._expression(value.parts[0])
        return f"CAST({sql} AS jsonb)", values

    def _hex(self, letters: int) -> str:
        return f"printf('%%0{letters}x', g)" if self._is_sqlite else f"lpad(to_hex(g), {letters}, '0')"
