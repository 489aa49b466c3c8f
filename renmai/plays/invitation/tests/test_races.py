"""Two codes at once, two friends kept at once, and processes that die in the middle."""

from collections.abc import Callable

import pytest

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.campaigns.models import Campaign, Reward
from renmai.journeys import receiving, settling
from renmai.journeys.tests.faults import at_every_statement
from renmai.journeys.tests.world import buy, end_of_window, fresh, goods, settle_down, ship_all, violations
from renmai.kernel.models import OutboxEvent
from renmai.ordering.models import Order
from renmai.plays.invitation.actions import code_of, enter_code, keep
from renmai.plays.invitation.events import InvitationKept
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.tests.world import inviting, newcomer, tied
from tools.testing.moving_clock import MovingClock
from tools.testing.together import Act, at_once, every_interleaving

Pair = tuple[Act, Act]


def settled_unseen(elder: User, campaign: Campaign, moving_clock: MovingClock, *, friends: int) -> list[Order]:
    """Kept orders of so many friends of ``elder`` of which the play has not been told yet."""
    (sku,) = goods(freight=False)
    orders = []
    for _one in range(friends):
        _elder, friend, _invitation = tied(elder, campaign=campaign)
        order = buy(friend, [(sku, 1)])
        ship_all(make_staff(), order)
        receiving.confirm(friend.user, order.number)
        orders.append(order)
    moving_clock.travel(max(end_of_window(order) for order in orders))
    settling.settle_due(100)
    settle_down()
    return [fresh(order) for order in orders]


@pytest.mark.django_db(transaction=True)
def test_two_codes_at_once_are_one_inviter() -> None:
    left: list[User] = []

    def scene() -> Pair:
        inviting()
        one, other = code_of(make_member()), code_of(make_member())
        friend = newcomer().user
        left[:] = [friend]
        return lambda: enter_code(friend, one).via, lambda: enter_code(friend, other).via

    def check(first: str, second: str) -> None:
        assert sorted([first, second]) == ["code", "invitation.bound"]
        assert Invitation.objects.filter(invited=left[0]).count() == 1

    every_interleaving(scene, check)
    assert violations() == []


@pytest.mark.django_db(transaction=True)
def test_many_friends_kept_at_once_take_no_more_turns_than_the_month_has(moving_clock: MovingClock) -> None:
    elder, campaign = make_member(), inviting(per_month=3)
    orders = settled_unseen(elder, campaign, moving_clock, friends=6)
    # Each twice: the outbox tells at least once.
    acts: list[Callable[[], object]] = [lambda order=order: keep(order) for order in [*orders, *orders]]  # type: ignore[misc]
    said = at_once(*acts)
    assert sorted(said) == ["False"] * 6 + ["True"] * 6
    assert list(Invitation.objects.filter(turn__isnull=False).order_by("turn").values_list("turn", flat=True)) == [1, 2, 3]
    assert Reward.objects.filter(beneficiary=elder).count() == 3
    assert Reward.objects.count() == 9
    assert violations() == []


@pytest.mark.django_db
def test_killed_at_every_statement_of_entering_a_code() -> None:
    inviting()
    code, friend = code_of(make_member()), newcomer()

    def whole() -> None:
        assert violations() == []

    def tied_once() -> None:
        assert Invitation.objects.filter(invited=friend.user).count() == 1

    def again() -> None:
        if not Invitation.objects.filter(invited=friend.user).exists():
            enter_code(friend.user, code)

    assert at_every_statement(lambda: enter_code(friend.user, code), check=whole, after=tied_once, again=again) > 8


@pytest.mark.django_db
def test_killed_at_every_statement_of_keeping(moving_clock: MovingClock) -> None:
    elder = make_member()
    (order,) = settled_unseen(elder, inviting(), moving_clock, friends=1)

    def whole() -> None:
        assert violations() == []

    def owed_once() -> None:
        assert list(Reward.objects.order_by("pk").values_list("beneficiary_id", flat=True)) == [elder.pk, order.buyer_id]
        assert OutboxEvent.objects.filter(name=InvitationKept.NAME).count() == 1

    assert at_every_statement(lambda: keep(order), check=whole, after=owed_once) > 5
