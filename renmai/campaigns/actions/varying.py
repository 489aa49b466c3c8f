"""Terms that are tried out: each arm of an experiment is a version of its campaign's terms, checked like a launch, kept for ever.

So whoever began under one keeps it as she keeps any other version, whatever becomes of the experiment.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.campaigns import terms as terms_of
from renmai.campaigns.actions.composing import draft_of, findings_of, keep_terms, next_version, refuse
from renmai.campaigns.models import Campaign, TermsVersion
from renmai.campaigns.plays import play
from renmai.campaigns.policies import require_manager
from renmai.campaigns.queries.running import forget_running
from renmai.kernel import clock
from renmai.kernel.compiled import by_key
from renmai.kernel.errors import DomainError

Options = Mapping[str, str]
OPEN = (Campaign.Status.LAUNCHED, Campaign.Status.PAUSED)


def varied_terms(campaign: Campaign, arms: Sequence[Options]) -> list[dict[str, Any]]:
    """Return the terms of each arm of a campaign, checked like those of a launch.

    Raises what the play or a rule refuses, also what a rule wants reviewed, and ``campaigns.same_arms`` where two arms promise the same.
    """
    chosen, found = play(campaign.play), []
    for options in arms:
        terms = terms_of.checked(chosen, chosen.varied(campaign.terms, options))
        refuse(findings_of(chosen, draft_of(campaign), terms), also_review=True)
        if terms in found:
            raise DomainError("campaigns.same_arms")
        found.append(terms)
    return found


def try_terms(actor: User, campaign: Campaign, arms: Sequence[Options]) -> list[int]:
    """Write the terms of each arm down and return their versions; the campaign's own terms are the version that they are.

    In the caller's transaction. Raises ``request.forbidden``, ``campaigns.running`` unless it is launched, and what ``varied_terms`` does.
    """
    require_manager(actor)
    campaign = by_key(Campaign, campaign.pk, lock=True)
    if campaign.status not in OPEN:
        raise DomainError("campaigns.not_open", title=campaign.title)
    versions, free = [], next_version(campaign)
    for terms in varied_terms(campaign, arms):
        if terms == campaign.terms:
            versions.append(campaign.version)
            continue
        TermsVersion.objects.create(campaign=campaign, number=free, terms=terms, made_by=actor, made_at=clock.now())
        versions.append(free)
        free += 1
    log_act(
        actor,
        "campaign.tried",
        object_type="campaign",
        object_id=campaign.number,
        detail={"versions": ", ".join(map(str, versions))},
    )
    return versions


def adopt_terms(actor: User, campaign: Campaign, version: int) -> bool:
    """Let terms that were tried hold for what begins from now on; False when they hold already, or the campaign is over.

    In the caller's transaction. Raises ``request.forbidden``, ``campaigns.refused_by_policy``.
    """
    require_manager(actor)
    campaign = by_key(Campaign, campaign.pk, lock=True)
    if campaign.status not in OPEN or campaign.version == version:
        return False
    chosen, terms = play(campaign.play), TermsVersion.objects.get(campaign=campaign, number=version).terms
    refuse(findings_of(chosen, draft_of(campaign), terms), also_review=True)
    Campaign.objects.filter(pk=campaign.pk).update(terms=terms, version=version, revision=F("revision") + 1)
    changed = Campaign.objects.get(pk=campaign.pk)
    keep_terms(changed, chosen, terms, actor=actor)
    chosen.launched(changed, actor)
    log_act(actor, "campaign.changed", object_type="campaign", object_id=campaign.number, detail={"version": version})
    transaction.on_commit(forget_running)
    return True
