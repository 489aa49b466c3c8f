"""What is done to an experiment: started, widened, stopped, decided."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renmai.accounts.policies import Permission
from renmai.insight.experiments import actions, queries
from renmai.insight.experiments.models import Experiment
from renmai.kernel.errors import DomainError
from renmai.web.console.experiment_forms import DecideForm, WidenForm
from renmai.web.console.forms import ReasonForm, blame
from renmai.web.console.views.experiments import show_experiment
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of

MANAGES = Permission.EXPERIMENTS_MANAGE


@staff(MANAGES)
@require_POST
def experiment_start(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Begin to deal people out."""
    user = member_of(request)
    row = queries.access_experiment(user, experiment_id)
    try:
        actions.start(user, row)
    except DomainError as error:
        return _refused(request, row, error)
    messages.success(request, _("It runs. What was agreed stays; the first figures come when the first people’s days are over."))
    return redirect("console:experiment", experiment_id)


@staff(MANAGES)
@require_POST
def experiment_widen(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Let more of its people take part."""
    row = queries.access_experiment(member_of(request), experiment_id)
    form = WidenForm(request.POST, auto_id="id_widen_%s")
    sentence = _("More people take part from now on. Nobody changed her variant.")

    def act() -> object:
        return actions.widen(member_of(request), row, traffic_basis_points=form.cleaned_data["traffic"])

    return _done(request, row, "widen", form, (act, sentence))


@staff(MANAGES)
@require_POST
def experiment_stop(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """End it, for a reason."""
    row = queries.access_experiment(member_of(request), experiment_id)
    form = ReasonForm(request.POST, auto_id="id_stop_%s")

    def act() -> object:
        if not actions.stop(member_of(request), row, reason=form.cleaned_data["reason"]):
            raise DomainError("experiments.state")
        return row

    return _done(request, row, "stop", form, (act, _("Stopped. Everybody sees the shop as before.")))


@staff(MANAGES)
@require_POST
def experiment_decide(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Let one variant hold for everybody, and say why."""
    row = queries.access_experiment(member_of(request), experiment_id)
    form = DecideForm(row, request.POST, auto_id="id_decide_%s")

    def act() -> object:
        values = form.cleaned_data
        return actions.decide(member_of(request), row, variant=values["variant"], reason=values["reason"])

    return _done(request, row, "decide", form, (act, _("Decided. It holds for everybody from now on.")))


def _done(request: HttpRequest, row: Experiment, name: str, form: Form, doing: tuple[Callable[[], object], str]) -> HttpResponse:
    act, sentence = doing
    if not form.is_valid():
        return show_experiment(request, row, forms={name: form}, status=400)
    try:
        act()
    except DomainError as error:
        if error.field not in form.fields:
            return _refused(request, row, error)
        blame(form, error)
        return show_experiment(request, row, forms={name: form}, status=error.status)
    messages.success(request, sentence)
    return redirect("console:experiment", row.pk)


def _refused(request: HttpRequest, row: Experiment, error: DomainError) -> HttpResponse:
    """Show the experiment as it is now, with the reason of the refusal on top."""
    if error.code in {"request.not_found", "request.forbidden"}:
        raise error
    now = queries.access_experiment(member_of(request), row.pk)
    return show_experiment(request, now, refusal=error.sentence, status=error.status)
