"""Rereading takes the days that are files as it takes those in the database."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from renmai.accounts.models import Visitor
from renmai.insight.portraits import actions
from renmai.insight.portraits.facets import Source
from renmai.insight.portraits.models import Interest
from renmai.insight.portraits.reactions import count_without_browser
from renmai.insight.portraits.rereading import READER
from renmai.insight.portraits.tests.world import NOON, did, follower, goods
from renmai.insight.stream.actions import merge, separate
from renmai.insight.stream.delivery import Consumer, drain
from renmai.insight.stream.events import BrowserSeparated
from renmai.insight.stream.models import Day, EventRow
from renmai.insight.stream.store.days import compact
from renmai.kernel import clock

pytestmark = pytest.mark.django_db
READERS = (Consumer(READER, actions.on_events),)
Kept = set[tuple[int, str, str, float, int]]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, settings: LazySettings) -> None:
    settings.RENMAI_HOME = tmp_path


def kept() -> Kept:
    """Return what is kept of looks, scores to nine digits."""
    rows = Interest.objects.filter(source=Source.BROWSING)
    return {(row.user_id, row.facet, row.value, round(row.score, 7), row.count) for row in rows}


def test_files_and_rows_together_give_the_same_portrait() -> None:
    her, other, tea, home = follower(), follower(), goods("tea"), goods("home")
    browser = Visitor.objects.create(user=her)
    with clock.travel(NOON):
        for days in (30, 29, 2, 0):
            for user in (her, other):
                did("product_viewed", user=user, product=tea, at=NOON - timedelta(days=days))
        did("cart_added", visitor=browser, product=home, at=NOON - timedelta(days=30))
        merge(visitor_id=browser.pk, user_id=her.pk)
        drain(READERS)
        actions.reread([her.pk, other.pk])
        before = kept()
        assert compact(10) == 2
        assert (Day.objects.count(), EventRow.objects.count()) == (2, 4)
        Interest.objects.all().delete()
        actions.reread([her.pk, other.pk])
        assert kept() == before
        did("product_viewed", user=her, product=tea, at=NOON - timedelta(days=30))
        drain(READERS)
        late = kept()
        actions.rebuild()
        assert kept() == late, "an event that came late to a day that is a file counts once"


def test_a_browser_that_was_not_hers_leaves_her_portrait_when_it_is_separated() -> None:
    her, tea, home = follower(), goods("tea"), goods("home")
    browser = Visitor.objects.create(user=her)
    with clock.travel(NOON):
        did("product_viewed", user=her, product=tea, at=NOON)
        drain(READERS)
        actions.reread([her.pk])
        hers = kept()
        merge(visitor_id=browser.pk, user_id=her.pk)
        did("cart_added", visitor=browser, product=home, at=NOON)
        drain(READERS)
        actions.reread([her.pk])
        assert kept() != hers
        actions.refresh_due(10)
        separate(browser.pk, because="shared tablet")
        count_without_browser(BrowserSeparated(visitor_id=str(browser.pk), user_id=her.pk))
        assert actions.refresh_due(10) == 1
        assert kept() == hers
