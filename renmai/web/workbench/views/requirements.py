"""Her selection requirements: what may be recommended to her at all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from renmai.kernel.errors import DomainError
from renmai.matching import actions, queries
from renmai.web.workbench.navigation import show
from renmai.web.workbench.requirements_form import RequirementsForm, initial_of
from renmai.web.workbench.seats import Seat, agents_only


@require_http_methods(["GET", "HEAD", "POST"])
@agents_only
def requirements(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Edit the requirements; saving empties her list until it is made anew, a minute at most."""
    choices = queries.choices()
    if request.method == "POST":
        form = RequirementsForm(choices, request.POST)
    else:
        form = RequirementsForm(choices, initial=initial_of(queries.requirements_of(seat.user)))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.require_goods(seat.user, form.wishes())
            except DomainError as error:
                status = form.refuse(error)
            else:
                messages.success(request, _("Saved. Your list is being made anew; it is here in a minute."))
                return redirect("workbench:advice")
    context = {"form": form, "back_url": reverse("workbench:advice")}
    return show(request, "workbench/requirements.html", context, status=status)
