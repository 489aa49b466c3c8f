"""Asking people to pass a campaign on: a message in their inbox with its page, written down so that nobody is asked twice."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import play
from renmai.campaigns.policies import require_manager
from renmai.care.actions import notify
from renmai.insight.spread.asking import write_down
from renmai.kernel import clock
from renmai.kernel.errors import DomainError, refusals
from renmai.trust.queries.gating import is_quiet

KIND = "campaign_ask"

refusals(
    "asking",
    {
        "quiet": (409, _("Nobody is written to at this hour: please ask after the quiet hours.")),
        "nobody": (409, _("Nobody of these can be asked now: they passed it on, were asked lately, or want no such messages.")),
    },
)


def ask_seeds(actor: User, campaign: Campaign, user_ids: Collection[int]) -> int:
    """Ask those of ``user_ids`` who are suggested to pass the campaign on; return how many were asked. Logged.

    Nobody gets anything for being asked or for sharing: rewards are for kept orders. Raises ``request.forbidden``, ``campaigns.not_open``,
    ``asking.quiet``, ``asking.nobody``.
    """
    require_manager(actor)
    if not campaign.is_open:
        raise DomainError("campaigns.not_open", title=campaign.title)
    if is_quiet(clock.now()):
        raise DomainError("asking.quiet")
    path = play(campaign.play).page(campaign)
    with transaction.atomic():
        asked = write_down(campaign, user_ids, asked_by=actor)
        if not asked:
            raise DomainError("asking.nobody")
        facts = {"title_zh": campaign.title_zh, "title_en": campaign.title_en or campaign.title_zh}
        for each in asked:
            cause = f"campaign:{campaign.pk}:ask:{each.user.pk}"
            notify(each.user.pk, KIND, details=facts, link=f"page:{path}" if path else "", cause=cause)
        log_act(actor, "campaign.asked", object_type="campaign", object_id=campaign.number, detail={"people": len(asked)})
    return len(asked)
