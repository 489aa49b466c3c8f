"""What the core asks of the play."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.plays import Ask, Card, Figure, Grant, Incentive, Layer, Offer, Play
from renmai.kernel.errors import DomainError
from renmai.kernel.money import spell, split
from renmai.ordering.models import Order
from renmai.policy.linting import CampaignFacts
from renmai_play_bundle import actions
from renmai_play_bundle.models import Use
from renmai_play_bundle.terms import FIELDS, Terms, goods_of, terms_of

LEAST_GOODS = 2


class Bundling(Play):
    """Any so many of these for one price."""

    key = "bundle"
    title = gettext_lazy("Choose any")
    says = gettext_lazy("Any so many of these for one price.")
    icon = "gift"
    layer = Layer.PRICE
    incentive = Incentive.DISCOUNT
    fields = FIELDS
    preview_template = "bundle/preview.html"
    agent_template = "bundle/agent.html"

    def check(self, terms: Mapping[str, Any]) -> None:
        """Refuse codes that name nothing, and a price that is none: even the cheapest choice must be worth more."""
        wanted = terms_of(terms)
        goods = goods_of(wanted)
        missing = [code for code in wanted.wanted if code not in {sku.code for sku in goods}]
        if missing or len(goods) < LEAST_GOODS:
            raise DomainError("bundle.codes", field="codes", codes=" ".join(missing) or "—")
        cheapest = min(sku.price_fen for sku in goods) * wanted.pieces
        if wanted.price_fen >= cheapest:
            raise DomainError("bundle.too_dear", field="price_fen", fen=cheapest)

    def facts(self, terms: Mapping[str, Any]) -> CampaignFacts:
        """Nothing that a rule asks about: nobody needs friends, nothing is drawn, the terms stand on the page."""
        return CampaignFacts()

    def product_ids(self, terms: Mapping[str, Any]) -> frozenset[int]:
        """The products of its variants."""
        return frozenset(sku.product_id for sku in goods_of(terms_of(terms)))

    def grant(self, ask: Ask) -> Grant:
        """Give the price to exactly so many pieces; whatever else is in the order costs what it costs. Raises why not."""
        if not ask.campaign.is_open:
            raise DomainError("campaigns.not_open", title=ask.campaign.title)
        terms = terms_of(ask.campaign.terms)
        sku_ids = {sku.pk for sku in goods_of(terms)}
        lines = [line for line in ask.lines if line.sku_id in sku_ids]
        if sum(line.quantity for line in lines) != terms.pieces:
            raise DomainError("bundle.pieces", pieces=terms.pieces)
        amounts = [line.amount_fen for line in lines]
        off_fen = sum(amounts) - terms.price_fen
        if off_fen <= 0:
            raise DomainError("bundle.no_gain")
        parts = split(off_fen, amounts)
        off = {line.sku_id: part for line, part in zip(lines, parts, strict=True)}
        return Grant(f"任选{terms.pieces}件", f"Any {terms.pieces}", off, reference=ask.campaign.number)

    def placed(self, order: Order, part: Participation) -> None:
        """It counts against the buyer's limit."""
        actions.take(order, part)

    def cancelled(self, order: Order, part: Participation) -> None:
        """It does not count any more."""
        actions.give_back(order)

    def offers(self, campaigns: Sequence[Campaign], product_id: int, viewer: User | None) -> Sequence[Offer]:
        """Say so on the pages of the goods."""
        return [_offer(campaign, terms_of(campaign.terms)) for campaign in campaigns]

    def card(self, campaign: Campaign, path: str) -> Card:
        """What a shared link says."""
        terms = terms_of(campaign.terms)
        return Card(campaign.title, terms.price_fen, _any(terms))

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """The goods and the price."""
        wanted = terms_of(terms)
        return {"terms": wanted, "goods": goods_of(wanted)}

    def figures(self, campaign: Campaign) -> Sequence[Figure]:
        """How often it was used."""
        uses = Use.objects.filter(campaign=campaign)
        return (
            Figure(gettext_lazy("Uses"), uses.count(), "times", gettext_lazy("Orders with it that were not cancelled unpaid.")),
        )


def _any(terms: Terms) -> str:
    return ngettext("any %(count)d of them", "any %(count)d of them", terms.pieces) % {"count": terms.pieces}


def _offer(campaign: Campaign, terms: Terms) -> Offer:
    label = ngettext("Any %(count)d for %(price)s", "Any %(count)d for %(price)s", terms.pieces) % {
        "count": terms.pieces,
        "price": spell(terms.price_fen),
    }
    url = reverse("bundle:choose", args=[campaign.pk])
    return Offer("bundle", campaign.pk, label, None, url, detail=campaign.title, ends_at=campaign.ends_at)


PLAY = Bundling()
