"""Many rows into PostgreSQL as CSV (``COPY``), which Arrow writes: no Python object is made for any of them.

For what writes hundreds of thousands of rows. Other databases know no such thing: whoever calls asks ``is_possible`` first. Nobody who
listens to statements hears of it.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def is_possible() -> bool:
    """Tell whether this database takes whole tables so."""
    return connection.vendor == "postgresql"


def write(model: type[Model], columns: Sequence[str], tables: Iterable[Any]) -> int:
    """Write the rows of Arrow tables with these columns (names of the database); return how many. Call it in a transaction.

    The server writes what it has got while the next table is being made. Raises ``IntegrityError`` as ``bulk_create`` does.
    """
    from pyarrow import csv

    named = ", ".join(connection.ops.quote_name(name) for name in columns)
    into = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({named}) FROM STDIN (FORMAT csv)"
    options = csv.WriteOptions(include_header=False)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        with cursor.copy(into) as copy:
            for table in tables:
                text = io.BytesIO()
                csv.write_csv(table, text, options)
                copy.write(text.getbuffer())
        return int(cursor.rowcount)
