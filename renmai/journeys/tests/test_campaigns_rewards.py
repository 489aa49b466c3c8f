"""Rewards: nothing before the sale is kept, everything once, and never from an empty budget."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.campaigns import actions
from renmai.campaigns.actions import Owed, rewarding
from renmai.campaigns.models import Campaign, Reward
from renmai.campaigns.tests.fakes import FakePlay, installed, running_campaign
from renmai.fraud import queries as fraud
from renmai.fraud.cases import Outcome, Reason, Review
from renmai.journeys import after_sale, receiving, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.world import (
    Customer,
    buy,
    customer,
    end_of_window,
    fresh,
    goods,
    lines,
    refused,
    settle_down,
    ship_all,
    violations,
)
from renmai.kernel import clock
from renmai.ordering.models import Order
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


class Giving(FakePlay):
    """A play that hands out tokens."""

    benefits = frozenset({"token"})

    def give(self, reward: Reward) -> str:
        self.calls.append(f"gave {reward.amount}")
        return f"token {reward.pk}"


@pytest.fixture(autouse=True)
def play(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePlay]:
    monkeypatch.setattr(fraud, "review", lambda *_args, **_kwargs: Review(Outcome.PAY, 0))
    with installed(Giving()) as fake:
        yield fake


def owed(who: Customer, order: Order, *, campaign: Campaign | None = None, cause: str = "c") -> Reward:
    """A reward of 5 for an order of ``who``, promised to somebody else."""
    given = Owed(beneficiary=make_member(), order=order, benefit="token", amount=5, cause=cause, brought=who.user)
    actions.owe(campaign or running_campaign(), given)
    return Reward.objects.get(cause=cause)


def kept(who: Customer, order: Order, moving_clock: MovingClock) -> None:
    """Let a paid order be shipped, received and settled."""
    ship_all(make_staff(), fresh(order))
    receiving.confirm(who.user, order.number)
    moving_clock.travel(end_of_window(order))
    settling.settle_due(10)
    settle_down()


def test_a_reward_waits_until_its_sale_is_kept_and_a_day(play: FakePlay, moving_clock: MovingClock) -> None:
    who, (peach,) = customer(), goods()
    order = buy(who, [(peach, 1)])
    reward = owed(who, order)
    assert actions.give_due_rewards(10) == 0
    kept(who, order, moving_clock)
    assert actions.give_due_rewards(10) == 0
    moving_clock.advance(days=1)
    assert actions.give_due_rewards(10) == 1
    assert actions.give_due_rewards(10) == 0
    reward.refresh_from_db()
    assert (reward.status, reward.granted_reference) == ("granted", f"token {reward.pk}")
    assert play.calls == ["gave 5"]
    assert violations() == []


def test_the_same_cause_is_the_same_reward() -> None:
    who, (peach,) = customer(), goods()
    order = buy(who, [(peach, 1)])
    reward = owed(who, order)
    given = Owed(beneficiary=make_member(), order=order, benefit="token", amount=9, cause="c")
    assert not actions.owe(reward.campaign, given)
    assert Reward.objects.get().amount == 5


def test_a_sale_that_went_back_pays_nothing(play: FakePlay) -> None:
    who, (peach,) = customer(), goods()
    order = buy(who, [(peach, 1)])
    reward = owed(who, order)
    wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 1, "other")
    after_sale.request(who.user, wanted, idempotency_key="k")
    settle_down()
    reward.refresh_from_db()
    assert (fresh(order).status, reward.status) == ("refunded", "void")
    assert play.calls == []


def test_what_fraud_holds_waits_for_a_person(play: FakePlay, moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Review(Outcome.HOLD, 60, (Reason("shared_device", 60, 4),))
    monkeypatch.setattr(fraud, "review", lambda *_args, **_kwargs: held)
    who, (peach,) = customer(), goods()
    order = buy(who, [(peach, 1)])
    reward = owed(who, order)
    kept(who, order, moving_clock)
    moving_clock.advance(days=1)
    actions.give_due_rewards(10)
    reward.refresh_from_db()
    assert (reward.status, reward.reasons) == ("review", [{"code": "shared_device", "points": 60, "figure": 4}])
    clerk = make_staff(Role.SERVICE)
    with refused("campaigns.reason"):
        actions.decide_reward(clerk, reward, is_granted=True, answer="ok")
    with refused("request.forbidden"):
        actions.decide_reward(make_staff(Role.MERCHANDISER), reward, is_granted=True, answer="looked at it")
    actions.decide_reward(clerk, reward, is_granted=True, answer="a family, called them")
    with refused("campaigns.reward_state"):
        actions.decide_reward(clerk, reward, is_granted=False, answer="a ring after all")
    assert play.calls == ["gave 5"]
    assert violations() == []


def test_a_refused_reward_is_never_handed_out(play: FakePlay, moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fraud, "review", lambda *_args, **_kwargs: Review(Outcome.HOLD, 60))
    who, (peach,) = customer(), goods()
    order = buy(who, [(peach, 1)])
    reward = owed(who, order)
    kept(who, order, moving_clock)
    moving_clock.advance(days=1)
    actions.give_due_rewards(10)
    actions.decide_reward(make_staff(Role.FINANCE), Reward.objects.get(), is_granted=False, answer="one phone, nine accounts")
    moving_clock.advance(days=30)
    assert actions.give_due_rewards(10) == 0
    reward.refresh_from_db()
    assert (reward.status, play.calls) == ("refused", [])


def test_from_an_empty_budget_nothing_is_given_and_somebody_is_asked(play: FakePlay, moving_clock: MovingClock) -> None:
    who, (peach,) = customer(), goods()
    campaign = running_campaign(budget_fen=9)
    first, second = (buy(who, [(peach, 1)]) for _twice in range(2))
    owed(who, first, campaign=campaign, cause="1")
    owed(who, second, campaign=campaign, cause="2")
    kept(who, first, moving_clock)
    kept(who, second, moving_clock)
    moving_clock.advance(days=1)
    assert actions.give_due_rewards(10) == 2
    assert sorted(Reward.objects.values_list("status", flat=True)) == ["granted", "review"]
    assert Reward.objects.get(status="review").reasons == [{"code": rewarding.BUDGET, "points": 0, "figure": 5}]
    campaign.refresh_from_db()
    assert (campaign.spent_fen, play.calls) == (5, ["gave 5"])
    assert violations() == []


def test_the_audit_sees_a_reward_that_was_too_early(moving_clock: MovingClock) -> None:
    who, (peach,) = customer(), goods()
    reward = owed(who, buy(who, [(peach, 1)]))
    Reward.objects.update(status="granted", granted_reference="x", decided_at=reward.created_at)
    assert any("before its sale was kept" in found for found in violations())
    Reward.objects.update(status="waiting", due_at=reward.created_at)
    moving_clock.advance(hours=2)
    assert any("due and not handed out" in found for found in violations())
    Reward.objects.update(due_at=None, beneficiary=who.user)
    assert any("brought oneself" in found for found in violations())
    assert timedelta(days=1) == rewarding.HOLD


def test_the_audit_sees_a_reward_that_would_wait_for_ever(play: FakePlay, moving_clock: MovingClock) -> None:
    who, (peach,) = customer(), goods()
    order = buy(who, [(peach, 1)])
    reward = owed(who, order)
    kept(who, order, moving_clock)
    assert violations() == []
    Reward.objects.filter(pk=reward.pk).update(due_at=None)
    moving_clock.travel(clock.now() + timedelta(hours=2))
    assert any("waits, and its sale has come to an end" in found for found in violations())


def test_owed_after_the_sale_was_kept_it_is_due_a_day_later(play: FakePlay, moving_clock: MovingClock) -> None:
    who, (sku,) = customer(), goods(freight=False)
    order = buy(who, [(sku, 1)])
    kept(who, order, moving_clock)
    reward = owed(who, fresh(order))
    moving_clock.advance(hours=23)
    assert actions.give_due_rewards(10) == 0
    moving_clock.advance(hours=1)
    assert actions.give_due_rewards(10) == 1
    reward.refresh_from_db()
    assert reward.status == "granted"
    settle_down()
    assert violations() == []


def test_what_its_play_finds_odd_is_looked_at_whatever_fraud_says(play: FakePlay, moving_clock: MovingClock) -> None:
    who, (sku,) = customer(), goods(freight=False)
    order = buy(who, [(sku, 1)])
    odd = Reason("device", 0, 1)
    given = Owed(beneficiary=make_member(), order=order, benefit="token", amount=5, cause="c", brought=who.user, reasons=(odd,))
    actions.owe(running_campaign(), given)
    kept(who, order, moving_clock)
    moving_clock.advance(days=1)
    assert actions.give_due_rewards(10) == 1
    reward = Reward.objects.get()
    assert (reward.status, reward.reasons) == ("review", [{"code": "device", "points": 0, "figure": 1}])
    actions.decide_reward(make_staff(), reward, is_granted=True, answer="a family's tablet")
    reward.refresh_from_db()
    assert reward.status == "granted"
