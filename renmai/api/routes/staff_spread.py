"""The staff: how a campaign spreads, and whom to ask first to pass it on."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, whole
from renmai.api.callers import Staff, person
from renmai.api.parsing import Id
from renmai.api.periods import period_of
from renmai.api.schemas.staff_spread import SeedOut, SpreadOut
from renmai.campaigns.queries import access_campaign
from renmai.insight.spread.queries import Spread, seeds_for, spread_of

router = Router(tags=["Staff: campaigns"], auth=Staff(Permission.CAMPAIGNS_VIEW))


@router.get("/staff/campaigns/{campaign_id}/spread", response=SpreadOut)
def get_spread(request: HttpRequest, campaign_id: Id, *, first: date | None = None, last: date | None = None) -> Spread:
    """K with its interval, trees, wear and the cost of kept customers. The last 30 days without dates."""
    return spread_of(access_campaign(person(request), campaign_id).pk, period_of(first, last))


@router.get("/staff/campaigns/{campaign_id}/seeds", response=Paged[SeedOut], auth=Staff(Permission.CAMPAIGNS_MANAGE))
def list_seeds(request: HttpRequest, campaign_id: Id) -> Listed[Any]:
    """Whom to ask first to pass a campaign on: agents and members who agreed to be written to. Best first."""
    return whole(seeds_for(access_campaign(person(request), campaign_id).pk))
