"""A ring's rewards are held with their reasons, a family's are granted: through the timer, from real rows."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from renmai.accounts.models import User
from renmai.accounts.tests.factories import Statements
from renmai.campaigns.actions import rewarding
from renmai.campaigns.actions.rewarding import give_due_rewards
from renmai.campaigns.models import Reward
from renmai.campaigns.queries.invitations import invitations_around
from renmai.campaigns.tests.fakes import FakePlay, installed, running_campaign
from renmai.campaigns.tests.held import held_reward
from renmai.fraud.actions import gather
from renmai.fraud.cases import InviteEdge
from renmai.fraud.tests.population import NOW, Town, family
from renmai.fraud.tests.rings import ring
from renmai.fraud.tests.rows import write
from renmai.kernel.states import advance
from renmai.ordering.models import Order
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


class Purse(FakePlay):
    """Owns a benefit that costs nothing and is given by writing nothing."""

    benefits = frozenset({"fake"})

    def cost_fen(self, benefit: str, amount: int) -> int:
        return 0

    def give(self, reward: Reward) -> str:
        return "given"


def owe_all(town: Town, people: dict[int, User]) -> dict[int, Reward]:
    """A reward for every invitation of the town, due now; by the number of who was brought."""
    campaign = running_campaign()
    return {
        edge.invited_id: Reward.objects.create(
            campaign=campaign,
            beneficiary=people[edge.inviter_id],
            brought=people[edge.invited_id],
            order=Order.objects.filter(buyer=people[edge.invited_id], paid_at=edge.first_order_at).get(),
            benefit="fake",
            amount=1,
            cause=f"{edge.invited_id}",
            created_at=edge.at,
            due_at=NOW,
        )
        for edge in town.edges
    }


def test_a_ring_is_held_with_reasons_and_a_family_is_paid(moving_clock: MovingClock) -> None:
    moving_clock.travel(NOW)
    town = Town(4)
    while not town.edges:
        family(town)
    ring(town, "phone_range")
    people = write(town)
    gather(1000)
    rewards = owe_all(town, people)
    with installed(Purse()):
        give_due_rewards(200)
    codes: set[str] = set()
    for edge in town.due:
        reward = Reward.objects.get(pk=rewards[edge.invited_id].pk)
        if edge in town.rings:
            assert reward.status == Reward.Status.REVIEW
            codes |= {row["code"] for row in reward.reasons}
        else:
            assert (reward.status, reward.reasons) == (Reward.Status.GRANTED, [])
    assert {"block", "came_once", "burst"} <= codes


@pytest.mark.parametrize(
    ("since", "is_decided"), [(Reward.Status.WAITING, False), (Reward.Status.REVIEW, False), (Reward.Status.GRANTED, True)]
)
def test_a_reward_that_is_held_while_its_order_goes_back_is_void_too(
    since: Reward.Status, is_decided: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    reward = held_reward()
    Reward.objects.update(status=Reward.Status.WAITING)
    Order.objects.update(status=Order.Status.REFUNDED)

    def after_the_timer(model: type[Reward], pk: object, **change: Any) -> bool:
        Reward.objects.filter(status=Reward.Status.WAITING).update(status=since)
        return advance(model, pk, **change)

    monkeypatch.setattr(rewarding, "advance", after_the_timer)
    rewarding.on_refunded(Order.objects.get(pk=reward.order_id))
    reward.refresh_from_db()
    assert reward.status == (since if is_decided else Reward.Status.VOID)


def test_invitations_are_found_three_steps_around(moving_clock: MovingClock, statements: Statements) -> None:
    moving_clock.travel(NOW)
    town = Town(1)
    chain = [town.add(NOW - timedelta(days=100 - 5 * each)) for each in range(7)]
    for inviter, invited in pairwise(chain):
        town.bring(inviter, invited, delay=timedelta(hours=2), again=0.0, kind="chain")
    people = write(town)
    owe_all(town, people)
    with statements(3):
        found = invitations_around({people[1].pk})
    assert found == tuple(
        InviteEdge(people[edge.inviter_id].pk, people[edge.invited_id].pk, edge.at, edge.first_order_at)
        for edge in town.edges[:3]
    )
