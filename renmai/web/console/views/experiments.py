"""Experiments: the list, and what came of one. Results are counted anew from raw rows; what counts them is imported late."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.insight.experiments import queries
from renmai.insight.experiments.metrics import metric
from renmai.insight.experiments.models import Experiment
from renmai.web.console import experiment_charts, requests
from renmai.web.console.arm_words import arm_views
from renmai.web.console.experiment_forms import DecideForm, WidenForm
from renmai.web.console.experiment_views import about, readings
from renmai.web.console.experiment_words import about_text, variant_text
from renmai.web.console.filters import chips
from renmai.web.console.forms import ReasonForm
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

SEES = Permission.FIGURES_VIEW
Status = Experiment.Status


@staff(SEES)
@require_safe
def experiments(request: HttpRequest) -> HttpResponse:
    """List experiments by state, the newest first, with how many people are in each."""
    user = member_of(request)
    status = requests.choice(request, "status", Status.values)
    page = queries.experiments_of(user, status=status, page=requests.page_number(request))
    rows = list(page.object_list)
    people = queries.people_in([row.pk for row in rows])
    context = {
        "page": page,
        "rows": [(row, about_text(row), metric(row.metric), people.get(row.pk, 0), _decision(row)) for row in rows],
        "status_chips": chips(request, "status", [("", _("All")), *Status.choices], counts=queries.status_counts(user)),
        "is_filtered": bool(status),
        "may_manage": Permission.EXPERIMENTS_MANAGE in permissions_of(user),
    }
    return show(request, "console/experiments/list.html", context)


@staff(SEES)
@require_safe
def experiment(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Show one experiment: what was agreed, who was dealt what, and what came of it."""
    return show_experiment(request, queries.access_experiment(member_of(request), experiment_id))


def show_experiment(
    request: HttpRequest,
    row: Experiment,
    *,
    refusal: str = "",
    forms: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page of one experiment; ``forms`` are those that were refused, by the act they are for."""
    manages = Permission.EXPERIMENTS_MANAGE in permissions_of(member_of(request))
    given = forms or {}
    context: dict[str, Any] = {
        "experiment": row,
        "crumbs": [Crumb(_("Experiments"), reverse("console:experiments")), Crumb(row.title)],
        "about": about_text(row),
        "metric": metric(row.metric),
        "counted_days": metric(row.metric).days(row.window_days),
        "decision": _decision(row),
        "agreed": about(row),
        "refusal": refusal,
        "opened": dict.fromkeys(given, True),
        "widen_form": given.get("widen") or WidenForm(initial={"traffic": row.traffic_basis_points}, auto_id="id_widen_%s"),
        "stop_form": given.get("stop") or ReasonForm(auto_id="id_stop_%s"),
        "decide_form": given.get("decide") or DecideForm(row, auto_id="id_decide_%s"),
        "may_edit": manages and row.status == Status.DRAFT,
        "may_widen": manages and row.status == Status.RUNNING and row.traffic_basis_points < 10_000,
        "may_stop": manages and row.status == Status.RUNNING,
        "may_decide": manages and row.status in {Status.RUNNING, Status.STOPPED},
    }
    if row.started_at is not None:
        from renmai.insight.experiments.results import result_of

        result = result_of(row)
        context |= {"result": result, **readings(row, result), "incentives": arm_views(row, result.incentives)}
        if result.qini is not None:
            context["gains"] = experiment_charts.gains(result.qini, metric(row.metric))
    return show(request, "console/experiments/experiment.html", context, status=status)


def _decision(row: Experiment) -> str:
    return variant_text(row, row.decision) if row.decision else ""
