"""What customers say of goods they received. A review is written once and never deleted."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction

from renmai.accounts.models import User
from renmai.catalogue.actions.products import add_rating
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.ordering.actions.evidence import attach_to_review, encode_pictures
from renmai.ordering.events import ReviewWritten
from renmai.ordering.models import OrderLine, Review
from renmai.policy.queries import integer

TEXT_LENGTH = 500
RATINGS = range(1, 6)


def write_review(user: User, order_line_id: int, *, rating: int, text: str = "", pictures: Sequence[bytes] = ()) -> Review:
    """Review a line that ``user`` bought and received, once, within ``reviews.days`` of the receipt.

    The product's rating counts it in the same transaction. Raises ``ordering.rating``, ``ordering.review_text``,
    ``ordering.not_reviewable``, ``ordering.review_window``, ``ordering.reviewed``.
    """
    if rating not in RATINGS:
        raise DomainError("ordering.rating", field="rating")
    text = text.strip()
    if len(text) > TEXT_LENGTH:
        raise DomainError("ordering.review_text", field="text")
    line = OrderLine.objects.select_related("order").filter(pk=order_line_id, order__buyer=user).first()
    if line is None:
        raise DomainError("request.not_found")
    now = clock.now()
    received_at = line.order.received_at
    if received_at is None:
        raise DomainError("ordering.not_reviewable")
    if now > received_at + timedelta(days=integer("reviews.days")):
        raise DomainError("ordering.review_window")
    if Review.objects.filter(order_line=line).exists():
        raise DomainError("ordering.reviewed")
    encoded = encode_pictures(pictures)
    with transaction.atomic():
        review = _review_once(line, user, rating=rating, text=text)
        attach_to_review(review, encoded)
        emit(ReviewWritten(review_id=review.pk, product_id=line.product_id_at_order, rating=rating))
        add_rating(line.product_id_at_order, rating)
    return review


def _review_once(line: OrderLine, user: User, *, rating: int, text: str) -> Review:
    try:
        with transaction.atomic():
            return Review.objects.create(
                order_line=line,
                author=user,
                product_id_reviewed=line.product_id_at_order,
                rating=rating,
                text=text,
                at=clock.now(),
            )
    except IntegrityError:
        raise DomainError("ordering.reviewed") from None
