"""What the play's timers find when nobody was there for a day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from renmai.journeys.tests.world import customer
from renmai.kernel import clock
from renmai.plays.red_packet.tests.world import campaign, now, opened
from tools.testing.plays import Due

ALMOST = timedelta(days=3, hours=-12)


def dues(moment: datetime) -> Iterator[Due]:
    """Yield a packet whose last day ends."""
    with clock.travel(moment - ALMOST):
        packet = opened(customer(), campaign(valid_days=3))
    yield Due("red packet", lambda: now(packet).status, "expired")
