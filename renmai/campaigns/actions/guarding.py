"""Guardrails: a campaign whose goods come back, draw complaints or make people mute, beyond its bounds, stops by itself."""

from django.db.models import Exists, OuterRef, Q

from renmai.campaigns.actions.running import stop
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.queries.lists import Money, money_of
from renmai.campaigns.queries.standing import Mutes, bounds_of, lower_bound, mutes_of
from renmai.kernel.outbox import raise_alert
from renmai.trust.queries import muted_over

STOPPED = "campaign.stopped"


def guard_campaigns(limit: int) -> int:
    """Stop up to ``limit`` campaigns that are over one of their bounds, with an alert each; return how many. A timer.

    A figure counts when it is over its bound by more than chance would do: its lower 95 % bound (Wilson) is. Only campaigns of which
    something came back, drew a complaint or was muted are looked at.
    """
    stopped = 0
    trouble = Q(order__lines__refunded_quantity__gt=0) | Q(order__after_sales__is_quality_issue=True)
    troubled = Exists(Participation.objects.filter(trouble, campaign=OuterRef("pk"))) | Exists(muted_over(OuterRef("pk")))
    for campaign in Campaign.objects.filter(troubled, status=Campaign.Status.LAUNCHED).order_by("pk").iterator():
        if stopped >= limit:
            break
        reason = breach(campaign, money_of(campaign.pk), mutes_of(campaign.pk))
        if reason and stop(None, campaign, reason=reason):
            raise_alert(STOPPED, campaign.number, reason)
            stopped += 1
    return stopped


def breach(campaign: Campaign, money: Money, mutes: Mutes) -> str:
    """Return which bound is broken, in the log's words; empty when none is."""
    for bound in bounds_of(campaign, money, mutes):
        if bound.is_judged and bound.of and lower_bound(min(bound.count, bound.of), bound.of) * 10_000 > bound.bound_basis_points:
            return f"{bound.name}: {bound.count} of {bound.of}, over {bound.bound_basis_points / 100:g} %"
    return ""
