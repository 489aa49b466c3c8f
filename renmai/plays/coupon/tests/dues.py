"""What the play's timers find when nobody was there for a day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from renmai.journeys.tests.world import customer
from renmai.kernel import clock
from renmai.plays.coupon.tests.world import campaign, claimed, now
from tools.testing.plays import Due

ALMOST = timedelta(days=3, hours=-12)


def dues(moment: datetime) -> Iterator[Due]:
    """Yield a coupon whose last day ends."""
    with clock.travel(moment - ALMOST):
        coupon = claimed(customer(), campaign(valid_days=3))
    yield Due("coupon", lambda: now(coupon).status, "expired")
