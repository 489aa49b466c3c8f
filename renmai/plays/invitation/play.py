"""What the core asks of the play."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renmai.accounts.events import VisitorRecognised
from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Card, Figure, Incentive, Joining, Layer, Link, Play, giver
from renmai.insight.experiments.promising import is_tried
from renmai.kernel.errors import DomainError
from renmai.kernel.events import Event
from renmai.ordering.events import OrderSettled
from renmai.plays.invitation import actions, reactions
from renmai.plays.invitation.promises import earns_of, promise_of
from renmai.plays.invitation.queries import counts_of, owner_of
from renmai.plays.invitation.queries.joinings import joinings_of
from renmai.plays.invitation.relations import INTERACTIONS
from renmai.plays.invitation.terms import FIELDS, NOTHING, terms_of
from renmai.plays.invitation.trying import VARIATIONS, varied
from renmai.policy.linting import CampaignFacts


class Inviting(Play):
    """Whoever brings somebody is thanked once that person has bought and kept something."""

    key = "invitation"
    title = gettext_lazy("Invitation")
    says = gettext_lazy("Whoever brings somebody is thanked once that person has bought and kept something.")
    icon = "person"
    layer = Layer.NONE
    interactions = INTERACTIONS
    incentive = Incentive.POINTS
    fields = FIELDS
    variations = VARIATIONS
    links = (Link("me", gettext_lazy("Invite friends"), "person", "invitation:mine"),)
    preview_template = "invitation/preview.html"
    agent_template = "invitation/agent.html"

    def check(self, terms: Mapping[str, Any]) -> None:
        """Somebody gets something, and something here can hand it out."""
        wanted = terms_of(terms)
        sides = (
            ("inviter", wanted.inviter_benefit, wanted.inviter_amount),
            ("invited", wanted.invited_benefit, wanted.invited_amount),
        )
        for side, benefit, amount in sides:
            if benefit != NOTHING:
                giver(benefit)
                if amount < 1:
                    raise DomainError("invitation.amount", field=f"{side}_amount")
        if wanted.inviter_benefit == wanted.invited_benefit == NOTHING:
            raise DomainError("invitation.nothing", field="inviter_benefit")

    def varied(self, terms: Mapping[str, Any], options: Mapping[str, str]) -> Mapping[str, Any]:
        """Return another kind, size or receiver of the reward."""
        return varied(terms, options)

    def facts(self, terms: Mapping[str, Any]) -> CampaignFacts:
        """Nothing is paid per head: only kept orders are thanked for."""
        return CampaignFacts(reward_after="settled")

    def promises(self, terms: Mapping[str, Any]) -> frozenset[str]:
        """What either side gets."""
        wanted = terms_of(terms)
        return frozenset({wanted.inviter_benefit, wanted.invited_benefit}) - {NOTHING}

    def page_from(self, campaign: Campaign, sharer: User) -> str:
        """Her own invitation: the page of everybody shows whoever opens it a code of her own, and a guest nothing. What it promises is dealt out here."""
        actions.show_promise(sharer, campaign)
        return reverse("invitation:landing", args=[actions.code_of(sharer)])

    def card(self, campaign: Campaign, path: str) -> Card:
        """What the friend reads."""
        return Card(campaign.title, None, _("an invitation to join"), earns=_earns(campaign, path))

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """The page as the invited reads it."""
        return {"promise": promise_of(terms_of(terms))}

    def joinings(self, campaign: Campaign, *, until: datetime, limit: int) -> Sequence[Joining]:
        """Return who brought whom."""
        return joinings_of(campaign, until=until, limit=limit)

    def figures(self, campaign: Campaign) -> Sequence[Figure]:
        """How its invitations went."""
        found = counts_of(campaign.pk)
        return (
            Figure(gettext_lazy("Brought"), found.brought, "people", gettext_lazy("Members who came through another member.")),
            Figure(gettext_lazy("Inviters"), found.inviters, "people", gettext_lazy("Members who brought at least one.")),
            Figure(
                gettext_lazy("Kept an order"),
                found.kept,
                "people",
                gettext_lazy("Brought members with a kept order of the size asked for."),
            ),
            Figure(gettext_lazy("Kept of brought"), found.kept_basis_points, "basis_points", gettext_lazy("The share of them.")),
            Figure(gettext_lazy("Rewards given"), found.granted, "times", gettext_lazy("To either side.")),
            Figure(
                gettext_lazy("Rewards held"),
                found.held,
                "times",
                gettext_lazy("Waiting for somebody of the staff to look at them."),
            ),
            Figure(
                gettext_lazy("Rewards refused"),
                found.refused,
                "times",
                gettext_lazy("Refused after a look, or void because the sale went back."),
            ),
            Figure(
                gettext_lazy("Over the limit"),
                found.over_limit,
                "times",
                gettext_lazy("Kept orders whose inviter had been thanked often enough that month."),
            ),
            Figure(
                gettext_lazy("Something in common"),
                found.in_common,
                "people",
                gettext_lazy("Pairs seen with the same browser or phone when they were tied: their rewards are looked at."),
            ),
        )

    def causes(self) -> Mapping[type[Event], Sequence[Callable[[Any], None]]]:
        """Links tie whoever joins through them; kept orders are thanked for."""
        return {
            VisitorRecognised: (reactions.on_visitor_recognised,),
            OrderSettled: (reactions.on_order_settled,),
        }


def _earns(campaign: Campaign, path: str) -> str:
    """Return who gets what through a page: by the terms of whose code stands in its address, where not everybody has the same."""
    if not is_tried(campaign.pk):
        return earns_of(terms_of(campaign.terms))
    code = resolve(path).kwargs.get("code", "")
    try:
        return earns_of(actions.promised_by(owner_of(code), campaign).terms)
    except DomainError:
        return _("The inviter, you or both get a reward for the first order that you keep; which one, her own invitation says.")


PLAY = Inviting()
