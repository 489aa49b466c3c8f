"""What this play holds of people: their coupons."""

from typing import Final

from django.utils.translation import ngettext

from renmai.accounts.holdings import Holding, Topic, Why
from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.plays.coupon.models import Coupon

HOLDINGS: Final = (
    Holding(
        model=Coupon,
        person="owner",
        topic=Topic.BENEFITS,
        stays=Why.COUNTED,
        copied=("code", "campaign__number", "status", "most_fen", "got_at", "valid_until", "used_at"),
    ),
)


def lost(user: User) -> str:
    """Return what she could still use and loses with her account; empty for nothing."""
    count = Coupon.objects.filter(owner=user, status=Coupon.Status.FREE, valid_until__gt=clock.now()).count()
    return (
        ngettext("%(count)s coupon that you could still use.", "%(count)s coupons that you could still use.", count)
        % {"count": count}
        if count
        else ""
    )
