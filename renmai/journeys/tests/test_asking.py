"""Asking people to pass a campaign on: who may be, once, and what came of it."""

from datetime import timedelta

import pytest

from renmai.accounts.models import ActLog, Consent, User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import plays
from renmai.care.models import Message
from renmai.insight.models import SeedAsk
from renmai.insight.spread.asking import asking_of
from renmai.insight.spread.queries import seeds_for
from renmai.insight.spread.tests.town import DAY, START, Town, campaign_of
from renmai.journeys.asking import ask_seeds
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.sharing.models import Pause

pytestmark = pytest.mark.django_db
ASKED_AT = START + 55 * DAY + timedelta(hours=2)
"""At two in the afternoon in China."""


@pytest.fixture
def town() -> Town:
    return Town(campaign_of("flash"))


def sharer(town: Town, friends: int, *, agreed: bool = True) -> User:
    """Somebody whose link so many opened."""
    user = town.user()
    if agreed:
        Consent.objects.create(user=user, purpose="marketing", version="2026-11")
    link = town.product_link(user, 50)
    for _friend in range(friends):
        town.visit(link, town.user(), 51)
    return user


def test_who_is_asked_gets_one_message_and_what_came_is_counted(town: Town) -> None:
    well_known, known, silent = sharer(town, 6), sharer(town, 3), sharer(town, 9, agreed=False)
    actor = make_staff()
    with clock.travel(ASKED_AT):
        assert ask_seeds(actor, town.campaign, [well_known.pk, known.pk, silent.pk]) == 2
        with pytest.raises(DomainError, match=r"asking\.nobody"):
            ask_seeds(actor, town.campaign, [well_known.pk, known.pk, silent.pk])
    told = Message.objects.filter(kind="campaign_ask")
    assert {message.user_id for message in told} == {well_known.pk, known.pk}
    assert {message.link for message in told} == {f"page:{plays()['flash'].page(town.campaign)}"}
    assert ActLog.objects.get(act="campaign.asked").detail == {"people": 2}
    link = town.link(well_known, 56)
    brought, late = town.user(), town.user()
    town.visit(link, brought, 57)
    town.buy(brought, 57, link=link)
    town.visit(link, late, 63)
    town.buy(late, 63, link=link)
    with clock.travel(ASKED_AT + 6 * DAY):
        assert asking_of(town.campaign.pk).over == 0
    with clock.travel(ASKED_AT + 10 * DAY):
        found = asking_of(town.campaign.pk)
    assert {each.user.pk: (each.has_link, each.brought) for each in found.people} == {
        well_known.pk: (True, 1),
        known.pk: (False, 0),
    }
    assert (found.over, found.came) == (2, 2)
    assert found.expected == pytest.approx(sum(SeedAsk.objects.values_list("expected", flat=True)))


def test_nobody_is_asked_twice_a_week_nor_while_she_may_not_share(town: Town) -> None:
    asked, paused = sharer(town, 6), sharer(town, 4)
    Pause.objects.create(
        sharer=paused, reason="complaint", evidence="feedback:1", begins_at=ASKED_AT - DAY, until=ASKED_AT + 9 * DAY
    )
    other = campaign_of("flash")
    with clock.travel(ASKED_AT):
        assert ask_seeds(make_staff(), town.campaign, [asked.pk, paused.pk]) == 1
        assert seeds_for(other.pk) == []
    with clock.travel(ASKED_AT + 8 * DAY):
        assert [each.user for each in seeds_for(other.pk)] == [asked]
        assert seeds_for(town.campaign.pk) == []
    with clock.travel(ASKED_AT + 10 * DAY):
        assert [each.user for each in seeds_for(town.campaign.pk)] == [paused]


def test_not_at_night_not_for_a_closed_campaign_and_not_by_anybody(town: Town) -> None:
    user = sharer(town, 6)
    with clock.travel(ASKED_AT + timedelta(hours=12)), pytest.raises(DomainError, match=r"asking\.quiet"):
        ask_seeds(make_staff(), town.campaign, [user.pk])
    with clock.travel(ASKED_AT):
        with pytest.raises(DomainError, match=r"request\.forbidden"):
            ask_seeds(make_member(), town.campaign, [user.pk])
        Campaign.objects.filter(pk=town.campaign.pk).update(status=Campaign.Status.STOPPED)
        town.campaign.refresh_from_db()
        with pytest.raises(DomainError, match=r"campaigns\.not_open"):
            ask_seeds(make_staff(), town.campaign, [user.pk])
    assert not SeedAsk.objects.exists()
