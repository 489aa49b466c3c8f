"""Places for values in a statement that is put into words once (``compiled``), and how values come into them."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, TypeGuard
from uuid import UUID

from django.db import connection
from django.db.models import Expression, F

from renmai.kernel import sending

Value = int | str | datetime | UUID | None
Shape = tuple[int | None, ...]
_OF_ANY_LENGTH: Final = -1
_ARRAY: Final = re.compile(r" IN \(ARRAY ([\w ]*)\)")


class Place(Expression):
    """Stands for a value that comes later. Its only parameter is itself, so that it is found among the others."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return one place for a parameter."""
        return "%s", [self]


class Places(Expression):
    """Stands for several values that come later, after ``__in``; for none of them ``NULL``, which nothing is equal to.

    PostgreSQL gets them as one array: its statement is the same however many they are, and is prepared once. ``kind`` is the type of the column that they are compared with.
    """

    def __init__(self, number: int, count: int) -> None:
        super().__init__()
        self.number = number
        self.places = tuple(Place(number + offset) for offset in range(count))
        self.kind = ""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the places in the parentheses that ``IN`` wants."""
        return f"({', '.join(['%s'] * len(self.places)) or 'NULL'})", list(self.places)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return what ``worded`` makes an array of."""
        return f"(ARRAY {self.kind})", [self]


class Each(Expression):
    """In an update, as a new value: of ``values`` the one that stands where the row's ``column``, a key, stands among ``keys``.

    Both are places for sequences of equal length, never empty.
    """

    def __init__(self, column: str, keys: Any, values: Any, *, output_field: Any) -> None:
        super().__init__(output_field=output_field)
        self.column: Any = F(column)
        self.keys, self.values = keys, values

    def get_source_expressions(self) -> list[Any]:
        """Return what Django must find in the table."""
        return [self.column]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """Take what it has found."""
        (self.column,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return a choice with a place for each key and each value."""
        column, _none = compiler.compile(self.column)
        pairs = [place for pair in zip(self.keys.places, self.values.places, strict=True) for place in pair]
        return f"CASE {column} {'WHEN %s THEN %s ' * len(self.keys.places)}END", pairs

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the same with two arrays."""
        column, _none = compiler.compile(self.column)
        return f"(%s::{_kind(self.output_field)}[])[array_position(%s::bigint[], {column})]", [self.values, self.keys]


def shaped(values: "Sequence[Value | Sequence[Value]]") -> tuple[Shape, Sequence[Any]]:
    """Return how long each of the values is (None: it is one), as far as the statement depends on it, and them as they fill its places."""
    if sending.database().vendor == "postgresql":
        return tuple([_OF_ANY_LENGTH if _is_several(value) else None for value in values]), values
    shape = tuple([len(value) if _is_several(value) else None for value in values])
    return shape, [one for value in values for one in (value if _is_several(value) else [value])]


def places_for(shape: Shape) -> list[Place | Places]:
    """Return the places that values of this shape fill."""
    places: list[Place | Places] = []
    number = 0
    for length in shape:
        places.append(Place(number) if length is None else Places(number, max(0, length)))
        number += 1 if length in {None, _OF_ANY_LENGTH} else length or 0
    return places


def worded(compiler: Any) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of a query and its parameters, some of them places."""
    _tell_kinds(compiler.query.where)
    sql, parameters = compiler.as_sql()
    return _ARRAY.sub(_any_of, sql), tuple(parameters)


def filled(parameters: Sequence[Any], values: Sequence[Any]) -> list[Any]:
    """Return the parameters with the values in their places."""
    return [
        _sent(values[part.number])
        if isinstance(part, Place)
        else [_sent(one) for one in values[part.number]]
        if isinstance(part, Places)
        else part
        for part in parameters
    ]


def _is_several(value: "Value | Sequence[Value]") -> "TypeGuard[Sequence[Value]]":
    return hasattr(value, "__len__") and not isinstance(value, str | bytes)


def _tell_kinds(node: Any) -> None:
    for each in node.children:
        if hasattr(each, "children"):
            _tell_kinds(each)
        elif isinstance(places := getattr(each, "rhs", None), Places):
            places.kind = _kind(each.lhs.output_field)


def _kind(field: Any) -> str:
    """Return the type of a column without its length: to cast into varchar(30) is to cut."""
    return str(field.db_type(connection)).partition("(")[0]


def _any_of(found: re.Match[str]) -> str:
    """Return the comparison with an array.

    From a query of its own, whose length the planner does not see: it would find a plan for these few values cheaper than one for any number and plan
    the statement anew each time.
    """
    kind = found[1]
    return f" = ANY((SELECT %s::{kind}[])::{kind}[])" if kind else " = ANY(%s)"


def _sent(value: Value) -> Any:
    """Return a value as the database takes it where no field says how."""
    if isinstance(value, datetime):
        return sending.database().ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not sending.database().features.has_native_uuid_field:
        return value.hex
    return value
