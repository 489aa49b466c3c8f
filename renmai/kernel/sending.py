"""Sending a statement whose SQL is at hand: past Django's layers of cursors, which take longer than a small statement itself.

Whoever listens is listened to: with ``execute_wrappers``, or while statements are logged or counted, it goes through Django's cursor.
Errors are Django's in any case.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

Answer = TypeVar("Answer")


def database() -> BaseDatabaseWrapper:
    """Return this thread's connection itself: ``django.db.connection`` looks it up anew for every attribute."""
    return connections[DEFAULT_DB_ALIAS]


def rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Send a statement that answers with rows, and return them as the driver gives them."""
    return _send(sql, parameters, lambda cursor: list(cursor.fetchall()))


def change(sql: str, parameters: Sequence[Any]) -> int:
    """Send a statement that changes rows; return how many."""
    return _send(sql, parameters, lambda cursor: int(cursor.rowcount))


def _send(sql: str, parameters: Sequence[Any], answer: Callable[[Any], Answer]) -> Answer:
    db = database()
    if _is_listened_to(db):
        with db.cursor() as cursor:
            cursor.execute(sql, parameters)
            return answer(cursor)
    connection = _ready(db)
    with db.wrap_database_errors:
        return answer(connection.execute(_spelled(sql, db.vendor), parameters))


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
