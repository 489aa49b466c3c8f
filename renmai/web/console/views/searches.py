"""What people search for, what finds nothing, and what came of it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import has_permission
from renmai.catalogue import actions as catalogue
from renmai.catalogue.queries.synonyms import synonyms
from renmai.insight.value import queries
from renmai.kernel.errors import DomainError
from renmai.web.console import periods, requests, value_words
from renmai.web.console.files import csv_file
from renmai.web.console.forms import blame
from renmai.web.console.navigation import show
from renmai.web.console.views.funnels import count_anew
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of

HEADER = ("search", "times", "people", "found_nothing", "found_loosely", "opened_part", "opened_low", "opened_high")
KINDS = {
    "": gettext_lazy("All searches"),
    "empty": gettext_lazy("Found nothing"),
    "loosened": gettext_lazy("Only something like it"),
}
SHOWN = 100


@dataclass(frozen=True)
class Chip:
    """One kind of searches to choose."""

    label: str
    url: str
    is_current: bool


class SynonymForm(forms.Form):
    """Two words for the same."""

    word = forms.CharField(label=gettext_lazy("Whoever searches for"), max_length=40)
    other = forms.CharField(label=gettext_lazy("also finds what says"), max_length=40)
    is_both_ways = forms.BooleanField(label=gettext_lazy("and the other way round"), required=False)


@staff(Permission.FIGURES_VIEW)
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """Show the searches of a period, and to whoever edits goods the synonyms (``?word=`` begins one)."""
    given = {"word": request.GET.get("word", "")[:40], "is_both_ways": True}
    return _show(request, SynonymForm(initial=given))


def _show(request: HttpRequest, form: SynonymForm, *, status: int = 200) -> HttpResponse:
    chosen, only = periods.chosen(request), _only(request)
    found = queries.searches(chosen.period, only=only)
    address = reverse("console:searches")
    context = {
        "chosen": chosen,
        "choices": periods.CHOICES,
        "counted": found,
        "rows": [value_words.search_view(row) for row in found.listed[:SHOWN]],
        "left": max(0, len(found.listed) - SHOWN),
        "chips": [Chip(str(label), f"{address}?{chosen.query}&only={kind}", kind == only) for kind, label in KINDS.items()],
        "count_url": f"{reverse('console:searches_count')}?{chosen.query}",
        "query": f"{chosen.query}&only={only}",
        "sentence": value_words.searches_sentence(found),
        "others": value_words.other_searches(found),
    }
    actor = member_of(request)
    if has_permission(actor, Permission.PRODUCTS_EDIT):
        page = synonyms(actor, page=requests.number(request, "page") or 1)
        context |= {"may_edit": True, "form": form, "page": page, "here": address}
    return show(request, "console/insight/searches.html", context, status=status)


@staff(Permission.PRODUCTS_EDIT)
@require_POST
def synonym_add(request: HttpRequest) -> HttpResponse:
    """Keep two words as synonyms; searches know them at once."""
    form = SynonymForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=400)
    try:
        catalogue.add_synonym(member_of(request), **form.cleaned_data)
    except DomainError as error:
        blame(form, error)
        return _show(request, form, status=error.status)
    messages.success(request, _("Searches know it from now on."))
    return redirect(_back(request))


@staff(Permission.PRODUCTS_EDIT)
@require_POST
def synonym_remove(request: HttpRequest, synonym_id: int) -> HttpResponse:
    """Let a synonym hold no more."""
    catalogue.remove_synonym(member_of(request), synonym_id)
    messages.success(request, _("Searches know it no more."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    return f"{reverse('console:searches')}?{periods.chosen(request).query}&only={_only(request)}#synonyms"


@staff(Permission.FIGURES_VIEW)
@require_POST
def searches_count(request: HttpRequest) -> HttpResponse:
    """Have the searches of a period counted by the worker, and go back to their page."""
    return count_anew(request, page="console:searches")


@staff(Permission.FIGURES_VIEW)
@require_safe
def searches_file(request: HttpRequest) -> HttpResponse:
    """Hand out the searches of the period that enough people made."""
    found = queries.searches(periods.chosen(request).period, only=_only(request))
    rows = (
        (
            row.query,
            row.times,
            row.people,
            row.empty,
            row.loosened,
            *((round(each, 4) for each in (row.opened.value, row.opened.low, row.opened.high)) if row.opened else ("", "", "")),
        )
        for row in found.listed
    )
    return csv_file("searches", HEADER, rows)


def _only(request: HttpRequest) -> str:
    given = request.GET.get("only", "")
    return given if given in KINDS else ""
