"""Two promises side by side in a simulated town: what each brings and what a kept customer costs is found again."""

import random
from datetime import datetime, timedelta

import pytest

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.models import Campaign, Reward
from renmai.insight.experiments import actions
from renmai.insight.experiments.incentives import arms_spread
from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.experiments.results import result_of
from renmai.insight.queries.periods import Period
from renmai.insight.spread.queries import spread_of
from renmai.insight.spread.tests.processes import dice_of, offspring
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.tests.test_trying import question
from renmai.plays.invitation.tests.world import inviting
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
PEOPLE = 240
DAY = timedelta(days=1)
K = {"as_set": 0.5, "red_packet": 1.3}
COST_FEN = {"as_set": 600, "red_packet": 1000}
KEPT = {"as_set": 0.2, "red_packet": 0.5}
"""The red packet costs more a head and less for each who stays: 20 yuan instead of 30."""


class Town:
    """Members who were dealt a promise in the first days, whom they brought, and what these bought."""

    def __init__(self, campaign: Campaign, row: Experiment, dice: random.Random) -> None:
        self.campaign, self.row, self.dice = campaign, row, dice
        self.begin = row.started_at or clock.now()
        self.orders: list[Order] = []
        self.count = 0

    def live(self) -> None:
        """Let everything happen, written down in a few statements."""
        inviters = self._people([self.begin] * PEOPLE)
        seen = [self.begin + timedelta(hours=index % 48) for index in range(PEOPLE)]
        arms = ["as_set" if index % 2 else "red_packet" for index in range(PEOPLE)]
        Exposure.objects.bulk_create(
            [
                Exposure(experiment=self.row, user=user, variant=arm, at=at)
                for user, arm, at in zip(inviters, arms, seen, strict=True)
            ]
        )
        ties = [
            (user, arm, at + 6.9 * DAY * self.dice.betavariate(1, 3))
            for user, arm, at in zip(inviters, arms, seen, strict=True)
            for _friend in range(offspring(self.dice, K[arm], 1.0))
        ]
        friends = self._people([at for _inviter, _arm, at in ties])
        Invitation.objects.bulk_create(
            [
                Invitation(
                    campaign=self.campaign,
                    version=self.row.versions[[key for key, _share in self.row.variants].index(arm)],
                    inviter=inviter,
                    invited=friend,
                    inviter_joined_at=inviter.created_at,
                    invited_joined_at=at,
                    via="code",
                    at=at,
                )
                for (inviter, arm, at), friend in zip(ties, friends, strict=True)
            ]
        )
        self._buy(ties, friends)

    def _buy(self, ties: list[tuple[User, str, datetime]], friends: list[User]) -> None:
        """Let each friend buy, some again, and the first order be thanked for."""
        firsts = [self._order(friend, at + DAY) for (_inviter, _arm, at), friend in zip(ties, friends, strict=True)]
        later = [
            self._order(friend, at + 11 * DAY)
            for (_inviter, arm, at), friend in zip(ties, friends, strict=True)
            if self.dice.random() < KEPT[arm]
        ]
        Order.objects.bulk_create([*firsts, *later])
        Reward.objects.bulk_create(
            [
                Reward(
                    campaign=self.campaign,
                    beneficiary=inviter,
                    brought=first.buyer,
                    order=first,
                    benefit="red_packet",
                    amount=COST_FEN[arm],
                    cause=f"test:{first.pk}",
                    status=Reward.Status.GRANTED,
                )
                for (inviter, arm, _at), first in zip(ties, firsts, strict=True)
            ]
        )

    def _people(self, moments: list[datetime]) -> list[User]:
        return User.objects.bulk_create([User(display_name="人", created_at=moment) for moment in moments])

    def _order(self, buyer: User, moment: datetime) -> Order:
        self.count += 1
        return Order(
            number=f"S{self.count}",
            buyer=buyer,
            goods_fen=5000,
            payable_fen=5000,
            idempotency_key=f"s{self.count}",
            placed_at=moment,
            pay_before=moment,
            paid_at=moment,
            status="settled",
        )


def test_a_branching_process_tells_which_promise_is_cheaper_for_who_stays(moving_clock: MovingClock) -> None:
    campaign, owner = inviting(fields={"ends_at": clock.now() + 90 * DAY}), make_staff()
    row = actions.start(owner, actions.compose(owner, question(campaign, guardrails=())))
    Town(campaign, row, dice_of(67)).live()
    moving_clock.advance(days=64)
    control, packet = arms_spread(row)
    assert [arm.people for arm in (control, packet)] == [PEOPLE // 2] * 2
    for arm in (control, packet):
        found, cost = arm.reproduction.k, arm.kept.each
        assert found is not None
        assert cost is not None
        assert found.low <= K[arm.variant] <= found.high
        assert cost.low <= COST_FEN[arm.variant] / KEPT[arm.variant] <= cost.high
        assert arm.reproduction.people == PEOPLE // 2
        assert arm.spent_fen == COST_FEN[arm.variant] * arm.customers
        assert arm.customers == Invitation.objects.filter(version=arm.version).count()
    assert packet.reproduction.k is not None
    assert control.reproduction.k is not None
    assert packet.reproduction.k.low > control.reproduction.k.value
    # The same of each person's figures, by which it is decided: cost, K, and who stays.
    result = result_of(row)
    (cost_difference,) = result.comparisons
    others = {each.metric.key: each for each in result.others}
    each = {arm.variant: arm.kept.cost_fen / arm.kept.kept for arm in (control, packet)}
    assert cost_difference.control == pytest.approx(each["as_set"])
    assert cost_difference.now.value == pytest.approx(each["red_packet"] - each["as_set"])
    assert each["red_packet"] < each["as_set"]
    assert others["brought"].control == pytest.approx(control.reproduction.k.value)
    assert others["brought"].now.is_certain
    assert others["kept_customers"].control == pytest.approx(control.kept.kept / (PEOPLE // 2))
    low, high = others["kept_customers"].now.low, others["kept_customers"].now.high
    assert low is not None
    assert high is not None
    assert 0 < low < 1.3 * 0.5 - 0.5 * 0.2 < high
    # The campaign's own page counts the same customers, both arms together.
    today = clock.now().date()
    (own,) = spread_of(campaign.pk, Period(row.started_at.date() - DAY, today)).costs  # type: ignore[union-attr]
    assert (own.ripe, own.kept) == (control.kept.ripe + packet.kept.ripe, control.kept.kept + packet.kept.kept)
