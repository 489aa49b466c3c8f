"""Income as a statement: what stands where, and why each line is there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from renmai.distribution import queries
from renmai.distribution.models import Agent, CommissionEntry
from renmai.policy import queries as policy
from renmai.web.workbench.navigation import show, show_bare
from renmai.web.workbench.numbers import page_number, percent_text
from renmai.web.workbench.seats import Earner, earners_only, why_stopped

Kind = CommissionEntry.Kind
FILTERS = (
    ("", _("All")),
    (Kind.CREATED, pgettext_lazy("agent", "Created")),
    (Kind.FROZEN, pgettext_lazy("agent", "Frozen")),
    (Kind.THAWED, pgettext_lazy("agent", "Thawed")),
    (Kind.WITHDRAWN, pgettext_lazy("agent", "Withdrawals")),
    (Kind.PAID, pgettext_lazy("agent", "Paid out")),
    (Kind.TAX, pgettext_lazy("agent", "Tax")),
    (Kind.VOIDED, pgettext_lazy("agent", "Void")),
    (Kind.CLAWED_BACK, pgettext_lazy("agent", "Taken back")),
    (Kind.DEBT, pgettext_lazy("agent", "Owed")),
    (Kind.REPAID, pgettext_lazy("agent", "Repaid")),
    (Kind.RETURNED, pgettext_lazy("agent", "Came back")),
)


@require_safe
@earners_only
def income(request: HttpRequest, earner: Earner) -> HttpResponse:
    """Show the summary and one page of the statement, of one kind or all."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    summary, minimum_fen = queries.income(earner.agent.pk), policy.integer("withdrawal.minimum_fen")
    context = {
        "summary": summary,
        "minimum_fen": minimum_fen,
        "can_withdraw": summary.available_fen >= minimum_fen and earner.agent.status != Agent.Status.SUSPENDED,
        "page": queries.statement(earner.agent.pk, kind=kind or None, page=page_number(request)),
        "filters": FILTERS,
        "kind": kind,
        "earner": earner,
        "next_thaw": queries.next_thaw(earner.agent.pk),
        "why_stopped": why_stopped(earner.agent),
    }
    return (show if earner.is_active else show_bare)(request, "workbench/income.html", context)


@require_safe
@earners_only
def entry(request: HttpRequest, earner: Earner, entry_id: int) -> HttpResponse:
    """Show why one line of the statement is there."""
    reason = queries.entry_reason(earner.user, entry_id)
    context: dict[str, Any] = {"reason": reason, "back_url": reverse("workbench:income")}
    if reason.facts:
        context["rate"] = percent_text(reason.facts.basis_points)
        context["taken_back_fen"] = -reason.facts.reversed_fen
        context["left_fen"] = reason.facts.commission_fen - reason.facts.reversed_fen
    return (show if earner.is_active else show_bare)(request, "workbench/entry.html", context)
