"""What the core asks of the play."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Participation, Reward
from renmai.campaigns.plays import Ask, Card, Field, Figure, Grant, Incentive, Layer, Line, Link, Option, Play, Timer
from renmai.campaigns.stacking import spread
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.ordering.queries import is_all_refunded
from renmai.plays.red_packet import actions, queries
from renmai.plays.red_packet.whom import EVERYBODY, FREE_GIFTS, OPENED, WHOM
from renmai.policy.linting import CampaignFacts

MOST_PACKETS = 10_000
"""What is in a packet is worked out from the whole pool; so many take a few milliseconds."""

_POOL = _("The packets")
_LIMITS = _("Who gets it")


class RedPacket(Play):
    """A gift of money that its owner spends here: no withdrawing, no topping up, no passing on."""

    key = "red_packet"
    title = _("Red packet")
    says = _("A gift of money that its owner spends here: no withdrawing, no topping up, no passing on.")
    icon = "gift"
    layer = Layer.RED_PACKET
    incentive = Incentive.RED_PACKET
    benefits = frozenset({"red_packet"})
    preview_template = "red_packet/preview.html"
    agent_template = "red_packet/agent.html"
    links = (Link("me", _("My red packets"), "gift", "red_packet:mine"),)
    fields = (
        Field(name="given_to", kind="choice", label=_("Given to"), default=EVERYBODY, group=_LIMITS, choices=tuple(WHOM.items())),
        Field(
            name="new_days", kind="days", label=_("New members: joined within"), default=7, group=_LIMITS, minimum=1, maximum=90
        ),
        Field(name="valid_days", kind="days", label=_("Valid for"), default=7, group=_LIMITS, minimum=1, maximum=90),
        Field(name="packets", kind="integer", label=_("Packets"), default=100, group=_POOL, minimum=1, maximum=MOST_PACKETS),
        Field(
            name="total_fen",
            kind="fen",
            label=_("Money in all of them"),
            default=50_000,
            group=_POOL,
            minimum=1,
            maximum=100_000_000,
        ),
        Field(
            name="split",
            kind="choice",
            label=_("Shared out"),
            default="random",
            group=_POOL,
            choices=(("equal", _("Equally")), ("random", _("By chance, on average the same for the first and the last"))),
        ),
    )

    def check(self, terms: Mapping[str, Any]) -> None:
        """Refuse packets with nothing in them."""
        if terms["given_to"] in OPENED and terms["total_fen"] < terms["packets"]:
            raise DomainError("red_packet.too_little", field="total_fen")

    def facts(self, terms: Mapping[str, Any]) -> CampaignFacts:
        """Return what the rules ask. A packet for whoever follows a link is reported as paying for the link's being passed on.

        Nobody has to share for it; yet on WeChat that is what such links are taken for, and the rule that forbids it holds there only.
        """
        return CampaignFacts(publishes_terms=True, rewards_sharing=terms["given_to"] in FREE_GIFTS)

    def launched(self, campaign: Campaign, actor: User | None) -> None:
        """Fill the pool."""
        actions.prepare(campaign)

    def grant(self, ask: Ask) -> Grant:
        """Return what her packet takes off, without a threshold; what the goods do not cost is not paid out."""
        packet = queries.usable(ask.user, ask.choice.reference, campaign_id=ask.campaign.pk)
        off_fen = min(packet.amount_fen, sum(line.amount_fen for line in ask.lines))
        if not off_fen:
            raise DomainError("campaigns.not_offered")
        return Grant("红包", "Red packet", spread(off_fen, ask.lines), reference=packet.code)

    def options(self, user: User, lines: Sequence[Line]) -> Sequence[Option]:
        """Return her packets, the largest first."""
        return queries.options(user, lines)

    def placed(self, order: Order, part: Participation) -> None:
        """Keep the packet for the order."""
        actions.reserve(order, part)

    def paid(self, order: Order, part: Participation) -> None:
        """Use it up."""
        actions.use(order)

    def cancelled(self, order: Order, part: Participation) -> None:
        """Give it back."""
        actions.give_back(order)

    def refunded(self, order: Order, part: Participation) -> None:
        """Give it back when everything went back."""
        if is_all_refunded(order.pk):
            actions.give_back(order)

    def give(self, reward: Reward) -> str:
        """Hand out a reward as a packet."""
        return actions.hand_out(reward).code

    def can_give(self, benefit: str) -> bool:
        """While a campaign is open whose packets are rewards."""
        return actions.reward_campaign() is not None

    def page(self, campaign: Campaign) -> str:
        """Return the page on which its packets are opened; those that are rewards of other campaigns have none."""
        return "" if campaign.terms["given_to"] not in OPENED else reverse("red_packet:campaign", args=[campaign.number])

    def card(self, campaign: Campaign, path: str) -> Card:
        """Say on a shared link what it is."""
        return Card(campaign.title, None)

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what the editor shows: the page as customers see it, and the average."""
        return {
            "whom": WHOM[terms["given_to"]],
            "packets": terms["packets"],
            "total_fen": terms["total_fen"],
            "average_fen": terms["total_fen"] // terms["packets"],
            "is_random": terms["split"] == "random",
            "valid_days": terms["valid_days"],
        }

    def figures(self, campaign: Campaign) -> Sequence[Figure]:
        """Return how many were opened, used and lapsed, and their money."""
        counted = queries.count(campaign.pk)
        return (
            Figure(_("Opened"), counted.opened, "pieces", _("Packets that somebody opened or got as a reward.")),
            Figure(_("Left"), counted.left, "pieces", _("Packets that nobody has opened yet.")),
            Figure(_("Used"), counted.used, "pieces", _("Packets in paid orders that did not go back as a whole.")),
            Figure(_("Lapsed"), counted.expired, "pieces", _("Packets not used in time; their money is back in the budget.")),
            Figure(_("Money opened"), counted.opened_fen, "fen", _("What was in the opened packets.")),
            Figure(_("Money used"), counted.used_fen, "fen", _("What was in the used packets.")),
        )

    def timers(self) -> Sequence[Timer]:
        """Let packets expire."""
        return (Timer("red_packet.expire", 60, actions.expire_packets),)


PLAY = RedPacket()
