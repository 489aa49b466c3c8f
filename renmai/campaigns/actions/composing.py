"""Composing a campaign: its words, its terms, and what the law and the platforms say of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from django.db import transaction
from django.db.models import F, Max

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.campaigns import terms as terms_of
from renmai.campaigns.models import Campaign, CampaignProduct, TermsVersion
from renmai.campaigns.plays import Play, play
from renmai.campaigns.policies import require_manager
from renmai.campaigns.queries.running import forget_running
from renmai.kernel import clock, ids
from renmai.kernel.compiled import by_key
from renmai.kernel.errors import DomainError
from renmai.kernel.money import BASIS_POINTS, spell
from renmai.policy.channels import Channel
from renmai.policy.linting import Copy, Finding, lint
from renmai.policy.rules import Outcome

TITLE_LENGTH = 60
COPY_LENGTH = 400
CHANGEABLE = (Campaign.Status.DRAFT, Campaign.Status.LAUNCHED, Campaign.Status.PAUSED)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What an operator writes into the editor."""

    title_zh: str
    title_en: str = ""
    copy_zh: str = ""
    copy_en: str = ""
    channels: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    terms: Mapping[str, Any]
    budget_fen: int | None = None
    return_bound_basis_points: int = 1500
    complaint_bound_basis_points: int = 500


def compose(actor: User, play_key: str, draft: Draft) -> Campaign:
    """Write a new campaign down as a draft. Raises ``request.forbidden``, ``campaigns.unknown_play`` and what ``draft`` breaks."""
    require_manager(actor)
    chosen = play(play_key)
    terms = _checked(chosen, draft)
    with transaction.atomic():
        campaign = Campaign.objects.create(
            number=ids.number("C"), play=chosen.key, terms=terms, created_by=actor, **_columns(draft)
        )
        keep_terms(campaign, chosen, terms, actor=actor)
        log_act(actor, "campaign.composed", object_type="campaign", object_id=campaign.number)
    return campaign


def change(actor: User, campaign: Campaign, draft: Draft) -> Campaign:
    """Change a campaign and return it as it is then.

    A draft changes freely. One that runs keeps its beginning, and its new terms hold for what begins from now on; they are judged like
    a launch: what a rule refuses is refused, what it wants reviewed too (stop it and launch another). Raises ``campaigns.running``,
    ``campaigns.refused_by_policy``, ``campaigns.state`` and what ``draft`` breaks.
    """
    require_manager(actor)
    chosen = play(campaign.play)
    if campaign.status not in CHANGEABLE:
        raise DomainError("campaigns.running")
    is_running = campaign.status != Campaign.Status.DRAFT
    if is_running and draft.starts_at != campaign.starts_at:
        raise DomainError("campaigns.running", field="starts_at")
    terms = _checked(chosen, draft, is_running=is_running)
    if is_running:
        refuse(findings_of(chosen, draft, terms), also_review=True)
    with transaction.atomic():
        by_key(Campaign, campaign.pk, lock=True)
        version = next_version(campaign) if terms != campaign.terms else campaign.version
        row = Campaign.objects.filter(pk=campaign.pk, revision=campaign.revision, status=campaign.status)
        if draft.budget_fen is not None:
            row = row.filter(spent_fen__lte=draft.budget_fen)
        if not row.update(terms=terms, version=version, revision=F("revision") + 1, **_columns(draft)):
            _refuse_change(campaign, draft)
        changed = Campaign.objects.get(pk=campaign.pk)
        if version != campaign.version:
            keep_terms(changed, chosen, terms, actor=actor)
            if is_running:
                chosen.launched(changed, actor)
        log_act(actor, "campaign.changed", object_type="campaign", object_id=campaign.number, detail={"version": version})
    transaction.on_commit(forget_running)
    return changed


def _refuse_change(campaign: Campaign, draft: Draft) -> NoReturn:
    """Say why a campaign could not be changed: its budget is given out, or somebody else was faster."""
    spent_fen = Campaign.objects.get(pk=campaign.pk).spent_fen
    if draft.budget_fen is not None and draft.budget_fen < spent_fen:
        raise DomainError("campaigns.value", field="budget_fen", allowed=f"≥ {spell(spent_fen)}")
    raise DomainError("campaigns.state")


