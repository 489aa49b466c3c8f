"""Who looked at what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Product
from renmai.insight.models import View
from renmai.kernel.compiled import CompiledValues
from renmai.sharing.models import Share

MAX_RECENT = 100
LOOKS_READ = 300
"""Of somebody who looks a lot, only so many looks are gone through."""

MOST_LOOKS = 1000


@dataclass(frozen=True)
class Look:
    """A look at a product, by which way."""

    product_id: int
    funnel: str
    at: datetime


def _newest_first(views: QuerySet[View]) -> QuerySet[View, Any]:
    return views.filter(product__status=Product.Status.LISTED).order_by("-at", "-pk").values_list("product_id")[:LOOKS_READ]


_SEEN_BY_USER = CompiledValues(lambda user: _newest_first(View.objects.filter(user_id=user)))
_SEEN_BY_VISITOR = CompiledValues(lambda visitor: _newest_first(View.objects.filter(visitor_id=visitor, user__isnull=True)))


def recently_seen(visitor: Visitor | None, user: User | None, *, limit: int = 20) -> list[Product]:
    """Return the listed products this person looked at last, newest first, each once. Two statements.

    Only her last ``LOOKS_READ`` looks are gone through.
    """
    order = seen_ids(visitor, user, limit=limit)
    products = Product.objects.in_bulk(order)
    return [products[key] for key in order if key in products]


def seen_ids(visitor: Visitor | None, user: User | None, *, limit: int) -> list[int]:
    """Return the ids of what ``recently_seen`` returns. One statement; none for nobody."""
    found: list[tuple[int, ...]] = []
    if user is not None:
        found = _SEEN_BY_USER.rows(user.pk)
    elif visitor is not None:
        found = _SEEN_BY_VISITOR.rows(visitor.pk)
    once = dict.fromkeys(product_id for (product_id,) in found)
    return list(once)[: min(limit, MAX_RECENT)]


def looks_of(user_id: int, product_ids: Sequence[int], *, since: datetime, until: datetime) -> list[Look]:
    """Return when and by which way somebody, or a browser of hers, came to these products, newest first. One statement.

    Coming back to what she knew is no way, nor is a link of her own. At most ``MOST_LOOKS``.
    """
    hers = Q(user_id=user_id) | Q(user__isnull=True, visitor__user_id=user_id)
    rows = View.objects.filter(hers, product_id__in=product_ids, at__gte=since, at__lte=until).exclude(funnel="")
    own = Share.objects.filter(Q(sharer_id=user_id) | Q(shop__owner_id=user_id)).values("pk")
    found = rows.exclude(share_id__in=own).order_by("-at", "-pk").values_list("product_id", "funnel", "at")
    return [Look(*row) for row in found[:MOST_LOOKS]]


def viewers(*, start: datetime, end: datetime) -> int:
    """Return how many people looked at products: users, and visitors who never said who they are."""
    views = View.objects.filter(at__gte=start, at__lt=end)
    known = views.filter(user__isnull=False).values("user").distinct().count()
    return known + views.filter(user__isnull=True).values("visitor").distinct().count()
