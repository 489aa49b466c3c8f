"""What the timers find of the play when nobody was there for a day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from renmai.accounts.tests.factories import make_member
from renmai.campaigns.models import Reward
from renmai.journeys.tests.lives import keep, pay
from renmai.journeys.tests.world import goods, place
from renmai.kernel import clock
from renmai.plays.invitation.tests.world import inviting, tied
from tools.testing.plays import Due

HALF_A_DAY = timedelta(hours=12)


def dues(moment: datetime) -> Iterator[Due]:
    """Yield the two rewards for an order that is kept: due half a day later, handed out or laid before somebody."""
    with clock.travel(moment - HALF_A_DAY):
        inviter, friend, _tie = tied(make_member(), campaign=inviting())
        (sku,) = goods(price_fen=1999, freight=False)
        keep(pay(friend, place(friend, [(sku, 1)])))
    rewards = Reward.objects.filter(beneficiary__in=[inviter, friend.user])
    assert rewards.count() == 2
    waiting = rewards.filter(status=Reward.Status.WAITING)
    yield Due("rewards", lambda: "waiting" if waiting.exists() else "seen to", "seen to")
