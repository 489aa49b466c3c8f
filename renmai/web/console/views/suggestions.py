"""Suggestions of customers on the desk: what was said, what becomes of it, and how many led to something."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.insight.value import queries as value
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.ordering.actions.suggesting import answer_suggestion, take_up
from renmai.ordering.models import Suggestion
from renmai.ordering.models.suggestions import SUGGESTION_LENGTH
from renmai.web.console import periods, requests
from renmai.web.console.filters import chips
from renmai.web.console.navigation import show
from renmai.web.console.value_charts import interval_text, percent_text
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

ANSWERED, DECLINED, TAKEN_UP = Suggestion.Status.ANSWERED, Suggestion.Status.DECLINED, Suggestion.Status.TAKEN_UP


@staff(Permission.PRODUCTS_EDIT)
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """List suggestions, and how many of a period's were answered and changed goods."""
    chosen = periods.chosen(request, default=90)
    status = requests.choice(request, "status", list(Suggestion.Status.values))
    loop = value.closed_loop(chosen.period)
    context = {
        "chosen": chosen,
        "choices": periods.CHOICES,
        "page": ordering.suggestions_for_staff(member_of(request), status=status, page=requests.page_number(request)),
        "status_chips": chips(request, "status", [("", _("All")), *Suggestion.Status.choices]),
        "loop": loop,
        "answered": percent_text(loop.answered.value) if loop.answered else "—",
        "answered_interval": interval_text(loop.answered),
        "taken_up": percent_text(loop.taken_up.value) if loop.taken_up else "—",
        "taken_up_interval": interval_text(loop.taken_up),
    }
    return show(request, "console/suggestions/list.html", context)


@staff(Permission.PRODUCTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """Show one suggestion; answer it, decline it or take it up."""
    actor = member_of(request)
    found = ordering.access_suggestion(actor, suggestion_id)
    if request.method != "POST":
        return _page(request, found)
    try:
        _decide(request, found)
    except DomainError as error:
        if error.field is None and error.status != 409:
            raise
        return _page(request, found, error=error, status=error.status)
    messages.success(request, _("Done. Whoever suggested it is told."))
    return redirect("console:suggestion", suggestion_id)


def _decide(request: HttpRequest, found: Suggestion) -> None:
    actor, given = member_of(request), request.POST
    answer = given.get("answer", "")
    if given.get("decision") != TAKEN_UP:
        answer_suggestion(actor, found, is_declined=given.get("decision") == DECLINED, answer=answer)
        return
    product, since = given.get("product", "").strip(), given.get("since", "").strip()
    if not (product.isascii() and product.isdigit() and len(product) < len(str(requests.LARGEST_ID))):
        raise DomainError("ordering.suggestion_product", field="product")
    try:
        day = date.fromisoformat(since) if since else None
    except ValueError:
        raise DomainError("ordering.suggestion_since", field="since") from None
    take_up(actor, found, answer=answer, product_id=int(product), since=day)


def _page(request: HttpRequest, found: Suggestion, *, error: DomainError | None = None, status: int = 200) -> HttpResponse:
    following = Suggestion.TRANSITIONS[Suggestion.Status(found.status)]
    context: dict[str, Any] = {
        "suggestion": found,
        "since": value.sold_since(found),
        "error": error,
        "answer": request.POST.get("answer", found.answer),
        "product": request.POST.get("product", str(found.product_id)),
        "changed_since": request.POST.get("since", ""),
        "may_answer": ANSWERED in following,
        "may_decline": DECLINED in following,
        "may_take_up": TAKEN_UP in following,
        "may_see_customers": Permission.CUSTOMERS_VIEW in permissions_of(member_of(request)),
        "answer_length": SUGGESTION_LENGTH,
        "crumbs": [Crumb(_("Suggestions"), reverse("console:suggestions")), Crumb(found.product.title)],
    }
    return show(request, "console/suggestions/one.html", context, status=status)
