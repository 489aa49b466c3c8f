"""What this room does when something happened elsewhere.

VisitorRecognised → join_browser · ConsentWithdrawn → forget_looks · OrderPaid → on_order_paid · LineRefunded → on_line_refunded ·
ReviewWritten → on_review_written · FeedbackGiven → on_feedback_given.
"""

from django.db.models import Sum

from renmai.accounts.consents import Purpose
from renmai.accounts.events import ConsentWithdrawn, VisitorRecognised
from renmai.accounts.queries import user as user_of
from renmai.insight.stream.actions import forget_browsing, merge, record
from renmai.insight.stream.records import Fact
from renmai.kernel import clock
from renmai.ordering.events import LineRefunded, OrderPaid, ReviewWritten
from renmai.ordering.models import Order, OrderLine, Review
from renmai.trust.events import FeedbackGiven
from renmai.trust.models import Feedback


def join_browser(event: VisitorRecognised) -> None:
    """A guest signed in: what her browser did is hers, when she lets us keep it."""
    merge(visitor_id=event.visitor_id, user_id=event.user_id)


def forget_looks(event: ConsentWithdrawn) -> None:
    """She no longer lets the shop keep what she looks at: what was kept by that goes. Nothing new was let in since."""
    if event.purpose == Purpose.BROWSING:
        forget_browsing(user_of(event.user_id))


def on_order_paid(event: OrderPaid) -> None:
    """Tell the stream of a sale."""
    order = Order.objects.get(pk=event.order_id)
    pieces = OrderLine.objects.filter(order=order).aggregate(pieces=Sum("quantity"))["pieces"] or 0
    record(
        [
            Fact(
                "order_paid",
                ("order_paid", order.pk),
                order.paid_at or clock.now(),
                user_id=order.buyer_id,
                share_id=order.share_id,
                properties={"order": order.pk, "fen": order.payable_fen, "pieces": pieces},
            )
        ]
    )


def on_line_refunded(event: LineRefunded) -> None:
    """Tell the stream of pieces whose money went back."""
    line = OrderLine.objects.select_related("order").get(pk=event.order_line_id)
    record(
        [
            Fact(
                "product_returned",
                ("refund", event.after_sale_id, event.order_line_id),
                clock.now(),
                user_id=line.order.buyer_id,
                product_id=line.product_id_at_order,
                properties={"order": line.order_id, "pieces": event.quantity},
            )
        ]
    )


def on_review_written(event: ReviewWritten) -> None:
    """Tell the stream of a review."""
    review = Review.objects.select_related("order_line").get(pk=event.review_id)
    record(
        [
            Fact(
                "review_written",
                ("review", review.pk),
                review.at,
                user_id=review.author_id,
                product_id=review.product_id_reviewed,
                properties={"order": review.order_line.order_id, "rating": review.rating},
            )
        ]
    )


def on_feedback_given(event: FeedbackGiven) -> None:
    """Tell the stream what she said of something shared with her. A complaint is between her and the staff."""
    if event.word == Feedback.Word.COMPLAINT:
        return
    said = Feedback.objects.get(pk=event.feedback_id)
    record(
        [
            Fact(
                "feedback_given",
                ("feedback", said.pk),
                said.at,
                user_id=said.receiver_id,
                product_id=said.product_id,
                share_id=said.share_id,
                properties={"verdict": said.word},
            )
        ]
    )
