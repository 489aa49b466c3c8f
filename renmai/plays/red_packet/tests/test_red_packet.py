"""Red packets: opened once by whom they are for, spent in one order, back in the budget when they lapse."""

from datetime import timedelta

import pytest

from renmai.campaigns.models import Campaign, Reward
from renmai.campaigns.plays import Line
from renmai.journeys import cancelling
from renmai.journeys.tests.lives import keep, pay, send_back
from renmai.journeys.tests.world import customer, fresh, goods, place, refused, violations
from renmai.kernel import clock
from renmai.plays.red_packet import actions, audit
from renmai.plays.red_packet.models import Packet, Pool
from renmai.plays.red_packet.play import PLAY
from renmai.plays.red_packet.tests.world import campaign, now, opened, ordered
from renmai.policy.channels import Channel
from renmai.policy.linting import Copy, lint, worst
from renmai.policy.rules import Outcome
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def spent(running: Campaign) -> int:
    return Campaign.objects.get(pk=running.pk).spent_fen


def test_each_person_opens_one_until_they_are_gone() -> None:
    who, running = customer(), campaign(packets=2, total_fen=5)
    assert [opened(who, running).amount_fen, spent(running)] == [3, 3]
    with refused("red_packet.had_yours"):
        opened(who, running)
    assert [opened(customer(), running).amount_fen, spent(running)] == [2, 5]
    with refused("red_packet.all_gone"):
        opened(customer(), running)
    assert Pool.objects.get(campaign=running).opened == Packet.objects.count() == 2
    assert violations() == []


def test_a_random_pool_gives_what_its_seed_says_whoever_comes_when() -> None:
    running = campaign(packets=5, total_fen=500, split="random")
    amounts = [opened(customer(), running).amount_fen for _one in range(5)]
    assert sum(amounts) == spent(running) == 500
    assert violations() == []


def test_they_are_given_to_whom_the_terms_say() -> None:
    buyer, (peach,) = customer(), goods()
    for_buyers = campaign(given_to="buyers")
    with refused("red_packet.not_yours"):
        opened(buyer, for_buyers)
    order = pay(buyer, place(buyer, [(peach, 1)]))
    with refused("red_packet.not_yours"):
        opened(buyer, for_buyers)
    keep(order)
    assert opened(buyer, for_buyers).amount_fen == 200
    newcomer, for_new = customer(), campaign(given_to="new_members", new_days=7)
    assert opened(newcomer, for_new).amount_fen == 200
    old = customer()
    old.user.created_at = clock.now() - timedelta(days=8)
    old.user.save()
    with refused("red_packet.not_yours"):
        opened(old, for_new)
    with refused("red_packet.not_yours"):
        opened(newcomer, campaign(given_to="reward"))


@pytest.mark.parametrize(
    ("given_to", "outcome"), [("everybody", Outcome.REFUSE), ("new_members", Outcome.REFUSE), ("buyers", Outcome.ALLOW)]
)
def test_on_wechat_only_kept_sales_get_any(given_to: str, outcome: Outcome) -> None:
    running = campaign(given_to=given_to)
    facts = PLAY.facts(running.terms)
    assert worst(lint(Copy(channels=frozenset({Channel.WECHAT}), facts=facts))) is outcome
    assert worst(lint(Copy(channels=frozenset({Channel.WEB}), facts=facts))) is Outcome.ALLOW
    code = "red_packet.not_in_wechat" if outcome is Outcome.REFUSE else "red_packet.not_yours"
    with refused(code):
        actions.open_packet(customer().user, running.pk, is_in_wechat=True)


def test_it_takes_off_what_is_in_it_and_never_more_than_the_goods_cost() -> None:
    who, (peach, stone) = customer(), goods(price_fen=150, freight=False, each=2)
    running = campaign()
    packet = opened(who, running)
    order = ordered(who, packet, peach)
    assert (order.discount_fen, order.payable_fen, order.status, now(packet).status) == (150, 0, "paid", "used")
    assert spent(running) == 200
    with refused("red_packet.gone"):
        ordered(who, packet, stone)
    assert violations() == []


def test_it_comes_back_when_the_order_ends_or_everything_is_sent_back() -> None:
    who, (peach,) = customer(), goods()
    packet = opened(who)
    cancelling.cancel(who.user, ordered(who, packet, peach).number)
    assert now(packet).status == "free"
    order = pay(who, ordered(who, packet, peach, pieces=2))
    order = send_back(order, pieces=1)
    assert now(packet).status == "used"
    assert (send_back(order, pieces=1).status, now(packet).status, now(packet).order_id) == ("refunded", "free", None)
    assert fresh(order).refunded_fen == order.payable_fen
    assert violations() == []


def test_what_is_not_used_in_time_goes_back_to_the_budget(moving_clock: MovingClock) -> None:
    who, running, (peach,) = customer(), campaign({"budget_fen": 400}, valid_days=2), goods()
    packet = opened(who, running)
    opened(customer(), running)
    with refused("campaigns.budget"):
        opened(customer(), running)
    moving_clock.advance(days=2)
    with refused("red_packet.gone"):
        ordered(who, packet, peach)
    assert (actions.expire_packets(10), actions.expire_packets(10)) == (2, 0)
    assert (now(packet).status, spent(running)) == ("expired", 0)
    assert list(audit.violations()) == []


def test_the_largest_is_offered_first_and_nobody_uses_anothers() -> None:
    who, (peach,) = customer(), goods()
    for total_fen in (1000, 3000, 2000):
        opened(who, campaign(total_fen=total_fen))
    found = PLAY.options(who.user, [Line(peach.pk, peach.product_id, 1, 250, 250)])
    assert [option.off_fen for option in found] == [250, 200, 100]
    with refused("request.not_found"):
        ordered(customer(), Packet.objects.get(code=found[0].choice.reference), peach)


def test_the_pool_stays_as_it_is_while_the_campaign_runs() -> None:
    running = campaign()
    actions.prepare(running)
    Campaign.objects.filter(pk=running.pk).update(terms=running.terms | {"total_fen": 3000})
    with refused("red_packet.pool_fixed"):
        actions.prepare(Campaign.objects.get(pk=running.pk))
    with refused("red_packet.too_little"):
        campaign(packets=11, total_fen=10)


def test_a_reward_is_a_packet_that_goes_back_to_whoever_granted_it(moving_clock: MovingClock) -> None:
    who, friend, (peach,) = customer(), customer(), goods()
    order = keep(pay(friend, place(friend, [(peach, 1)])))
    granting = campaign()
    reward = Reward.objects.create(
        campaign=granting, beneficiary=who.user, order=order, benefit="red_packet", amount=300, cause="test:1", due_at=clock.now()
    )
    with refused("red_packet.no_reward_campaign"):
        PLAY.give(reward)
    assert not PLAY.can_give("red_packet")
    giving = campaign(given_to="reward")
    assert PLAY.can_give("red_packet")
    Campaign.objects.filter(pk=granting.pk).update(spent_fen=300)
    packet = Packet.objects.get(code=PLAY.give(reward))
    assert (packet.amount_fen, packet.place, packet.owner, spent(giving)) == (300, None, who.user, 0)
    moving_clock.advance(days=8)
    assert (actions.expire_packets(10), spent(granting), spent(giving)) == (1, 0, 0)


def test_the_figures_are_those_of_its_rows() -> None:
    who, running, (peach,) = customer(), campaign(), goods()
    pay(who, ordered(who, opened(who, running), peach))
    opened(customer(), running)
    assert [figure.value for figure in PLAY.figures(running)] == [2, 8, 1, 0, 400, 200]
