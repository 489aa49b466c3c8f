"""Writing down who looked at a post, what she opened from it, and what she bought of that."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils.timezone import localtime

from renmai.accounts.models import User, Visitor
from renmai.content.models import Post, PostSale, PostTouch, PostVisit
from renmai.kernel import clock
from renmai.kernel.compiled import insert_missing
from renmai.ordering.models import Order, OrderLine
from renmai.policy.queries import integer


def record_visit(post: Post, visitor: Visitor, user: User | None) -> bool:
    """Note that a browser opened a post; False when it had today already. One statement."""
    now = clock.now()
    return bool(insert_missing([PostVisit(post=post, visitor=visitor, user=user, day=localtime(now).date(), at=now)]))


def record_touch(visitor: Visitor, user: User | None, *, number: str, product_id: int) -> bool:
    """Note that somebody opened a product from the published post of this number; False when the product does not stand in it."""
    post = Post.objects.filter(number=number, status=Post.Status.PUBLISHED, goods__product=product_id).first()
    if post is None:
        return False
    PostTouch.objects.create(post=post, product_id=product_id, visitor=visitor, user=user, at=clock.now())
    return True


def recognise_visitor(*, visitor_id: str, user_id: int) -> int:
    """Hand a guest's looks at posts to the user she turned out to be; return how many."""
    mine = {"visitor_id": visitor_id, "user__isnull": True}
    visits = PostVisit.objects.filter(**mine).update(user_id=user_id)
    return visits + PostTouch.objects.filter(**mine).update(user_id=user_id)


def attribute(order_id: int) -> int:
    """Write down for each line of an order through which post its product was found; return how many lines. Twice is once.

    The post in which the buyer, or a browser of hers, last opened the product before she ordered, within ``attribution.window_days``; not
    a post of her own. It says what content sells. Whom the order goes to is decided elsewhere, and not changed by it.
    """
    order = Order.objects.get(pk=order_id)
    since = order.placed_at - timedelta(days=integer("attribution.window_days"))
    hers = Q(user_id=order.buyer_id) | Q(user__isnull=True, visitor__user_id=order.buyer_id)
    touches = PostTouch.objects.filter(hers, at__gte=since, at__lte=order.placed_at).exclude(post__author_id=order.buyer_id)
    bought = OrderLine.objects.filter(order=order).values("product_id_at_order")
    found = touches.filter(product_id__in=bought).order_by("at", "pk").values_list("product_id", "post_id", F("at"))
    last = {product_id: (post_id, at) for product_id, post_id, at in found}
    if not last:
        return 0
    lines = OrderLine.objects.filter(order=order, product_id_at_order__in=last).order_by("pk")
    sales = []
    for line in lines:
        post_id, at = last[line.product_id_at_order]
        sales.append(PostSale(line=line, order=order, post_id=post_id, touched_at=at, at=clock.now()))
    return len(insert_missing(sales))


def forget_looks(user_id: int) -> int:
    """Delete which posts somebody looked at and what she opened from them; return how many rows went. What she bought stays explained."""
    hers = Q(user_id=user_id) | Q(visitor__user_id=user_id)
    return PostVisit.objects.filter(hers).delete()[0] + PostTouch.objects.filter(hers).delete()[0]
