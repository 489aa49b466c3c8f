"""Who helped whom, as the spread of a campaign sees it."""

from datetime import timedelta

import pytest

from renmai.insight.spread.chains import chains_of
from renmai.journeys.tests.world import customer
from renmai.kernel import clock
from renmai.plays.bargain.tests import world

pytestmark = pytest.mark.django_db


def test_helpers_came_through_whoever_asked_them() -> None:
    bargain = world.started(customer())
    helpers = world.helped(bargain, 2)
    found = chains_of(bargain.campaign_id, now=clock.now() + timedelta(seconds=1)).members
    assert {member.key: member.parent_key for member in found} == {
        f"u{bargain.owner_id}": "",
        **{f"u{helper.pk}": f"u{bargain.owner_id}" for helper in helpers},
    }
    assert not any(member.has_paid for member in found)
