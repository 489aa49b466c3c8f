"""Writing down who looked at a post, what she opened from it, and what she bought of that."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q
from django.utils.timezone import localtime

from renmai.accounts.models import User, Visitor
from renmai.content.models import Post, PostSale, PostTouch, PostVisit
from renmai.kernel import clock
from renmai.kernel.compiled import insert_missing
from renmai.ordering.models import OrderLine


def record_visit(post: Post, visitor: Visitor, user: User | None) -> bool:
    """Note that a browser opened a post; False when it had today already. One statement."""
    now = clock.now()
    return bool(insert_missing([PostVisit(post=post, visitor=visitor, user=user, day=localtime(now).date(), at=now)]))


def record_touch(visitor: Visitor, user: User | None, *, number: str, product_id: int) -> PostTouch | None:
    """Note that somebody opened a product from the published post of this number; None when the product does not stand in it."""
    post = Post.objects.filter(number=number, status=Post.Status.PUBLISHED, goods__product=product_id).first()
    if post is None:
        return None
    return PostTouch.objects.create(post=post, product_id=product_id, visitor=visitor, user=user, at=clock.now())


def recognise_visitor(*, visitor_id: str, user_id: int) -> int:
    """Hand a guest's looks at posts to the user she turned out to be; return how many."""
    mine = {"visitor_id": visitor_id, "user__isnull": True}
    visits = PostVisit.objects.filter(**mine).update(user_id=user_id)
    return visits + PostTouch.objects.filter(**mine).update(user_id=user_id)


def attribute(order_id: int) -> int:
    """Write down for each line of a paid order the post in which its product was found; return how many lines. Twice is once.

    Which post that was is decided with the way of the line (``journeys.finding``), when the order is placed: the two cannot disagree.
    Whom the order goes to is decided elsewhere, and not changed by it.
    """
    lines = OrderLine.objects.filter(order_id=order_id, post_id__isnull=False, touched_at__isnull=False).order_by("pk")
    now = clock.now()
    sales = [
        PostSale(line=line, order_id=order_id, post_id=line.post_id, touched_at=line.touched_at, at=now)
        for line in lines
        if line.post_id is not None and line.touched_at is not None
    ]
    return len(insert_missing(sales)) if sales else 0


def forget_looks(user_id: int) -> int:
    """Delete which posts somebody looked at and what she opened from them; return how many rows went. What she bought stays explained."""
    hers = Q(user_id=user_id) | Q(visitor__user_id=user_id)
    return PostVisit.objects.filter(hers).delete()[0] + PostTouch.objects.filter(hers).delete()[0]


def give_back(*, visitor_id: UUID, user_id: int) -> int:
    """Let what a browser opened before somebody signed in with it be a guest's again: it was not hers. Return how many rows."""
    given = 0
    for table in (PostVisit, PostTouch):
        as_guest = table._default_manager.filter(visitor_id=visitor_id, user_id=user_id, at__lt=F("visitor__joined_at"))
        given += table._default_manager.filter(pk__in=list(as_guest.values_list("pk", flat=True))).update(user=None)
    return given


def forget_before(user_ids: Collection[int], moment: datetime) -> int:
    """Delete which posts these people looked at before a moment, and what they opened from them; return how many rows went."""
    hers = Q(user__in=user_ids, at__lt=moment)
    return PostVisit.objects.filter(hers).delete()[0] + PostTouch.objects.filter(hers).delete()[0]
