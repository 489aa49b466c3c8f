"""What runs and what was decided: asked wherever a switch is, so kept for a moment in this process."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.cache import cache

from renmai.campaigns.models import Campaign
from renmai.insight.experiments.dealing import Deal, Only, option_of
from renmai.insight.experiments.models import Experiment
from renmai.kernel import ids

CACHE_KEY = "experiments.running"
CACHE_SECONDS = 5
OPEN = (Campaign.Status.LAUNCHED, Campaign.Status.PAUSED)


@dataclass(frozen=True)
class Trial:
    """An experiment on the terms of a campaign: which version each variant is. People keep what they were dealt after it has ended."""

    deal: Deal
    versions: Mapping[str, int]
    is_running: bool


@dataclass(frozen=True)
class Snapshot:
    """The experiments that run, by the switch they move, the holdout if there is one, and what was decided for each switch.

    ``trials`` are those on campaigns that are not over, ended ones too, by campaign.
    """

    token: str = ""
    by_switch: Mapping[str, tuple[Deal, ...]] = field(default_factory=dict)
    holdout: Deal | None = None
    decided: Mapping[str, str] = field(default_factory=dict)
    trials: Mapping[int, tuple[Trial, ...]] = field(default_factory=dict)


_kept = Snapshot()
"""The rows stay in this process; the cache holds the token under which they are true."""


def snapshot() -> Snapshot:
    """Return what runs now, at most ``CACHE_SECONDS`` old. No statement while it is fresh, else one."""
    global _kept  # noqa: PLW0603  replaced as a whole, by whichever thread comes first
    known, token = _kept, cache.get(CACHE_KEY)
    if token is None or token != known.token:
        known = _kept = _read()
        cache.set(CACHE_KEY, known.token, CACHE_SECONDS)
    return known


def forget_running() -> None:
    """Forget what this process knows, so that the next question reads again."""
    cache.delete(CACHE_KEY)


def deal_of(row: Experiment) -> Deal:
    """Return what of an experiment that started decides who gets what."""
    return Deal(
        experiment_id=row.pk,
        salt=row.salt,
        unit=row.unit,
        audience=row.audience,
        switches=tuple(row.switches),
        variants=tuple((key, share) for key, share in row.variants),
        layer=row.layer,
        layer_from=row.layer_from or 0,
        layer_basis_points=row.layer_basis_points,
        traffic_basis_points=row.traffic_basis_points,
        is_holdout=row.is_holdout,
        only=Only(**row.segment) if row.segment else None,
    )


def _read() -> Snapshot:
    by_switch: defaultdict[str, list[Deal]] = defaultdict(list)
    trials: defaultdict[int, list[Trial]] = defaultdict(list)
    decided: dict[str, tuple[tuple[datetime, int], str]] = {}
    holdout = None
    for row in Experiment.objects.exclude(status=Experiment.Status.DRAFT).select_related("campaign").order_by("pk"):
        is_running, deal = row.status == Experiment.Status.RUNNING, deal_of(row)
        if row.campaign is not None:
            if row.campaign.status in OPEN:
                versions = {key: version for (key, _share), version in zip(row.variants, row.versions, strict=True)}
                trials[row.campaign.pk].append(Trial(deal, versions, is_running))
        elif is_running:
            holdout = deal if deal.is_holdout else holdout
            for key in deal.switches:
                by_switch[key].append(deal)
        elif row.decided_at is not None and not row.is_holdout:
            for key in deal.switches:
                of_it = (row.decided_at, row.pk), option_of(row.decision, deal.switches, key)
                decided[key] = max(of_it, decided.get(key, of_it))
    return Snapshot(
        ids.secret(),
        {key: tuple(deals) for key, deals in by_switch.items()},
        holdout,
        {key: option for key, (_when, option) in decided.items()},
        {campaign_id: tuple(found) for campaign_id, found in trials.items()},
    )
