"""Who looked at what."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max, Min, Q

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Product
from renmai.insight.models import View

MAX_RECENT = 100


def recently_seen(visitor: Visitor | None, user: User | None, *, limit: int = 20) -> list[Product]:
    """Return the listed products this person looked at last, newest first, each once. Two statements."""
    who = Q(user=user) if user else Q(visitor=visitor, user__isnull=True)
    latest = (
        View.objects.filter(who, product__status=Product.Status.LISTED)
        .values("product")
        .annotate(last=Max("pk"))
        .order_by("-last")[: min(limit, MAX_RECENT)]
    )
    order = [row["product"] for row in latest]
    products = Product.objects.in_bulk(order)
    return [products[key] for key in order if key in products]


def first_view(user: User, *, product_ids: Sequence[int], before: datetime) -> datetime | None:
    """Return when ``user`` first looked at any of ``product_ids`` up to ``before``; None when she never did."""
    seen = View.objects.filter(user=user, product_id__in=list(product_ids), at__lte=before)
    moment: datetime | None = seen.aggregate(first=Min("at"))["first"]
    return moment


def viewers(*, start: datetime, end: datetime) -> int:
    """Return how many people looked at products: users, and visitors who never said who they are."""
    views = View.objects.filter(at__gte=start, at__lt=end)
    known = views.filter(user__isnull=False).values("user").distinct().count()
    return known + views.filter(user__isnull=True).values("visitor").distinct().count()
