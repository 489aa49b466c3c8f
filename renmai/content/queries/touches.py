"""Which products somebody opened from which posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from renmai.content.models import PostTouch

MOST_TOUCHES = 1000


@dataclass(frozen=True)
class Touch:
    """A product was opened from a post."""

    product_id: int
    post_id: int
    at: datetime


def touches_of(user_id: int, product_ids: Sequence[int], *, since: datetime, until: datetime) -> list[Touch]:
    """Return from which posts somebody, or a browser of hers, opened these products, newest first; not from her own. One statement.

    At most ``MOST_TOUCHES``.
    """
    hers = Q(user_id=user_id) | Q(user__isnull=True, visitor__user_id=user_id)
    rows = PostTouch.objects.filter(hers, product_id__in=product_ids, at__gte=since, at__lte=until)
    found = rows.exclude(post__author_id=user_id).order_by("-at", "-pk").values_list("product_id", "post_id", "at")
    return [Touch(*row) for row in found[:MOST_TOUCHES]]
