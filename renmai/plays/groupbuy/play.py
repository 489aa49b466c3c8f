"""What the core asks of the play."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.plays import Ask, Card, Figure, Grant, Incentive, Joining, Layer, Link, Offer, Play, Timer, Told
from renmai.catalogue.models import Sku
from renmai.kernel.events import Event
from renmai.ordering.models import Order
from renmai.plays.groupbuy import actions, granting, showing
from renmai.plays.groupbuy.actions import promising
from renmai.plays.groupbuy.events import GroupFailed, GroupSucceeded, SeatDue
from renmai.plays.groupbuy.fields import FIELDS, check
from renmai.plays.groupbuy.keys import KEY
from renmai.plays.groupbuy.queries.joinings import joinings_of
from renmai.plays.groupbuy.relations import INTERACTIONS


class GroupBuy(Play):
    """The more buy together, the less each pays."""

    key = KEY
    title = _("Group buy")
    says = _("The more buy together, the less each pays.")
    icon = "group"
    layer = Layer.PRICE
    funnel = "social"
    interactions = INTERACTIONS
    incentive = Incentive.DISCOUNT
    fields = FIELDS
    links = (Link("tab", pgettext_lazy("tab", "Together"), "group", "groupbuy:together"),)
    preview_template = "groupbuy/preview.html"
    agent_template = "groupbuy/agent.html"

    def check(self, terms: Mapping[str, Any]) -> None:
        """Refuse prices and thresholds that do not fit together."""
        check(terms)

    def product_ids(self, terms: Mapping[str, Any]) -> frozenset[int]:
        """Return the product of its SKU."""
        return frozenset(Sku.objects.filter(pk=terms["sku"]).values_list("product_id", flat=True))

    def grant(self, ask: Ask) -> Grant:
        """Give the price of the smallest group, and hold the goods until the group is complete."""
        return granting.grant(ask)

    def placed(self, order: Order, part: Participation) -> None:
        """Write down what the order wants."""
        actions.order_seat(order, part)

    def paid(self, order: Order, part: Participation) -> None:
        """Open the group or take a place in it."""
        actions.take_seat(order, part)

    def paid_together(self, paid: Sequence[tuple[Order, Participation]]) -> None:
        """Do so for several orders, group by group."""
        actions.take_seats(paid)

    def cancelled(self, order: Order, part: Participation) -> None:
        """Nothing had been taken but her turn."""
        actions.let_go(order)

    def offers(self, campaigns: Sequence[Campaign], product_id: int, viewer: User | None) -> Sequence[Offer]:
        """Say what it costs together."""
        return [showing.offer(campaign) for campaign in campaigns]

    def told(self, order: Order, part: Participation) -> Told | None:
        """Say how far the group is."""
        return showing.told(order, part)

    def page(self, campaign: Campaign) -> str:
        """Return the page on which groups are opened."""
        return reverse("groupbuy:campaign", args=[campaign.number])

    def card(self, campaign: Campaign, path: str) -> Card:
        """Return the goods and the price of the largest group."""
        return showing.cards([campaign])[campaign.pk]

    def cards(self, campaigns: Sequence[Campaign]) -> Mapping[int, Card]:
        """Return the cards of several in one statement."""
        return showing.cards(campaigns)

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Show a group with its leader in it."""
        return showing.preview(terms)

    def figures(self, campaign: Campaign) -> Sequence[Figure]:
        """Return how its groups went."""
        return showing.figures(campaign)

    def joinings(self, campaign: Campaign, *, until: datetime, limit: int) -> Sequence[Joining]:
        """Return who joined whose group."""
        return joinings_of(campaign.pk, until=until, limit=limit)

    def causes(self) -> Mapping[type[Event], Sequence[Callable[[Any], None]]]:
        """See to each member of a group that is over."""
        return {
            GroupSucceeded: (promising.members_are_due,),
            GroupFailed: (promising.members_are_due,),
            SeatDue: (promising.on_seat_due,),
        }

    def timers(self) -> Sequence[Timer]:
        """End groups by the clock, and see to whoever was forgotten."""
        return (Timer("groupbuy.expire", 1, actions.expire_groups), Timer("groupbuy.promises", 5, actions.keep_promises))


PLAY = GroupBuy()
