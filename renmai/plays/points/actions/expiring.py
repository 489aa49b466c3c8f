"""Points run out lot by lot, the oldest first.

Nobody keeps count of which lot a spent point came from: whatever leaves an account comes out of the lots that expire first. So what
runs out is what the lots whose time is over held altogether, less all that ever left the account.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from renmai.kernel import clock, ids
from renmai.kernel.sweeping import sweep
from renmai.plays.points.actions.booking import What, book, held
from renmai.plays.points.models import Account, Lot, Pot


def expire_points(limit: int) -> int:
    """Take off what is left of up to ``limit`` lots whose time is over; return how many ended. A timer."""
    due = Lot.objects.filter(is_over=False, expires_at__lte=clock.now())
    return sweep("points.expire", due, lambda lot: bool(expire_of(lot.user_id)), by="expires_at", limit=limit)


def expire_of(user_id: int) -> int:
    """Take off what has run out for one person; return how many lots ended by it."""
    now = clock.now()
    with transaction.atomic():
        account = held(user_id)
        points = over(account, now)
        if points:
            # The account is held, and what has run out is worked out anew each time: nothing can be taken off twice.
            cause = f"expired:{ids.new_uuid()}"
            book(user_id, (Pot.AVAILABLE, Pot.EXPIRED), points, cause=cause, what=What("expired"))
        return Lot.objects.filter(user_id=user_id, is_over=False, expires_at__lte=now).update(is_over=True)


def over(account: Account, moment: datetime) -> int:
    """Return how many of an account's points have run out at ``moment`` and are not taken off yet."""
    lots = Lot.objects.filter(user_id=account.pk, expires_at__lte=moment)
    return max(0, (lots.aggregate(points=Sum("points"))["points"] or 0) - account.gone)
