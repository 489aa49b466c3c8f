"""A browser that was counted as somebody's and is not."""

import pytest

from renmai.accounts.actions import Purpose, give_consent, join_visitor, visitor
from renmai.accounts.tests.factories import make_member
from renmai.insight.models import View
from renmai.journeys import correcting, looking
from renmai.journeys.tests.lives import happen
from renmai.journeys.tests.world import goods
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def test_it_takes_along_what_it_looked_at_before_the_sign_in_and_nothing_else(moving_clock: MovingClock) -> None:
    she, borrowed, (before, after) = make_member(), visitor(None), goods(each=2)
    give_consent(she, Purpose.BROWSING)
    looking.look_at(before.product_id, visitor_id=borrowed.pk, user=None, funnel="search")
    moving_clock.advance(minutes=1)
    join_visitor(she, borrowed)
    happen()
    looking.look_at(after.product_id, visitor_id=borrowed.pk, user=she, funnel="search")
    assert View.objects.filter(user=she).count() == 2
    correcting.separate_own(she, str(borrowed.pk))
    assert dict(View.objects.values_list("product_id", "user_id")) == {before.product_id: None, after.product_id: she.pk}
