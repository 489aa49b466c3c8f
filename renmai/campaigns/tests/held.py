"""A reward that waits for somebody's word, for the tests of pages and the API."""

from itertools import count

from renmai.accounts.tests.factories import make_member
from renmai.campaigns.models import Reward
from renmai.campaigns.plays import play
from renmai.campaigns.terms import defaults
from renmai.campaigns.tests.fakes import running_campaign
from renmai.kernel import clock
from renmai.ordering.models import Order

_numbers = count(1)
REASONS = [
    {"code": "device_apart", "points": 44, "figure": 4},
    {"code": "came_once", "points": 24, "figure": 6},
    {"code": "burst", "points": 40, "figure": 3},
]


def held_reward(benefit: str = "points") -> Reward:
    """Make one, for somebody who brought somebody else."""
    number, now = next(_numbers), clock.now()
    beneficiary, brought = make_member("邀请人"), make_member("新人")
    order = Order.objects.create(
        number=f"R-held-{number}",
        buyer=brought,
        source="test",
        status=Order.Status.SETTLED,
        goods_fen=0,
        payable_fen=0,
        idempotency_key=f"held-{number}",
        pay_before=now,
        paid_at=now,
        settled_at=now,
    )
    return Reward.objects.create(
        campaign=running_campaign("invitation", terms=defaults(play("invitation"))),
        beneficiary=beneficiary,
        brought=brought,
        order=order,
        benefit=benefit,
        amount=500,
        cause=f"held:{number}",
        status=Reward.Status.REVIEW,
        due_at=now,
        reasons=REASONS,
    )
