"""What is done to experiments: composed, started, widened, stopped, decided, guarded."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.campaigns import actions as campaigns
from renmai.campaigns.models import Campaign
from renmai.insight.experiments.dealing import WHOLE, Only, first_gap
from renmai.insight.experiments.metrics import Metric, metric, metrics_of
from renmai.insight.experiments.models import Dealer, Experiment, Exposure
from renmai.insight.experiments.policies import require_manager
from renmai.insight.experiments.queries import HELD, OPEN
from renmai.insight.experiments.running import forget_running
from renmai.insight.experiments.switches import Unit, switch
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import raise_alert
from renmai.kernel.states import advance

TITLE_LENGTH = 60
HYPOTHESIS_LENGTH = 400
LEAST_WORDS = 20
REASON_MINIMUM, REASON_LENGTH = 10, 200
MOST_SWITCHES = 3
LONGEST_WINDOW_DAYS = 60
LARGEST_LIFT = 100_000
HOLDOUT_LAYER = "holdout"
STOPPED, BROKEN = "experiment.stopped", "experiment.deal"
Status = Experiment.Status


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What an operator writes into the editor. ``switches`` names the options to be tried of each switch, the control first.

    Switches of a play need the ``campaign_id`` of one of its campaigns.
    """

    title: str
    hypothesis: str
    unit: str
    metric: str
    lift_basis_points: int
    switches: Mapping[str, tuple[str, ...]]
    campaign_id: int | None = None
    is_holdout: bool = False
    held_basis_points: int = 500
    audience: str = Experiment.Audience.EVERYBODY
    only: Only | None = None
    guardrails: tuple[tuple[str, int], ...] = ()
    window_days: int = 7
    layer_basis_points: int = WHOLE
    traffic_basis_points: int = WHOLE


def compose(actor: User, draft: Draft) -> Experiment:
    """Write an experiment down as a draft. Raises ``request.forbidden`` and what ``draft`` breaks (``experiments.…``)."""
    require_manager(actor)
    columns = _columns(draft)
    with transaction.atomic():
        row = Experiment.objects.create(number=ids.number("X"), created_by=actor, **columns)
        log_act(actor, "experiment.composed", object_type="experiment", object_id=row.number)
    return row


def change(actor: User, row: Experiment, draft: Draft) -> Experiment:
    """Change a draft and return it as it is then. Raises ``experiments.frozen`` once it has started, and what ``draft`` breaks."""
    require_manager(actor)
    columns = _columns(draft)
    with transaction.atomic():
        if not Experiment.objects.filter(pk=row.pk, status=Status.DRAFT).update(**columns):
            raise DomainError("experiments.frozen")
        log_act(actor, "experiment.changed", object_type="experiment", object_id=row.number)
    return Experiment.objects.get(pk=row.pk)


def start(actor: User, row: Experiment) -> Experiment:
    """Begin to deal people out; from now on what was agreed stays. Returns it as it is then.

    With a campaign the terms of each variant are written down and judged by the rules as a launch is: what a rule refuses does not start.

    Raises ``experiments.layer_full`` where others have the people, ``experiments.switch_taken``, ``experiments.holdout_taken``, ``experiments.state``,
    and what ``campaigns.try_terms`` refuses.
    """
    require_manager(actor)
    planned = _planned(row)
    with transaction.atomic():
        Dealer.objects.get_or_create(pk=1)
        Dealer.objects.filter(pk=1).update(starts=F("starts") + 1)
        others = list(Experiment.objects.filter(status=Status.RUNNING).exclude(pk=row.pk).order_by("pk"))
        fields = {"layer_from": _place(row, others), "started_at": clock.now(), "planned_units": planned}
        if row.campaign is not None:
            fields["versions"] = campaigns.try_terms(actor, row.campaign, arms_of(row.switches, row.variants))
        if not advance(Experiment, row.pk, old=Status.DRAFT, new=Status.RUNNING, **fields):
            raise DomainError("experiments.state")
        log_act(actor, "experiment.started", object_type="experiment", object_id=row.number)
    transaction.on_commit(forget_running)
    return Experiment.objects.get(pk=row.pk)


