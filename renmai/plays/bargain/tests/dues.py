"""What the play's timers find when nobody was there for a day."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from renmai.journeys.tests.world import customer
from renmai.kernel import clock
from renmai.plays.bargain.models import Bargain
from renmai.plays.bargain.tests.world import bargaining, now, started
from tools.testing.plays import Due


def dues(moment: datetime) -> Iterator[Due]:
    """Yield two bargains whose time runs out, the younger one first."""
    for hours in (9, 6):
        with clock.travel(moment):
            bargain = started(customer(), bargaining(hours=hours))
        yield Due(f"bargain of {hours} hours", partial(_state, bargain), "expired")


def _state(bargain: Bargain) -> str:
    return now(bargain).status
