"""What a member is promised for whom she brings: the campaign's terms, or those that an experiment on it deals out to her.

A promise that was shown is kept. Whoever was dealt terms keeps them; whoever passed the campaign on or brought somebody by its own terms is
dealt no others.
"""

from typing import NamedTuple

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.insight.experiments.promising import deal_version, dealt_version, is_tried
from renmai.insight.portraits.queries import fulfils
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.terms import Terms, terms_at, terms_of
from renmai.sharing.models import Share


class Promised(NamedTuple):
    """Terms and the version of the campaign's terms that they are."""

    version: int
    terms: Terms


def promised_by(inviter: User, campaign: Campaign) -> Promised:
    """Return what holds between ``inviter`` and whom she brings now. Reads only: one statement more where something is tried, two if she was dealt it."""
    return _promised(campaign, dealt_version(campaign.pk, inviter))


def show_promise(inviter: User, campaign: Campaign) -> Promised:
    """Return what ``inviter`` is promised, as she sees it now: the first time an experiment may deal it out to her, and counts her."""
    version = dealt_version(campaign.pk, inviter)
    if version is None and is_tried(campaign.pk) and not _has_begun(inviter, campaign):
        version = deal_version(campaign.pk, inviter, belongs=fulfils)
    return _promised(campaign, version)


def _promised(campaign: Campaign, version: int | None) -> Promised:
    if version is None or version == campaign.version:
        return Promised(campaign.version, terms_of(campaign.terms))
    return Promised(version, terms_at(campaign.pk, version))


def _has_begun(inviter: User, campaign: Campaign) -> bool:
    rows = Invitation.objects.filter(campaign=campaign, inviter=inviter)
    return Share.objects.filter(campaign_id=campaign.pk, sharer=inviter).exists() or rows.exists()
