import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from renmai.accounts.tests.factories import make_member, make_staff
from renmai.catalogue.models import Product
from renmai.ordering import queries
from renmai.ordering.actions import reviews
from renmai.ordering.events import ReviewWritten
from renmai.ordering.models import EvidencePicture, Review
from renmai.ordering.tests.making import emitted, lines, paid, placed_line, received, refused, shipped, skus_of
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[None]]


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 10), "green").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_review_counts_for_its_product_once() -> None:
    order = received()
    line = lines(order)[0]
    assert [row.pk for row in queries.reviewable_lines(order.buyer)] == [line.pk]
    review = reviews.write_review(order.buyer, line.pk, rating=4, text=" 很甜 ", pictures=[picture()])
    assert (review.rating, review.text, review.author_id) == (4, "很甜", order.buyer_id)
    product = Product.objects.get(pk=line.product_id_at_order)
    assert (product.rating_sum, product.rating_count) == (4, 1)
    assert emitted(ReviewWritten) == [ReviewWritten(review_id=review.pk, product_id=product.pk, rating=4)]
    kept = EvidencePicture.objects.get(review=review)
    assert (kept.width, kept.height, kept.after_sale_id) == (20, 10, None)
    assert (Path(settings.MEDIA_ROOT) / kept.path).read_bytes()[:4] == b"RIFF"
    with refused("ordering.reviewed"):
        reviews.write_review(order.buyer, line.pk, rating=1)
    product.refresh_from_db()
    assert (product.rating_sum, product.rating_count) == (4, 1)
    assert queries.reviewable_lines(order.buyer) == ()


def test_only_the_buyer_reviews_what_she_has_received(moving_clock: MovingClock) -> None:
    order = received()
    line = lines(order)[0]
    for stranger in (make_member(), make_staff()):
        with refused("request.not_found"):
            reviews.write_review(stranger, line.pk, rating=5)
    for early in (paid(), shipped()):
        with refused("ordering.not_reviewable"):
            reviews.write_review(early.buyer, lines(early)[0].pk, rating=5)
    moving_clock.advance(days=31)
    with refused("ordering.review_window"):
        reviews.write_review(order.buyer, line.pk, rating=5)
    assert queries.reviewable_lines(order.buyer) == ()
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("rating", "text", "pictures", "code"),
    [
        (0, "", 0, "ordering.rating"),
        (6, "", 0, "ordering.rating"),
        (5, "x" * 501, 0, "ordering.review_text"),
        (5, "", 7, "ordering.pictures"),
    ],
)
def test_absurd_reviews(rating: int, text: str, pictures: int, code: str) -> None:
    order = received()
    with refused(code):
        reviews.write_review(order.buyer, lines(order)[0].pk, rating=rating, text=text, pictures=[picture()] * pictures)
    assert not Review.objects.exists()


def test_a_broken_picture_leaves_no_review() -> None:
    order = received()
    with refused("catalogue.picture_format"):
        reviews.write_review(order.buyer, lines(order)[0].pk, rating=5, pictures=[b"<svg/>"])
    assert not Review.objects.exists()


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_of_reviews_costs_two_statements(number: int, statements: Statements) -> None:
    sku = skus_of(1)[0]
    for _one in range(number):
        order = received(None, placed_line(sku))
        reviews.write_review(order.buyer, lines(order)[0].pk, rating=5)
    with statements(2):
        found = queries.reviews(sku.product_id)
        assert [review.author.display_name for review in found.items] == ["王小明"] * number
    assert not found.has_next
