"""Notes what a block of code changes in the database, and takes it back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

# Also behind a WITH, and without quotation marks, as in statements written by hand.
_CHANGES = re.compile(r"(?:^|\)\s*)(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Change:
    """One statement that changed rows of ``table``, with the values that it was sent with."""

    table: str
    sql: str
    values: tuple[object, ...]

    def __str__(self) -> str:
        return self.sql[:120]


@contextmanager
def noted(*, but: frozenset[str] = frozenset()) -> Iterator[list[Change]]:
    """Collect the statements of the block that change a row, without those that were taken back, and without the tables of ``but``."""
    changes: list[Change] = []
    begun: dict[str, int] = {}

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  the database layer's protocol
        done = execute(sql, params, many, context)
        found = _CHANGES.search(sql.strip())
        if found and found[1] not in but and _has_changed(sql, context["cursor"].rowcount):
            changes.append(Change(found[1], sql, tuple(params or ())))
        elif sql.startswith("SAVEPOINT"):
            begun[sql.rsplit(maxsplit=1)[-1]] = len(changes)
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            del changes[begun[sql.rsplit(maxsplit=1)[-1]] :]
        return done

    with connection.execute_wrapper(note):
        yield changes


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back whatever the block wrote, also when it fails. Inside a transaction only."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def _has_changed(sql: str, rowcount: int) -> bool:
    """Whether rows changed; SQLite counts the rows of an insert that returns them only after they were fetched."""
    return rowcount != 0 or (" RETURNING " in sql and sql.startswith("INSERT INTO"))
