"""Membership levels: reached by what was kept, the same for everybody, and never in the way of a play's price."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renmai.accounts.tests.factories import make_staff
from renmai.campaigns import actions as campaigns
from renmai.campaigns import pricing
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Layer, Line
from renmai.campaigns.queries.running import forget_running
from renmai.campaigns.tests.fakes import FakePlay, choice, installed, running_campaign
from renmai.journeys.quoting import quote
from renmai.journeys.tests.lives import happen, pay, send_back
from renmai.journeys.tests.world import Customer, customer, draft, goods, place, refused, violations
from renmai.kernel import clock
from renmai.plays.levels import actions, audit, queries
from renmai.plays.levels.models import Standing
from renmai.plays.levels.play import PLAY
from renmai.plays.levels.tests.world import campaign, kept
from renmai.plays.levels.tiers import following, reached, tiers_of
from renmai.policy.channels import Channel
from renmai.policy.linting import Copy, lint
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def level(who: Customer) -> str:
    found = queries.my_levels(who.user)[0].tier
    return found.key if found else ""


def test_the_level_follows_what_was_kept() -> None:
    campaign()
    who, (peach,) = customer(), goods(price_fen=3000, freight=False)
    pay(who, place(who, [(peach, 1)]))
    assert level(who) == ""
    kept(who, peach)
    assert (level(who), Standing.objects.get().kept_fen) == ("silver", 3000)
    order = kept(who, peach, 3)
    assert (level(who), Standing.objects.get().kept_fen) == ("honey", 3000 + 8820)
    send_back(order, pieces=2)
    assert (level(who), Standing.objects.get().kept_fen) == ("gold", 3000 + 2940)
    send_back(order, pieces=1)
    assert (level(who), Standing.objects.get().kept_fen) == ("silver", 3000)
    assert violations() == []


def test_it_takes_off_by_line_rounded_down_and_the_price_says_so() -> None:
    who, (peach, cloth) = customer(), goods(2, price_fen=1999, freight=False)
    kept(who, peach)
    campaign()
    found = quote(who.user, draft(who, [(peach, 1), (cloth, 3)]))
    assert [line.discount_fen for line in found.lines] == [39, 119]
    assert [(line.label, line.amount_fen) for line in found.explanation if line.kind == "discount"] == [("银卡会员 9.8折", -158)]
    order = place(who, [(peach, 1), (cloth, 3)])
    assert (order.discount_fen, order.participations.get().reference) == (158, "silver")
    assert violations() == []


def test_nobody_without_a_level_gets_anything() -> None:
    campaign()
    who, (peach,) = customer(), goods()
    assert quote(who.user, draft(who, [(peach, 1)])).granted == ()
    with refused("levels.not_reached"):
        quote(who.user, draft(who, [(peach, 1)], plays=(choice(Campaign.objects.get()),)))


def test_it_gives_way_to_a_plays_price() -> None:
    campaign()
    who, (peach,) = customer(), goods()
    kept(who, peach)
    for layer, expected in ((Layer.PRICE, {"fake"}), (Layer.COUPON, {"fake", "levels"})):
        with installed(FakePlay(off_fen=1, layer=layer)):
            fake = running_campaign(terms={"off_fen": 1})
            found = quote(who.user, draft(who, [(peach, 1)], plays=(choice(fake),)))
            assert {each.play for each in found.granted} == expected


def test_it_costs_nothing_while_no_campaign_is_open(statements: Any) -> None:
    who, line = customer(), Line(1, 1, 1, 100, 100)
    pricing.price(who.user, (), (line,))
    with statements(0):
        assert pricing.price(who.user, (), (line,)) == ()


def test_it_costs_three_statements_in_a_quote_when_it_is_remembered(statements: Any) -> None:
    campaign()
    who, (peach,) = customer(), goods()
    kept(who, peach)
    line = Line(peach.pk, peach.product_id, 1, 1999, 1999)
    pricing.price(who.user, (), (line,))
    with statements(3):
        assert pricing.price(who.user, (), (line,))[0].grant.discount_fen == 39


def test_spending_falls_out_of_the_window(moving_clock: MovingClock) -> None:
    campaign({"ends_at": moving_clock.now.replace(year=2030)}, window_days=30)
    who, (peach,) = customer(), goods()
    kept(who, peach)
    moving_clock.advance(days=30, seconds=-1)
    assert level(who) == "silver"
    moving_clock.advance(seconds=1)
    assert level(who) == ""
    assert quote(who.user, draft(who, [(peach, 1)])).granted == ()
    assert actions.renew_standings(10) == 1
    assert Standing.objects.get().kept_fen == 0
    assert list(audit.violations()) == []


def test_what_happened_during_a_pause_counts_afterwards() -> None:
    running = campaign()
    who, (peach,) = customer(), goods(price_fen=3000, freight=False)
    kept(who, peach)
    staff = make_staff()
    paused = campaigns.pause(staff, running)
    # Other processes learn of it within seconds; until then the price is the one without a level, not a refusal.
    assert quote(who.user, draft(who, [(peach, 1)])).granted == ()
    forget_running()
    kept(who, peach)
    assert Standing.objects.get().kept_fen == 3000
    campaigns.resume(staff, paused)
    forget_running()
    happen()
    assert quote(who.user, draft(who, [(peach, 1)])).granted[0].grant.reference == "gold"
    assert actions.renew_standings(10) == 1
    assert Standing.objects.get().kept_fen == 6000
    assert violations() == []


def test_of_two_campaigns_the_better_counts() -> None:
    campaign()
    better = campaign(silver_basis_points=300)
    who, (peach,) = customer(), goods()
    kept(who, peach)
    (granted,) = quote(who.user, draft(who, [(peach, 1)])).granted
    assert (granted.campaign_id, granted.grant.discount_fen) == (better.pk, 59)


def test_the_conditions_are_the_same_for_everybody_and_no_rule_objects() -> None:
    running = campaign()
    assert queries.published()[0].tiers == tiers_of(running.terms)
    assert lint(Copy(channels=frozenset(Channel.values), facts=PLAY.facts(running.terms))) == ()


def test_levels_must_rise() -> None:
    for name, value in (("gold_fen", 1000), ("honey_basis_points", 500)):
        with refused("levels.rising"):
            campaign({}, **{name: value})


def test_what_is_reached_and_what_follows() -> None:
    tiers = tiers_of(campaign().terms)
    found = [
        (fen, (one := reached(tiers, fen)) and one.key, (two := following(tiers, fen)) and two.key) for fen in (999, 1000, 10_000)
    ]
    assert found == [(999, None, "silver"), (1000, "silver", "gold"), (10_000, "honey", None)]


def test_reactions_send_nothing_without_a_campaign() -> None:
    who, (peach,) = customer(), goods()
    order = pay(who, place(who, [(peach, 1)]))
    queries.published()
    with CaptureQueriesContext(connection) as sent:
        for act in (acts for acts in PLAY.causes().values()):
            act[0](type("Event", (), {"order_id": order.pk, "campaign_id": 0})())
    assert [query["sql"] for query in sent if "order" in query["sql"]] == []


def test_the_audit_finds_another_discount_and_another_sum() -> None:
    campaign()
    who, (peach,) = customer(), goods()
    kept(who, peach)
    place(who, [(peach, 1)])
    happen()
    assert list(audit.violations()) == []
    part = who.user.orders.get(status="placed").participations.get()
    type(part).objects.update(discount_fen=40)
    assert ["40 fen off, silver takes 39" in str(one) for one in audit.violations()] == [True]
    type(part).objects.update(discount_fen=39, reference="platinum")
    assert ["that there is not" in str(one) for one in audit.violations()] == [True]
    type(part).objects.update(reference="silver")
    Standing.objects.update(kept_fen=1)
    assert ["1 fen remembered" in str(one) for one in audit.violations()] == [True]
    Standing.objects.update(good_until=clock.now().replace(year=2020))
    assert ["window has moved on" in str(one) for one in audit.violations()] == [True]


def test_the_figures_are_those_of_its_orders() -> None:
    running = campaign()
    who, (peach,) = customer(), goods()
    kept(who, peach)
    pay(who, place(who, [(peach, 1)]))
    place(who, [(peach, 1)])
    assert [figure.value for figure in PLAY.figures(running)] == [1, 0, 0, 39]
