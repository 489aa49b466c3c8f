"""Listens to whole purchases of this process: every statement, its values, its transaction, and the rows it made."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from renmai.project.bench.buying import BUYING, Way
from renmai.project.bench.distil import JsonText, Plain, Recorded
from renmai.project.bench.load import sandbox
from renmai.project.bench.stage import Stage
from renmai.project.bench.wire import Browser, InProcess
from renmai.project.problems import Problem

ID_STEP = 10_000_000
NOT_RECORDED = re.compile(r"SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|BEGIN", re.IGNORECASE)
INTO = re.compile(r'INSERT INTO "(\w+)"')
SQLITE_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?")
HEX_UUID = re.compile(r"[0-9a-f]{32}")


def spread_ids() -> None:
    """Let every table number its rows from ten million of its own, so that an id says which table it is of."""
    from django.db import connection

    with connection.cursor() as cursor:
        for place, table in enumerate(numbered_tables(), 1):
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, place * ID_STEP])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f'"{table}"', place * ID_STEP])


def record(stage: Stage, *, way: Way, numbers: Sequence[int]) -> list[list[Recorded]]:
    """Buy once per number, in this process, and return what each purchase sent.

    Other purchases go before them, so that what is kept in memory is there and the accounts of the ledger are open.
    """
    from django.db import connection

    _have_static_files()
    for number in (0, 1):
        buy_here(stage, number, way=way)
    found = []
    for number in numbers:
        listener = _Listener()
        with connection.execute_wrapper(listener):
            buy_here(stage, number, way=way)
        found.append(listener.heard)
    return found


def buy_here(stage: Stage, number: int, *, way: Way = "pages") -> None:
    """Buy in this process what it is this number's turn to buy."""
    from renmai.project.wsgi import application

    BUYING[way](Browser(InProcess(application)), *stage.turn(number), sandbox())


def _have_static_files() -> None:
    """Pages name the static files by their packed names; the first start of a shop packs them."""
    from django.conf import settings
    from django.core.management import call_command

    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)


class _Listener:
    """Django calls it around every statement."""

    def __init__(self) -> None:
        self.heard: list[Recorded] = []
        self._numbered = frozenset(numbered_tables())
        self._begun = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001  Django's protocol
        result = execute(sql, params, many, context)
        self._begun += sql.startswith("BEGIN")
        if not NOT_RECORDED.match(sql):
            values = tuple(plain(value) for value in params or ())
            self.heard.append(Recorded(sql, values, self._transaction(context), self._made(sql, context)))
        return result

    def _transaction(self, context: dict[str, Any]) -> str | None:
        connection = context["connection"]
        if not connection.in_atomic_block:
            return None
        # PostgreSQL's now() is the moment when the transaction began; SQLite is told to begin by a statement, which was counted.
        return str(self._begun) if connection.vendor == "sqlite" else _scalar(connection, "SELECT now()").isoformat()

    def _made(self, sql: str, context: dict[str, Any]) -> tuple[int, ...]:
        into = INTO.match(sql)
        if into is None or into.group(1) not in self._numbered:
            return ()
        connection = context["connection"]
        if connection.vendor == "sqlite":
            last, rows = int(_scalar(connection, "SELECT last_insert_rowid()")), max(1, sql.count("), (") + 1)
        else:
            last, rows = int(_scalar(connection, "SELECT lastval()")), context["cursor"].rowcount
        return tuple(range(last - rows + 1, last + 1))


def plain(value: Any) -> Plain:
    """Return a value without what a driver or Django wrapped around it. Raises ``Problem`` for what the bench does not know."""
    if value is None or isinstance(value, bool | UUID | datetime):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return _sqlite_text(str(value))
    if isinstance(value, list | tuple):
        return tuple(plain(one) for one in value)
    if isinstance(value, date):
        return value.isoformat()
    if type(value).__name__ in {"Jsonb", "Json"}:
        return JsonText(value.dumps(value.obj) if value.dumps else json.dumps(value.obj, ensure_ascii=False))
    raise Problem(f"the bench does not know values like {value!r}.")


def _sqlite_text(text: str) -> Plain:
    """SQLite keeps moments and UUIDs as texts."""
    if SQLITE_MOMENT.fullmatch(text):
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    return UUID(text) if HEX_UUID.fullmatch(text) else text


def numbered_tables() -> list[str]:
    """Return the tables whose rows the database numbers."""
    from django.apps import apps
    from django.db.models import AutoField

    models = apps.get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if isinstance(model._meta.pk, AutoField))


def _scalar(connection: Any, sql: str) -> Any:
    """Ask without being heard."""
    return connection.connection.execute(sql).fetchone()[0]
