"""Reviews of a product, and what a customer may still review."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.kernel.compiled import Compiled, CompiledValues
from renmai.ordering.models import EvidencePicture, OrderLine, Review
from renmai.ordering.queries.paging import Page, page_of
from renmai.policy.queries import integer

REVIEWABLE_LIMIT = 100
NEWEST = 3
"""As many reviews as a product's own page shows."""


@dataclass(frozen=True)
class IllustratedReview:
    """A review with its author and line, and the paths of the pictures that came with it."""

    review: Review
    picture_paths: tuple[str, ...]


def reviews(product_id: int, *, page: int = 1) -> Page[Review]:
    """Return the reviews of a product, the newest first; author, line and pictures come along."""
    rows = Review.objects.filter(product_id_reviewed=product_id).select_related("author", "order_line")
    return page_of(rows.prefetch_related("pictures").order_by("-at", "-pk"), number=page)


def newest_reviews(product_id: int) -> tuple[IllustratedReview, ...]:
    """Return the ``NEWEST`` reviews of a product. Two statements, one when none has pictures."""
    found = _NEWEST_REVIEWS.rows(product_id)
    illustrated = [review.pk for review in found if review.has_pictures]  # type: ignore[attr-defined]
    paths: dict[int, list[str]] = defaultdict(list)
    for review_id, path in _PICTURES.rows(illustrated) if illustrated else ():
        paths[review_id].append(path)
    return tuple(IllustratedReview(review, tuple(paths[review.pk])) for review in found)


def reviewable_lines(user: User) -> tuple[OrderLine, ...]:
    """Return the lines that ``user`` received and may still review, the newest first; their orders come along."""
    since = clock.now() - timedelta(days=integer("reviews.days"))
    rows = OrderLine.objects.filter(order__buyer=user, order__received_at__gte=since, review__isnull=True)
    return tuple(rows.select_related("order").order_by("-order__received_at", "pk")[:REVIEWABLE_LIMIT])


def _newest(product_id: Any) -> QuerySet[Review]:
    pictures = EvidencePicture.objects.filter(review=OuterRef("pk"))
    rows = Review.objects.filter(product_id_reviewed=product_id).select_related("author", "order_line")
    return rows.annotate(has_pictures=Exists(pictures)).order_by("-at", "-pk")[:NEWEST]


_NEWEST_REVIEWS: Compiled[Review] = Compiled(_newest)
_PICTURES = CompiledValues(
    lambda review_ids: EvidencePicture.objects.filter(review_id__in=review_ids).order_by("pk").values_list("review_id", "path")
)
