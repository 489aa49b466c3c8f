"""For tests only: lets Django empty the database after a transactional test, past the triggers that guard the journal.

Django flushes with DELETE (SQLite) or TRUNCATE (PostgreSQL), which the triggers refuse, as they should. ``let_flush_pass`` wraps the
statements of the flush, and nothing else, into dropping and creating the triggers; all of it happens in the one transaction of the
flush. ``conftest.py`` calls it once per process.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from renmai.ledger import triggers


def let_flush_pass() -> None:
    """Make every later flush of this process lift the triggers while it runs. Calling it again changes nothing."""
    operations: Any = type(connection.ops)
    if getattr(operations, "lifts_ledger_triggers", False):
        return
    plain = operations.sql_flush
    vendor = connection.vendor

    def sql_flush(self: Any, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        statements: list[str] = plain(self, style, tables, **options)
        if triggers.TABLE not in tables:
            return statements
        return [*triggers.DROP[vendor], *statements, *triggers.CREATE[vendor]]

    operations.sql_flush = sql_flush
    operations.lifts_ledger_triggers = True