def findings_of(chosen: Play, draft: Draft, terms: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Return what the linter objects to in the words and the settings of a campaign, the hardest first as it gives them."""
    texts = tuple(text for _name, text in texts_of(draft, terms))
    return lint(Copy(texts=texts, channels=frozenset(draft.channels), facts=chosen.facts(terms)))


def texts_of(draft: Draft, terms: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return what the linter reads, each text with the field it stands in (``terms.<name>`` for a term)."""
    words = [(name, getattr(draft, name)) for name in ("title_zh", "title_en", "copy_zh", "copy_en")]
    said = [(f"terms.{name}", value) for name, value in terms.items() if isinstance(value, str)]
    return tuple((name, text) for name, text in (*words, *said) if text)


def draft_of(campaign: Campaign) -> Draft:
    """Return a campaign as its editor shows it."""
    return Draft(
        title_zh=campaign.title_zh,
        title_en=campaign.title_en,
        copy_zh=campaign.copy_zh,
        copy_en=campaign.copy_en,
        channels=tuple(campaign.channels),
        starts_at=campaign.starts_at,
        ends_at=campaign.ends_at,
        terms=campaign.terms,
        budget_fen=campaign.budget_fen,
        return_bound_basis_points=campaign.return_bound_basis_points,
        complaint_bound_basis_points=campaign.complaint_bound_basis_points,
    )


def refuse(findings: tuple[Finding, ...], *, also_review: bool = False) -> None:
    """Raise ``campaigns.refused_by_policy`` for the first finding that refuses, or asks for a review where nobody can give one."""
    hard = {Outcome.REFUSE, Outcome.REVIEW} if also_review else {Outcome.REFUSE}
    for finding in findings:
        if finding.outcome in hard:
            raise DomainError(
                "campaigns.refused_by_policy", says=finding.advice, rule=finding.rule_key or finding.code, source=finding.source
            )


def _checked(chosen: Play, draft: Draft, *, is_running: bool = False) -> dict[str, Any]:
    if not 1 <= len(draft.title_zh.strip()) <= TITLE_LENGTH or len(draft.title_en) > TITLE_LENGTH:
        raise DomainError("campaigns.title", field="title_zh")
    if max(len(draft.copy_zh), len(draft.copy_en)) > COPY_LENGTH:
        raise DomainError("campaigns.copy", field="copy_zh")
    if not draft.channels or not set(draft.channels) <= set(Channel.values):
        raise DomainError("campaigns.channels", field="channels")
    if draft.ends_at <= draft.starts_at or (draft.ends_at <= clock.now() and not is_running):
        raise DomainError("campaigns.period", field="ends_at")
    for name in ("return_bound_basis_points", "complaint_bound_basis_points"):
        if not 0 <= getattr(draft, name) <= BASIS_POINTS:
            raise DomainError("campaigns.bounds", field=name)
    if draft.budget_fen is not None and draft.budget_fen < 1:
        raise DomainError("campaigns.value", field="budget_fen", allowed="≥ 0.01")
    return terms_of.checked(chosen, draft.terms)


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "title_zh": draft.title_zh.strip(),
        "title_en": draft.title_en.strip(),
        "copy_zh": draft.copy_zh.strip(),
        "copy_en": draft.copy_en.strip(),
        "channels": sorted(set(draft.channels)),
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "budget_fen": draft.budget_fen,
        "return_bound_basis_points": draft.return_bound_basis_points,
        "complaint_bound_basis_points": draft.complaint_bound_basis_points,
    }


def next_version(campaign: Campaign) -> int:
    """Return the number of the next terms of a campaign: after its own, and after those that experiments tried."""
    last = TermsVersion.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"] or 0
    return max(campaign.version, last) + 1


def keep_terms(campaign: Campaign, chosen: Play, terms: Mapping[str, Any], *, actor: User | None) -> None:
    """Write the version down, so that what began under it can be explained for ever, and the products that it is about.

    In the caller's transaction. A version that is there already stays. Raises ``campaigns.state`` when somebody else took its number.
    """
    row = {"terms": dict(terms), "made_by": actor, "made_at": clock.now()}
    kept, _is_new = TermsVersion.objects.get_or_create(campaign=campaign, number=campaign.version, defaults=row)
    if kept.terms != terms:
        raise DomainError("campaigns.state")
    wanted = chosen.product_ids(terms)
    CampaignProduct.objects.filter(campaign=campaign).exclude(product_id__in=wanted).delete()
    present = set(CampaignProduct.objects.filter(campaign=campaign).values_list("product_id", flat=True))
    CampaignProduct.objects.bulk_create(
        [CampaignProduct(campaign=campaign, product_id=product_id) for product_id in sorted(wanted - present)]
    )
