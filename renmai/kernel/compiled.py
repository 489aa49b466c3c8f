"""Statements of the hot paths, put into words once: Django's queries and inserts without making their SQL anew each time.

``Compiled`` is a query with places for values: it is described with the ORM, compiled at its first use, and then only sent;
``CompiledUpdate`` is the same for a conditional update, ``by_key`` reads one row.
``insert`` writes rows with a statement that is remembered for their model. Making the SQL is half of what a small query costs in
Python; docs/benchmarks.md has the figures. Use them where a figure asks for it, and the plain ORM everywhere else.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    QuerySet,
    SmallIntegerField,
    TextField,
)
from django.db.models.query import get_related_populators
from django.db.models.sql import UpdateQuery

from renmai.kernel import sending
from renmai.kernel.bulk import arrays
from renmai.kernel.places import Place, Shape, Value, filled, places_for, shaped, worded

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class _Plan:
    """A compiled query: its SQL, its parameters (some of them places), and how a row becomes an object."""

    sql: str
    parameters: tuple[Any, ...]
    model: type[Model]
    names: list[str]
    own: slice
    converters: list[tuple[int, list[Callable[..., Any]], Any]]
    relatives: list[Any]
    annotations: list[tuple[str, int]]


class Compiled(Generic[Row]):
    """A query whose SQL is made once for each database and each number of values.

    ``build`` gets a place for every value, and one for every sequence of values (for ``__in``), and returns a queryset of whole
    objects: with ``select_related``, ``defer`` and ``annotate``, without ``prefetch_related``. A place may stand where a value of its own type
    stands in a condition; whatever is fixed is written as usual.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]]) -> None:
        self._build = build
        self._plans: dict[tuple[str, Shape], _Plan] = {}

    def rows(self, *values: Value | Sequence[Value]) -> list[Row]:
        """Return what the query finds with these values, in its order. One statement."""
        plan, found = self._found(values)
        return [_made(plan, row) for row in found]

    def _found(self, values: tuple[Value | Sequence[Value], ...]) -> tuple[_Plan, list[tuple[Any, ...]]]:
        shape, flat = shaped(values)
        plan = self._plans.get((sending.database().vendor, shape)) or self._compile(shape)
        return plan, sending.rows(plan.sql, filled(plan.parameters, flat))

    def first(self, *values: Value | Sequence[Value]) -> Row | None:
        """Return the first row of ``rows``, None when there is none. The query itself limits how many are read."""
        return next(iter(self.rows(*values)), None)

    def _compile(self, shape: Shape) -> _Plan:
        compiler: Any = self._build(*places_for(shape)).query.get_compiler(connection=connection)
        sql, parameters = worded(compiler)
        whole = compiler.klass_info or {"model": None, "select_fields": [0]}
        chosen = whole["select_fields"]
        own = slice(chosen[0], chosen[-1] + 1)
        plan = _Plan(
            sql=sql,
            parameters=parameters,
            model=whole["model"],
            names=[column[0].target.attname for column in compiler.select[own]] if whole["model"] else [],
            own=own,
            converters=[
                (position, functions, expression)
                for position, (functions, expression) in compiler.get_converters(
                    [column[0] for column in compiler.select]
                ).items()
            ],
            relatives=get_related_populators(whole, compiler.select, connection.alias),  # type: ignore[call-arg]
            annotations=list((compiler.annotation_col_map or {}).items()),
        )
        self._plans[connection.vendor, shape] = plan
        return plan


class CompiledValues(Compiled[Any]):
    """The same for ``values_list``: its rows are tuples of the named columns, in their order."""

    def rows(self, *values: Value | Sequence[Value]) -> list[tuple[Any, ...]]:
        """Return what the query finds with these values, in its order. One statement."""
        plan, found = self._found(values)
        return [tuple(_converted(plan, row)) for row in found] if plan.converters else list(found)


class CompiledUpdate:
    """An update whose SQL is made once for each database: ``build`` gets a place for every value and returns rows and their changes.

    A place may stand in a condition, as a new value, and in arithmetic with ``F``; one for a sequence after ``__in`` and in ``Each``. ``returning`` names columns of numbers and texts
    that ``changed`` reads back as they are after the change.
    """

    def __init__(
        self, build: Callable[..., tuple[QuerySet[Any], dict[str, Any]]], *, values: int, returning: Sequence[str] = ()
    ) -> None:
        self._build = build
        self._values = values
        self._returning = tuple(returning)
        self._plans: dict[tuple[str, Shape], tuple[str, tuple[Any, ...]]] = {}

    def run(self, *values: Value | Sequence[Value]) -> int:
        """Change the rows with these values and return how many they were. One statement."""
        return sending.change(*self._filled(values))

    def changed(self, *values: Value | Sequence[Value]) -> list[tuple[Any, ...]]:
        """Change the rows with these values and return the columns ``returning`` of each. One statement."""
        return sending.rows(*self._filled(values))

    def _filled(self, values: Sequence[Value | Sequence[Value]]) -> tuple[str, list[Any]]:
        if len(values) != self._values:
            raise TypeError(f"{self._values} values expected, got {len(values)}")
        shape, flat = shaped(values)
        sql, parameters = self._plans.get((sending.database().vendor, shape)) or self._compile(shape)
        return sql, filled(parameters, flat)

    def _compile(self, shape: Shape) -> tuple[str, tuple[Any, ...]]:
        rows, changes = self._build(*places_for(shape))
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values(changes)
        sql, parameters = worded(query.get_compiler(connection=connection))
        if self._returning:
            columns = [connection.ops.quote_name(rows.model._meta.get_field(name).column) for name in self._returning]
            sql = f"{sql} RETURNING {', '.join(columns)}"
        plan = self._plans[connection.vendor, shape] = (sql, parameters)
        return plan


