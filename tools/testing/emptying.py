"""How a test that cannot be taken back leaves the database empty for the next one.

Django empties every table of all rooms and lets ``post_migrate`` fill some of them again, which takes longer than most of these tests
themselves, and nearly all of it is for nothing: a test fills a few dozen tables, and leaves alone what ``post_migrate`` writes (the
regions, the kinds of content, the permissions). So only tables in which something stands are emptied, in one transaction. When
what ``post_migrate`` wrote is not as it was, or the database does not allow the short way, Django's own way is gone.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from renmai.ledger import triggers

FILLED_AFTER_MIGRATIONS = ("accounts_region", "auth_permission", "django_content_type")
LIFT_TRIGGERS = "SET LOCAL session_replication_role = replica"
MAY_LIFT_TRIGGERS = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"

_first_prints: dict[str, int] = {}
_tables: dict[str, list[str]] = {}


def empty_only_what_is_filled() -> None:
    """Let every later transactional test of this process end the short way. Calling it again changes nothing."""
    case_of_django: Any = TransactionTestCase
    plain = case_of_django._fixture_teardown  # noqa: SLF001  where Django empties the database after a test
    if getattr(plain, "is_short", False):
        return

    def teardown(case: Any) -> None:
        is_usual = case.available_apps is None and not case.serialized_rollback and case.databases == {DEFAULT_DB_ALIAS}
        if not (is_usual and empty(connections[DEFAULT_DB_ALIAS])):
            plain(case)
            remember(connections[DEFAULT_DB_ALIAS])  # the same rows, under other numbers

    teardown.is_short = True  # type: ignore[attr-defined]
    case_of_django._fixture_teardown = teardown  # noqa: SLF001


def remember(connection: BaseDatabaseWrapper) -> None:
    """Note what ``post_migrate`` has just written."""
    _first_prints[connection.alias] = _print(connection)


def empty(connection: BaseDatabaseWrapper) -> bool:
    """Empty the tables in which something stands and return True; False, and nothing done, when that would not be enough."""
    if _first_prints.get(connection.alias) != _print(connection):
        return False
    filled = _filled(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if not _lift(cursor, connection.vendor, filled):
            return False
        for table in filled:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608  # nosec B608  # a name of our own
        if connection.vendor == "sqlite" and triggers.TABLE in filled:
            for statement in triggers.CREATE["sqlite"]:
                cursor.execute(statement)
    return True


def _lift(cursor: Any, vendor: str, filled: list[str]) -> bool:
    """Let the triggers of the journal, and on PostgreSQL those of the foreign keys too, rest till the end of this transaction."""
    if vendor == "postgresql":
        cursor.execute(MAY_LIFT_TRIGGERS)
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(LIFT_TRIGGERS)
    elif triggers.TABLE in filled:
        for statement in triggers.DROP[vendor]:
            cursor.execute(statement)
    return True


def _filled(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the tables in which something stands, but for those of ``post_migrate``; one statement."""
    if connection.alias not in _tables:
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        _tables[connection.alias] = sorted(set(names) - set(FILLED_AFTER_MIGRATIONS))
    tables = _tables[connection.alias]
    asked = ", ".join(f"EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})" for table in tables)  # noqa: S608  # nosec B608  # names of our own
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return [table for table, is_filled in zip(tables, cursor.fetchone(), strict=True) if is_filled]


def _print(connection: BaseDatabaseWrapper) -> int:
    """Return a print of what ``post_migrate`` wrote; to be compared within one process."""
    rows = []
    with connection.cursor() as cursor:
        for table in FILLED_AFTER_MIGRATIONS:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608  # nosec B608  # a name of our own
            rows.append(tuple(cursor.fetchall()))
    return hash(tuple(rows))
