"""Who brought whom, as the spread of a campaign sees it."""

from datetime import timedelta

import pytest

from renmai.insight.spread.chains import chains_of
from renmai.kernel import clock
from renmai.plays.invitation.actions import code_of
from renmai.plays.invitation.tests.world import inviting, tied
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def test_a_chain_of_invitations(moving_clock: MovingClock) -> None:
    campaign = inviting()
    moving_clock.advance(hours=1)
    elder, friend, _tie = tied(campaign=campaign)
    moving_clock.advance(hours=1)
    _friend, third, _tie = tied(friend.user, campaign=campaign)
    found = chains_of(campaign.pk, now=clock.now() + timedelta(seconds=1)).members
    assert [(member.key, member.parent_key) for member in found] == [
        (f"u{elder.pk}", ""),
        (f"u{friend.user.pk}", f"u{elder.pk}"),
        (f"u{third.user.pk}", f"u{friend.user.pk}"),
    ]


def test_an_inviter_with_an_older_code_takes_part_from_the_beginning(moving_clock: MovingClock) -> None:
    first = inviting()
    elder, _friend, _tie = tied(campaign=first)
    code_of(elder)
    moving_clock.advance(days=2)
    campaign = inviting()
    moving_clock.advance(hours=1)
    tied(elder, campaign=campaign)
    found = chains_of(campaign.pk, now=clock.now() + timedelta(seconds=1)).members
    assert (found[0].key, found[0].entered_at, len(found)) == (f"u{elder.pk}", campaign.starts_at, 2)
