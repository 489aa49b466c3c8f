"""What the core asks of the play."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.offering import priced_offers
from renmai.campaigns.plays import Ask, Card, Figure, Grant, Incentive, Layer, Link, Offer, Play, Timer, Told
from renmai.catalogue.models import Sku
from renmai.kernel.errors import DomainError
from renmai.kernel.events import Event
from renmai.ordering.events import OrderCancelled
from renmai.ordering.models import Order
from renmai.plays.flash import actions
from renmai.plays.flash.models import Ticket
from renmai.plays.flash.queries import access_ticket, figures_of, place_of, sale_of
from renmai.plays.flash.terms import FIELDS, terms_at, terms_of
from renmai.policy.linting import CampaignFacts


class Flash(Play):
    """A few pieces at a special price, first come, first served."""

    key = "flash"
    title = gettext_lazy("Flash sale")
    says = gettext_lazy("A few pieces at a special price, first come, first served.")
    icon = "clock"
    layer = Layer.PRICE
    incentive = Incentive.DISCOUNT
    fields = FIELDS
    links = (Link("me", gettext_lazy("Flash sales"), "clock", "flash:list"),)
    preview_template = "flash/preview.html"
    agent_template = "flash/agent.html"

    def check(self, terms: Mapping[str, Any]) -> None:
        """Refuse a price that is none."""
        wanted = terms_of(terms)
        if wanted.price_fen >= Sku.objects.get(pk=wanted.sku_id).price_fen:
            raise DomainError("flash.dearer", field="price_fen")

    def facts(self, terms: Mapping[str, Any]) -> CampaignFacts:
        """The counts that are shown are the true ones."""
        return CampaignFacts(invents_scarcity=False)

    def product_ids(self, terms: Mapping[str, Any]) -> frozenset[int]:
        """The product of its SKU."""
        return frozenset(Sku.objects.filter(pk=terms["sku_id"]).values_list("product_id", flat=True))

    def launched(self, campaign: Campaign, actor: User | None) -> None:
        """Set the pieces aside."""
        actions.set_aside(campaign)

    def closed(self, campaign: Campaign) -> None:
        """End the line; what is free goes back to the shelf."""
        actions.close(campaign)

    def grant(self, ask: Ask) -> Grant:
        """Give the flash price to the one piece that a ticket holds. Raises why not."""
        ticket = access_ticket(ask.user, ask.choice.reference)
        if ticket.campaign_id != ask.campaign.pk:
            raise DomainError("request.not_found")
        if ticket.status == Ticket.Status.WAITING:
            raise DomainError("flash.no_piece", place=place_of(ticket))
        if ticket.status != Ticket.Status.HELD or ticket.expires_at is None or ticket.expires_at <= ask.at:
            raise DomainError("flash.over")
        terms = terms_at(ticket.campaign_id, ticket.version)
        if len(ask.lines) != 1 or ask.lines[0].sku_id != terms.sku_id or ask.lines[0].quantity != 1:
            raise DomainError("flash.one_piece")
        off_fen = max(0, ask.lines[0].amount_fen - terms.price_fen)
        return Grant(
            "秒杀",
            "Flash sale",
            {terms.sku_id: off_fen},
            reference=ticket.number,
            pay_before=ticket.expires_at,
            pool_id=sale_of(ticket.campaign_id).pool_id,
        )

    def placed(self, order: Order, part: Participation) -> None:
        """The order has the ticket now."""
        actions.use(order, part)

    def paid(self, order: Order, part: Participation) -> None:
        """It is bought."""
        actions.buy(order, part)

    def cancelled(self, order: Order, part: Participation) -> None:
        """The place is over."""
        actions.end_with_order(order, part)

    def causes(self) -> Mapping[type[Event], Sequence[Callable[[Any], None]]]:
        """Call the next in line when an order gave its piece back."""
        return {OrderCancelled: (on_order_cancelled,)}

    def offers(self, campaigns: Sequence[Campaign], product_id: int, viewer: User | None) -> Sequence[Offer]:
        """Say for how much, and until when."""
        return priced_offers(self, campaigns, say=lambda campaign: (_("Flash sale"), terms_of(campaign.terms).price_fen))

    def told(self, order: Order, part: Participation) -> Told | None:
        """Lead back to the sale."""
        return Told(_("Bought in a flash sale."), reverse("flash:sale", args=[part.campaign_id]))

    def page(self, campaign: Campaign) -> str:
        """The page of the sale."""
        return reverse("flash:sale", args=[campaign.pk])

    def card(self, campaign: Campaign, path: str) -> Card:
        """The goods and the price."""
        return self.cards([campaign])[campaign.pk]

    def cards(self, campaigns: Sequence[Campaign]) -> Mapping[int, Card]:
        """The cards of several in one statement."""
        terms = {campaign.pk: terms_of(campaign.terms) for campaign in campaigns}
        skus = Sku.objects.select_related("product").in_bulk([each.sku_id for each in terms.values()])
        return {pk: Card(skus[each.sku_id].product.title, each.price_fen, _("flash sale")) for pk, each in terms.items()}

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Show the goods with both prices."""
        wanted = terms_of(terms)
        return {"terms": wanted, "sku": Sku.objects.select_related("product").filter(pk=wanted.sku_id).first()}

    def figures(self, campaign: Campaign) -> Sequence[Figure]:
        """How the sale went."""
        found = figures_of(campaign.pk)
        return (
            Figure(_("Places taken"), found.tickets, "times", _("Every ticket, with a piece or in line.")),
            Figure(_("People taking part"), found.people, "people", _("Different people who took a place.")),
            Figure(_("Got a piece"), found.with_piece, "times", _("Tickets that had a piece, at once or out of the line.")),
            Figure(_("Called from the line"), found.from_line, "times", _("Tickets that waited and then had a piece.")),
            Figure(_("Bought"), found.bought, "pieces", _("Tickets whose order was paid.")),
            Figure(_("Ran out of time"), found.expired, "times", _("Pieces that were not ordered or not paid in time.")),
            Figure(_("From piece to payment"), found.pays_after, "seconds", _("Mean of the bought ones.")),
        )

    def timers(self) -> Sequence[Timer]:
        """Pieces come back by the clock, and the line moves on."""
        return (Timer("flash.expire", 5, actions.expire_due),)


def on_order_cancelled(event: OrderCancelled) -> None:
    """Give the piece of a cancelled order to the next in line. A reaction; again changes nothing."""
    ticket = Ticket.objects.filter(order=event.order_id).first()
    if ticket is not None:
        actions.call_next(ticket.campaign_id, limit=1)


PLAY = Flash()
