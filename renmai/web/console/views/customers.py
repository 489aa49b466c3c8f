"""Customers: the list, one customer's portrait, and the rows that a field of it was counted from."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.models import User
from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.insight.portraits import actions, queries
from renmai.insight.portraits.facets import FACETS, Facet, Source
from renmai.insight.portraits.queries.names import names
from renmai.insight.portraits.tags import TAGS, TAGS_BY_CODE
from renmai.insight.portraits.ties import passages
from renmai.insight.portraits.ties import ties as every_tie
from renmai.insight.value import queries as value
from renmai.journeys import correcting, deleting
from renmai.kernel.errors import DomainError
from renmai.web.console import requests
from renmai.web.console.filters import chips
from renmai.web.console.forms import ReasonForm, blame
from renmai.web.console.navigation import show
from renmai.web.console.portrait_words import evidence_line, people_named, sides, steps_in_words
from renmai.web.console.tie_words import matrix_in_words, states_in_words, ties_in_words
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import address_of, member_of

SORTS = ("last", "spent", "orders", "brought")


@staff(Permission.CUSTOMERS_VIEW)
@require_safe
def customers(request: HttpRequest) -> HttpResponse:
    """List customers by words, tag or segment."""
    actor = member_of(request)
    tag = requests.choice(request, "tag", list(TAGS_BY_CODE))
    order = requests.choice(request, "sort", list(SORTS)) or SORTS[0]
    segment_id = requests.number(request, "segment")
    segment = queries.access_segment(actor, segment_id) if segment_id else None
    text = requests.words(request)
    page, rows = queries.customers(actor, text=text, tag=tag, segment=segment, order=order, page=requests.page_number(request))
    labels = [_("Last order"), _("Money spent"), _("Orders"), _("People she brought")]
    context = {
        "page": page,
        "rows": rows,
        "text": text,
        "tag": TAGS_BY_CODE.get(tag),
        "segment": segment,
        "tag_chips": chips(request, "tag", [("", _("All")), *((each.code, each.label) for each in TAGS)]),
        "sort_chips": chips(request, "sort", list(zip(SORTS, labels, strict=True)), default=SORTS[0]),
    }
    return show(request, "console/customers/list.html", context)


@staff(Permission.CUSTOMERS_VIEW)
@require_safe
def customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Show one customer's portrait. The look is written into the log of acts."""
    return _show_customer(request, customer_id)


@staff(Permission.CUSTOMERS_CORRECT)
@require_POST
def delete(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Delete a customer's account because she asked for it."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show_customer(request, customer_id, form=form, status=400)
    try:
        deleting.delete_for(
            member_of(request), customer_id, reason=form.cleaned_data["reason"], ip_address=address_of(request) or None
        )
    except DomainError as error:
        blame(form, error)
        return _show_customer(request, customer_id, form=form, status=error.status)
    messages.success(request, _("The account is deleted. What rooms hold of her is being erased within seconds."))
    return redirect("console:customers")


@staff(Permission.CUSTOMERS_CORRECT)
@require_POST
def separate(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Take a browser that is not hers out of her portrait."""
    browser = request.POST.get("browser", "")
    correcting.separate_for(member_of(request), customer_id, browser, ip_address=address_of(request) or None)
    messages.success(request, _("What that browser did is nobody's again. Her portrait is counted anew within a minute."))
    return redirect("console:customer", customer_id)


def _show_customer(request: HttpRequest, customer_id: int, *, form: ReasonForm | None = None, status: int = 200) -> HttpResponse:
    actor = member_of(request)
    found = queries.access_customer(actor, customer_id)
    actions.record_look(actor, found.pk, ip_address=address_of(request) or None)
    likeness = queries.likeness(found)
    known = people_named(likeness.facts)
    context = {
        "customer": found,
        "likeness": likeness,
        "facts": likeness.facts,
        "sides": sides(likeness.shown),
        "agent": known.get(likeness.facts.agent_id or 0) if likeness.facts else None,
        "brought_by": known.get(likeness.facts.brought_by_id or 0) if likeness.facts else None,
        "steps": steps_in_words(queries.steps(found)),
        "panels": queries.relations(found),
        "worth": value.worth(found.pk) if likeness.facts and likeness.facts.orders else None,
        "may_see_figures": Permission.FIGURES_VIEW in permissions_of(actor),
        "ties": ties_in_words(every_tie(customer_ids=[found.pk])),
        "may_open_orders": Permission.ORDERS_VIEW in permissions_of(actor),
        "may_correct": Permission.CUSTOMERS_CORRECT in permissions_of(actor) and found.deleted_at is None,
        "form": form or ReasonForm(),
        "form_open": form is not None,
        "browsers": correcting.browsers_of(found),
        "crumbs": [Crumb(_("Customers"), reverse("console:customers")), Crumb(found.display_name)],
    }
    return show(request, "console/customers/portrait.html", context, status=status)


@staff(Permission.CUSTOMERS_VIEW)
@require_safe
def evidence(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Show the happenings that one interest was counted from."""
    actor = member_of(request)
    found = queries.access_customer(actor, customer_id)
    facet, source, value = _interest(request)
    actions.record_look(actor, found.pk, ip_address=address_of(request) or None)
    rows = queries.evidence(found, source=source, facet=facet, value=value)
    context = {
        "customer": found,
        "facet": FACETS[facet],
        "source": source,
        "name": names([(facet, value)])[facet, value],
        "rows": [(row, evidence_line(row.what)) for row in rows],
        "may_open_orders": Permission.ORDERS_VIEW in permissions_of(actor),
        "crumbs": _crumbs(found),
    }
    return show(request, "console/customers/evidence.html", context)


@staff(Permission.CUSTOMERS_VIEW)
@require_safe
def ties(request: HttpRequest) -> HttpResponse:
    """Show how far ties between agents and customers have come, and how they got there."""
    found = every_tie()
    context = {
        "total": len(found),
        "matrix": matrix_in_words(passages(found)),
        "states": states_in_words(found),
    }
    return show(request, "console/customers/ties.html", context)


def _interest(request: HttpRequest) -> tuple[Facet, Source, str]:
    """Return what the query asks for; raises ``request.not_found`` for anything that no portrait has."""
    facet, source = request.GET.get("facet", ""), request.GET.get("source", "")
    value = requests.words(request, "value")
    if facet not in set(Facet) or source not in set(Source) or not value:
        raise DomainError("request.not_found")
    return Facet(facet), Source(source), value


def _crumbs(found: User) -> list[Crumb]:
    return [
        Crumb(_("Customers"), reverse("console:customers")),
        Crumb(found.display_name, reverse("console:customer", args=[found.pk])),
        Crumb(_("What it rests on")),
    ]
