"""A campaign's life: launched under the rules, looked at twice where they ask for it, paused, stopped, ended by time."""

from django.db import transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.campaigns import queries
from renmai.campaigns.actions.composing import draft_of, findings_of, refuse
from renmai.campaigns.events import CampaignClosed, CampaignLaunched
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import play
from renmai.campaigns.policies import require_approver, require_manager
from renmai.campaigns.queries.running import forget_running
from renmai.kernel import clock
from renmai.kernel.compiled import by_key
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.kernel.sweeping import sweep
from renmai.policy.linting import worst
from renmai.policy.rules import Outcome

REASON_MINIMUM = 10
REASON_LENGTH = 200
Status = Campaign.Status


def launch(actor: User, campaign: Campaign) -> Campaign:
    """Launch a draft, or lay it before a second person where a rule asks for it; return it as it is then.

    Raises ``campaigns.refused_by_policy`` with the rule and its source, ``campaigns.period``, ``campaigns.state``.
    """
    require_manager(actor)
    with transaction.atomic():
        # What is read here is what is launched: nobody changes the draft in another tab between the two.
        campaign = _held(campaign, Status.DRAFT)
        if campaign.ends_at <= clock.now():
            raise DomainError("campaigns.period", field="ends_at")
        findings = findings_of(play(campaign.play), draft_of(campaign), campaign.terms)
        refuse(findings)
        if worst(findings) is Outcome.REVIEW:
            _move(actor, campaign, new=Status.REVIEW, act="campaign.submitted")
        else:
            _open(actor, campaign, act="campaign.launched")
    return Campaign.objects.get(pk=campaign.pk)


def approve(actor: User, campaign: Campaign, *, seen: int, reason: str) -> Campaign:
    """Give the second look that a rule asked for, and launch. ``seen`` is the revision that was looked at.

    Raises ``campaigns.same_person`` for who composed it and who changed it last, ``campaigns.changed_since`` when it was sent back,
    changed and laid before the staff again since.
    """
    require_approver(actor)
    if actor.pk in queries.authors_of(campaign):
        raise DomainError("campaigns.same_person")
    reason = _reason(reason)
    with transaction.atomic():
        campaign = _held(campaign, Status.REVIEW)
        if campaign.revision != seen:
            raise DomainError("campaigns.changed_since")
        refuse(findings_of(play(campaign.play), draft_of(campaign), campaign.terms))
        _open(actor, campaign, act="campaign.approved", reason=reason, approved_by=actor)
    return Campaign.objects.get(pk=campaign.pk)


def send_back(actor: User, campaign: Campaign, *, reason: str) -> Campaign:
    """Turn a campaign under review into a draft again, and say why."""
    require_approver(actor)
    _move(actor, campaign, new=Status.DRAFT, act="campaign.sent_back", reason=_reason(reason))
    return Campaign.objects.get(pk=campaign.pk)


def pause(actor: User, campaign: Campaign) -> Campaign:
    """Let nobody begin for now. What customers have begun goes on."""
    require_manager(actor)
    _move(actor, campaign, new=Status.PAUSED, act="campaign.paused")
    return Campaign.objects.get(pk=campaign.pk)


def resume(actor: User, campaign: Campaign) -> Campaign:
    """Go on after a pause; judged like a launch, because the rules may have changed. Raises ``campaigns.refused_by_policy``."""
    require_manager(actor)
    refuse(findings_of(play(campaign.play), draft_of(campaign), campaign.terms))
    with transaction.atomic():
        _move(actor, campaign, new=Status.LAUNCHED, act="campaign.resumed")
        emit(CampaignLaunched(campaign.pk))
    return Campaign.objects.get(pk=campaign.pk)


def stop(actor: User | None, campaign: Campaign, *, reason: str) -> bool:
    """End a campaign before its time, for a reason; ``actor`` None: a guardrail did. False when it had closed already.

    What customers have begun keeps its terms and comes to its own end.
    """
    if actor is not None:
        require_manager(actor)
        reason = _reason(reason)
    return _close(campaign, new=Status.STOPPED, reason=reason, actor=actor)


def close_overdue(limit: int) -> int:
    """End up to ``limit`` campaigns whose time is over; return how many. A timer."""
    due = Campaign.objects.filter(status__in=[Status.LAUNCHED, Status.PAUSED], ends_at__lte=clock.now())
    return sweep(
        "campaigns.end", due, lambda row: _close(row, new=Status.ENDED, reason="", actor=None), by="ends_at", limit=limit
    )


def _held(campaign: Campaign, status: str) -> Campaign:
    """Return the row as it is now, held until the transaction ends. Raises ``campaigns.state`` for one in another state."""
    now = by_key(Campaign, campaign.pk, lock=True)
    if now.status != status:
        raise DomainError("campaigns.state")
    return now


def _open(actor: User, campaign: Campaign, *, act: str, reason: str = "", approved_by: User | None = None) -> None:
    chosen = play(campaign.play)
    with transaction.atomic():
        _move(actor, campaign, new=Status.LAUNCHED, act=act, reason=reason, launched_at=clock.now(), approved_by=approved_by)
        chosen.launched(Campaign.objects.get(pk=campaign.pk), actor)
        emit(CampaignLaunched(campaign.pk))


def _move(actor: User, campaign: Campaign, *, new: str, act: str, reason: str = "", **fields: object) -> None:
    if new not in Campaign.TRANSITIONS[campaign.status]:
        raise DomainError("campaigns.state")
    with transaction.atomic():
        if not advance(Campaign, campaign.pk, old=campaign.status, new=new, **fields):
            raise DomainError("campaigns.state")
        log_act(actor, act, object_type="campaign", object_id=campaign.number, detail={"reason": reason} if reason else None)
    transaction.on_commit(forget_running)


def _close(campaign: Campaign, *, new: str, reason: str, actor: User | None) -> bool:
    """End a campaign in one transaction and let its play give back what it has not used."""
    if new not in Campaign.TRANSITIONS[campaign.status]:
        return False
    with transaction.atomic():
        if not advance(Campaign, campaign.pk, old=campaign.status, new=new, closed_at=clock.now(), stop_reason=reason):
            return False
        play(campaign.play).closed(Campaign.objects.get(pk=campaign.pk))
        emit(CampaignClosed(campaign.pk, outcome=new))
        if actor is not None:
            log_act(actor, "campaign.stopped", object_type="campaign", object_id=campaign.number, detail={"reason": reason})
    transaction.on_commit(forget_running)
    return True


def _reason(text: str) -> str:
    said = " ".join(text.split())[:REASON_LENGTH]
    if len(said) < REASON_MINIMUM:
        raise DomainError("campaigns.reason", field="reason", minimum=REASON_MINIMUM)
    return said
