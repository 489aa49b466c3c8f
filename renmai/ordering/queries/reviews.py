"""Reviews of a product, and what a customer may still review."""

from datetime import timedelta

from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.ordering.models import OrderLine, Review
from renmai.ordering.queries.paging import Page, page_of
from renmai.policy.queries import integer

REVIEWABLE_LIMIT = 100


def reviews(product_id: int, *, page: int = 1) -> Page[Review]:
    """Return the reviews of a product, the newest first; author, line and pictures come along."""
    rows = Review.objects.filter(product_id_reviewed=product_id).select_related("author", "order_line")
    return page_of(rows.prefetch_related("pictures").order_by("-at", "-pk"), number=page)


def reviewable_lines(user: User) -> tuple[OrderLine, ...]:
    """Return the lines that ``user`` received and may still review, the newest first; their orders come along."""
    since = clock.now() - timedelta(days=integer("reviews.days"))
    rows = OrderLine.objects.filter(order__buyer=user, order__received_at__gte=since, review__isnull=True)
    return tuple(rows.select_related("order").order_by("-order__received_at", "pk")[:REVIEWABLE_LIMIT])
