"""Reads of experiments. ``variant`` is what every switch of the product asks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count

from renmai.accounts.models import User
from renmai.insight.experiments.dealing import Belongs, nobody, option_of
from renmai.insight.experiments.exposing import exposed, lot_of
from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.experiments.policies import require_viewer
from renmai.insight.experiments.running import snapshot
from renmai.insight.experiments.switches import Switch, switch
from renmai.kernel.errors import DomainError

PAGE_SIZE = 30
HELD, OPEN = "held", "open"
"""The variants of a holdout, the control first."""


def variant(key: str, *, user: User | None = None, visitor: UUID | None = None, belongs: Belongs = nobody) -> str:
    """Return how the switch ``key`` is for this person: what she was dealt, else what was decided, else its default.

    No statement while no experiment moves the switch and there is no holdout. Otherwise one, and her first time leaves one exposure: ask
    only where the answer is shown, because she is counted from then on. Whoever is neither ``user`` nor ``visitor`` is never dealt out.
    ``belongs`` says who is in a segment (``portraits.queries.fulfils``): without it nobody is. Raises ``experiments.unknown_switch``.
    """
    chosen, now = switch(key), snapshot()
    if now.holdout is not None and exposed(now.holdout, user=user, visitor=visitor, belongs=belongs) == HELD:
        return chosen.default
    standing = now.decided.get(key, chosen.default)
    for deal in now.by_switch.get(key, ()):
        got = exposed(deal, user=user, visitor=visitor, belongs=belongs)
        if got is not None:
            return _known(chosen, option_of(got, deal.switches, key))
    return _known(chosen, standing)


@dataclass(frozen=True)
class Foreseen:
    """How a switch will be for somebody, and the experiment that deals it out to her (0: none)."""

    option: str
    experiment_id: int = 0


def foreseen(key: str, user_ids: Collection[int], *, belongs: Belongs = nobody) -> dict[int, Foreseen]:
    """Return how the switch ``key`` will be for these members when they meet it. For what is prepared ahead: counts nobody.

    Whoever then shows what was prepared tells it by ``met``. No statement while no experiment moves the switch and there is no holdout;
    otherwise one, and up to three for each member who is dealt out. Raises ``experiments.unknown_switch``.
    """
    chosen, now = switch(key), snapshot()
    standing = Foreseen(_known(chosen, now.decided.get(key, chosen.default)))
    deals = now.by_switch.get(key, ())
    if now.holdout is None and not deals:
        return dict.fromkeys(user_ids, standing)
    users = User.objects.in_bulk(list(user_ids))
    return {user_id: _foreseen(chosen, users.get(user_id), standing, belongs) for user_id in user_ids}


def met(key: str, *, user: User, experiment_id: int, belongs: Belongs = nobody) -> None:
    """Count that somebody meets now what was prepared for her under this experiment; nothing once it has ended. One statement or none."""
    for deal in snapshot().by_switch.get(key, ()):
        if deal.experiment_id == experiment_id:
            exposed(deal, user=user, visitor=None, belongs=belongs)


def movers(keys: Collection[str]) -> list[Experiment]:
    """Return the experiments that move any of these switches: those that run, and the last decision for each. Two statements."""
    running = [row for row in Experiment.objects.filter(status=Experiment.Status.RUNNING) if set(keys) & set(row.switches)]
    decided: dict[str, Experiment] = {}
    for row in Experiment.objects.filter(status=Experiment.Status.DECIDED, is_holdout=False).order_by("decided_at", "pk"):
        decided |= dict.fromkeys(set(keys) & set(row.switches), row)
    return sorted(running, key=lambda row: row.pk) + sorted(set(decided.values()), key=lambda row: row.pk)


def trials_of(campaign_id: int) -> list[Experiment]:
    """Return the experiments on a campaign's terms that were started, the newest first; at most ``PAGE_SIZE``. One statement."""
    rows = Experiment.objects.select_related("campaign").filter(campaign=campaign_id, started_at__isnull=False)
    return list(rows.order_by("-started_at", "-pk")[:PAGE_SIZE])


def access_experiment(actor: User, experiment_id: int) -> Experiment:
    """Return an experiment for somebody of the staff. Raises ``request.forbidden``, ``request.not_found``."""
    require_viewer(actor)
    found = Experiment.objects.select_related("created_by", "decided_by", "campaign").filter(pk=experiment_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def experiments_of(actor: User, *, status: str = "", page: int = 1) -> "Page[Experiment]":
    """Return the staff's list, the newest first. Raises ``request.forbidden``."""
    require_viewer(actor)
    rows = Experiment.objects.select_related("campaign")
    rows = rows.filter(status=status) if status else rows
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


def _foreseen(chosen: Switch, user: User | None, standing: Foreseen, belongs: Belongs) -> Foreseen:
    now = snapshot()
    if user is None:
        return standing
    if now.holdout is not None:
        held = lot_of(now.holdout, user=user, visitor=None, belongs=belongs)
        if held is not None and held.variant == HELD:
            return Foreseen(chosen.default)
    for deal in now.by_switch.get(chosen.key, ()):
        lot = lot_of(deal, user=user, visitor=None, belongs=belongs)
        if lot is not None:
            return Foreseen(_known(chosen, option_of(lot.variant, deal.switches, chosen.key)), deal.experiment_id)
    return standing


def _known(chosen: Switch, option: str) -> str:
    """Return ``option`` while the switch still has it: an old decision must not outlive what it was about."""
    return option if chosen.option(option) else chosen.default
