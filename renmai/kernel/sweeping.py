"""Sweeps: the oldest due rows first, and a row that cannot be moved never stands in the way of those behind it."""

import logging
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import InterfaceError, OperationalError
from django.db.models import Model, Q, QuerySet

from renmai.kernel.errors import told_of
from renmai.kernel.outbox import raise_alert

logger = logging.getLogger(__name__)

STUCK = "timer.stuck"
Row = TypeVar("Row", bound=Model)


def sweep(name: str, due: QuerySet[Row], act: Callable[[Row], bool | int], *, by: str, limit: int) -> int:
    """Call ``act`` for the rows of ``due`` in the order of the column ``by`` until ``limit`` of them moved; return how many did.

    ``act`` is a transaction of its own and answers whether it moved its row. Rows that stay, and rows that fail (each opens an alert
    under ``name``), are passed over. A database that does not answer ends the sweep. Memory is bounded by ``limit``.
    """
    moved = 0
    for row in _pages(due, by=by, size=limit):
        if moved >= limit:
            break
        try:
            moved += bool(act(row))
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            logger.exception("%s: %s %s cannot be moved", name, type(row).__name__, row.pk)
            raise_alert(STUCK, f"{name} {row.pk}", told_of(error))
    return moved


def _pages(due: QuerySet[Row], *, by: str, size: int) -> Iterator[Row]:
    """Yield all rows page by page; each page begins behind the last row of the one before, whether that was moved or not."""
    ordered = due.order_by(by, "pk")
    page = list(ordered[:size])
    while page:
        yield from page
        if len(page) < size:
            return
        last = getattr(page[-1], by)
        page = list(ordered.filter(Q(**{f"{by}__gt": last}) | Q(**{by: last}, pk__gt=page[-1].pk))[:size])
