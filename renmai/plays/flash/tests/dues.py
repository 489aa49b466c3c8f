"""What the play's timers find when nobody was there for a day."""

from collections.abc import Iterator
from datetime import datetime

from renmai.journeys.tests.world import customer
from renmai.kernel import clock
from renmai.plays.flash.tests.world import flash_sale, now, pool, took
from tools.testing.plays import Due


def dues(moment: datetime) -> Iterator[Due]:
    """Yield a piece that nobody pays for: it goes back to the sale."""
    with clock.travel(moment):
        sale = flash_sale()
        ticket = took(customer(), sale)
    yield Due("flash ticket", lambda: f"{now(ticket).status} {pool(sale)}", "expired (2, 0, 0)")