def widen(actor: User, row: Experiment, *, traffic_basis_points: int) -> Experiment:
    """Let more of its people take part; nobody changes her variant. Raises ``experiments.shrinks``, ``experiments.state``."""
    require_manager(actor)
    if not row.traffic_basis_points < traffic_basis_points <= WHOLE:
        raise DomainError("experiments.shrinks", field="traffic")
    with transaction.atomic():
        running = Experiment.objects.filter(pk=row.pk, status=Status.RUNNING, traffic_basis_points__lt=traffic_basis_points)
        if not running.update(traffic_basis_points=traffic_basis_points):
            raise DomainError("experiments.state")
        detail = {"traffic_basis_points": traffic_basis_points}
        log_act(actor, "experiment.widened", object_type="experiment", object_id=row.number, detail=detail)
    transaction.on_commit(forget_running)
    return Experiment.objects.get(pk=row.pk)


def stop(actor: User | None, row: Experiment, *, reason: str) -> bool:
    """End it; everybody is as before. ``actor`` None: a guardrail did. False when it had ended already."""
    if actor is not None:
        require_manager(actor)
        reason = said(reason)
    with transaction.atomic():
        if not advance(Experiment, row.pk, old=Status.RUNNING, new=Status.STOPPED, stopped_at=clock.now(), stop_reason=reason):
            return False
        if actor is not None:
            detail = {"reason": reason}
            log_act(actor, "experiment.stopped", object_type="experiment", object_id=row.number, detail=detail)
    transaction.on_commit(forget_running)
    return True


def decide(actor: User, row: Experiment, *, variant: str, reason: str) -> Experiment:
    """Let one of the variants hold for everybody from now on, and say why. Returns it as it is then.

    A holdout decides nothing for others: it ends, and everybody is open. With a campaign the variant's terms become the campaign's own, as if
    an operator had changed them; who was dealt others keeps those. Raises ``experiments.decision``, ``experiments.reason``,
    ``experiments.state``.
    """
    require_manager(actor)
    if variant not in {key for key, _share in row.variants}:
        raise DomainError("experiments.decision", field="variant")
    reason = said(reason)
    fields = {"decision": variant, "decision_reason": reason, "decided_by": actor, "decided_at": clock.now()}
    if row.status == Status.RUNNING:
        fields["stopped_at"] = clock.now()
    if Status.DECIDED not in Experiment.TRANSITIONS[row.status]:
        raise DomainError("experiments.state")
    with transaction.atomic():
        if not advance(Experiment, row.pk, old=row.status, new=Status.DECIDED, **fields):
            raise DomainError("experiments.state")
        if row.campaign is not None:
            campaigns.adopt_terms(actor, row.campaign, row.versions[[key for key, _share in row.variants].index(variant)])
        detail = {"variant": variant, "reason": reason}
        log_act(actor, "experiment.decided", object_type="experiment", object_id=row.number, detail=detail)
    transaction.on_commit(forget_running)
    return Experiment.objects.get(pk=row.pk)


def guard_experiments(limit: int) -> int:
    """Stop up to ``limit`` experiments that do harm beyond a bound, and tell of deals that cannot be; return how many. A timer.

    A broken deal stops nothing by itself: the people are not worse off, only the figures are; an alert is open until somebody looked.
    """
    from renmai.insight.experiments.results import result_of

    done = 0
    for row in Experiment.objects.filter(status=Status.RUNNING).order_by("pk")[:limit]:
        result = result_of(row, is_whole=False)
        broken = next((rail for rail in result.guardrails if rail.is_broken), None)
        if result.deal_is_broken:
            raise_alert(BROKEN, row.number, f"{result.deal_chance:.2g}")
            done += 1
        if broken is not None:
            reason = f"{broken.metric.key}: {broken.variant}, over {broken.bound_basis_points / 100:g} %"
            if stop(None, row, reason=reason):
                raise_alert(STOPPED, row.number, reason)
                done += 1
    return done


