"""What came of posts, counted from the rows of what happened."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from renmai.content.models import PostSale, PostTouch, PostVideo, PostVisit
from renmai.ordering.models import Order

LOST = (Order.Status.CANCELLED, Order.Status.REFUNDED)


@dataclass(frozen=True)
class PostFigures:
    """What came of one post.

    ``looks``: one per browser and day. ``opened``: how often one of its goods was opened from it. ``orders``: paid orders with a line that was
    found here last. ``kept_fen``: what was paid for those lines, carriage included, less what went back, once the order is settled.
    """

    looks: int = 0
    readers: int = 0
    opened: int = 0
    orders: int = 0
    kept_fen: int = 0


def figures_of(post_ids: Collection[int]) -> dict[int, PostFigures]:
    """Return the figures of these posts (a page of them). Three statements."""
    visits = PostVisit.objects.filter(post__in=post_ids).order_by().values_list("post")
    looked = {post: (looks, readers) for post, looks, readers in visits.annotate(Count("pk"), Count("visitor", distinct=True))}
    touches = PostTouch.objects.filter(post__in=post_ids).order_by().values_list("post")
    opened = dict(touches.annotate(Count("pk")))
    money = F("line__amount_fen") + F("line__freight_fen") - F("line__refunded_fen")
    sales = PostSale.objects.filter(post__in=post_ids).order_by().values_list("post")
    sums = sales.annotate(
        bought=Count("order", distinct=True, filter=~Q(order__status__in=LOST)),
        kept=Sum(money, filter=Q(order__status=Order.Status.SETTLED)),
    )
    sold = {post: (orders, kept or 0) for post, orders, kept in sums}
    found = {}
    for post in post_ids:
        (looks, readers), (orders, kept_fen) = looked.get(post, (0, 0)), sold.get(post, (0, 0))
        found[post] = PostFigures(looks, readers, opened.get(post, 0), orders, kept_fen)
    return found


def count_videos(*, over_milliseconds: int = 0, over_bytes: int = 0) -> int:
    """Return how many videos in posts are longer and larger than this. One statement."""
    return PostVideo.objects.filter(milliseconds__gt=over_milliseconds, bytes__gt=over_bytes).count()
