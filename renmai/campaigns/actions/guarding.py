"""Guardrails: a campaign whose goods come back, or draw complaints, beyond its bounds stops by itself."""

from django.db.models import Exists, OuterRef, Q

from renmai.campaigns.actions.running import stop
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.queries.lists import Money, money_of
from renmai.campaigns.queries.standing import LEAST_ORDERS, lower_bound
from renmai.kernel.outbox import raise_alert

STOPPED = "campaign.stopped"


def guard_campaigns(limit: int) -> int:
    """Stop up to ``limit`` campaigns that are over one of their bounds, with an alert each; return how many. A timer.

    A figure counts when it is over its bound by more than chance would do: its lower 95 % bound (Wilson) is. Only campaigns of which
    something came back, or drew a complaint, are looked at.
    """
    stopped = 0
    trouble = Q(order__lines__refunded_quantity__gt=0) | Q(order__after_sales__is_quality_issue=True)
    troubled = Participation.objects.filter(trouble, campaign=OuterRef("pk"))
    for campaign in Campaign.objects.filter(Exists(troubled), status=Campaign.Status.LAUNCHED).order_by("pk").iterator():
        if stopped >= limit:
            break
        reason = breach(campaign, money_of(campaign.pk))
        if reason and stop(None, campaign, reason=reason):
            raise_alert(STOPPED, campaign.number, reason)
            stopped += 1
    return stopped


def breach(campaign: Campaign, money: Money) -> str:
    """Return which bound is broken, in the log's words; empty when none is."""
    if money.paid < LEAST_ORDERS:
        return ""
    bounds = (
        ("returns", money.returned_pieces, money.pieces, campaign.return_bound_basis_points),
        ("complaints", money.complaints, money.paid, campaign.complaint_bound_basis_points),
    )
    for name, count, of, bound in bounds:
        if of and lower_bound(count, of) * 10_000 > bound:
            return f"{name}: {count} of {of}, over {bound / 100:g} %"
    return ""
