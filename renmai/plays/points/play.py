"""What the core asks of the play."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Participation, Reward
from renmai.campaigns.plays import Ask, Field, Figure, Grant, Incentive, Layer, Line, Link, Option, Play, Timer
from renmai.campaigns.stacking import spread
from renmai.kernel import money
from renmai.kernel.errors import DomainError
from renmai.kernel.events import Event
from renmai.ordering.events import LineRefunded, OrderSettled
from renmai.ordering.models import Order
from renmai.plays.points import actions, queries
from renmai.plays.points.rates import rates_of
from renmai.policy.linting import CampaignFacts

MOST_DIGITS = 12

_EARN = _("Earning")
_SPEND = _("Spending")


class Points(Play):
    """Earned with what one keeps, spent on what one buys next."""

    key = "points"
    title = _("Points")
    says = _("Earned with what one keeps, spent on what one buys next.")
    icon = "star"
    layer = Layer.POINTS
    incentive = Incentive.POINTS
    benefits = frozenset({"points"})
    preview_template = "points/preview.html"
    links = (Link("me", _("My points"), "star", "points:mine"),)
    fields = (
        Field(
            name="earned_per_yuan",
            kind="integer",
            label=_("Points per yuan of goods"),
            default=1,
            group=_EARN,
            minimum=0,
            maximum=100,
        ),
        Field(name="valid_days", kind="days", label=_("Valid for"), default=365, group=_EARN, minimum=30, maximum=1095),
        Field(
            name="points_per_yuan",
            kind="integer",
            label=_("Points for one yuan off"),
            default=100,
            group=_SPEND,
            minimum=1,
            maximum=10_000,
        ),
        Field(
            name="most_basis_points",
            kind="basis_points",
            label=_("At most of the price"),
            default=2000,
            group=_SPEND,
            minimum=1,
            maximum=10_000,
        ),
        Field(
            name="minimum_points",
            kind="integer",
            label=_("From so many points on"),
            default=100,
            group=_SPEND,
            minimum=1,
            maximum=1_000_000,
        ),
    )

    def check(self, terms: Mapping[str, Any]) -> None:
        """Refuse points that would pay back everything that was ever bought."""
        if terms["earned_per_yuan"] >= terms["points_per_yuan"]:
            raise DomainError("points.nothing", field="earned_per_yuan")

    def facts(self, terms: Mapping[str, Any]) -> CampaignFacts:
        """They come of sales that were kept, for everybody by the same published rates."""
        return CampaignFacts(publishes_terms=True)

    def grant(self, ask: Ask) -> Grant:
        """Return what so many of her points take off (no number: as many as fit), shared among the goods by what they cost."""
        if not ask.campaign.is_open:
            raise DomainError("campaigns.not_open", title=ask.campaign.title)
        rates = rates_of(ask.campaign.terms)
        most_fen = rates.most_off(queries.usable(ask.user), sum(line.amount_fen for line in ask.lines))
        wanted = _wanted(ask.choice.reference)
        off_fen = most_fen if wanted is None else wanted * 100 // rates.points_per_yuan
        points = rates.needed(off_fen)
        if off_fen > most_fen:
            raise DomainError("points.amount", most=rates.needed(most_fen))
        if not off_fen or points < rates.minimum_points:
            raise DomainError("points.too_few", minimum=rates.minimum_points)
        return Grant(f"{points} 积分抵扣", f"{points} points", spread(off_fen, ask.lines), reference=str(points))

    def options(self, user: User, lines: Sequence[Line]) -> Sequence[Option]:
        """Return what her points could take off."""
        return queries.options(user, lines)

    def placed(self, order: Order, part: Participation) -> None:
        """Keep the points for the order."""
        actions.reserve(order, part)

    def paid(self, order: Order, part: Participation) -> None:
        """Spend them."""
        actions.spend_reserved(order, part)

    def cancelled(self, order: Order, part: Participation) -> None:
        """Give them back."""
        actions.give_back(order, part)

    def refunded(self, order: Order, part: Participation) -> None:
        """Give back the share of what went back."""
        actions.return_share(order, part)

    def give(self, reward: Reward) -> str:
        """Hand out a reward in points."""
        return actions.hand_out(reward)

    def cost_fen(self, benefit: str, amount: int) -> int:
        """Return what so many points can take off, in fen; a point is a fen where no campaign says otherwise."""
        rates = queries.rates_now()
        return amount * 100 // rates.points_per_yuan if rates else amount

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what the editor shows: what an order of ¥100 earns, and what that is worth."""
        rates = rates_of(terms)
        return {
            "rates": rates,
            "earned": rates.earned(10_000),
            "worth_fen": rates.earned(10_000) * 100 // rates.points_per_yuan,
            "most_fen": money.share_of(10_000, basis_points=rates.most_basis_points),
        }

    def figures(self, campaign: Campaign) -> Sequence[Figure]:
        """Return what was earned and spent, and what is still out."""
        counted = queries.count(campaign.pk)
        return (
            Figure(_("Points earned"), counted.earned, "pieces", _("Points of kept orders, less those of goods that went back.")),
            Figure(_("Points spent"), counted.spent, "pieces", _("Points in paid orders, less those of goods that went back.")),
            Figure(_("Orders with points"), counted.orders, "times", _("Paid orders that points took something off.")),
            Figure(_("Money off"), counted.off_fen, "fen", _("What points took off paid orders.")),
            Figure(
                _("Points still out"),
                counted.still_out,
                "pieces",
                _("Points that people can spend, of all campaigns: what the shop still owes."),
            ),
        )

    def causes(self) -> Mapping[type[Event], Sequence[Callable[[Any], None]]]:
        """Credit kept orders, whether points were used in them or not, and follow what goes back."""
        return {OrderSettled: (actions.earn,), LineRefunded: (actions.follow_refund,)}

    def timers(self) -> Sequence[Timer]:
        """Let points expire."""
        return (Timer("points.expire", 300, actions.expire_points),)


def _wanted(reference: str) -> int | None:
    """Return the number that a customer wrote, None for as many as fit. Raises ``points.amount`` for what is no number."""
    if not reference:
        return None
    if not (reference.isascii() and reference.isdigit() and len(reference) <= MOST_DIGITS):
        raise DomainError("points.amount", field="points", most=10**MOST_DIGITS)
    return int(reference)


PLAY = Points()
