"""Each invariant, spoilt once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F

from renmai.accounts.models import User
from renmai.campaigns.models import Reward
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.plays.invitation.audit import violations
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.tests.world import kept, newcomer, tied
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def found() -> set[str]:
    return {violation.detail for violation in violations()}


def test_a_way_back_to_oneself_is_found() -> None:
    elder, friend, invitation = tied()
    tied(friend.user, campaign=invitation.campaign)
    assert found() == set()
    Invitation.objects.create(
        campaign=invitation.campaign,
        version=1,
        inviter=friend.user,
        invited=elder,
        # Only with forged dates does the table take it at all.
        inviter_joined_at=clock.now() - timedelta(days=9),
        invited_joined_at=clock.now(),
        via="code",
    )
    assert "is brought by somebody whom she brought herself, step by step" in found()
    assert "has other dates of joining than its two people" in found()
    circling = {violation.subject for violation in violations() if "step by step" in violation.detail}
    assert {f"user {elder.pk}", f"user {friend.user.pk}"} <= circling
    assert len(circling) == 3


def spoil_buyer() -> None:
    Order.objects.update(buyer=newcomer().user)


def spoil_settled() -> None:
    Order.objects.update(settled_at=None)


def spoil_time() -> None:
    Order.objects.update(placed_at=F("placed_at") - timedelta(days=300))


def spoil_kept() -> None:
    Invitation.objects.update(kept_at=F("kept_at") - timedelta(hours=1))


def spoil_reward() -> None:
    Reward.objects.filter(cause__endswith=":inviter").update(beneficiary=newcomer().user)


def spoil_both() -> None:
    Reward.objects.filter(cause__endswith=":inviter").delete()


def spoil_joined() -> None:
    User.objects.filter(invitation__isnull=False).update(created_at=clock.now() - timedelta(days=300))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (spoil_buyer, "counts somebody else's order"),
        (spoil_settled, "counts an order that is not kept"),
        (spoil_time, "counts an order from before it"),
        (spoil_kept, "was kept before its order was"),
        (spoil_reward, "is no inviter's for a kept order of an invitation"),
        (spoil_both, "has a turn of the month and owes nothing"),
        (spoil_joined, "has other dates of joining than its two people"),
    ],
)
def test_it_is_found(spoil: Callable[[], None], says: str, moving_clock: MovingClock) -> None:
    _elder, friend, _invitation = tied()
    kept(friend, moving_clock)
    assert found() == set()
    spoil()
    assert says in found()
