"""The journal is append-only, and the database itself sees to it: triggers refuse to change or delete a transfer.

The migration creates them, the audit looks whether they are there, and ``testing.py`` lifts them while a test's database is emptied.
A later migration that rebuilds the table on SQLite takes the triggers with it and must create them again; the audit would say so.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "the journal is append-only"
TABLE = "ledger_transfer"


def _sqlite(event: str) -> str:
    return f"CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"


def _postgres(event: str, each: str) -> str:
    return (
        f"CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION {TABLE}_refuse()"
    )


POSTGRES_FUNCTION = (
    f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
CREATE: dict[str, tuple[str, ...]] = {
    "sqlite": (_sqlite("UPDATE"), _sqlite("DELETE")),
    "postgresql": (POSTGRES_FUNCTION, _postgres("UPDATE", "ROW"), _postgres("DELETE", "ROW"), _postgres("TRUNCATE", "STATEMENT")),
}
DROP: dict[str, tuple[str, ...]] = {
    "sqlite": (f"DROP TRIGGER IF EXISTS {TABLE}_no_update", f"DROP TRIGGER IF EXISTS {TABLE}_no_delete"),
    "postgresql": (
        f"DROP TRIGGER IF EXISTS {TABLE}_no_update ON {TABLE}",
        f"DROP TRIGGER IF EXISTS {TABLE}_no_delete ON {TABLE}",
        f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}",
        f"DROP FUNCTION IF EXISTS {TABLE}_refuse()",
    ),
}
NAMES: dict[str, frozenset[str]] = {
    "sqlite": frozenset({"ledger_transfer_no_update", "ledger_transfer_no_delete"}),
    "postgresql": frozenset({"ledger_transfer_no_update", "ledger_transfer_no_delete", "ledger_transfer_no_truncate"}),
}
ENABLED: dict[str, str] = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_transfer'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger_transfer'::regclass AND NOT tgisinternal "
    "AND tgenabled IN ('O', 'A')",
}


def missing(connection: BaseDatabaseWrapper) -> frozenset[str]:
    """Return the names of the triggers that are not there or are switched off."""
    with connection.cursor() as cursor:
        cursor.execute(ENABLED[connection.vendor])
        there = {row[0] for row in cursor.fetchall()}
    return NAMES[connection.vendor] - there
