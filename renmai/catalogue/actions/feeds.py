"""Suppliers' stock feeds, and counts by hand.

A feed says how many pieces of a variant lie at the supplier for orders that are not paid yet, those reserved for such orders
included (pieces of paid orders are the customers' and no longer counted). So what can be bought becomes ``on_hand − reserved``,
never less than nought; sold and reserved stay what they are, and the columns keep adding up. When even the reserved pieces are not
there, an alert tells the operator; it is resolved when a later feed or count has enough. Pieces that a hot sale has set aside, and
has not sold, lie there too: they count as reserved.
"""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_noop

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.catalogue.models import PoolBucket, Sku, StockMovement, Supplier, SupplierFeed
from renmai.catalogue.policies import require_stock
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import raise_alert, resolve_alerts

MAX_LINES: Final = 20_000
MAX_REPORTED: Final = 500
MAX_ON_HAND: Final = 100_000_000
CHUNK: Final = 500
SHORTAGE: Final = "stock.shortage"

UNKNOWN_SKU: Final = gettext_noop("this supplier has no such SKU")
NOT_A_NUMBER: Final = gettext_noop("on_hand is not a whole number")
NAMED_TWICE: Final = gettext_noop("this SKU stands in the file twice")
SHORT: Final = gettext_noop("fewer pieces than are reserved")


@dataclass(frozen=True)
class FeedLine:
    """What became of one line: ``reason`` is empty when it was applied without remark; ``free`` is what can be bought now."""

    line: int
    sku_code: str
    is_applied: bool
    reason: str = ""
    free: int | None = None


@dataclass(frozen=True)
class FeedReport:
    """What became of a feed. ``remarks`` are the refused lines and the shortages, at most ``MAX_REPORTED``."""

    feed_id: int
    is_new: bool
    rows_applied: int
    rows_refused: int
    remarks: tuple[FeedLine, ...]


@transaction.atomic
def apply_feed(actor: User, supplier_id: int, csv_text: str) -> FeedReport:
    """Read a CSV with the columns ``sku_code`` and ``on_hand`` and set what can be bought of each variant named.

    The same file again (byte for byte, from the same supplier) changes nothing and answers the first report: a supplier whose
    figures really are the same again adds a column, such as the date. A line that cannot be read is refused with its reason, the
    others are applied. Raises ``catalogue.feed_columns``, ``catalogue.feed_too_large``, ``request.not_found``.
    """
    require_stock(actor)
    if not Supplier.objects.filter(pk=supplier_id).exists():
        raise DomainError("request.not_found")
    digest = hashlib.sha256(csv_text.encode()).hexdigest()
    earlier = SupplierFeed.objects.filter(supplier_id=supplier_id, digest=digest).first()
    if earlier is not None:
        return _report(earlier, is_new=False)
    lines = _parsed(csv_text)
    try:
        with transaction.atomic():
            feed = SupplierFeed.objects.create(supplier_id=supplier_id, digest=digest, at=clock.now())
    except IntegrityError:
        return _report(SupplierFeed.objects.get(supplier_id=supplier_id, digest=digest), is_new=False)
    done = list(_apply(feed, lines))
    remarks = [line for line in done if line.reason][:MAX_REPORTED]
    feed.rows_applied = sum(line.is_applied for line in done)
    feed.rows_refused = len(done) - feed.rows_applied
    feed.report = [asdict(line) for line in remarks]
    feed.save(update_fields=["rows_applied", "rows_refused", "report"])
    log_act(
        actor,
        "catalogue.stock_feed",
        object_type="supplier",
        object_id=str(supplier_id),
        detail={"feed": feed.pk, "applied": feed.rows_applied, "refused": feed.rows_refused},
    )
    return _report(feed, is_new=True)


@transaction.atomic
def count_stock(actor: User, sku_id: int, *, on_hand: int, reason: str = "") -> Sku:
    """Set by hand how many pieces lie there, reserved ones included, as a feed of one line would. Raises ``request.not_found``."""
    require_stock(actor)
    if not 0 <= on_hand <= MAX_ON_HAND:
        raise DomainError("request.invalid", field="on_hand")
    sku = Sku.objects.select_for_update().filter(pk=sku_id).first()
    if sku is None:
        raise DomainError("request.not_found")
    kept = sku.stock_reserved + in_pools([sku_id])[sku_id]
    set_on_hand(sku, on_hand, kept=kept, reference=f"count-{ids.new_uuid()}")
    if on_hand >= kept:
        resolve_alerts(SHORTAGE, [sku.code])
    log_act(
        actor,
        "catalogue.stock_count",
        object_type="sku",
        object_id=str(sku_id),
        detail={"on_hand": on_hand, "reason": reason[:200]},
    )
    return Sku.objects.get(pk=sku_id)


