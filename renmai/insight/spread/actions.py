"""Telling the operator that a play is worn out."""

from renmai.campaigns.models import Campaign
from renmai.insight.queries.periods import CHINA
from renmai.insight.spread.queries import wear_of
from renmai.insight.spread.wearing import Wear
from renmai.kernel.models import Alert
from renmai.kernel.outbox import raise_alert

WORN_OUT = "campaign.worn_out"


def flag_worn_out(limit: int) -> int:
    """Open an alert for each running campaign whose spread has fallen, once per fall; return how many. A timer.

    Nothing stops: whether a play that brings fewer people is still worth its cost is for a person to say.
    """
    flagged = 0
    for campaign in Campaign.objects.filter(status=Campaign.Status.LAUNCHED).order_by("-launched_at", "-pk")[:limit]:
        wear = wear_of(campaign.pk)
        if wear is not None and not _is_told(campaign, wear):
            raise_alert(WORN_OUT, campaign.number, _detail(wear))
            flagged += 1
    return flagged


def _is_told(campaign: Campaign, wear: Wear) -> bool:
    """Whether an alert was opened since the fall, be it resolved or not."""
    told = Alert.objects.filter(code=WORN_OUT, subject=campaign.number).order_by("-pk").first()
    return told is not None and told.created_at.astimezone(CHINA).date() > wear.day


def _detail(wear: Wear) -> str:
    return (
        f"seen on {wear.day}: in {wear.window_days} days {wear.lately:.4f} people brought per person and day, "
        f"{wear.before:.4f} before ({wear.deviations:.1f} standard deviations)"
    )
