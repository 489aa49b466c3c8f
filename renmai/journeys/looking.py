"""Somebody looks: at a product, at a post, or through a link at what was shared.

The browser, the visit and the look are written in one transaction: not because one were wrong without the other, but because every
transaction waits for the disk.
"""

from contextlib import nullcontext
from uuid import UUID

from django.db import transaction

from renmai.accounts import actions as accounts
from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Product
from renmai.content import actions as content
from renmai.content.models import Post
from renmai.insight.actions import record_view
from renmai.sharing.actions import record_visit
from renmai.sharing.models import Share


def open_link(link: Share, *, visitor_id: UUID | None, user: User | None, user_agent: str) -> Visitor:
    """Record that somebody opened ``link``, and that she looked at its product when it is on sale; return her browser.

    A browser without an id, or with one nobody knows, is made. ``link`` was read with its shop and product.
    """
    with transaction.atomic():
        visitor = accounts.visitor(visitor_id, user=user)
        visit = record_visit(link, visitor, user=user, user_agent=user_agent)
        if link.product is not None and link.product.status == Product.Status.LISTED:
            # Nobody comes to goods by a link of her own.
            funnel = "social" if visit.is_valid else ""
            record_view(visitor, user, product_id=link.product.pk, funnel=funnel, share_id=link.pk)
    return visitor


def look_at(product_id: int, *, visitor_id: UUID | None, user: User | None, funnel: str, post: str = "") -> Visitor:
    """Record that somebody looked at a product's own page; return her browser, made when it had no id or one nobody knows.

    ``funnel`` is the way that led her there, "" when she came back to what she knew. ``post`` is the number of the post in which she found
    it: what she buys is traced back to it, unless it is her own.
    """
    # A browser we know is only read, and one row needs no transaction around it.
    with transaction.atomic() if visitor_id is None or post else nullcontext():
        visitor = accounts.visitor(visitor_id, user=user)
        touch = content.record_touch(visitor, user, number=post, product_id=product_id) if post else None
        is_own = touch is not None and user is not None and touch.post.author_id == user.pk
        record_view(visitor, user, product_id=product_id, funnel="" if is_own else funnel)
    return visitor


def read_post(post: Post, *, visitor_id: UUID | None, user: User | None) -> Visitor:
    """Record that somebody opened a post; return her browser, made when it had no id or one nobody knows."""
    with transaction.atomic():
        visitor = accounts.visitor(visitor_id, user=user)
        content.record_visit(post, visitor, user)
    return visitor
