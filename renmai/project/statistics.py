"""What SQLite knows about its own indexes. PostgreSQL keeps such statistics by itself."""

from django.db import connection

MOST_ROWS_PER_INDEX = 1000
"""Rows of each index that are looked at: enough to tell a good index from a bad one, and done in a moment whatever the size."""


def refresh_statistics() -> None:
    """Let SQLite count anew how much each index narrows down.

    Without it SQLite takes the parcels that replace nothing for one parcel, because replacements are unique, and reads all of them to
    find those of one order. Connections that are open already learn of it when they are opened again.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {MOST_ROWS_PER_INDEX}")
            cursor.execute("ANALYZE")