def by_key(model: type[Row], key: int, *related: str, lock: bool = False) -> Row:
    """Return one row by its key, with what ``related`` names as ``select_related`` does; ``lock`` holds the row itself. One statement.

    Raises the model's ``DoesNotExist``; ``AssertionError`` for a lock outside a transaction, which would end with the statement.
    """
    # Django looks only when it makes the SQL, and on PostgreSQL alone.
    if lock and not sending.database().in_atomic_block:
        raise AssertionError(f"{model.__name__} {key} is held until its transaction ends, and there is none")
    found: Row | None = _by_key(model, related, lock).first(key)
    if found is None:
        raise model.DoesNotExist(f"{model.__name__} {key}")  # type: ignore[attr-defined]
    return found


@cache
def _by_key(model: type[Row], related: tuple[str, ...], lock: bool) -> Compiled[Row]:  # noqa: FBT001  a key of the cache
    def build(key: Place) -> QuerySet[Row]:
        rows: QuerySet[Row] = model._default_manager.filter(pk=key)
        rows = rows.select_related(*related) if related else rows
        return rows.select_for_update(of=("self",)) if lock else rows

    return Compiled(build)


def insert(rows: Sequence[Model]) -> None:
    """Write new rows of one model with one statement; those without a key get theirs. Raises ``IntegrityError`` as ``bulk_create`` does."""
    if not rows:
        return
    for row, key in zip(rows, _insert(rows, suffix=""), strict=True):
        row.pk = key


def insert_missing(rows: Sequence[Model]) -> list[Any]:
    """Write the rows that break no unique key and return the keys of those written. One statement, and no error to recover from.

    A rival transaction that has just written the same key is waited for.
    """
    return _insert(rows, suffix=" ON CONFLICT DO NOTHING") if rows else []


def _insert(new: Sequence[Model], *, suffix: str) -> list[Any]:
    db, model = sending.database(), type(new[0])
    key = model._meta.pk
    has_key = new[0].pk is not None
    columns = _columns(model, has_key)
    values: list[list[Any]] = [
        [
            value
            if type(value := getattr(row, name)) is plain or (value is None and plain)
            else field.get_db_prep_save(field.pre_save(row, add=True), db)
            for name, plain, field in columns
        ]
        for row in new
    ]
    parameters: list[Any]
    if len(new) > 1 and db.vendor == "postgresql":
        # One array for each column: the same statement however many rows there are, prepared once.
        ending = f"{suffix} RETURNING {connection.ops.quote_name(str(key.column))}"
        for place, (_name, _plain, field) in enumerate(columns):
            if isinstance(field, JSONField):
                for each in values:
                    each[place] = None if each[place] is None else json.dumps(each[place].obj, cls=field.encoder)
        sql, parameters = arrays(model, tuple([name for name, _plain, _field in columns]), values, ending)
    else:
        sql, parameters = _insert_sql(model, len(new), has_key, suffix), [value for each in values for value in each]
    keys = [key.to_python(found) for (found,) in sending.rows(sql, parameters)]
    for row in new:
        row._state.adding, row._state.db = False, db.alias  # noqa: SLF001  what Django does after an insert
    return keys


@cache
def _columns(model: type[Model], has_key: bool) -> tuple[tuple[str, type | None, Any], ...]:  # noqa: FBT001  a key of the cache
    """Return attribute, the type whose values go to the database as they are (None: each is prepared), and field of every column."""
    fields = [field for field in model._meta.concrete_fields if has_key or not field.primary_key]
    return tuple((field.attname, _plain(field), field) for field in fields)


def _plain(field: Any) -> type | None:
    return _plain(field.target_field) if isinstance(field, ForeignKey) else _PLAIN.get(type(field))


_PLAIN: "dict[type[Field[Any, Any]], type]" = {
    **dict.fromkeys((BigAutoField, IntegerField, BigIntegerField, SmallIntegerField), int),
    **dict.fromkeys((PositiveIntegerField, PositiveSmallIntegerField, PositiveBigIntegerField), int),
    **dict.fromkeys((CharField, TextField), str),
    BooleanField: bool,
}


@cache
def _insert_sql(model: type[Model], count: int, has_key: bool, suffix: str) -> str:  # noqa: FBT001  a key of the cache
    quoted = connection.ops.quote_name
    columns = [str(field.column) for field in model._meta.concrete_fields if has_key or not field.primary_key]
    row = f"({', '.join(['%s'] * len(columns))})"
    # Names of tables and columns only: every value is a parameter.
    return (  # nosec B608
        f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(map(quoted, columns))})"  # noqa: S608  # nosec B608  # names of our own tables
        f" VALUES {', '.join([row] * count)}{suffix} RETURNING {quoted(str(model._meta.pk.column))}"
    )


def _converted(plan: _Plan, found: Sequence[Any]) -> list[Any]:
    row, db = list(found), sending.database()
    for position, functions, expression in plan.converters:
        if row[position] is not None:
            for convert in functions:
                row[position] = convert(row[position], expression, db)
    return row


def _made(plan: _Plan, found: Sequence[Any]) -> Any:
    row = _converted(plan, found)
    made = plan.model.from_db(connection.alias, plan.names, row[plan.own])
    for relative in plan.relatives:
        relative.populate(row, made)
    for name, position in plan.annotations:
        setattr(made, name, row[position])
    return made
