"""The editor of an experiment, with how many people it needs and how long that takes beside it while one writes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from renmai.accounts.policies import Permission
from renmai.insight.experiments import actions, queries
from renmai.insight.experiments.metrics import metric
from renmai.insight.experiments.models import Experiment
from renmai.kernel.errors import DomainError
from renmai.web.console.experiment_form import ExperimentForm, first_values, values_of
from renmai.web.console.experiment_words import value_text
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

MANAGES = Permission.EXPERIMENTS_MANAGE
LOOK = "look"
"""The button that shows the plan without JavaScript, and keeps nothing."""


@staff(MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def experiment_new(request: HttpRequest) -> HttpResponse:
    """Compose an experiment."""
    return _edit(request, None, first_values(request.GET.get("campaign", "")))


@staff(MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def experiment_edit(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Change a draft; what runs stays as it was agreed."""
    row = queries.access_experiment(member_of(request), experiment_id)
    if row.status != Experiment.Status.DRAFT:
        messages.error(request, DomainError("experiments.frozen").sentence)
        return redirect("console:experiment", row.pk)
    return _edit(request, row, values_of(row))


@staff(MANAGES)
@require_POST
def experiment_preview(request: HttpRequest) -> HttpResponse:
    """Answer htmx with how many people it needs; nothing is kept."""
    return render(request, "console/experiments/parts/plan.html", _plan(ExperimentForm(request.POST)))


def _edit(request: HttpRequest, row: Experiment | None, values: dict[str, Any]) -> HttpResponse:
    if request.method != "POST":
        return _show(request, ExperimentForm(initial=values), row)
    form = ExperimentForm(request.POST, initial=values)
    if request.POST.get("act") == LOOK:
        return _show(request, form, row)
    saved = _saved(request, form, row)
    if saved is None:
        return _show(request, form, row, status=form.status)
    messages.success(request, _("Saved."))
    return redirect("console:experiment", saved.pk)


def _saved(request: HttpRequest, form: ExperimentForm, row: Experiment | None) -> Experiment | None:
    if not form.is_valid():
        return None
    user = member_of(request)
    try:
        return actions.change(user, row, form.draft()) if row else actions.compose(user, form.draft())
    except DomainError as error:
        if error.code in {"request.not_found", "request.forbidden"}:
            raise
        form.blame(error)
        return None


def _show(request: HttpRequest, form: ExperimentForm, row: Experiment | None, *, status: int = 200) -> HttpResponse:
    crumbs = [Crumb(_("Experiments"), reverse("console:experiments"))]
    crumbs += [Crumb(row.title, reverse("console:experiment", args=[row.pk])), Crumb(_("Edit"))] if row else [Crumb(_("New"))]
    context = {"form": form, "experiment": row, "crumbs": crumbs, **_plan(form)}
    return show(request, "console/experiments/editor.html", context, status=status)


def _plan(form: ExperimentForm) -> dict[str, Any]:
    """Return what the experiment as it stands in the form would take."""
    from renmai.insight.experiments.planning import plan_for

    # A form of its own: that of the page keeps what was refused beside its fields.
    form = ExperimentForm(form.data) if form.is_bound else ExperimentForm(_shown(form))
    form.full_clean()
    values = form.cleaned_data
    needed = {"metric", "lift_basis_points", "window_days", "layer_basis_points", "traffic_basis_points", "unit"}
    if not needed <= values.keys() or not values["lift_basis_points"]:
        return {"plan": None}
    chosen = metric(values["metric"], int(values.get("campaign") or 0))
    share = values["layer_basis_points"] * values["traffic_basis_points"] / 10_000**2
    try:
        variants = len(actions.variants_of(form.draft())) if form.is_valid() else 2
    except DomainError:
        variants = 2
    found = plan_for(
        chosen,
        unit=values["unit"],
        variants=variants,
        window_days=values["window_days"],
        lift_basis_points=values["lift_basis_points"],
        share=max(share, 0.0001),
    )
    return {"plan": found, "plan_baseline": value_text(found.baseline, chosen) if found else "", "plan_variants": variants}


def _shown(form: ExperimentForm) -> dict[str, Any]:
    """Return the initial values as their fields show them."""
    return {name: form[name].value() for name in form.fields if name in form.initial}
