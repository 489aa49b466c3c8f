"""The alert about a worn-out play: once per fall, and nothing stops."""

import pytest

from renmai.campaigns.models import Campaign
from renmai.insight.spread.actions import WORN_OUT, flag_worn_out
from renmai.insight.spread.tests.town import DAY, START, Town
from renmai.kernel import clock
from renmai.kernel.models import Alert
from renmai.kernel.outbox import resolve_alerts

pytestmark = pytest.mark.django_db


def course(town: Town, *, fallen: bool) -> None:
    """Eight people a day come through an agent for forty days; then one, if it has fallen."""
    link = town.link(town.user(), 0)
    for day in range(50):
        for number in range(1 if fallen and day >= 40 else 8):
            friend = town.user()
            moment = day + number / 100
            town.visit(link, friend, moment)
            town.buy(friend, moment + 0.005)


def test_a_fall_is_told_once() -> None:
    town = Town()
    course(town, fallen=True)
    with clock.travel(START + 50 * DAY):
        assert flag_worn_out(10) == 1
        assert flag_worn_out(10) == 0
        alert = Alert.objects.get(code=WORN_OUT)
        assert alert.subject == town.campaign.number
        assert "standard deviations" in alert.detail
        resolve_alerts(WORN_OUT, [town.campaign.number])
        assert flag_worn_out(10) == 0
    town.campaign.refresh_from_db()
    assert town.campaign.status == Campaign.Status.LAUNCHED


def test_a_play_that_spreads_as_before_is_left_alone() -> None:
    town = Town()
    course(town, fallen=False)
    with clock.travel(START + 50 * DAY):
        assert flag_worn_out(10) == 0


def test_only_what_runs_is_looked_at() -> None:
    town = Town()
    course(town, fallen=True)
    Campaign.objects.update(status=Campaign.Status.ENDED)
    with clock.travel(START + 50 * DAY):
        assert flag_worn_out(10) == 0
    assert not Alert.objects.exists()
