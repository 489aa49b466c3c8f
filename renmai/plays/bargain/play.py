"""What the core asks of the play."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.offering import priced_offers
from renmai.campaigns.plays import Ask, Card, Figure, Grant, Incentive, Joining, Layer, Line, Link, Offer, Play, Timer, Told
from renmai.catalogue.models import Sku
from renmai.kernel.errors import DomainError
from renmai.kernel.money import spell
from renmai.ordering.models import Order
from renmai.plays.bargain import actions, cuts
from renmai.plays.bargain.models import Bargain
from renmai.plays.bargain.queries import access_bargain, counts_of
from renmai.plays.bargain.queries.joinings import joinings_of
from renmai.plays.bargain.relations import INTERACTIONS
from renmai.plays.bargain.terms import AT_FLOOR, FIELDS, Terms, terms_at, terms_of
from renmai.policy.linting import CampaignFacts


class Bargaining(Play):
    """Friends cut a price down to its floor."""

    key = "bargain"
    title = gettext_lazy("Bargain")
    says = gettext_lazy("Friends cut a price down to its floor.")
    icon = "scale"
    layer = Layer.PRICE
    funnel = "social"
    interactions = INTERACTIONS
    incentive = Incentive.DISCOUNT
    fields = FIELDS
    links = (Link("me", gettext_lazy("My bargains"), "scale", "bargain:mine"),)
    preview_template = "bargain/preview.html"
    agent_template = "bargain/agent.html"

    def check(self, terms: Mapping[str, Any]) -> None:
        """Refuse bounds that cross, and a price too near its floor for so many helpers."""
        wanted = terms_of(terms)
        if wanted.first_least > wanted.first_most:
            raise DomainError("bargain.first_cut", field="first_most")
        price = Sku.objects.get(pk=wanted.sku_id).price_fen
        if not cuts.has_room(price, wanted.floor_fen, helpers=wanted.helpers):
            raise DomainError("bargain.no_room", field="floor_fen", fen=wanted.helpers)

    def facts(self, terms: Mapping[str, Any]) -> CampaignFacts:
        """Friends are asked to help: WeChat bans that."""
        return CampaignFacts(needs_helpers=True)

    def product_ids(self, terms: Mapping[str, Any]) -> frozenset[int]:
        """The product of its SKU."""
        return frozenset(Sku.objects.filter(pk=terms["sku_id"]).values_list("product_id", flat=True))

    def grant(self, ask: Ask) -> Grant:
        """Give the bargain's present price to one piece, ordered on its own. Raises why not."""
        bargain = access_bargain(ask.user, ask.choice.reference)
        if bargain.campaign_id != ask.campaign.pk:
            raise DomainError("request.not_found")
        line = _one_piece(ask.lines, bargain)
        if bargain.status != Bargain.Status.OPEN or bargain.expires_at <= ask.at:
            raise DomainError("bargain.over")
        if not bargain.is_at_floor and terms_at(bargain.campaign_id, bargain.version).buy == AT_FLOOR:
            raise DomainError("bargain.not_yet", missing=bargain.helpers_left)
        off_fen = max(0, line.amount_fen - bargain.price_fen)
        return Grant("砍价", "Bargain", {line.sku_id: off_fen}, reference=bargain.number)

    def placed(self, order: Order, part: Participation) -> None:
        """The order has the bargain now; nobody else's order can."""
        actions.take(order, part)

    def paid(self, order: Order, part: Participation) -> None:
        """It is bought."""
        actions.buy(order, part)

    def cancelled(self, order: Order, part: Participation) -> None:
        """The bargain goes on."""
        actions.let_go(order, part)

    def offers(self, campaigns: Sequence[Campaign], product_id: int, viewer: User | None) -> Sequence[Offer]:
        """Say how low the price can come, and with how many friends."""
        return priced_offers(self, campaigns, say=_say)

    def told(self, order: Order, part: Participation) -> Told | None:
        """Lead back to the bargain."""
        return Told(_("Bought at the price that friends helped to cut."), reverse("bargain:bargain", args=[part.reference]))

    def page(self, campaign: Campaign) -> str:
        """The page on which a bargain is begun."""
        return reverse("bargain:offer", args=[campaign.pk])

    def card(self, campaign: Campaign, path: str) -> Card:
        """The goods and the floor."""
        return self.cards([campaign])[campaign.pk]

    def cards(self, campaigns: Sequence[Campaign]) -> Mapping[int, Card]:
        """The cards of several in one statement."""
        terms = {campaign.pk: terms_of(campaign.terms) for campaign in campaigns}
        skus = Sku.objects.select_related("product").in_bulk([each.sku_id for each in terms.values()])
        return {pk: Card(skus[each.sku_id].product.title, each.floor_fen, _with(each.helpers)) for pk, each in terms.items()}

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Show how the price would come down, with cuts drawn as they would be."""
        wanted = terms_of(terms)
        sku = Sku.objects.select_related("product").filter(pk=wanted.sku_id).first()
        if sku is None or not cuts.has_room(sku.price_fen, wanted.floor_fen, helpers=wanted.helpers):
            return {"terms": wanted, "sku": sku, "steps": ()}
        return {"terms": wanted, "sku": sku, "steps": _steps(wanted, sku.price_fen)}

    def joinings(self, campaign: Campaign, *, until: datetime, limit: int) -> Sequence[Joining]:
        """Return who helped whom."""
        return joinings_of(campaign.pk, until=until, limit=limit)

    def figures(self, campaign: Campaign) -> Sequence[Figure]:
        """How its bargains went."""
        found = counts_of(campaign.pk)
        return (
            Figure(gettext_lazy("Bargains started"), found.started, "times", gettext_lazy("Every bargain of the campaign.")),
            Figure(gettext_lazy("Going on"), found.going_on, "times", gettext_lazy("Those that can still be helped or paid.")),
            Figure(
                gettext_lazy("Reached the floor"),
                found.at_floor,
                "times",
                gettext_lazy("Those for which every helper was found."),
            ),
            Figure(gettext_lazy("Bought"), found.bought, "times", gettext_lazy("Those whose order was paid.")),
            Figure(
                gettext_lazy("Bought of ended"),
                found.bought_basis_points,
                "basis_points",
                gettext_lazy("Bought, of bought and expired."),
            ),
            Figure(gettext_lazy("Helpers"), found.helpers, "people", gettext_lazy("Different people who cut at least once.")),
            Figure(
                gettext_lazy("New among the helpers"),
                found.new_helpers,
                "people",
                gettext_lazy("Helpers who had joined within a day before they helped."),
            ),
            Figure(gettext_lazy("Helps"), found.cuts, "times", gettext_lazy("Every help, the starters' own cuts left out.")),
        )

    def timers(self) -> Sequence[Timer]:
        """Bargains end by the clock."""
        return (Timer("bargain.expire", 10, actions.expire_due),)


def _one_piece(lines: Sequence[Line], bargain: Bargain) -> Line:
    if len(lines) != 1 or lines[0].sku_id != bargain.sku_id or lines[0].quantity != 1:
        raise DomainError("bargain.one_piece")
    return lines[0]


def _say(campaign: Campaign) -> tuple[str, int]:
    """Return how low the price can come, in words and in fen."""
    terms = terms_of(campaign.terms)
    label = ngettext(
        "Bargain it down to %(price)s with %(count)d friend",
        "Bargain it down to %(price)s with %(count)d friends",
        terms.helpers,
    ) % {"price": spell(terms.floor_fen), "count": terms.helpers}
    return label, terms.floor_fen


def _with(friends: int) -> str:
    return ngettext("with %(count)d friend", "with %(count)d friends", friends) % {"count": friends}


def _steps(terms: Terms, start_fen: int) -> list[int]:
    """Return the prices of one possible bargain, from the start to the floor."""
    way = start_fen - terms.floor_fen
    first = cuts.first_cut(way, helpers=terms.helpers, least=terms.first_least, most=terms.first_most, seed="preview")
    prices = [start_fen, start_fen - first]
    for helpers_left in range(terms.helpers, 0, -1):
        left = prices[-1] - terms.floor_fen
        prices.append(prices[-1] - cuts.cut(left, helpers_left=helpers_left, kind=terms.cuts, seed="preview"))
    return prices


PLAY = Bargaining()