def in_pools(sku_ids: Sequence[int]) -> Counter[int]:
    """Return how many unsold pieces of each SKU lie in pools, in a statement per ``CHUNK`` of them.

    Filling a pool takes the SKU's row: who holds that reads what stays true.
    """
    found: Counter[int] = Counter()
    for start in range(0, len(sku_ids), CHUNK):
        rows = PoolBucket.objects.filter(pool__sku_id__in=sku_ids[start : start + CHUNK]).values_list("pool__sku_id")
        found.update(dict(rows.annotate(unsold=Sum(F("free") + F("reserved")))))
    return found


def set_on_hand(sku: Sku, on_hand: int, *, kept: int, reference: str) -> int:
    """Make ``free`` what ``on_hand`` leaves beside the ``kept`` pieces (reserved, or in pools), with its movement; return it.

    The caller's transaction holds the row's lock, and the update is conditional on what was read all the same. Opens an alert for a
    shortage.
    """
    free = max(0, on_hand - kept)
    change = free - sku.stock_free
    if change:
        StockMovement.objects.create(
            sku=sku, kind=StockMovement.Kind.FEED, reference=reference, free_change=change, at=clock.now()
        )
        moved = Sku.objects.filter(pk=sku.pk, stock_free=sku.stock_free, stock_reserved=sku.stock_reserved).update(
            stock_free=free, stock_total=F("stock_total") + change
        )
        if not moved:
            raise DomainError("request.conflict")
    if on_hand < kept:
        raise_alert(SHORTAGE, sku.code, f"{on_hand} on hand, {kept} reserved ({reference})")
    return free


@dataclass(frozen=True)
class _Row:
    line: int
    sku_code: str
    on_hand: int | None


def _parsed(csv_text: str) -> list[_Row]:
    reader = csv.reader(io.StringIO(csv_text.removeprefix("\ufeff")))
    try:
        header = [name.strip().lower() for name in next(reader, [])]
    except csv.Error:
        header = []
    if "sku_code" not in header or "on_hand" not in header:
        raise DomainError("catalogue.feed_columns")
    code_at, number_at = header.index("sku_code"), header.index("on_hand")
    rows: list[_Row] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) == MAX_LINES:
                raise DomainError("catalogue.feed_too_large", most=MAX_LINES)
            code, number = (cells[at].replace("\x00", "") if at < len(cells) else "" for at in (code_at, number_at))
            rows.append(_Row(reader.line_num, code.strip()[:60], _whole(number)))
    except csv.Error:
        raise DomainError("catalogue.feed_columns") from None
    return rows


def _whole(text: str) -> int | None:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_ON_HAND))):
        return None
    return int(text) if int(text) <= MAX_ON_HAND else None


def _apply(feed: SupplierFeed, lines: list[_Row]) -> Iterator[FeedLine]:
    seen: set[str] = set()
    good = []
    for row in lines:
        reason = NOT_A_NUMBER if row.on_hand is None else NAMED_TWICE if row.sku_code in seen else ""
        seen.add(row.sku_code)
        if reason:
            yield FeedLine(row.line, row.sku_code, is_applied=False, reason=reason)
        else:
            good.append(row)
    known = _sku_ids(feed.supplier_id, [row.sku_code for row in good])
    # In the order of the ids, as every move of stock, so that a feed and an order never wait for each other in a circle.
    ordered = sorted(((known[row.sku_code], row) for row in good if row.sku_code in known), key=lambda pair: pair[0])
    for row in good:
        if row.sku_code not in known:
            yield FeedLine(row.line, row.sku_code, is_applied=False, reason=UNKNOWN_SKU)
    batches = iter(ordered)
    while batch := list(islice(batches, CHUNK)):
        rows = Sku.objects.select_for_update().filter(pk__in=[sku_id for sku_id, _row in batch]).order_by("pk")
        locked = {sku.pk: sku for sku in rows}
        pooled = in_pools(list(locked))
        kept = {sku.pk: sku.stock_reserved + pooled[sku.pk] for sku in locked.values()}
        for sku_id, row in batch:
            on_hand = row.on_hand or 0
            free = set_on_hand(locked[sku_id], on_hand, kept=kept[sku_id], reference=f"feed-{feed.pk}")
            reason = SHORT if on_hand < kept[sku_id] else ""
            yield FeedLine(row.line, row.sku_code, is_applied=True, reason=reason, free=free)
        enough = [row.sku_code for sku_id, row in batch if (row.on_hand or 0) >= kept[sku_id]]
        resolve_alerts(SHORTAGE, enough)


def _sku_ids(supplier_id: int, codes: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(codes), CHUNK):
        rows = Sku.objects.filter(product__supplier_id=supplier_id, code__in=codes[start : start + CHUNK])
        found.update(rows.values_list("code", "pk"))
    return found


def _report(feed: SupplierFeed, *, is_new: bool) -> FeedReport:
    remarks = tuple(FeedLine(**line) for line in feed.report)
    return FeedReport(feed.pk, is_new, feed.rows_applied, feed.rows_refused, remarks)
