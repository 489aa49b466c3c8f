"""Rows behind a figure as a file for spreadsheets."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from renmai.kernel import clock
from renmai.kernel.spreadsheets import plain
from renmai.web.ui.formats import local

MOST_ROWS = 50_000
"""Further rows are left out: a file of more is no longer read by people."""


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Answer with a CSV named ``name`` and the moment; no cell is a formula. The caller bounds ``rows``."""
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{local(clock.now()):%Y%m%d-%H%M}.csv"'
    response["Cache-Control"] = "no-store"
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows([plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return response
