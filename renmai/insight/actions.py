"""What this room writes: looks at products."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F

from renmai.accounts.models import User, Visitor
from renmai.insight.models import View
from renmai.kernel import clock
from renmai.kernel.compiled import insert


def record_view(visitor: Visitor, user: User | None, *, product_id: int, funnel: str, share_id: int | None = None) -> View:
    """Record one look at a product page and the way that led there: ``search``, ``content``, ``social``, or "" when nothing says. One statement.

    Nothing says when she came back to what she knew: from her favourites, her cart, an order, a bookmark.
    """
    view = View(visitor=visitor, user=user, product_id=product_id, funnel=funnel, share_id=share_id, at=clock.now())
    insert([view])
    return view


def recognise_visitor(*, visitor_id: str, user_id: int) -> int:
    """Hand a guest's looks to the user she turned out to be; return how many."""
    return View.objects.filter(visitor_id=visitor_id, user__isnull=True).update(user_id=user_id)


def give_back(*, visitor_id: UUID, user_id: int) -> int:
    """Let what a browser looked at before somebody signed in with it be a guest's again: it was not hers. Return how many looks."""
    as_guest = View.objects.filter(visitor_id=visitor_id, user_id=user_id, at__lt=F("visitor__joined_at"))
    return View.objects.filter(pk__in=list(as_guest.values_list("pk", flat=True))).update(user=None)


def forget_before(user_ids: Collection[int], moment: datetime) -> int:
    """Delete these people's looks from before a moment; return how many."""
    return View.objects.filter(user__in=user_ids, at__lt=moment).delete()[0]
