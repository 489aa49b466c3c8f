"""What must always be true of posts, and of the orders that are traced back to them."""

from collections.abc import Iterator
from typing import Final

from django.db.models import Exists, F, OuterRef, Q

from renmai.content.models import Post, PostProduct, PostSale
from renmai.kernel.audits import Violation

KEY: Final = "content"
SHOWN: Final = 1000


def violations() -> Iterator[Violation]:
    """Yield every broken rule of this room."""
    yield from _looked_at()
    yield from _about_goods()
    yield from _sales_are_explained()


def _looked_at() -> Iterator[Violation]:
    """What needed a second look had one, by somebody else; a video always does."""
    published = Post.objects.filter(Q(needed_look=True) | Q(video__isnull=False), status=Post.Status.PUBLISHED)
    for post in published.filter(Q(looked_by__isnull=True) | Q(looked_by=F("author"))).order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"post {post.number}", "needed a second person's look and was published without")


def _about_goods() -> Iterator[Violation]:
    """Only the shop itself writes about nothing."""
    goods = PostProduct.objects.filter(post=OuterRef("pk"))
    for post in Post.objects.exclude(source=Post.Source.OFFICIAL).filter(~Exists(goods)).order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"post {post.number}", "is about no goods")


def _sales_are_explained() -> Iterator[Violation]:
    """What is traced back to a post stands in it, was opened before it was ordered, and is not the author's own purchase."""
    shown = PostProduct.objects.filter(post=OuterRef("post"), product=OuterRef("line__product_id_at_order"))
    rows = PostSale.objects.select_related("order", "post")
    wrong = (
        (~Exists(shown), "came from a post that does not show what was bought"),
        (~Q(line__order=F("order")), "names a line of another order"),
        (Q(touched_at__gt=F("order__placed_at")), "was opened after it was ordered"),
        (Q(order__buyer=F("post__author")), "was found in the buyer's own post"),
        (Q(order__paid_at__isnull=True), "was never paid"),
        (~Q(line__found_by="") & ~Q(line__post_id=F("post_id")), "is not the post in which the line was found"),
    )
    for condition, detail in wrong:
        for row in rows.filter(condition).order_by("pk")[:SHOWN]:
            yield Violation(KEY, f"order {row.order.number}, post {row.post.number}", detail)
