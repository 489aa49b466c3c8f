"""Invitation campaigns and their people, for tests."""

from datetime import timedelta
from typing import Any

from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_address, make_member, make_staff
from renmai.campaigns.actions import give_due_rewards
from renmai.campaigns.models import Campaign
from renmai.campaigns.terms import checked
from renmai.campaigns.tests.fakes import running_campaign
from renmai.journeys import receiving, settling
from renmai.journeys.tests.world import Customer, buy, end_of_window, fresh, goods, settle_down, ship_all
from renmai.kernel import clock, outbox
from renmai.ordering.events import OrderSettled
from renmai.ordering.models import Order
from renmai.plays.invitation import reactions
from renmai.plays.invitation.actions import code_of, enter_code
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.play import PLAY
from tools.testing.moving_clock import MovingClock

REACTIONS: outbox.Reactions = {OrderSettled: (reactions.on_order_settled,)}  # type: ignore[dict-item]


def inviting(*, fields: dict[str, Any] | None = None, **terms: Any) -> Campaign:
    """A running campaign: 500 points for each side once an order of ¥10 is kept; ``terms`` and ``fields`` change it."""
    return running_campaign("invitation", terms=checked(PLAY, terms), **(fields or {}))


def newcomer() -> Customer:
    """Somebody who has joined just now, with a browser and an address of her own."""
    user = make_member()
    return Customer(user, Visitor.objects.create(user=user, joined_at=user.created_at), make_address(user).pk)


def tied(inviter: User | None = None, *, campaign: Campaign | None = None) -> tuple[User, Customer, Invitation]:
    """Who brought, who came, and their tie."""
    elder = inviter or make_member()
    if campaign is None:
        campaign = inviting()
    friend = newcomer()
    return elder, friend, enter_code(friend.user, code_of(elder), campaign_id=campaign.pk)


def kept(who: Customer, moving_clock: MovingClock, *, price_fen: int = 1999) -> Order:
    """An order of hers that nobody brings back."""
    (sku,) = goods(price_fen=price_fen, freight=False)
    order = buy(who, [(sku, 1)])
    settled(order, moving_clock)
    return fresh(order)


def settled(order: Order, moving_clock: MovingClock) -> None:
    """Let a paid order be shipped, received and settled."""
    ship_all(make_staff(), fresh(order))
    receiving.confirm(order.buyer, order.number)
    moving_clock.travel(end_of_window(order))
    settling.settle_due(10)
    outbox.drain(REACTIONS)
    settle_down()


def given(moving_clock: MovingClock) -> int:
    """Let the day after pass and rewards be handed out; return how many moved."""
    moving_clock.travel(clock.now() + timedelta(days=1, seconds=1))
    return give_due_rewards(100)
