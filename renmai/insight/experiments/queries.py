"""Reads of experiments. ``variant`` is what every switch of the product asks."""

from collections.abc import Mapping
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count

from renmai.accounts.models import User
from renmai.insight.experiments.dealing import option_of
from renmai.insight.experiments.exposing import exposed
from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.experiments.policies import require_viewer
from renmai.insight.experiments.running import snapshot
from renmai.insight.experiments.switches import Switch, switch
from renmai.kernel.errors import DomainError

PAGE_SIZE = 30
HELD, OPEN = "held", "open"
"""The variants of a holdout, the control first."""


def variant(key: str, *, user: User | None = None, visitor: UUID | None = None) -> str:
    """Return how the switch ``key`` is for this person: what she was dealt, else what was decided, else its default.

    No statement while no experiment moves the switch and there is no holdout. Otherwise one, and her first time leaves one exposure: ask
    only where the answer is shown, because she is counted from then on. Whoever is neither ``user`` nor ``visitor`` is never dealt out.
    Raises ``experiments.unknown_switch``.
    """
    chosen, now = switch(key), snapshot()
    if now.holdout is not None and exposed(now.holdout, user=user, visitor=visitor) == HELD:
        return chosen.default
    standing = now.decided.get(key, chosen.default)
    for deal in now.by_switch.get(key, ()):
        got = exposed(deal, user=user, visitor=visitor)
        if got is not None:
            return _known(chosen, option_of(got, deal.switches, key))
    return _known(chosen, standing)


def access_experiment(actor: User, experiment_id: int) -> Experiment:
    """Return an experiment for somebody of the staff. Raises ``request.forbidden``, ``request.not_found``."""
    require_viewer(actor)
    found = Experiment.objects.select_related("created_by", "decided_by").filter(pk=experiment_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def experiments_of(actor: User, *, status: str = "", page: int = 1) -> "Page[Experiment]":
    """Return the staff's list, the newest first. Raises ``request.forbidden``."""
    require_viewer(actor)
    rows = Experiment.objects.filter(status=status) if status else Experiment.objects.all()
    return Paginator(rows.order_by("-created_at", "-pk"), PAGE_SIZE).get_page(page)


def status_counts(actor: User) -> dict[str, int]:
    """Return how many experiments are in each state; under "" all of them. Raises ``request.forbidden``."""
    require_viewer(actor)
    counts = dict(Experiment.objects.order_by().values_list("status").annotate(Count("pk")))
    return counts | {"": sum(counts.values())}


def people_in(experiment_ids: list[int]) -> Mapping[int, int]:
    """Return how many people were dealt something in each of these experiments. One statement."""
    live = Exposure.objects.filter(experiment_id__in=experiment_ids, superseded_at__isnull=True)
    return dict(live.order_by().values_list("experiment").annotate(Count("pk")))


def _known(chosen: Switch, option: str) -> str:
    """Return ``option`` while the switch still has it: an old decision must not outlive what it was about."""
    return option if chosen.option(option) else chosen.default
