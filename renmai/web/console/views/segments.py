"""Segments: the list, and the builder that says how many people it would be while it is being composed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts.models import User
from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.catalogue import queries as catalogue
from renmai.insight.portraits import actions, queries
from renmai.insight.portraits.conditions import conditions_of
from renmai.insight.portraits.models import Segment
from renmai.insight.portraits.queries.segments import Preview
from renmai.kernel.errors import DomainError
from renmai.matching import reasons, segment_lists
from renmai.matching.selections import GROUP_LEAST
from renmai.web.console import requests, segment_form
from renmai.web.console.navigation import show
from renmai.web.console.segment_form import Draft
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import address_of, member_of

GOODS_SHOWN = 10


@staff(Permission.CUSTOMERS_VIEW)
@require_safe
def segments(request: HttpRequest) -> HttpResponse:
    """List the segments in use."""
    actor = member_of(request)
    page = queries.segments(actor, page=requests.page_number(request))
    return show(request, "console/customers/segments.html", {"page": page, "may_compose": _may_compose(actor)})


@staff(Permission.CAMPAIGNS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def segment_new(request: HttpRequest) -> HttpResponse:
    """Compose a segment; a POST without ``save`` shows what was typed with its size."""
    return _editor(request, None)


@staff(Permission.CUSTOMERS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def segment(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Show a segment; whoever may compose can change it here."""
    return _editor(request, queries.access_segment(member_of(request), segment_id))


@staff(Permission.CAMPAIGNS_MANAGE)
@require_POST
def segment_archive(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Put a segment away."""
    actions.archive(member_of(request), segment_id, ip_address=address_of(request) or None)
    messages.success(request, _("Put away. What uses it keeps it."))
    return redirect("console:segments")


@staff(Permission.MATCHING_MANAGE)
@require_POST
def segment_goods(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Have goods chosen for a segment, or give its list up (``stop``)."""
    if "stop" in request.POST:
        segment_lists.give_up(member_of(request), segment_id)
        messages.success(request, _("The list is deleted."))
    else:
        segment_lists.begin(member_of(request), segment_id)
        messages.success(request, _("The list is made within a minute."))
    return redirect("console:segment", segment_id)


def _goods(actor: User, found: Segment | None) -> dict[str, Any]:
    """Return what the page says of a segment's list, for whoever manages matching."""
    if found is None or Permission.MATCHING_MANAGE not in permissions_of(actor):
        return {}
    made = segment_lists.of_segment(actor, found.pk)
    entries = made.entries[:GOODS_SHOWN] if made else ()
    told = reasons.said(entries, to_agent=True)
    cards = catalogue.cards([entry.product_id for entry in entries])
    return {
        "may_match": True,
        "made": made,
        "goods": [(card, next(iter(told.get(card.id, ())), None)) for card in cards],
        "least": GROUP_LEAST,
        "shown_at": reverse("storefront:for_segment", args=[found.pk]),
    }


def _editor(request: HttpRequest, found: Segment | None) -> HttpResponse:
    actor = member_of(request)
    if request.method != "POST":
        return _show(request, segment_form.of_segment(found) if found else segment_form.blank(), found)
    draft = segment_form.typed(request.POST)
    if request.POST.get("act") != "save":
        return _show(request, draft, found)
    try:
        saved = _save(request, actor, draft, found)
    except DomainError as error:
        if error.code in {"request.forbidden", "request.not_found"}:
            raise
        return _show(request, draft, found, error=error)
    messages.success(request, _("Saved. It is asked anew whenever it is used."))
    return redirect("console:segment", saved)


def _save(request: HttpRequest, actor: User, draft: Draft, found: Segment | None) -> int:
    given: dict[str, Any] = {
        "name": draft.name,
        "match": draft.match,
        "conditions": draft.conditions,
        "ip_address": address_of(request) or None,
    }
    if found is None:
        return actions.compose(actor, **given).pk
    actions.recompose(actor, found.pk, **given)
    return found.pk


def _show(request: HttpRequest, draft: Draft, found: Segment | None, *, error: DomainError | None = None) -> HttpResponse:
    actor = member_of(request)
    preview, lacking = _preview(actor, draft)
    context = {
        "segment": found,
        "draft": draft,
        "rows": segment_form.rows_of(draft),
        "matches": Segment.Match.choices,
        "preview": preview,
        "lacking": lacking,
        "error": error,
        "may_compose": _may_compose(actor),
        **_goods(actor, found),
        "crumbs": [Crumb(_("Segments"), reverse("console:segments")), Crumb(found.name if found else _("New segment"))],
    }
    return show(request, "console/customers/segment.html", context, status=error.status if error else 200)


def _preview(actor: User, draft: Draft) -> tuple[Preview | None, str]:
    """Return the size, or in words what the conditions lack so far."""
    try:
        return queries.preview(actor, conditions_of(list(draft.conditions)), draft.match), ""
    except DomainError as error:
        return None, error.sentence


def _may_compose(actor: User) -> bool:
    return Permission.CAMPAIGNS_MANAGE in permissions_of(actor)
