"""Counts the statements that a block sends to the database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

# Inside a test every transaction of the code is a savepoint; in production it is BEGIN and COMMIT. Neither is counted.
SHOWN_LENGTH = 300
NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@contextmanager
def exactly(expected: int) -> Iterator[None]:
    """Fail, listing all of them, when the block does not send exactly ``expected`` statements on this thread's connection."""
    sent: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  the database layer's protocol
        if not sql.startswith(NOT_COUNTED):
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield
    if len(sent) != expected:
        listed = "\n".join(f"{number:3} {_short(sql)}" for number, sql in enumerate(sent, 1))
        raise AssertionError(f"{expected} statements expected, {len(sent)} sent:\n{listed}")


def _short(sql: str) -> str:
    without_columns = re.sub(r'SELECT "[^()]*?" FROM ', "SELECT … FROM ", " ".join(sql.split()))
    return without_columns[:SHOWN_LENGTH]
