"""Programs: keys of one's own, and webhooks with what was sent to them."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.programs import actions, queries
from renmai.web.console import requests
from renmai.web.console.forms import blame
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of


class KeyForm(forms.Form):
    """A key for one program."""

    name = forms.CharField(
        label=gettext_lazy("What is it for?"), max_length=60, help_text=gettext_lazy("Such as “warehouse scanner”.")
    )
    valid_days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"),
        coerce=int,
        choices=[(30, gettext_lazy("30 days")), (90, gettext_lazy("90 days")), (365, gettext_lazy("One year"))],
        initial=90,
    )


class WebhookForm(forms.Form):
    """An address that hears of events."""

    url = forms.URLField(label=gettext_lazy("Address"), max_length=300, assume_scheme="https")
    events = forms.MultipleChoiceField(label=gettext_lazy("Events"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["events"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - three lines above  # nosec B101
        field.choices = [(event.name, event.name) for event in queries.event_views()]


@staff(Permission.API_MANAGE)
@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """List one's own keys and all webhooks."""
    return _show(request)


@staff(Permission.API_MANAGE)
@never_cache
@require_POST
def token_create(request: HttpRequest) -> HttpResponse:
    """Make a key and show its text this once; it is kept nowhere, so the answer is the page itself."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _show(request, form=form, status=400)
    given = form.cleaned_data
    try:
        token, text = actions.create_token(member_of(request), name=given["name"], valid_days=given["valid_days"])
    except DomainError as error:
        blame(form, error)
        return _show(request, form=form, status=error.status)
    context = {"token": token, "text": text, "crumbs": [Crumb(_("API"), reverse("console:api")), Crumb(token.name)]}
    return show(request, "console/running/token.html", context)


@staff(Permission.API_MANAGE)
@require_POST
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End one of one's own keys now."""
    actions.revoke_token(member_of(request), token_id=token_id)
    messages.success(request, _("The key no longer opens anything."))
    return redirect("console:api")


@staff(Permission.API_MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_new(request: HttpRequest) -> HttpResponse:
    """Add an address; its secret is shown this once."""
    if request.method != "POST":
        return _show_new(request, WebhookForm())
    form = WebhookForm(request.POST)
    if not form.is_valid():
        return _show_new(request, form, status=400)
    try:
        made = actions.add_webhook(member_of(request), url=form.cleaned_data["url"], events=form.cleaned_data["events"])
    except DomainError as error:
        blame(form, error)
        return _show_new(request, form, status=error.status)
    crumbs = [Crumb(_("API"), reverse("console:api")), Crumb(made.url)]
    return show(request, "console/running/webhook_secret.html", {"endpoint": made, "crumbs": crumbs})


@staff(Permission.API_MANAGE)
@require_safe
def webhook(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Show an address with what was sent to it."""
    user = member_of(request)
    found = next((row for row in queries.webhooks(user) if row.pk == endpoint_id), None)
    if found is None:
        raise DomainError("request.not_found")
    context = {
        "endpoint": found,
        "page": queries.deliveries(user, endpoint_id, page=requests.page_number(request)),
        "crumbs": [Crumb(_("API"), reverse("console:api")), Crumb(found.url)],
    }
    return show(request, "console/running/webhook.html", context)


@staff(Permission.API_MANAGE)
@require_POST
def webhook_stop(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Send nothing more to an address."""
    actions.stop_webhook(member_of(request), endpoint_id=endpoint_id)
    messages.success(request, _("Nothing more is sent there."))
    return redirect("console:api")


@staff(Permission.API_MANAGE)
@require_POST
def delivery_repeat(request: HttpRequest, endpoint_id: int, delivery_id: UUID) -> HttpResponse:
    """Try again what was given up."""
    actions.repeat_delivery(member_of(request), delivery_id=str(delivery_id))
    messages.success(request, _("It is tried again within a minute."))
    return redirect("console:webhook", endpoint_id)


def _show(request: HttpRequest, *, form: KeyForm | None = None, status: int = 200) -> HttpResponse:
    user = member_of(request)
    context = {
        "tokens": queries.tokens_of(user),
        "webhooks": queries.webhooks(user),
        "form": form or KeyForm(),
        "now": clock.now(),
    }
    return show(request, "console/running/api.html", context, status=status)


def _show_new(request: HttpRequest, form: WebhookForm, *, status: int = 200) -> HttpResponse:
    chosen = form.data.getlist("events") if form.is_bound else []  # type: ignore[attr-defined]
    context = {
        "form": form,
        "events": [(event, event.name in chosen) for event in queries.event_views()],
        "crumbs": [Crumb(_("API"), reverse("console:api")), Crumb(_("New webhook"))],
    }
    return show(request, "console/running/webhook_new.html", context, status=status)
