"""Forgetting somebody: her events go from the database at once, and from the files as soon as the worker comes to it.

Until then no reader of the files sees them. Facts of other rooms (orders, links, reviews) are theirs; what this room and ``insight`` know of
them, and of her looks, goes.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from renmai.accounts.consents import Purpose
from renmai.accounts.models import User, Visitor
from renmai.insight.models import View
from renmai.insight.stream.models import Day, EventRow, Forgetting, Merge
from renmai.insight.stream.registry import REGISTRY
from renmai.kernel import clock


def forget(*, user: User | None = None, visitor_ids: Sequence[UUID] = ()) -> int:
    """Forget everything the stream knows of a member and all her browsers, or of a guest's browsers; return how many hot events went.

    Nothing that leads to her stays in any row; files follow (``store.days.forget_in_files``). What she does afterwards is new.
    """
    return _forget(user, visitor_ids, is_all=True)


def forget_browsing(user: User) -> int:
    """Forget what was kept of a member by her consent to keep what she looks at, which she has withdrawn; return how many hot events went.

    What belongs to her orders, and what she did in public, stays.
    """
    return _forget(user, (), is_all=False)


@transaction.atomic
def _forget(user: User | None, visitor_ids: Sequence[UUID], *, is_all: bool) -> int:
    user_id = user.pk if user is not None else None
    browsers = set(visitor_ids)
    if user_id is not None:
        browsers |= set(Merge.objects.filter(user_id=user_id).values_list("visitor_id", flat=True))
        browsers |= set(Visitor.objects.filter(user_id=user_id).values_list("pk", flat=True))
    known = sorted(browsers, key=str)
    events = EventRow.objects.filter(Q(user_id=user_id, user_id__isnull=False) | Q(visitor_id__in=known))
    if not is_all:
        events = events.filter(name__in=REGISTRY.kept_by(Purpose.BROWSING))
    # Browsers can be told about separately, but a look is one row: it names both.
    View.objects.filter(Q(user_id=user_id, user_id__isnull=False) | Q(visitor_id__in=known)).delete()
    Merge.objects.filter(Q(user_id=user_id, user_id__isnull=False) | Q(visitor_id__in=known)).delete()
    if Day.objects.exists():
        texts = [each.hex for each in known]
        Forgetting.objects.create(user_id=user_id, visitor_ids=texts, is_all=is_all, asked_at=clock.now())
    return events.delete()[0]
