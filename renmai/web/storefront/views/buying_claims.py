"""After-sale: asking, following, sending back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.catalogue.actions.pictures import MAX_BYTES
from renmai.journeys import after_sale as journey
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.ordering.actions.evidence import MAX_PICTURES
from renmai.ordering.models import OrderLine
from renmai.ordering.policies import require_buyer
from renmai.ordering.queries import LineOptions, note_of, reason_of, tracking_text
from renmai.policy import queries as policy
from renmai.web.storefront.claim_form import QUALITY_REASONS, ClaimForm, SendBackForm, read_all
from renmai.web.storefront.goods import pictured_lines
from renmai.web.storefront.keys import key_of
from renmai.web.storefront.numbers import whole
from renmai.web.storefront.order_words import claim_sentence, claim_timeline
from renmai.web.storefront.paging import Position, page_number
from renmai.web.ui.bodies import takes_files
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of

LISTED_QUANTITIES = 20
"""Up to so many pieces each quantity stands in the list with its refund; beyond, the refund is worked out on request."""


@takes_files(MAX_PICTURES, each_bytes=MAX_BYTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def after_sale_new(request: HttpRequest, number: str, line_id: int) -> HttpResponse:
    """Ask for a refund, a return or an exchange of some pieces of one line."""
    user = member_of(request)
    order = ordering.access_order(user, number)
    require_buyer(user, order)
    line = OrderLine.objects.filter(order=order, pk=line_id).first()
    if line is None:
        raise DomainError("request.not_found")
    line.order = order
    options = next((row for row in ordering.after_sale_options(order, lines=[line]) if row.claimable and row.kinds), None)
    if request.method == "POST":
        return _request(request, number, line, options)
    if options is None:
        raise DomainError("ordering.not_claimable")
    return _form_page(request, options, ClaimForm(initial=_initial(request, options), kinds=options.kinds))


@never_cache
@require_safe
@signed_in
def after_sales(request: HttpRequest) -> HttpResponse:
    """List one's claims, the newest first."""
    page = ordering.after_sales_of(member_of(request), page=page_number(request))
    pictures = pictured_lines(claim.order_line for claim in page.items)
    context = {
        "claims": [(claim, pictures[claim.order_line_id], claim_sentence(claim)) for claim in page.items],
        "position": Position(page.number, page.has_next),
        "back_url": reverse("storefront:me"),
    }
    return render(request, "storefront/buying/after_sales.html", context)


@never_cache
@require_safe
@signed_in
def after_sale(request: HttpRequest, number: str) -> HttpResponse:
    """Show a claim: where it stands, what happens next and until when."""
    return _page(request, number, SendBackForm())


@require_POST
@signed_in
def after_sale_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take one's claim back."""
    return _act(request, number, journey.withdraw, _("You have taken it back."))


@require_POST
@signed_in
def after_sale_confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm that the replacement has arrived."""
    return _act(request, number, journey.confirm_replacement, _("Thank you. It is done."))


@require_POST
@signed_in
def after_sale_send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Say how the goods travel back."""
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, number, form, status=400)
    try:
        journey.send_back(member_of(request), number, **form.cleaned_data)
    except DomainError as error:
        if error.code == "request.not_found":
            raise
        form.add_error(error.field or None, error.sentence)
        return _page(request, number, form, status=error.status)
    messages.success(request, _("Thank you. We let you know when it arrives."))
    return HttpResponseRedirect(reverse("storefront:after_sale", args=[number]))


def _request(request: HttpRequest, number: str, line: OrderLine, options: LineOptions | None) -> HttpResponse:
    """Open the claim. The same form sent twice finds nothing left to claim, but its key finds the claim it opened."""
    kinds = options.kinds if options else tuple(kind for kind in (request.POST.get("kind"),) if kind in KINDS)
    form = ClaimForm(request.POST, request.FILES, kinds=kinds)
    if not form.is_valid():
        return _form_page(request, options, form, status=400)
    given = form.cleaned_data
    draft = AfterSaleDraft(
        order_number=number,
        order_line_id=line.pk,
        kind=given["kind"],
        quantity=given["quantity"],
        reason=given["reason"],
        is_quality_issue=given["reason"] in QUALITY_REASONS,
        note=given["note"],
        pictures=read_all(given["pictures"]),
    )
    try:
        claim = journey.request(member_of(request), draft, idempotency_key=key_of(request))
    except DomainError as error:
        if error.status == 404 or error.code == "request.invalid":
            raise
        form.add_error(FIELD_OF.get(error.field), error.sentence)
        return _form_page(request, options, form, status=error.status)
    messages.success(request, _("We have your request."))
    return HttpResponseRedirect(reverse("storefront:after_sale", args=[claim.number]))


def _form_page(request: HttpRequest, options: LineOptions | None, form: ClaimForm, *, status: int = 200) -> HttpResponse:
    if options is None:
        raise DomainError("ordering.not_claimable")
    line = options.line
    chosen = whole(str(form["quantity"].value() or "")) or 0
    context = {
        "form": form,
        "line": line,
        "picture": pictured_lines([line])[line.pk],
        "options": options,
        "currency": line.order.currency,
        "refunds": list(enumerate(options.refund_fen_for, 1)) if options.claimable <= LISTED_QUANTITIES else [],
        "refund_fen": options.refund_fen_for[chosen - 1] if 1 <= chosen <= options.claimable else None,
        "back_url": reverse("storefront:order", args=[line.order.number]),
    }
    return render(request, "storefront/buying/after_sale_new.html", context, status=status)


def _initial(request: HttpRequest, options: LineOptions) -> dict[str, Any]:
    """Return what the form begins with: what was chosen before the refund was worked out again, else everything of the line."""
    return {
        "kind": options.kinds[0] if len(options.kinds) == 1 else "",
        "quantity": options.claimable,
        **{name: request.GET[name] for name in ("kind", "quantity", "reason", "note") if name in request.GET},
    }


def _act(request: HttpRequest, number: str, action: Any, sentence: str) -> HttpResponse:
    try:
        action(member_of(request), number)
    except DomainError as error:
        if error.status != 409:
            raise
        messages.error(request, error.sentence)
        return _page(request, number, SendBackForm(), status=error.status)
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("storefront:after_sale", args=[number]))


def _page(request: HttpRequest, number: str, form: SendBackForm, *, status: int = 200) -> HttpResponse:
    page = ordering.after_sale_page(member_of(request), number)
    claim = page.after_sale
    context = {
        "page": page,
        "claim": claim,
        "order": claim.order,
        "line": claim.order_line,
        "picture": pictured_lines([claim.order_line])[claim.order_line_id],
        "reason": reason_of(claim),
        "note": note_of(claim),
        "sentence": claim_sentence(claim),
        "timeline": claim_timeline(page),
        "returned_by": tracking_text(f"{claim.return_carrier} {claim.return_tracking}") if claim.return_tracking else "",
        "return_address": policy.text("after_sale.return_address"),
        "form": form,
        "back_url": reverse("storefront:order", args=[claim.order.number]),
    }
    return render(request, "storefront/buying/after_sale.html", context, status=status)


KINDS = frozenset({"refund", "return", "exchange"})
FIELD_OF = {"kind": "kind", "quantity": "quantity", "reason": "reason", "picture": "pictures", "pictures": "pictures"}
