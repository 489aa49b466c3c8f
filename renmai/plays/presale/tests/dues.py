"""What the play's timers find when nobody was there for a day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from renmai.journeys.tests.world import customer
from renmai.kernel import clock
from renmai.plays.presale.models import Booking
from renmai.plays.presale.tests.world import presale, with_deposit
from tools.testing.plays import Due

SOON = timedelta(hours=2)


def dues(moment: datetime) -> Iterator[Due]:
    """Yield a balance that can be paid: its buyer is told. What is called off ends with the act itself, and leaves a timer nothing."""
    with clock.travel(moment):
        order = with_deposit(customer(), presale(fields={"ends_at": moment + SOON}, balance_after_days=0))
    is_told = Booking.objects.filter(order=order, reminded_at__isnull=False)
    yield Due("balance", lambda: "told" if is_told.exists() else "not told", "told")
