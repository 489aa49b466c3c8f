"""Who a browser turned out to be. A merge is a row: events stay as they came, so separating leaves everything as it was before."""

from uuid import UUID

from django.db import IntegrityError, transaction

from renmai.accounts import queries as accounts
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.insight.stream.events import BrowserSeparated
from renmai.insight.stream.models import Merge
from renmai.kernel import clock
from renmai.kernel.outbox import emit


def merge(*, visitor_id: UUID | str, user_id: int) -> bool:
    """Count what a browser did as a guest's as the member's from now on; return whether it was news.

    Nothing happens without her consent to keep what she looks at. A browser belongs to one member at a time.
    """
    if user_id not in accounts.agreed_among([user_id], Purpose.BROWSING):
        return False
    try:
        with transaction.atomic():
            Merge.objects.create(visitor_id=UUID(str(visitor_id)), user_id=user_id)
    except IntegrityError:
        return False
    return True


def separate(visitor_id: UUID, *, because: str = "mistake") -> bool:
    """Undo the merge of a browser: its guest's events are a guest's again. Return whether there was one.

    Who made something of them (``BrowserSeparated``) makes it anew.
    """
    with transaction.atomic():
        standing = Merge.objects.filter(visitor_id=visitor_id, separated_at__isnull=True)
        owner = standing.values_list("user_id", flat=True).first()
        if owner is None or not standing.update(separated_at=clock.now(), separated_because=because):
            return False
        emit(BrowserSeparated(visitor_id=str(visitor_id), user_id=owner))
    return True


def merge_browsers(user: User) -> int:
    """Merge all browsers that a member has signed in with, when she has just agreed; return how many were news.

    One that was separated from her stays so: that it was not hers is no matter of consent.
    """
    not_hers = set(Merge.objects.filter(user_id=user.pk, separated_at__isnull=False).values_list("visitor_id", flat=True))
    browsers = [visitor_id for visitor_id in accounts.visitor_ids(user) if visitor_id not in not_hers]
    return sum(merge(visitor_id=visitor_id, user_id=user.pk) for visitor_id in browsers)
