"""The staff: campaigns from their first draft to their last figure, and the plays that they are made of."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, listed, whole
from renmai.api.callers import Staff, person
from renmai.api.parsing import Code, Id, PageNumber
from renmai.api.schemas.posts import SeenWhyIn
from renmai.api.schemas.staff_campaigns import (
    CampaignChangeIn,
    CampaignFiguresOut,
    CampaignIn,
    CampaignOut,
    FindingOut,
    PlayOut,
    VersionOut,
    WhyIn,
)
from renmai.campaigns import actions, queries
from renmai.campaigns.actions import Draft
from renmai.campaigns.actions.composing import draft_of, findings_of, texts_of
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Play, play, plays
from renmai.campaigns.queries import standing
from renmai.kernel.errors import DomainError

SEE, MANAGE, APPROVE = (
    Staff(Permission.CAMPAIGNS_VIEW),
    Staff(Permission.CAMPAIGNS_MANAGE),
    Staff(Permission.CAMPAIGNS_APPROVE),
)
router = Router(tags=["Staff: campaigns"], auth=SEE)
CAMPAIGN = "/staff/campaigns/{campaign_id}"


@router.get("/staff/plays", response=Paged[PlayOut])
def list_plays(request: HttpRequest) -> Listed[Any]:
    """The plays that are installed, each with its fields: enough to draw an editor."""
    return whole(list(plays().values()))


@router.get("/staff/campaigns", response=Paged[CampaignOut])
def list_campaigns(
    request: HttpRequest, *, play: Code | None = None, status: Code | None = None, page: PageNumber = 1
) -> Listed[Any]:
    """Campaigns of a play, in a state. Newest first."""
    return listed(queries.campaigns_of(person(request), play=play or "", status=status or "", page=page))


@router.post("/staff/campaigns", response={201: CampaignOut}, auth=MANAGE)
def compose_campaign(request: HttpRequest, given: CampaignIn) -> Campaign:
    """Write a campaign down as a draft. Terms that are left out begin as the play says."""
    words = given.model_dump(exclude={"play"})
    return actions.compose(person(request), given.play, Draft(**words | {"channels": tuple(given.channels)}))


@router.get(CAMPAIGN, response=CampaignOut)
def get_campaign(request: HttpRequest, campaign_id: Id) -> Campaign:
    """One campaign with the terms that hold now."""
    return queries.access_campaign(person(request), campaign_id)


@router.patch(CAMPAIGN, response=CampaignOut, auth=MANAGE)
def change_campaign(request: HttpRequest, campaign_id: Id, given: CampaignChangeIn) -> Campaign:
    """Change a draft, or what begins from now on of one that runs; a running one is judged like a launch."""
    row = _access(request, campaign_id)
    words = {
        name: value for name, value in given.model_dump(exclude_unset=True).items() if value is not None or name == "budget_fen"
    }
    if "channels" in words:
        words["channels"] = tuple(words["channels"])
    words["terms"] = {**row.terms, **words.get("terms", {})}
    return actions.change(person(request), row, replace(draft_of(row), **words))


@router.get(CAMPAIGN + "/findings", response=Paged[FindingOut])
def list_findings(request: HttpRequest, campaign_id: Id) -> Listed[Any]:
    """What the rules object to in its words and settings now. Hardest first."""
    row = _access(request, campaign_id)
    chosen = _play_of(row)
    texts = texts_of(draft_of(row), row.terms)
    return whole(
        [
            FindingOut(
                outcome=found.outcome.value,
                place=texts[found.text_index][0] if found.text_index >= 0 else "",
                fragment=found.fragment,
                start=found.start,
                end=found.end,
                channel=found.channel,
                rule=found.rule_key or found.code,
                source=found.source,
                advice=str(found.advice),
            )
            for found in findings_of(chosen, draft_of(row), row.terms)
        ]
    )


@router.get(CAMPAIGN + "/versions", response=Paged[VersionOut])
def list_campaign_versions(request: HttpRequest, campaign_id: Id) -> Listed[Any]:
    """The terms through time. Newest first; what has begun keeps the version it began with."""
    return whole(standing.versions_of(_access(request, campaign_id).pk))


@router.get(CAMPAIGN + "/figures", response=CampaignFiguresOut)
def get_campaign_figures(request: HttpRequest, campaign_id: Id) -> CampaignFiguresOut:
    """What came of it: orders, money, guardrails, the play's own figures, days."""
    row = _access(request, campaign_id)
    money = queries.money_of(row.pk)
    bounds: list[Any] = list(standing.bounds_of(row, money, standing.mutes_of(row.pk)))
    own: list[Any] = list(_play_of(row).figures(row)) if row.launched_at else []
    days: list[Any] = standing.days_of(row.pk)
    return CampaignFiguresOut(
        orders=money.orders,
        paid=money.paid,
        buyers=money.buyers,
        newcomers=standing.newcomers_of(row.pk),
        discount_fen=money.discount_fen,
        net_fen=money.net_fen,
        spent_fen=row.spent_fen,
        budget_fen=row.budget_fen,
        bounds=bounds,
        figures=own,
        days=days,
    )


@router.post(CAMPAIGN + "/launch", response=CampaignOut, auth=MANAGE)
def launch_campaign(request: HttpRequest, campaign_id: Id) -> Campaign:
    """Launch a draft. Where a rule asks for a second look its status is ``review`` afterwards; what a rule forbids is refused."""
    return actions.launch(person(request), _access(request, campaign_id))


@router.post(CAMPAIGN + "/approve", response=CampaignOut, auth=APPROVE)
def approve_campaign(request: HttpRequest, campaign_id: Id, given: SeenWhyIn) -> Campaign:
    """Give the second look and launch. Refused when it was changed since ``seen``, and for who composed it or changed it last."""
    return actions.approve(person(request), _access(request, campaign_id), seen=given.seen, reason=given.reason)


@router.post(CAMPAIGN + "/send-back", response=CampaignOut, auth=APPROVE)
def send_campaign_back(request: HttpRequest, campaign_id: Id, given: WhyIn) -> Campaign:
    """Turn one under review into a draft again."""
    return actions.send_back(person(request), _access(request, campaign_id), reason=given.reason)


@router.post(CAMPAIGN + "/pause", response=CampaignOut, auth=MANAGE)
def pause_campaign(request: HttpRequest, campaign_id: Id) -> Campaign:
    """Let nobody begin for now. What customers have begun goes on."""
    return actions.pause(person(request), _access(request, campaign_id))


@router.post(CAMPAIGN + "/resume", response=CampaignOut, auth=MANAGE)
def resume_campaign(request: HttpRequest, campaign_id: Id) -> Campaign:
    """Go on after a pause. Judged like a launch."""
    return actions.resume(person(request), _access(request, campaign_id))


@router.post(CAMPAIGN + "/stop", response=CampaignOut, auth=MANAGE)
def stop_campaign(request: HttpRequest, campaign_id: Id, given: WhyIn) -> Campaign:
    """End one before its time, for good. What customers have begun keeps its terms."""
    if not actions.stop(person(request), _access(request, campaign_id), reason=given.reason):
        raise DomainError("campaigns.state")
    return _access(request, campaign_id)


def _access(request: HttpRequest, campaign_id: int) -> Campaign:
    return queries.access_campaign(person(request), campaign_id)


def _play_of(row: Campaign) -> Play:
    return play(row.play)