def said(text: str) -> str:
    """Return a reason in one line. Raises ``experiments.reason`` for one that says nothing."""
    words = " ".join(text.split())[:REASON_LENGTH]
    if len(words) < REASON_MINIMUM:
        raise DomainError("experiments.reason", field="reason", minimum=REASON_MINIMUM)
    return words


def variants_of(draft: Draft) -> list[list[Any]]:
    """Return the variants of a draft with their shares of 10,000, the control first; what does not divide goes to the control.

    Raises ``experiments.switches``, ``experiments.options``, ``experiments.value``.
    """
    if draft.is_holdout:
        _bounded("held_basis_points", draft.held_basis_points, 10, WHOLE // 2)
        return [[HELD, draft.held_basis_points], [OPEN, WHOLE - draft.held_basis_points]]
    if not 1 <= len(draft.switches) <= MOST_SWITCHES:
        raise DomainError("experiments.switches", field="switches", most=MOST_SWITCHES)
    for key, options in draft.switches.items():
        chosen = switch(key)
        right = 2 if len(draft.switches) > 1 else max(2, len(options))
        if len(options) != right or len(set(options)) != right or any(chosen.option(option) is None for option in options):
            raise DomainError("experiments.options", field="switches", switch=chosen.title)
    keys = ["+".join(chosen) for chosen in product(*draft.switches.values())]
    share = WHOLE // len(keys)
    return [[key, share + (WHOLE - share * len(keys) if index == 0 else 0)] for index, key in enumerate(keys)]


def arms_of(switches: Sequence[str], variants: Sequence[Sequence[Any]]) -> list[dict[str, str]]:
    """Return what each variant says of each switch of a play, by the name the play gave it."""
    names = [key.partition(".")[2] for key in switches]
    return [dict(zip(names, key.split("+"), strict=True)) for key, _share in variants]


def _campaign(draft: Draft, variants: Sequence[Sequence[Any]]) -> Campaign | None:
    """Return the campaign of a draft, its terms in every variant checked. Raises ``experiments.campaign`` and what a rule refuses."""
    plays = set() if draft.is_holdout else {switch(key).play for key in draft.switches}
    if not any(plays):
        if draft.campaign_id and not draft.is_holdout:
            raise DomainError("experiments.campaign", field="campaign")
        return None
    found = Campaign.objects.filter(pk=draft.campaign_id or 0, play__in=plays).first()
    if found is None or len(plays) > 1:
        raise DomainError("experiments.campaign", field="campaign")
    campaigns.varied_terms(found, arms_of(list(draft.switches), variants))
    return found


def _columns(draft: Draft) -> dict[str, Any]:
    title, hypothesis = " ".join(draft.title.split()), draft.hypothesis.strip()
    if not title or len(title) > TITLE_LENGTH:
        raise DomainError("experiments.title", field="title")
    if not LEAST_WORDS <= len(hypothesis) <= HYPOTHESIS_LENGTH:
        raise DomainError("experiments.hypothesis", field="hypothesis", minimum=LEAST_WORDS)
    variants = variants_of(draft)
    unit = Unit.MEMBER.value if draft.is_holdout else draft.unit
    for key in () if draft.is_holdout else draft.switches:
        if unit not in switch(key).units:
            raise DomainError("experiments.unit", field="unit", switch=switch(key).title)
    campaign = _campaign(draft, variants)
    deciding = _metric_for(unit, draft.metric, field="metric", campaign=campaign)
    _check_guardrails(unit, deciding, draft.guardrails)
    _bounded("lift_basis_points", draft.lift_basis_points, 10, LARGEST_LIFT)
    _bounded("window_days", draft.window_days, 1, LONGEST_WINDOW_DAYS)
    _bounded("layer_basis_points", draft.layer_basis_points, 100, WHOLE)
    _bounded("traffic_basis_points", draft.traffic_basis_points, 100, WHOLE)
    if draft.audience not in Experiment.Audience.values:
        raise DomainError("experiments.value", field="audience", allowed=", ".join(Experiment.Audience.values))
    if (draft.audience == Experiment.Audience.SEGMENT) != (draft.only is not None) or (draft.only and unit == Unit.VISITOR):
        raise DomainError("experiments.segment", field="audience")
    return {
        "title": title,
        "hypothesis": hypothesis,
        "is_holdout": draft.is_holdout,
        "unit": unit,
        "audience": draft.audience,
        "segment": asdict(draft.only) if draft.only else {},
        "switches": [] if draft.is_holdout else list(draft.switches),
        "campaign": campaign,
        "variants": variants,
        "layer": HOLDOUT_LAYER if draft.is_holdout else campaign.number if campaign else _layer(draft),
        "layer_basis_points": WHOLE if draft.is_holdout else draft.layer_basis_points,
        "traffic_basis_points": WHOLE if draft.is_holdout else draft.traffic_basis_points,
        "metric": deciding.key,
        "lift_basis_points": draft.lift_basis_points,
        "guardrails": [list(rail) for rail in draft.guardrails],
        "window_days": draft.window_days,
    }


def _layer(draft: Draft) -> str:
    """Return the layer: that of the page of the first switch, so that experiments with one page share its people out."""
    return next(iter(draft.switches)).partition(".")[0]


def _metric_for(unit: str, key: str, *, field: str, campaign: Campaign | None = None) -> Metric:
    found = next((each for each in metrics_of(unit, campaign.pk if campaign else 0) if each.key == key), None)
    if found is None:
        raise DomainError("experiments.unknown_metric", field=field)
    return found


def _check_guardrails(unit: str, deciding: Metric, guardrails: tuple[tuple[str, int], ...]) -> None:
    keys = [key for key, _bound in guardrails]
    if deciding.key in keys or len(set(keys)) != len(keys):
        raise DomainError("experiments.guardrail", field="guardrails")
    for key, bound in guardrails:
        _metric_for(unit, key, field="guardrails")
        _bounded("guardrails", bound, 0, WHOLE)


def _bounded(field: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise DomainError("experiments.value", field=field, allowed=f"{least} – {most}")


def _planned(row: Experiment) -> int:
    """Return for how many people in each variant the interval is made tightest: those needed, if that can be foreseen."""
    from renmai.insight.experiments.planning import plan_for

    plan = plan_for(
        metric(row.metric, row.campaign_id or 0),
        unit=row.unit,
        variants=len(row.variants),
        window_days=row.window_days,
        lift_basis_points=row.lift_basis_points,
    )
    return plan.units if plan else row.planned_units


def _place(row: Experiment, others: list[Experiment]) -> int:
    """Return where its part of the layer begins."""
    if row.is_holdout:
        taken = next((each for each in others if each.is_holdout), None)
        if taken is not None:
            raise DomainError("experiments.holdout_taken", number=taken.number)
        return 0
    for each in others:
        same = set(each.switches) & set(row.switches) and each.campaign_id == row.campaign_id
        if each.layer != row.layer and same:
            raise DomainError("experiments.switch_taken", number=each.number)
    parts = [(each.layer_from or 0, each.layer_basis_points) for each in others if each.layer == row.layer]
    begin = first_gap(parts, row.layer_basis_points)
    if begin is None:
        raise DomainError("experiments.layer_full", free=f"{(WHOLE - sum(size for _begin, size in parts)) / 100:g}")
    return begin


def forget_browsers(visitor_ids: Collection[UUID]) -> int:
    """Delete what browsers were dealt while nobody knew whose they were; return how many rows. Members' rows have their own number."""
    return Exposure.objects.filter(visitor_id__in=visitor_ids, user__isnull=True).delete()[0]
