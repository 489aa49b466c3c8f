"""Errors of a database that is away, and of disks that are full, are told apart from everything else."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import DataError, InterfaceError, OperationalError, ProgrammingError

from renmai.kernel import storage


def raised_from(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def sqlite_full() -> Exception:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    connection.close()
    return caught.value


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("server closed the connection"), "storage.away"),
        (InterfaceError("connection already closed"), "storage.away"),
        (raised_from(ValueError("in a view"), OperationalError("gone")), "storage.away"),
        (raised_from(OperationalError("full"), sqlite_full()), "storage.full"),
        (raised_from(OperationalError("full"), psycopg.errors.DiskFull()), "storage.full"),
        (OSError(errno.ENOSPC, "No space left on device"), "storage.full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "storage.full"),
    ],
)
def test_what_the_machine_lacks_is_a_refusal(error: Exception, code: str) -> None:
    refused = storage.refusal_of(error)
    assert refused is not None
    assert (refused.code, refused.status) == (code, 503)


@pytest.mark.parametrize(
    "error",
    [
        None,
        ValueError("a bug"),
        DataError("too long"),
        ProgrammingError("no such column"),
        FileNotFoundError(errno.ENOENT, "gone"),
    ],
)
def test_anything_else_is_not(error: Exception | None) -> None:
    assert storage.refusal_of(error) is None
