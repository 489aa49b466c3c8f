"""Guardrails: a campaign stops when goods come back or draw complaints beyond its bounds, and not by chance."""

from dataclasses import replace

import pytest

from renmai.accounts.tests.factories import make_staff
from renmai.campaigns import actions
from renmai.campaigns.actions import guarding
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.queries import money_of
from renmai.campaigns.queries.lists import Money
from renmai.campaigns.queries.standing import Mutes
from renmai.campaigns.tests.fakes import FakePlay, choice, installed, running_campaign
from renmai.journeys import after_sale, receiving
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.world import buy, customer, goods, lines, refused, settle_down, ship_all, violations
from renmai.kernel import clock
from renmai.kernel.models import Alert
from renmai.sharing.actions import Landing, share
from renmai.sharing.models import Share
from renmai.sharing.tests import factories
from renmai.trust import actions as trust
from renmai.trust.tests.happenings import visit

CALM = Money(orders=100, paid=100, buyers=90, discount_fen=0, net_fen=0, pieces=100, returned_pieces=10, complaints=2)


NO_MUTES = Mutes(mutes=0, readers=100)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("money", "broken"),
    [
        (CALM, ""),
        (replace(CALM, returned_pieces=30), "returns"),
        (replace(CALM, complaints=12), "complaints"),
        (replace(CALM, returned_pieces=16), ""),
        (replace(CALM, paid=19, returned_pieces=19), ""),
        (replace(CALM, pieces=0, returned_pieces=0, complaints=0), ""),
    ],
)
def test_a_bound_is_broken_by_more_than_chance(money: Money, broken: str) -> None:
    campaign = Campaign(return_bound_basis_points=1500, complaint_bound_basis_points=500)
    assert guarding.breach(campaign, money, NO_MUTES).partition(":")[0] == broken


@pytest.mark.django_db
@pytest.mark.parametrize(("mutes", "broken"), [(8, ""), (12, "mutes: 12 of 100, over 5 %")])
def test_mutes_are_bounded_too(mutes: int, broken: str) -> None:
    campaign = Campaign(return_bound_basis_points=1500, complaint_bound_basis_points=500)
    assert guarding.breach(campaign, CALM, Mutes(mutes, readers=100)) == broken


@pytest.mark.django_db
def test_a_campaign_that_makes_its_readers_mute_stops_without_any_order() -> None:
    agent = factories.user("Agent")
    shop = factories.shop(agent)
    with installed(FakePlay()):
        campaign = running_campaign()
        landing = Landing(campaign.pk, "/fake/1/")
        link = share(agent, kind=Share.Kind.PAGE, shop=shop, landing=landing)
        for number in range(24):
            reader = factories.user()
            visit(link, reader, at=clock.now())
            if number < 8:
                trust.say(reader, link, "mute")
        assert actions.guard_campaigns(10) == 1
        campaign.refresh_from_db()
        assert (campaign.status, campaign.stop_reason) == ("stopped", "mutes: 8 of 24, over 5 %")


@pytest.mark.django_db
def test_a_campaign_whose_goods_come_back_stops_by_itself_and_begun_orders_go_on() -> None:
    owner, (peach,) = make_staff(), goods(stock=100)
    with installed(FakePlay(off_fen=100)) as play:
        campaign = running_campaign()
        for number in range(22):
            who = customer()
            order = buy(who, [(peach, 1)], plays=(choice(campaign),))
            ship_all(owner, order)
            receiving.confirm(who.user, order.number)
            if number < 12:
                wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "return", 1, "quality", is_quality_issue=True)
                claim = after_sale.request(who.user, wanted, idempotency_key="k")
                after_sale.approve(owner, claim.number)
                after_sale.receive_back(owner, claim.number)
        settle_down()
        money = money_of(campaign.pk)
        assert (money.paid, money.pieces, money.returned_pieces, money.complaints, money.discount_fen) == (22, 22, 12, 12, 2200)
        assert actions.guard_campaigns(10) == 1
        assert actions.guard_campaigns(10) == 0
        campaign.refresh_from_db()
        assert (campaign.status, campaign.stop_reason) == ("stopped", "returns: 12 of 22, over 15 %")
        assert Alert.objects.get(code="campaign.stopped").subject == campaign.number
        assert play.calls.count("refunded") == 12
        assert Participation.objects.count() == 22
        with refused("campaigns.state"):
            actions.resume(owner, campaign)
        assert violations() == []
