"""What the play's timers find when nobody was there for a day."""

from collections.abc import Iterator
from datetime import datetime

from renmai.kernel import clock
from renmai.plays.groupbuy.tests.world import campaign, joined, now, opened, states
from tools.testing.plays import Due


def dues(moment: datetime) -> Iterator[Due]:
    """Yield a group that does not fill in time: everybody gets her money back."""
    with clock.travel(moment):
        group = opened(campaign(terms={"tiers": [[5, 1500]], "timer_minutes": 120}))
        joined(group)
    yield Due("group", lambda: f"{now(group).status} {states(group)}", "failed ['returned', 'returned']")
