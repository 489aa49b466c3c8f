"""Goods that were sold out and are there again."""

from datetime import datetime

from django.db.models import Count, Q, Sum

from renmai.catalogue.models import Sku, StockMovement

_FEED, _IMPORT = StockMovement.Kind.FEED, StockMovement.Kind.IMPORT
_FILL, _DRAIN = StockMovement.Kind.FILL, StockMovement.Kind.DRAIN


def is_back_on_shelf(product_id: int, *, since: datetime) -> bool:
    """Whether a product that can be bought now had no piece before its first delivery after ``since``.

    One statement when nothing was delivered since, two otherwise. A product that is new is not back: nothing moved before.
    """
    came = StockMovement.objects.filter(sku__product=product_id, kind__in=[_FEED, _IMPORT], free_change__gt=0, at__gt=since)
    first = came.order_by("pk").values_list("pk", flat=True).first()
    if first is None:
        return False
    # Moves within a pool are the pool's; only filling and draining it moves the SKU's own pieces.
    own = Q(movements__pool__isnull=True) | Q(movements__kind__in=[_FILL, _DRAIN])
    skus = Sku.objects.filter(product=product_id, is_active=True).annotate(
        came=Sum("movements__free_change", filter=own & Q(movements__pk__gte=first)),
        moved_before=Count("movements", filter=own & Q(movements__pk__lt=first)),
    )
    rows = list(skus.values_list("stock_free", "came", "moved_before"))
    free, came_since = sum(row[0] for row in rows), sum(row[1] or 0 for row in rows)
    return free > 0 and free <= came_since and any(row[2] for row in rows)
