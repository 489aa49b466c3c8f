"""What the play's timers find when nobody was there for a day."""

from collections.abc import Iterator
from datetime import datetime

from renmai.accounts.tests.factories import make_member
from renmai.kernel import clock
from renmai.plays.points.tests.world import account, campaign, gift
from tools.testing.plays import Due


def dues(moment: datetime) -> Iterator[Due]:
    """Yield points of which some end within the day and some do not."""
    with clock.travel(moment):
        campaign()
        member = make_member()
        gift(member, 300, days=0.5)
        gift(member, 200, days=5)
    yield Due("points", lambda: str(account(member)), "(200, 0, 0)")
