"""Pools: pieces of a SKU set aside for a hot sale, in buckets, so that its buyers do not wait in line for one row.

A move within a pool is a conditional UPDATE of one bucket, found by the hash of the reference; when that one has too few, another that
has enough; when none alone has, several. So nobody is told "sold out" while there are pieces. Which bucket a piece came from is nobody's
business: only their sums mean something.

Locks are taken in the order pool, buckets by index, SKU. A bucket that is closed gives what comes back to it to the SKU at once.
"""

import time
from collections.abc import Sequence
from typing import Final, NoReturn
from zlib import crc32

from django.db import transaction
from django.db.models import F, Sum

from renmai.catalogue.models import PoolBucket, Sku, StockMovement, StockPool
from renmai.kernel import clock
from renmai.kernel.compiled import CompiledUpdate, insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.transactions import joined

BUCKETS: Final = 16
MAX_PIECES: Final = 1_000_000
PAUSES_SECONDS: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Before asking again for pieces that lie in buckets which others hold at this moment."""

_Kind = StockMovement.Kind
_WAYS: Final = {
    _Kind.RESERVE: ("free", "reserved"),
    _Kind.RELEASE: ("reserved", "free"),
    _Kind.SELL: ("reserved", "sold"),
    _Kind.RESTOCK: ("sold", "free"),
}
"""From which column to which a move of each kind takes a piece."""


def open_pool(sku_id: int, *, reference: str, pieces: int) -> StockPool:
    """Set ``pieces`` of a SKU's free stock aside in a new pool, in the caller's transaction or its own; again returns what is there.

    ``reference`` names the pool for ever. Raises ``catalogue.sold_out`` when the SKU has fewer free pieces.
    """
    with joined():
        if not insert_missing([StockPool(sku_id=sku_id, reference=reference, made_at=clock.now())]):
            return StockPool.objects.get(reference=reference)
        pool = StockPool.objects.get(reference=reference)
        PoolBucket.objects.bulk_create([PoolBucket(pool=pool, index=index) for index in range(BUCKETS)])
        fill(pool, pieces, reference=reference)
    pool.refresh_from_db()
    return pool


def fill(pool: StockPool, pieces: int, *, reference: str) -> bool:
    """Move ``pieces`` from the SKU's free stock into the pool; False when ``reference`` did so before.

    Raises ``catalogue.sold_out``, ``catalogue.pool_closed``, ``catalogue.quantity``.
    """
    if not 1 <= pieces <= MAX_PIECES:
        raise DomainError("catalogue.quantity", field="pieces", most=MAX_PIECES)
    with joined():
        if not _write(pool, _Kind.FILL, reference, free_change=-pieces):
            return False
        if not StockPool.objects.filter(pk=pool.pk, closed_at__isnull=True).update(pieces=F("pieces") + pieces):
            raise DomainError("catalogue.pool_closed")
        each, more = divmod(pieces, BUCKETS)
        for index in range(BUCKETS):
            part = each + (index < more)
            if part and not PoolBucket.objects.filter(pool=pool, index=index, is_open=True).update(free=F("free") + part):
                raise DomainError("catalogue.pool_closed")
        if not _change_shelf(pool.sku_id, -pieces):
            _refuse_shelf(pool.sku_id)
    return True


def drain(pool: StockPool, pieces: int, *, reference: str) -> bool:
    """Move ``pieces`` free ones from the pool back to the shelf; False when ``reference`` did so before. Raises ``catalogue.sold_out``."""
    with joined():
        if not _write(pool, _Kind.DRAIN, reference, free_change=pieces):
            return False
        if not _count_out(pool.pk, pieces):
            _refuse_pool(pool)
        left = pieces
        for bucket in _locked(pool.pk):
            part = min(left, bucket.free)
            PoolBucket.objects.filter(pk=bucket.pk).update(free=F("free") - part)
            left -= part
        if left:
            _refuse_pool(pool)
        _change_shelf(pool.sku_id, pieces)
    return True


@transaction.atomic
def close_pool(pool: StockPool) -> int:
    """Put what is free in the pool back on the shelf and let nobody take from it any more; return how many pieces that were.

    What is reserved or sold stays in the pool and moves on there; pieces that come back later go to the shelf. Closing again does nothing.
    """
    if not StockPool.objects.filter(pk=pool.pk, closed_at__isnull=True).update(closed_at=clock.now()):
        return 0
    pieces = sum(bucket.free for bucket in _locked(pool.pk))
    PoolBucket.objects.filter(pool=pool).update(free=0, is_open=False)
    if pieces:
        _write(pool, _Kind.DRAIN, pool.reference, free_change=pieces)
        _count_out(pool.pk, pieces)
        _change_shelf(pool.sku_id, pieces)
    return pieces


def move(kind: str, pool_id: int, *, sku_id: int, reference: str, quantity: int) -> None:
    """Move pieces within a pool, its receipt being written. For ``catalogue.stock``. Raises ``catalogue.sold_out``, ``catalogue.not_held``."""
    first = crc32(reference.encode()) % BUCKETS
    if _OPEN[kind].run(pool_id, first, quantity):
        return
    pool = StockPool.objects.select_related("sku__product").get(pk=pool_id)
    out = _elsewhere(kind, pool_id, quantity=quantity)
    if out is None and kind == _Kind.RESERVE:
        _refuse_pool(pool)
    if out is None:
        raise DomainError("catalogue.not_held")
    if out:
        if not _write(pool, _Kind.DRAIN, f"{reference}-{kind}", free_change=out):
            raise DomainError("catalogue.stock_conflict")
        _count_out(pool_id, out)
        _change_shelf(sku_id, out)


def _elsewhere(kind: str, pool_id: int, *, quantity: int) -> int | None:
    """Move pieces in other buckets than the first; return how many of them left the pool, None when there are too few.

    Too few in one look at all buckets are too few: whoever gives something away holds it himself. Nobody waits for a bucket here:
    PostgreSQL keeps the lock on a row for which an UPDATE waited in vain, so the first bucket may be locked by us, and two who then
    wait for each other's would wait for ever. Buckets that others hold are skipped and asked again when those others are done.
    """
    for pause_seconds in PAUSES_SECONDS:
        if sum(_usable(kind, bucket) for bucket in PoolBucket.objects.filter(pool_id=pool_id)) < quantity:
            return None
        with transaction.atomic():
            out = _take(kind, _not_held_by_others(kind, pool_id, quantity=quantity), quantity=quantity)
            if out is None:
                transaction.set_rollback(True)
            else:
                return out
        time.sleep(pause_seconds)
    return _take(kind, _locked(pool_id), quantity=quantity)


def _not_held_by_others(kind: str, pool_id: int, *, quantity: int) -> Sequence[PoolBucket]:
    """Return one bucket that has enough, locked, or all that have something, when none has enough alone."""
    taken = _WAYS[_Kind(kind)][0]
    rows = PoolBucket.objects.select_for_update(skip_locked=True).filter(pool_id=pool_id).order_by("index")
    rows = rows.filter(is_open=True) if kind == _Kind.RESERVE else rows
    return list(rows.filter(**{f"{taken}__gte": quantity})[:1]) or list(rows.filter(**{f"{taken}__gte": 1}))


def _take(kind: str, locked: Sequence[PoolBucket], *, quantity: int) -> int | None:
    """Move pieces in buckets that are locked by us; return how many left the pool, None when there are too few in them."""
    if sum(_usable(kind, bucket) for bucket in locked) < quantity:
        return None
    left, out_of_pool = quantity, 0
    for bucket in locked:
        part = min(left, _usable(kind, bucket))
        if part:
            out_of_pool += _shift(kind, bucket, part)
            left -= part
    return out_of_pool


def _usable(kind: str, bucket: PoolBucket) -> int:
    """How many pieces of a bucket a move of this kind may take; a closed one gives nothing new away."""
    return 0 if kind == _Kind.RESERVE and not bucket.is_open else int(getattr(bucket, _WAYS[_Kind(kind)][0]))


def _shift(kind: str, bucket: PoolBucket, quantity: int) -> int:
    """Move pieces in one locked bucket; return how many of them left the pool, because it is closed."""
    if _OPEN[kind].run(bucket.pool_id, bucket.index, quantity):
        return 0
    if not _CLOSED[kind].run(bucket.pool_id, bucket.index, quantity):
        raise AssertionError(f"bucket {bucket.pk} changed under its lock")
    return quantity


def _update_of(kind: StockMovement.Kind, *, is_open: bool) -> CompiledUpdate:
    taken, given = _WAYS[kind]
    fixed = {} if kind == _Kind.SELL else {"is_open": is_open}
    return CompiledUpdate(
        lambda pool_id, index, quantity: (
            PoolBucket.objects.filter(pool_id=pool_id, index=index, **{f"{taken}__gte": quantity}, **fixed),
            {taken: F(taken) - quantity} | ({given: F(given) + quantity} if is_open else {}),
        ),
        values=3,
    )


_OPEN: Final[dict[str, CompiledUpdate]] = {kind: _update_of(kind, is_open=True) for kind in _WAYS}
_CLOSED: Final[dict[str, CompiledUpdate]] = {kind: _update_of(kind, is_open=False) for kind in (_Kind.RELEASE, _Kind.RESTOCK)}


def _locked(pool_id: int) -> Sequence[PoolBucket]:
    return list(PoolBucket.objects.select_for_update().filter(pool_id=pool_id).order_by("index"))


def _write(pool: StockPool, kind: str, reference: str, *, free_change: int) -> bool:
    row = StockMovement(sku_id=pool.sku_id, pool=pool, kind=kind, reference=reference, free_change=free_change, at=clock.now())
    return bool(insert_missing([row]))


def _count_out(pool_id: int, pieces: int) -> bool:
    """Count pieces out of a pool; False when it never had so many."""
    return bool(StockPool.objects.filter(pk=pool_id, pieces__gte=pieces).update(pieces=F("pieces") - pieces))


def _change_shelf(sku_id: int, pieces: int) -> bool:
    """Change what lies on the shelf, last of all, because that row may be hot; False when fewer lie there than are taken."""
    enough = Sku.objects.filter(pk=sku_id, stock_free__gte=-pieces)
    return bool(enough.update(stock_free=F("stock_free") + pieces, stock_total=F("stock_total") + pieces))


def _refuse_shelf(sku_id: int) -> NoReturn:
    sku = Sku.objects.select_related("product").get(pk=sku_id)
    raise DomainError("catalogue.sold_out", title=sku.product.title, left=sku.stock_free, sku_id=sku_id)


def _refuse_pool(pool: StockPool) -> NoReturn:
    raise DomainError("catalogue.sold_out", title=pool.sku.product.title, left=free_in(pool.pk), sku_id=pool.sku_id)


def free_in(pool_id: int) -> int:
    """Return how many pieces of a pool can be taken now. One statement."""
    return PoolBucket.objects.filter(pool_id=pool_id, is_open=True).aggregate(free=Sum("free"))["free"] or 0
