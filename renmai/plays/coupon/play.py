"""What the core asks of the play."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Participation, Reward
from renmai.campaigns.plays import Ask, Card, Field, Figure, Grant, Incentive, Layer, Line, Link, Offer, Option, Play, Timer
from renmai.catalogue.models import Category, Product
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.ordering.queries import is_all_refunded
from renmai.plays.coupon import actions, queries
from renmai.plays.coupon.conditions import CATEGORY, FIXED, PAGE, PERCENT, PRODUCTS, REWARD, SHOP, WORD, conditions_of, numbers_in
from renmai.policy.linting import CampaignFacts

WORD_MINIMUM = 4

_GIVES = _("What it gives")
_LIMITS = _("What limits it")
_COMES = _("How customers get it")


class Coupon(Play):
    """Money off an order, under conditions that are written on it."""

    key = "coupon"
    title = _("Coupon")
    says = _("Money off an order, under conditions that are written on it.")
    icon = "coupon"
    layer = Layer.COUPON
    incentive = Incentive.DISCOUNT
    benefits = frozenset({"coupon"})
    preview_template = "coupon/preview.html"
    agent_template = "coupon/agent.html"
    links = (
        Link("me", _("My coupons"), "coupon", "coupon:mine"),
        Link("me", _("Coupon centre"), "gift", "coupon:centre"),
    )
    fields = (
        Field(
            name="kind",
            kind="choice",
            label=_("Kind"),
            default=FIXED,
            group=_GIVES,
            choices=((FIXED, _("An amount")), (PERCENT, _("A percentage"))),
        ),
        Field(name="off_fen", kind="fen", label=_("Amount off"), default=1000, group=_GIVES, minimum=1, maximum=10_000_000),
        Field(
            name="percent_basis_points",
            kind="basis_points",
            label=_("Percentage off"),
            default=1000,
            group=_GIVES,
            minimum=1,
            maximum=9900,
        ),
        Field(
            name="cap_fen",
            kind="fen",
            label=_("At most"),
            default=5000,
            group=_GIVES,
            minimum=0,
            maximum=10_000_000,
            help=_("For percentages: the most it takes off."),
        ),
        Field(
            name="threshold_fen",
            kind="fen",
            label=_("From goods worth"),
            default=9900,
            group=_LIMITS,
            minimum=0,
            maximum=100_000_000,
            help=_("0: any order."),
        ),
        Field(
            name="scope",
            kind="choice",
            label=_("Holds for"),
            default=SHOP,
            group=_LIMITS,
            choices=(
                (SHOP, pgettext_lazy("coupon", "The whole shop")),
                (PRODUCTS, _("Certain products")),
                (CATEGORY, _("A category")),
            ),
        ),
        Field(
            name="products",
            kind="text",
            label=_("Products"),
            default="",
            group=_LIMITS,
            is_required=False,
            help=_("Their numbers, separated by commas."),
        ),
        Field(
            name="category",
            kind="text",
            label=_("Category"),
            default="",
            group=_LIMITS,
            maximum=60,
            is_required=False,
            help=_("Its name in the address of its page."),
        ),
        Field(
            name="valid_days",
            kind="days",
            label=_("Valid for"),
            default=14,
            group=_LIMITS,
            minimum=0,
            maximum=365,
            help=_("Counted from the claim. 0: until the campaign ends."),
        ),
        Field(
            name="claim",
            kind="choice",
            label=_("Claimed"),
            default=PAGE,
            group=_COMES,
            choices=(
                (PAGE, _("In the coupon centre")),
                (WORD, _("With a coupon code")),
                (REWARD, _("Only as a reward of other campaigns")),
            ),
        ),
        Field(name="word", kind="text", label=_("Coupon code"), default="", group=_COMES, maximum=20, is_required=False),
        Field(
            name="total", kind="integer", label=_("Coupons altogether"), default=1000, group=_COMES, minimum=1, maximum=10_000_000
        ),
        Field(name="per_person", kind="integer", label=_("Coupons per person"), default=1, group=_COMES, minimum=1, maximum=20),
    )

    def check(self, terms: Mapping[str, Any]) -> None:
        """Refuse terms that do not go together."""
        threshold_fen = terms["threshold_fen"]
        if terms["kind"] == FIXED and threshold_fen and terms["off_fen"] > threshold_fen:
            raise DomainError("coupon.amount", field="off_fen")
        if terms["kind"] == PERCENT and not terms["cap_fen"]:
            raise DomainError("coupon.cap", field="cap_fen")
        if terms["claim"] == WORD and len(terms["word"].strip()) < WORD_MINIMUM:
            raise DomainError("coupon.word_needed", field="word")
        if terms["claim"] == REWARD and terms["kind"] != FIXED:
            raise DomainError("coupon.amount", field="kind")
        if terms["scope"] == PRODUCTS:
            wanted = numbers_in(terms["products"])
            if not wanted or Product.objects.filter(pk__in=wanted).count() != len(wanted):
                raise DomainError("coupon.products", field="products")
        if terms["scope"] == CATEGORY and not Category.objects.filter(slug=terms["category"]).exists():
            raise DomainError("coupon.category", field="category")

    def facts(self, terms: Mapping[str, Any]) -> CampaignFacts:
        """Nobody does anything for it but claim it, and everything that limits it is written on it."""
        return CampaignFacts(publishes_terms=True)

    def product_ids(self, terms: Mapping[str, Any]) -> frozenset[int]:
        """Return the products it is limited to."""
        return conditions_of(terms).product_ids

    def launched(self, campaign: Campaign, actor: User | None) -> None:
        """Put the coupons out."""
        actions.prepare(campaign)

    def grant(self, ask: Ask) -> Grant:
        """Return what her coupon takes off these goods, by the terms that it was claimed under."""
        coupon = queries.usable(ask.user, ask.choice.reference, campaign_id=ask.campaign.pk)
        conditions = queries.conditions_on(coupon)
        off = conditions.off(ask.lines, queries.covered(conditions, ask.lines))
        return Grant(conditions.label_zh, conditions.label_en, off, reference=coupon.code)

    def options(self, user: User, lines: Sequence[Line]) -> Sequence[Option]:
        """Return her coupons, the best first, those that cannot be used last and with the reason."""
        return queries.options(user, lines)

    def placed(self, order: Order, part: Participation) -> None:
        """Keep the coupon for the order."""
        actions.reserve(order, part)

    def paid(self, order: Order, part: Participation) -> None:
        """Use it up."""
        actions.use(order)

    def cancelled(self, order: Order, part: Participation) -> None:
        """Give it back."""
        actions.give_back(order, part)

    def refunded(self, order: Order, part: Participation) -> None:
        """Give it back when everything went back."""
        if is_all_refunded(order.pk):
            actions.give_back(order, part)

    def give(self, reward: Reward) -> str:
        """Hand out a reward as a coupon."""
        return actions.hand_out(reward).code

    def can_give(self, benefit: str) -> bool:
        """While a campaign is open whose coupons are rewards."""
        return actions.reward_campaign() is not None

    def offers(self, campaigns: Sequence[Campaign], product_id: int, viewer: User | None) -> Sequence[Offer]:
        """Say on a product's page that there is a coupon for it."""
        return [
            Offer(
                self.key,
                each.pk,
                conditions_of(each.terms).headline,
                None,
                reverse("coupon:campaign", args=[each.number]),
                ends_at=each.ends_at,
            )
            for each in campaigns
            if each.terms["claim"] == PAGE
        ]

    def page(self, campaign: Campaign) -> str:
        """Return the page on which its coupons are claimed; coupons that only come as rewards have none."""
        return "" if campaign.terms["claim"] == REWARD else reverse("coupon:campaign", args=[campaign.number])

    def card(self, campaign: Campaign, path: str) -> Card:
        """Say on a shared link what the coupon gives."""
        return Card(f"{campaign.title} · {conditions_of(campaign.terms).headline}", None)

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what the editor shows: the coupon as customers see it."""
        return {"conditions": conditions_of(terms), "valid_days": terms["valid_days"]}

    def figures(self, campaign: Campaign) -> Sequence[Figure]:
        """Return how many are out, used, and what they cost."""
        counted = queries.count(campaign.pk)
        return (
            Figure(_("Claimed"), counted.issued, "pieces", _("Coupons that people hold, have used or let expire.")),
            Figure(_("Still to be claimed"), counted.left, "pieces", _("Coupons altogether less those claimed.")),
            Figure(_("Used"), counted.used, "pieces", _("Coupons in paid orders that did not go back as a whole.")),
            Figure(_("Use per claim"), counted.used_basis_points, "basis_points", _("Used coupons of those claimed.")),
            Figure(_("Money off"), counted.off_fen, "fen", _("What used coupons have taken off.")),
        )

    def timers(self) -> Sequence[Timer]:
        """Let coupons expire."""
        return (Timer("coupon.expire", 60, actions.expire_coupons),)


PLAY = Coupon()
