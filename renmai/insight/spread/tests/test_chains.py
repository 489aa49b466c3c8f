"""Chains read from rows: who came through whom, counted by hand, and against every raw row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest

from renmai.accounts.models import Consent, User
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.plays import Joining
from renmai.campaigns.tests.fakes import FakePlay, installed
from renmai.distribution.models import Agent
from renmai.insight.queries import Period
from renmai.insight.spread.chains import Steps, askable, chains_of, contacts
from renmai.insight.spread.queries import Spread, days_of, seeds_for, spread_of, wear_of
from renmai.insight.spread.reproduction import WINDOW, Member
from renmai.insight.spread.seeds import Contact
from renmai.insight.spread.tests.processes import dice_of
from renmai.insight.spread.tests.town import DAY, NOW, START, Town, campaign_of
from renmai.kernel import clock
from renmai.sharing.models import Share, Visit
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db
ALL = Period(START.date() - timedelta(days=1), NOW.date())


def came_through(members: Sequence[Member]) -> dict[str, str]:
    return {member.key: member.parent_key for member in members}


def key(user: User) -> str:
    return f"u{user.pk}"


def test_a_chain_from_an_agent_over_a_friend_to_a_buyer() -> None:
    town = Town()
    agent, friend, buyer, passer_by = (town.user(name) for name in ("agent", "friend", "buyer", "passer-by"))
    first = town.link(agent, 0)
    town.visit(first, friend, 1)
    town.visit(first, passer_by, 1)
    second = town.link(friend, 2)
    town.visit(second, buyer, 3)
    town.buy(buyer, 4)
    town.buy(buyer, 9)
    town.buy(town.user("came by herself"), 5)
    town.buy(town.user("never paid"), 5, paid=False)
    found = chains_of(town.campaign.pk, now=NOW)
    assert found.steps == Steps(sharers=2, invited=3, joined=4, brought=2, placed=4, paid=3)
    assert list(came_through(found.members).values()) == ["", key(agent), key(friend), ""]
    assert [member.entered_at for member in found.members] == [START, START + 2 * DAY, START + 4 * DAY, START + 5 * DAY]
    assert [member.has_paid for member in found.members] == [False, False, True, True]
    assert found.members[0].opened_at == (START + DAY, START + DAY)
    assert not found.is_cut


def test_her_first_opening_before_she_took_part_says_through_whom() -> None:
    town = Town()
    early, late, buyer, machine = (town.user() for _each in range(4))
    town.visit(town.link(late, 0), buyer, 3)
    town.visit(town.link(early, 0), buyer, 2)
    town.visit(town.link(machine, 0), buyer, 1, is_valid=False)
    town.buy(buyer, 4)
    after = town.user()
    town.buy(after, 5)
    town.visit(town.link(late, 0), after, 6)
    found = came_through(chains_of(town.campaign.pk, now=NOW).members)
    assert found[key(buyer)] == key(early)
    assert found[key(after)] == ""


def test_a_guest_who_signs_in_later_is_one_person() -> None:
    town = Town()
    sharer, buyer = town.user(), town.user()
    link = town.link(sharer, 0)
    guest = town.visit(link, None, 1)
    town.visit(link, None, 1)
    guest.user = buyer
    guest.save()
    town.visit(link, buyer, 2)
    town.buy(buyer, 3)
    found = chains_of(town.campaign.pk, now=NOW)
    assert found.steps.invited == 2
    assert came_through(found.members)[key(buyer)] == key(sharer)
    assert found.members[0].opened_at == (START + DAY, START + DAY)


def test_without_an_opening_the_orders_own_link_tells() -> None:
    town = Town()
    sharer, stranger, one, other = (town.user() for _each in range(4))
    town.buy(sharer, 0)
    town.buy(one, 1, link=town.product_link(sharer, 0.5))
    town.buy(other, 1, link=town.product_link(stranger, 0.5))
    found = came_through(chains_of(town.campaign.pk, now=NOW).members)
    assert found[key(one)] == key(sharer)
    assert found[key(other)] == "", "who did not take part herself brought nobody into the campaign"


@dataclass
class Helping(FakePlay):
    """Tells what it was told to tell."""

    key: str = "helping"  # type: ignore[misc]
    said: list[Joining] = field(default_factory=list)

    def joinings(self, campaign: Campaign, *, until: datetime, limit: int) -> Sequence[Joining]:
        return [joining for joining in self.said if joining.at < until][:limit]


def test_a_play_tells_who_helped_and_through_whom() -> None:
    town = Town(campaign_of("helping"))
    owner, helper, opened, buyer = (town.user() for _each in range(4))
    town.visit(town.link(helper, 3), opened, 4)
    town.buy(buyer, 6)
    play = Helping()
    with installed(play):
        play.said = [
            Joining(owner.pk, None, START + DAY),
            Joining(helper.pk, owner.pk, START + 2 * DAY),
            Joining(opened.pk, owner.pk, START + 5 * DAY),
            Joining(buyer.pk, helper.pk, START + 6 * DAY + timedelta(seconds=2)),
            Joining(buyer.pk, owner.pk, START + 9 * DAY),
        ]
        found = chains_of(town.campaign.pk, now=NOW)
        assert came_through(found.members) == {
            key(owner): "",
            key(helper): key(owner),
            key(opened): key(helper),
            key(buyer): key(helper),
        }
        assert [member.entered_at for member in found.members] == [START + days * DAY for days in (1, 2, 5, 6)]
        assert [member.has_paid for member in found.members] == [False, False, False, True]
        assert chains_of(town.campaign.pk, now=START + 2 * DAY).steps.joined == 1


def test_nobody_goes_round_in_a_circle() -> None:
    town = Town()
    one, other = town.user(), town.user()
    town.visit(town.link(one, 1), other, 1.5)
    town.visit(town.link(other, 0), one, 0.5)
    spread = spread_now(town)
    assert came_through(spread.chains.members) == {key(other): "", key(one): key(other)}
    assert (spread.forest.trees, spread.forest.depth) == (1, 1)


def test_nobody_came_through_somebody_who_took_part_later() -> None:
    town = Town()
    first, second = town.user(), town.user()
    town.buy(first, 1, link=town.product_link(second, 0))
    town.visit(town.link(first, 2), second, 2.5)
    town.buy(second, 3)
    assert came_through(spread_now(town).chains.members) == {key(first): "", key(second): key(first)}


def test_own_openings_and_other_campaigns_do_not_count() -> None:
    town, other = Town(), campaign_of()
    sharer, buyer = town.user(), town.user()
    town.visit(town.link(sharer, 0), sharer, 1)
    town.visit(town.link(sharer, 0, campaign=other), buyer, 1)
    town.buy(buyer, 2)
    found = chains_of(town.campaign.pk, now=NOW)
    assert found.steps.invited == 0
    assert came_through(found.members) == {key(sharer): "", key(buyer): ""}


def test_the_steps_end_with_the_period_but_the_window_does_not() -> None:
    town = Town()
    sharer, buyer = town.user(), town.user()
    town.visit(town.link(sharer, 0), buyer, 1)
    town.buy(buyer, 3)
    with clock.travel(NOW):
        found = spread_of(town.campaign.pk, Period(START.date(), START.date()))
    assert found.chains.steps == Steps(sharers=1, invited=0, joined=1, brought=0, placed=0, paid=0)
    assert found.reproduction.k is not None
    assert (found.reproduction.people, found.reproduction.k.value) == (1, 1.0)
    assert found.forest.people == 1


def spread_now(town: Town) -> Spread:
    with clock.travel(NOW):
        return spread_of(town.campaign.pk, ALL)


def bustle(town: Town, dice: Random, *, people: int) -> list[User]:
    """Let people pass on, open and buy at random."""
    users = [town.user() for _person in range(people)]
    for user in users:
        if dice.random() < 0.5:
            town.link(user, dice.uniform(0, 40))
    for link in list(Share.objects.filter(campaign_id=town.campaign.pk)):
        since = (link.created_at - START) / DAY
        for _opening in range(dice.randrange(6)):
            who, opened = dice.choice([*users, None]), since + dice.uniform(0, 6)
            town.visit(link, who, opened, is_valid=dice.random() < 0.9)
            if who is not None and dice.random() < 0.4:
                town.buy(who, opened + dice.uniform(0, 8), paid=dice.random() < 0.8)
    for _order in range(people // 3):
        town.buy(dice.choice(users), dice.uniform(0, 55), paid=dice.random() < 0.8, off=dice.randrange(300))
    return users


@pytest.mark.parametrize("seed", [61, 62])
def test_every_figure_comes_out_of_the_raw_rows_again(seed: int) -> None:
    town = Town()
    users = bustle(town, dice_of(seed), people=40)
    found = spread_now(town)
    entered = {}
    for user in users:
        moments = [link.created_at for link in Share.objects.filter(sharer=user)]
        for part in Participation.objects.filter(campaign=town.campaign, order__buyer=user):
            moments += [part.at] if part.order.paid_at else []
        if moments:
            entered[user.pk] = min(moments)
    parent: dict[int, int] = {}
    for user_id, at in entered.items():
        for visit in Visit.objects.filter(user_id=user_id, is_valid=True, at__lte=at).order_by("at"):
            if entered[visit.share.sharer_id] < at and visit.share.sharer_id != user_id:
                parent.setdefault(user_id, visit.share.sharer_id)
    ripe = [user_id for user_id, at in entered.items() if at + WINDOW <= NOW]
    brought = sum(1 for child, by in parent.items() if by in ripe and entered[child] - entered[by] <= WINDOW)
    opened = 0
    for user_id in ripe:
        first: dict[object, datetime] = {}
        for visit in Visit.objects.filter(share__sharer=user_id, is_valid=True).exclude(user=user_id).order_by("at"):
            first.setdefault(visit.user_id or visit.visitor_id, visit.at)
        opened += sum(at - entered[user_id] <= WINDOW for at in first.values())
    assert len(parent) > 3
    assert brought > 2
    assert found.chains.steps.joined == len(entered)
    assert found.chains.steps.brought == len(parent)
    assert {member.key: member.parent_key for member in found.chains.members if member.parent_key} == {
        f"u{child}": f"u{by}" for child, by in parent.items()
    }
    assert found.reproduction.people == len(ripe)
    assert found.reproduction.waiting == len(entered) - len(ripe)
    assert found.reproduction.k
    assert found.reproduction.invitations
    assert found.reproduction.conversion
    assert found.reproduction.k.value == pytest.approx(brought / len(ripe))
    assert found.reproduction.invitations.value == pytest.approx(opened / len(ripe))
    assert found.reproduction.conversion.value == pytest.approx(brought / opened)
    assert found.forest.trees == len(entered) - len(parent)
    assert sum(week.reproduction.people for week in found.weeks) == len(ripe)


@pytest.mark.parametrize("people", [1, 20])
def test_it_asks_the_database_as_often_for_few_as_for_many(people: int) -> None:
    town = Town()
    bustle(town, dice_of(63), people=people)
    town.buy(town.user(), 1)
    town.order(town.user(), 1, link=town.link(town.user(), 0))
    with clock.travel(NOW), exactly(16):
        spread_of(town.campaign.pk, ALL)
    with clock.travel(NOW), exactly(5):
        wear_of(town.campaign.pk)


def test_a_campaign_that_nobody_took_part_in() -> None:
    found = spread_now(Town())
    assert (found.reproduction.k, found.wear, found.costs, found.incentives, found.forest.people) == (None, None, (), (), 0)


def test_days_are_whole_and_end_yesterday() -> None:
    members = [Member("a", START), Member("b", START + DAY, "a"), Member("c", START + 2 * DAY, "a")]
    found = days_of(members, now=START + 9 * DAY)
    assert [day.exposed for day in found] == [1, 2, 3, 3, 3, 3, 3, 2, 1]
    assert [day.joined for day in found] == [0, 1, 1, 0, 0, 0, 0, 0, 0]
    assert days_of([], now=START) == []


def test_contacts_count_links_not_clicks() -> None:
    town = Town()
    sharer, friend, other = (town.user() for _each in range(3))
    campaign_link, product_link = town.link(sharer, 1), town.product_link(sharer, 1)
    for link in (campaign_link, campaign_link, product_link):
        town.visit(link, friend, 2)
    town.visit(campaign_link, other, 2)
    town.visit(campaign_link, sharer, 2)
    town.visit(campaign_link, None, 2)
    town.visit(town.link(other, 1), friend, -100)
    town.order(friend, 3, link=product_link)
    assert sorted(contacts(until=NOW), key=lambda pair: pair.friend) == [
        Contact(sharer.pk, friend.pk, opened=2, joined=1),
        Contact(sharer.pk, other.pk, opened=1, joined=0),
    ]


def test_who_is_asked_first_and_why() -> None:
    town = Town()
    agent, silent, small, done = (town.user(name) for name in ("agent", "silent", "small", "done"))
    for known in (agent, small, done):
        Consent.objects.create(user=known, purpose="marketing", version="2026-11")
    for sharer, friends in ((agent, 6), (silent, 9), (small, 2), (done, 8)):
        link = town.product_link(sharer, 50)
        for _friend in range(friends):
            town.visit(link, town.user(), 51)
    town.link(done, 52)
    with clock.travel(NOW), exactly(6):
        found = seeds_for(town.campaign.pk, count=2)
    assert [asked.user for asked in found] == [agent, small]
    assert (found[0].opened, found[0].joined, found[0].seed.friends) == (6, 0, 6)
    assert found[0].seed.gain > found[1].seed.gain >= 1


def test_only_who_may_be_written_to_is_asked() -> None:
    town = Town()
    agent, suspended, agreed, withdrew, gone, nobody = (town.user() for _each in range(6))
    for user, status in ((agent, "active"), (suspended, "suspended")):
        Agent.objects.create(user=user, born_on=START.date(), occupation="farmer", status=status)
    for user in (agreed, withdrew, gone):
        Consent.objects.create(user=user, purpose="marketing", version="2026-11", withdrawn_at=NOW if user is withdrew else None)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    everybody = [user.pk for user in (agent, suspended, agreed, withdrew, gone, nobody)]
    assert askable(everybody) == {agent.pk, agreed.pk}
