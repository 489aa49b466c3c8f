"""Who joined whose group, as the spread of a campaign sees it."""

from datetime import timedelta

import pytest

from renmai.insight.spread.chains import chains_of
from renmai.kernel import clock
from renmai.plays.groupbuy.tests import world

pytestmark = pytest.mark.django_db


def test_members_came_through_the_leader_of_their_group() -> None:
    running = world.campaign()
    group = world.opened(running)
    joined = world.joined(group)
    world.order(running)
    found = chains_of(running.pk, now=clock.now() + timedelta(seconds=1)).members
    assert [(member.key, member.parent_key) for member in found] == [
        (f"u{group.leader_id}", ""),
        (f"u{joined.user_id}", f"u{group.leader_id}"),
    ]
