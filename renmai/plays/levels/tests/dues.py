"""What the play's timers find when nobody was there for a day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from renmai.journeys.tests.world import customer, goods
from renmai.kernel import clock
from renmai.plays.levels.models import Standing
from renmai.plays.levels.tests.world import campaign, kept
from tools.testing.plays import Due

ALMOST = timedelta(days=30, hours=-12)


def dues(moment: datetime) -> Iterator[Due]:
    """Yield a level whose only order falls out of the window."""
    with clock.travel(moment - ALMOST):
        campaign({"ends_at": moment + timedelta(days=30)}, window_days=30)
        who, (sku,) = customer(), goods(price_fen=3000, freight=False)
        kept(who, sku)
    yield Due("level", lambda: str(Standing.objects.get(user=who.user).kept_fen), "0")
