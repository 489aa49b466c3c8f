"""Past orders by the million: one whole life of an order, bought, shipped, received, settled and thawed, copied by the database itself.

Two orders live that life through the shop's own actions, under a clock that was turned back. What they left behind in every table is
compared, as in ``distil``, and copied with one INSERT … SELECT per row: each copy gets ids, numbers and moments of its own, and the members
take turns. So past orders have the shape of real ones in every table, whoever adds a table.

The copies are not entered in the columns that only add up (stock, counts of sales): this database is for measuring, not for an audit.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Final

from renmai.project.bench.copying import Copying, Expression, Left, Row
from renmai.project.bench.distil import JsonText
from renmai.project.bench.recording import buy_here, numbered_tables, plain
from renmai.project.bench.stage import PRODUCTS, Stage

LIVED_AGO: Final = timedelta(days=60)
RECEIVED_AFTER: Final = timedelta(days=3)
SETTLED_AFTER: Final = timedelta(days=40)
MADE_OF_OTHERS: Final = frozenset({"stream", "trust", "portraits"})
"""Rooms whose rows are sums over other rows, or files by then: they are not copied with an order."""

LIVES: Final = (2, 2 + PRODUCTS)
WORTH_IT: Final = 20_000
POSTGRES_JSONB: Final = 3802


def fill(stage: Stage, *, copies: int) -> int:
    """Put ``copies`` past orders into the shop's database; return how many rows one of them has."""
    from django.db import connection

    # Both members have bought before: what a first order leaves behind (she is bound to a shop) is not there twice.
    for number in LIVES:
        _live(stage, number)
    first, second = (_left_by(partial(_live, stage, number)) for number in LIVES)
    with connection.cursor() as cursor, _at_full_speed(cursor, connection.vendor, copies=copies):
        copying = Copying(connection.vendor, first, second, stage=stage, member=LIVES[0], tops=_tops(cursor, list(first)))
        at_once = 1 if connection.vendor == "sqlite" else 2
        with ThreadPoolExecutor(at_once) as writers:
            list(writers.map(_write, copying.statements(copies)))
        if connection.vendor != "sqlite":
            for table in set(first) & set(numbered_tables()):
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f'"{table}"', _tops(cursor, [table])[table]]
                )
    return sum(len(rows) for rows in first.values())


def _live(stage: Stage, number: int) -> None:
    """Let an order live its life, some weeks ago."""
    from renmai.accounts.models import User
    from renmai.distribution.actions import thaw_due
    from renmai.journeys import settling
    from renmai.kernel import clock, outbox
    from renmai.ordering.actions import progress, shipping
    from renmai.ordering.models import Order, Shipment
    from renmai.project.reactions import REACTIONS

    with clock.shift(-LIVED_AGO):
        buy_here(stage, number)
        outbox.drain(REACTIONS)
        order = Order.objects.latest("pk")
        for parcel in Shipment.objects.filter(order=order):
            shipping.ship(User.objects.get(username="bench"), parcel.pk, carrier="sf", tracking_number=f"SF{order.pk:012d}")
        outbox.drain(REACTIONS)
    with clock.shift(RECEIVED_AFTER - LIVED_AGO):
        progress.mark_received(order.pk)
        outbox.drain(REACTIONS)
    with clock.shift(SETTLED_AFTER - LIVED_AGO):
        settling.settle_due(1)
        outbox.drain(REACTIONS)
        thaw_due(1)
        outbox.drain(REACTIONS)


def _left_by(act: Callable[[], None]) -> Left:
    """Return the rows that ``act`` adds to any table, in the order of their keys."""
    before = {table: _keys(table, key) for table, key in _tables()}
    act()
    left = {}
    for table, key in _tables():
        if new := _keys(table, key) - before[table]:
            left[table] = _rows(table, key, new)
    return left


def _tables() -> Iterator[tuple[str, str]]:
    from django.apps import apps

    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.app_label not in MADE_OF_OTHERS:
            yield model._meta.db_table, str(model._meta.pk.column)


def _keys(table: str, key: str) -> set[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{key}" FROM "{table}"')  # noqa: S608  names of our own tables  # nosec B608
        return {row[0] for row in cursor.fetchall()}


def _rows(table: str, key: str, keys: set[Any]) -> list[Row]:
    from django.db import connection

    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(keys))
        cursor.execute(f'SELECT * FROM "{table}" WHERE "{key}" IN ({marks}) ORDER BY "{key}"', list(keys))  # noqa: S608  as above  # nosec B608
        columns = [(column[0], column[1] == POSTGRES_JSONB) for column in cursor.description or ()]
        return [
            {name: JsonText(value) if is_json else plain(value) for (name, is_json), value in zip(columns, row, strict=True)}
            for row in cursor.fetchall()
        ]


def _tops(cursor: Any, tables: list[str]) -> dict[str, int]:
    found = {}
    for table in set(tables) & set(numbered_tables()):
        cursor.execute(f'SELECT max(id) FROM "{table}"')  # noqa: S608  as above  # nosec B608
        found[table] = int(cursor.fetchone()[0])
    return found


def _write(statement: Expression) -> None:
    """Run one statement on this thread's own connection, with nothing checked: a broken copy would only cost this run."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF" if connection.vendor == "sqlite" else "SET session_replication_role = replica")
        cursor.execute(*statement)


@contextmanager
def _at_full_speed(cursor: Any, vendor: str, *, copies: int) -> Iterator[None]:
    """Let the database make its indexes in one go at the end. Afterwards everything is as before, and on the disk."""
    if vendor == "sqlite" or copies < WORTH_IT:
        yield
        cursor.execute("ANALYZE")
        return
    cursor.execute("ALTER SYSTEM SET max_wal_size = '8GB'")
    cursor.execute("SELECT pg_reload_conf()")
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
        "WHERE NOT indisunique AND relnamespace = 'public'::regnamespace"
    )
    indexes = cursor.fetchall()
    cursor.execute("DROP INDEX " + ", ".join(name for name, _definition in indexes))
    yield
    cursor.execute("SET maintenance_work_mem = '256MB'")
    for _name, definition in indexes:
        cursor.execute(definition)
    cursor.execute("VACUUM (ANALYZE)")
    cursor.execute("ALTER SYSTEM RESET max_wal_size")
    cursor.execute("SELECT pg_reload_conf()")
    cursor.execute("CHECKPOINT")
