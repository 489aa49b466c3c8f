"""What the core asks of the play."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.campaigns.events import CampaignLaunched
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Ask, Choice, Field, Figure, Grant, Incentive, Layer, Link, Play, Timer
from renmai.kernel.errors import DomainError
from renmai.kernel.events import Event
from renmai.ordering.events import LineRefunded, OrderSettled
from renmai.plays.levels import actions, queries
from renmai.plays.levels.tiers import NAMES, tiers_of
from renmai.policy.linting import CampaignFacts

STARTS = {"silver": (100_000, 200), "gold": (300_000, 400), "honey": (1_000_000, 600)}


def _fields() -> Iterator[Field]:
    for key, (title, _zh, _en) in NAMES.items():
        from_fen, basis_points = STARTS[key]
        yield Field(
            name=f"{key}_fen",
            kind="fen",
            label=_("From so much spending"),
            default=from_fen,
            group=title,
            minimum=1,
            maximum=10**11,
        )
        yield Field(
            name=f"{key}_basis_points",
            kind="basis_points",
            label=_("Takes off"),
            default=basis_points,
            group=title,
            minimum=1,
            maximum=5000,
        )


class Levels(Play):
    """A price for whoever has kept enough of what she bought.

    The conditions are the same for everybody and stand on a public page, and nothing else about a person counts: so it is no price by
    profile, and the rule ``price.by_profile`` is asked with that in mind.
    """

    key = "levels"
    title = _("Membership levels")
    says = _("A lower price for whoever has bought and kept enough within a year.")
    icon = "shield"
    layer = Layer.LEVEL
    incentive = Incentive.DISCOUNT
    is_automatic = True
    preview_template = "levels/preview.html"
    links = (Link("me", _("My level"), "shield", "levels:mine"),)
    fields = (
        Field(name="window_days", kind="days", label=_("Spending counts for"), default=365, minimum=30, maximum=1095),
        *_fields(),
    )

    def check(self, terms: Mapping[str, Any]) -> None:
        """Refuse levels that do not rise."""
        tiers = tiers_of(terms)
        for lower, higher in pairwise(tiers):
            if lower.from_fen >= higher.from_fen:
                raise DomainError("levels.rising", field=f"{higher.key}_fen")
            if lower.basis_points >= higher.basis_points:
                raise DomainError("levels.rising", field=f"{higher.key}_basis_points")

    def facts(self, terms: Mapping[str, Any]) -> CampaignFacts:
        """The conditions are published and count for everybody."""
        return CampaignFacts(publishes_terms=True, prices_by_profile=False)

    def launched(self, campaign: Campaign, actor: User | None) -> None:
        """Let nothing count that was remembered under other terms."""
        actions.forget(campaign)

    def grant(self, ask: Ask) -> Grant:
        """Return what her level takes off each line, rounded down."""
        if not ask.campaign.is_open:
            raise DomainError("campaigns.not_open", title=ask.campaign.title)
        found = queries.best(ask.user, [ask.campaign])
        if found is None:
            raise DomainError("levels.not_reached")
        tier = found[1]
        _title, zh, en = NAMES[tier.key]
        return Grant(f"{zh} {tier.tenths}折", f"{en} {tier.percent} % off", tier.off(ask.lines), reference=tier.key)

    def entitled(self, user: User, campaigns: Sequence[Campaign]) -> Sequence[Choice]:
        """Return the campaign that takes most off for her, if she has reached a level."""
        found = queries.best(user, campaigns)
        return (Choice(self.key, found[0].pk, found[1].key),) if found else ()

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what the editor shows: the conditions as members read them."""
        return {"tiers": tiers_of(terms), "window_days": terms["window_days"]}

    def figures(self, campaign: Campaign) -> Sequence[Figure]:
        """Return the paid orders of each level and what they had off."""
        counted = queries.counted(campaign)
        orders = [
            Figure(NAMES[key][0], counted.get(key, (0, 0))[0], "times", _("Paid orders at this level's price.")) for key in NAMES
        ]
        return (
            *orders,
            Figure(_("Money off"), sum(off for _orders, off in counted.values()), "fen", _("What levels took off paid orders.")),
        )

    def causes(self) -> Mapping[type[Event], Sequence[Callable[[Any], None]]]:
        """Levels follow kept sales."""
        return {
            OrderSettled: (actions.on_settled,),
            LineRefunded: (actions.on_refunded,),
            CampaignLaunched: (actions.on_launched,),
        }

    def timers(self) -> Sequence[Timer]:
        """Let spending fall out of its window."""
        return (Timer("levels.renew", 300, actions.renew_standings),)


PLAY = Levels()
