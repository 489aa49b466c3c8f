"""Freight: templates by zones of provinces and by weight, with a calculator that tries out what stands in the form."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from renmai.accounts import queries as accounts
from renmai.accounts.policies import Permission
from renmai.catalogue import actions
from renmai.catalogue.models import FreightTemplate
from renmai.catalogue.queries import desk
from renmai.kernel.errors import DomainError
from renmai.web.console import freight_form
from renmai.web.console.amounts import FenField, whole
from renmai.web.console.forms import blame
from renmai.web.console.freight_form import MAX_GRAMS, MAX_ZONES, ZoneDraft
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of


class TemplateForm(forms.Form):
    """The names of a template."""

    name_zh = forms.CharField(label=gettext_lazy("Name, Chinese"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("Name, English"), max_length=60, required=False)
    code = forms.SlugField(label=gettext_lazy("Code"), max_length=40)


class ParcelForm(forms.Form):
    """A parcel to try the zones on."""

    to = forms.ChoiceField(label=gettext_lazy("To"))
    weight = forms.IntegerField(label=gettext_lazy("Weight in grams"), min_value=1, max_value=MAX_GRAMS)
    amount = FenField(label=gettext_lazy("Goods for, ¥"))

    def __init__(self, *args: Any, provinces: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - three lines above  # nosec B101
        field.choices = list(provinces.items())


@staff(Permission.PRODUCTS_EDIT)
@require_safe
def freight(request: HttpRequest) -> HttpResponse:
    """List the templates with their zones in words."""
    context = {"rows": desk.freight_templates(), "uses": desk.freight_uses(), "provinces": _provinces()}
    return show(request, "console/running/freight.html", context)


@staff(Permission.PRODUCTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def freight_new(request: HttpRequest) -> HttpResponse:
    """Begin a template."""
    return _answer(request, None)


@staff(Permission.PRODUCTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def freight_template(request: HttpRequest, template_id: int) -> HttpResponse:
    """Change a template."""
    return _answer(request, desk.access_template(template_id))


def _answer(request: HttpRequest, now: FreightTemplate | None) -> HttpResponse:
    provinces = _provinces()
    if request.method != "POST":
        initial = {"name_zh": now.name_zh, "name_en": now.name_en, "code": now.code} if now else {}
        form = TemplateForm(initial=initial)
        return _show(request, now, form, freight_form.of_template(now) if now else [ZoneDraft()])
    zones = freight_form.typed(request.POST, list(provinces))
    act, _colon, place = request.POST.get("act", "save").partition(":")
    form = TemplateForm(request.POST)
    if act == "add" and len(zones) < MAX_ZONES:
        return _show(request, now, form, [*zones, ZoneDraft()])
    if act == "drop":
        gone = whole(place, maximum=MAX_ZONES)
        return _show(request, now, form, [zone for index, zone in enumerate(zones) if index != gone] or [ZoneDraft()])
    zones = freight_form.checked(zones)
    is_readable = not any(zone.errors for zone in zones)
    if act == "try":
        return _show(request, now, form, zones, status=200 if is_readable else 400)
    if not form.is_valid() or not is_readable:
        return _show(request, now, form, zones, status=400)
    return _save(request, now, form, zones)


def _save(request: HttpRequest, now: FreightTemplate | None, form: TemplateForm, zones: list[ZoneDraft]) -> HttpResponse:
    given = form.cleaned_data
    try:
        saved = actions.save_freight_template(
            member_of(request),
            code=now.code if now else given["code"],
            name_zh=given["name_zh"],
            name_en=given["name_en"],
            zones=[zone.given for zone in zones],
            is_new=now is None,
        )
    except DomainError as error:
        if error.field in {"provinces", "zones"}:
            told = _("Every province belongs to one zone, and one zone without provinces is for everywhere else.")
            form.add_error(None, told)
        else:
            blame(form, error)
        return _show(request, now, form, zones, status=error.status)
    messages.success(request, _("“%(name)s” is saved. Orders that were placed keep what they paid.") % {"name": saved.name})
    return redirect("console:freight")


def _show(
    request: HttpRequest, now: FreightTemplate | None, form: TemplateForm, zones: list[ZoneDraft], *, status: int = 200
) -> HttpResponse:
    provinces = _provinces()
    taken = {code for zone in zones for code in zone.provinces}
    parcel = ParcelForm(request.POST if "to" in request.POST else None, provinces=provinces, initial={"weight": 1500})
    context = {
        "template": now,
        "form": form,
        "zones": list(enumerate(zones)),
        "provinces": provinces,
        "taken": taken,
        "parcel": parcel,
        "result": _tried(parcel, zones),
        "may_add": len(zones) < MAX_ZONES,
        "crumbs": [Crumb(_("Freight"), reverse("console:freight")), Crumb(now.name if now else _("New template"))],
    }
    return show(request, "console/running/freight_template.html", context, status=status)


def _tried(parcel: ParcelForm, zones: list[ZoneDraft]) -> desk.TryOut | None:
    """Return what the zones in the form charge for the parcel, None while something of it cannot be read."""
    if not parcel.is_bound or not parcel.is_valid() or any(zone.errors for zone in freight_form.checked(zones)):
        return None
    given = parcel.cleaned_data
    rows = [zone.row for zone in zones]
    return desk.try_freight(rows, province=given["to"], weight_grams=given["weight"], amount_fen=given["amount"])


def _provinces() -> dict[str, str]:
    return {row.code: row.name for row in accounts.regions(None)}
