"""Sending a statement whose SQL is at hand: past Django's layers of cursors, which take longer than a small statement itself.

Whoever listens is listened to: with ``execute_wrappers``, or while statements are logged or counted, it goes through Django's cursor.
Errors are Django's in any case.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


def database() -> BaseDatabaseWrapper:
    """Return this thread's connection itself: ``django.db.connection`` looks it up anew for every attribute."""
    return connections[DEFAULT_DB_ALIAS]


def rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Send a statement that answers with rows, and return them as the driver gives them."""
    db = database()
    if _is_listened_to(db):
        with db.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())
    connection = _ready(db)
    with db.wrap_database_errors:
        found: list[tuple[Any, ...]] = connection.execute(_spelled(sql, db.vendor), parameters).fetchall()
    return found


def change(sql: str, parameters: Sequence[Any]) -> int:
    """Send a statement that changes rows; return how many."""
    db = database()
    if _is_listened_to(db):
        with db.cursor() as cursor:
            cursor.execute(sql, parameters)
            return int(cursor.rowcount)
    connection = _ready(db)
    with db.wrap_database_errors:
        return int(connection.execute(_spelled(sql, db.vendor), parameters).rowcount)


def _is_listened_to(db: BaseDatabaseWrapper) -> bool:
    return bool(db.execute_wrappers) or db.queries_logged


def _ready(db: BaseDatabaseWrapper) -> Any:
    """Return the driver's connection, after what Django asks before every statement."""
    db.close_if_health_check_failed()
    db.ensure_connection()
    db.validate_thread_sharing()
    db.validate_no_broken_transaction()
    return db.connection


@cache
def _spelled(sql: str, vendor: str) -> str:
    """Return ``sql`` with the places for values as the driver writes them. Our statements hold no texts, so no ``%`` of their own."""
    return sql.replace("%s", "?").replace("%%", "%") if vendor == "sqlite" else sql
