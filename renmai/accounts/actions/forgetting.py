"""What is kept no longer than it is good for."""

from datetime import timedelta

from renmai.accounts.models import PhoneCode, SignIn, Throttle
from renmai.kernel import clock

CODES_KEPT = timedelta(days=1)
THROTTLES_KEPT = timedelta(days=2)
"""Longer than the longest window of any limit."""
SIGN_INS_KEPT = timedelta(days=400)


def forget_attempts(limit: int) -> int:
    """Delete phone codes of yesterday, counts of windows long over and sign-ins of last year, at most ``limit`` of each; return how many.

    For a timer. A sign-in is kept a little longer than the cookie by which its browser is known.
    """
    codes = PhoneCode.objects.filter(created_at__lt=clock.now() - CODES_KEPT).order_by("pk")
    counts = Throttle.objects.filter(window_started_at__lt=clock.now() - THROTTLES_KEPT).order_by("pk")
    old_codes = list(codes.values_list("pk", flat=True)[:limit])
    old_counts = list(counts.values_list("pk", flat=True)[:limit])
    sign_ins = SignIn.objects.filter(began_at__lt=clock.now() - SIGN_INS_KEPT).order_by("pk").values_list("pk", flat=True)
    deleted = SignIn.objects.filter(pk__in=list(sign_ins[:limit])).delete()[0]
    deleted += PhoneCode.objects.filter(pk__in=old_codes).delete()[0]
    # A count may have begun a new window since it was chosen; that one stays.
    return deleted + counts.order_by().filter(pk__in=old_counts).delete()[0]
