"""Withdrawals: the queue, the tax as it is computed, and the two people who decide."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.models import User
from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.distribution import actions
from renmai.distribution import queries as distribution
from renmai.distribution.models import Withdrawal
from renmai.kernel.errors import DomainError
from renmai.payments.queries import payout_for
from renmai.web.console import requests
from renmai.web.console.filters import chips
from renmai.web.console.forms import RefusalForm, blame
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb, TimelineItem
from renmai.web.ui.people import address_of, member_of

Status = Withdrawal.Status
SEES_WITHDRAWALS = (Permission.WITHDRAWALS_REVIEW, Permission.WITHDRAWALS_APPROVE)


@staff(*SEES_WITHDRAWALS)
@require_safe
def withdrawals(request: HttpRequest) -> HttpResponse:
    """List withdrawals, those that wait with the oldest first."""
    status = requests.choice(request, "status", Status.values)
    counts = {row.status: row.count for row in distribution.withdrawal_counts()}
    context = {
        "page": distribution.withdrawals(member_of(request), status=status or None, page=requests.page_number(request)),
        "status_chips": chips(request, "status", [("", _("All")), *Status.choices], counts=counts),
        "is_filtered": bool(status),
        "status": status,
    }
    return show(request, "console/selling/withdrawals.html", context)


@staff(*SEES_WITHDRAWALS)
@require_safe
def withdrawal(request: HttpRequest, withdrawal_id: int) -> HttpResponse:
    """Show one withdrawal."""
    return _show_withdrawal(request, withdrawal_id)


@staff(Permission.WITHDRAWALS_REVIEW)
@require_POST
def review(request: HttpRequest, withdrawal_id: int) -> HttpResponse:
    """The first of the two people agrees."""
    return _decide(request, withdrawal_id, actions.review_withdrawal, _("Reviewed. A second person must approve it now."))


@staff(Permission.WITHDRAWALS_APPROVE)
@require_POST
def approve(request: HttpRequest, withdrawal_id: int) -> HttpResponse:
    """The second person agrees; the payment is ordered."""
    return _decide(request, withdrawal_id, actions.approve_withdrawal, _("Approved. The payment is on its way."))


@staff(*SEES_WITHDRAWALS)
@require_POST
def reject(request: HttpRequest, withdrawal_id: int) -> HttpResponse:
    """Refuse it with a reason; the money is hers again."""
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _show_withdrawal(request, withdrawal_id, status=400, reject_form=form)
    try:
        actions.reject_withdrawal(
            member_of(request), withdrawal_id, reason=form.cleaned_data["reason"], ip_address=address_of(request) or None
        )
    except DomainError as error:
        if error.field not in form.fields:
            return _refused(request, withdrawal_id, error)
        blame(form, error)
        return _show_withdrawal(request, withdrawal_id, status=error.status, reject_form=form)
    messages.success(request, _("Not approved. The money is available to her again."))
    return redirect("console:withdrawal", withdrawal_id)


def _decide(request: HttpRequest, withdrawal_id: int, act: Callable[..., Withdrawal], sentence: str) -> HttpResponse:
    try:
        act(member_of(request), withdrawal_id, ip_address=address_of(request) or None)
    except DomainError as error:
        return _refused(request, withdrawal_id, error)
    messages.success(request, sentence)
    return redirect("console:withdrawal", withdrawal_id)


def _refused(request: HttpRequest, withdrawal_id: int, error: DomainError) -> HttpResponse:
    """Show the withdrawal as it is now, with the reason of the refusal on top."""
    if error.code in {"request.not_found", "request.forbidden"}:
        raise error
    return _show_withdrawal(request, withdrawal_id, status=error.status, refusal=error.sentence)


def _show_withdrawal(
    request: HttpRequest,
    withdrawal_id: int,
    *,
    refusal: str = "",
    reject_form: RefusalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = member_of(request)
    found = distribution.access_withdrawal(user, withdrawal_id)
    is_waiting = found.status in {Status.REQUESTED, Status.REVIEWED}
    held = permissions_of(user)
    context: dict[str, Any] = {
        "withdrawal": found,
        "agent": found.agent,
        "parts": found.parts.all(),
        "is_waiting": is_waiting,
        "tax": distribution.tax_preview(found.agent_id, found.amount_fen) if is_waiting else None,
        "net_fen": found.amount_fen - found.tax_fen,
        "payout": payout_for(found.number),
        "timeline": _timeline(found),
        "refusal": refusal,
        "why_not": _why_not(user, found),
        "may_review": found.status == Status.REQUESTED and Permission.WITHDRAWALS_REVIEW in held,
        "may_approve": found.status == Status.REVIEWED and Permission.WITHDRAWALS_APPROVE in held,
        "reject_form": reject_form or RefusalForm(),
        "reject_open": reject_form is not None,
        "crumbs": [Crumb(_("Withdrawals"), reverse("console:withdrawals")), Crumb(found.number)],
    }
    return show(request, "console/selling/withdrawal.html", context, status=status)


def _why_not(user: User, found: Withdrawal) -> str:
    """Return why this person cannot take the next step, before she tries; "" when she can."""
    if found.agent.user_id == user.pk:
        return DomainError("distribution.own_withdrawal").sentence
    if found.status == Status.REVIEWED and found.reviewed_by_id == user.pk:
        return _("You reviewed it yourself. The second approval must come from another person.")
    return ""


def _timeline(found: Withdrawal) -> list[TimelineItem]:
    steps = [TimelineItem(_("Asked for"), at=found.requested_at, detail=found.agent.user.display_name)]
    reviewer = found.reviewed_by.display_name if found.reviewed_by else ""
    approver = found.approved_by.display_name if found.approved_by else ""
    match found.status:
        case Status.REQUESTED:
            steps += [TimelineItem(_("First person reviews"), "now"), TimelineItem(_("Second person approves"), "todo")]
        case Status.REVIEWED:
            steps += [
                TimelineItem(_("Reviewed"), detail=reviewer),
                TimelineItem(_("Second person approves"), "now"),
            ]
        case Status.REJECTED:
            steps += [TimelineItem(_("Reviewed"), detail=reviewer)] if reviewer else []
            steps.append(TimelineItem(_("Not approved"), "bad", at=found.decided_at, detail=found.reason))
        case _:
            steps += [
                TimelineItem(_("Reviewed"), detail=reviewer),
                TimelineItem(_("Approved"), at=found.decided_at, detail=approver),
                _last_step(found),
            ]
    return steps


def _last_step(found: Withdrawal) -> TimelineItem:
    if found.status == Status.APPROVED:
        return TimelineItem(_("The provider pays"), "now")
    if found.status == Status.PAID:
        return TimelineItem(_("The money has left"), at=found.finished_at, detail=found.payee)
    return TimelineItem(_("The payment failed; the money is hers again"), "bad", at=found.finished_at)
