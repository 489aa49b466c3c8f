"""When what keeps our data fails: no answer from the database, no room on a disk. Told as a refusal, because nobody did anything wrong.

Nothing is ever half written then: an action is one transaction. Whoever was refused may do the same again later.
"""

import errno
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

from renmai.kernel.errors import DomainError

RETRY_AFTER_SECONDS = 5
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
SQLITE_NO_ROOM = "SQLITE_FULL"
POSTGRES_NO_ROOM = "53100"


def refusal_of(error: BaseException | None) -> DomainError | None:
    """Return ``storage.full`` or ``storage.away`` for an error that says so, whatever it was raised from; None for any other."""
    if has_no_room(error):
        return DomainError("storage.full")
    if any(isinstance(each, OperationalError | InterfaceError) for each in _chain(error)):
        return DomainError("storage.away")
    return None


def has_no_room(error: BaseException | None) -> bool:
    """Whether an error comes from a disk that is full: the database's, that of uploads, or the one of passing files."""
    return any(_says_no_room(each) for each in _chain(error))


def _says_no_room(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return True
    sqlite, postgres = getattr(error, "sqlite_errorname", ""), getattr(error, "sqlstate", "")
    return sqlite == SQLITE_NO_ROOM or postgres == POSTGRES_NO_ROOM


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
