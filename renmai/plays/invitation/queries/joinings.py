"""Who brought whom: how a campaign spreads."""

from collections.abc import Sequence
from datetime import datetime

from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Joining
from renmai.plays.invitation.models import Invitation, InviteCode


def joinings_of(campaign: Campaign, *, until: datetime, limit: int) -> Sequence[Joining]:
    """Return whom members brought before ``until``, and who looked for her code since the campaign began. Two statements.

    An inviter with an older code takes part from the beginning of the campaign on.
    """
    rows = Invitation.objects.filter(campaign=campaign, at__lt=until).order_by("-pk")
    brought = list(rows.values_list("invited_id", "inviter_id", "at")[:limit])
    codes = InviteCode.objects.filter(made_at__gte=campaign.starts_at, made_at__lt=until).order_by("-pk")
    made = dict(codes.values_list("user_id", "made_at")[:limit])
    inviters = {inviter for _invited, inviter, _at in brought} - made.keys()
    return [
        *(Joining(user, None, at) for user, at in made.items()),
        *(Joining(inviter, None, campaign.starts_at) for inviter in sorted(inviters)),
        *(Joining(invited, inviter, at) for invited, inviter, at in brought),
    ]
