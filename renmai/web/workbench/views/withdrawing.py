"""Withdrawing: how much, what tax it costs, where it goes, and how far it got."""

from typing import Any, Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from renmai.distribution import actions, queries
from renmai.distribution.models import Agent, Withdrawal
from renmai.kernel.errors import DomainError
from renmai.kernel.money import spell
from renmai.policy import queries as policy
from renmai.web.ui.navigation import TimelineItem
from renmai.web.workbench.forms import AmountForm, PayoutForm
from renmai.web.workbench.navigation import show, show_bare
from renmai.web.workbench.numbers import page_number, percent_text, plain_yuan
from renmai.web.workbench.seats import Earner, earners_only, why_stopped

Status = Withdrawal.Status


@require_http_methods(["GET", "HEAD", "POST"])
@earners_only
def withdraw(request: HttpRequest, earner: Earner) -> HttpResponse:
    """Preview a withdrawal (GET with an amount, everything by default) and ask for it (POST)."""
    available_fen, minimum_fen = queries.income(earner.agent.pk).available_fen, policy.integer("withdrawal.minimum_fen")
    typed = request.POST if request.method == "POST" else request.GET if "amount" in request.GET else None
    if typed is None and available_fen < minimum_fen:
        return _nothing_yet(request, available_fen=available_fen, minimum_fen=minimum_fen)
    form = AmountForm(typed if typed is not None else {"amount": plain_yuan(available_fen)})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = _ask(request, earner, form.cleaned_data["amount"])
            except DomainError as error:
                status = form.refuse(error)
            else:
                messages.success(request, _("Your withdrawal is on its way. Two people look at it before it is paid."))
                return redirect("workbench:withdrawal", withdrawal_id=made.pk)
    else:
        _warn(form, available_fen=available_fen)
    context = {
        "form": form,
        "available_fen": available_fen,
        "minimum_fen": minimum_fen,
        "agent": earner.agent,
        "has_account": bool(earner.agent.payout_account and earner.agent.real_name),
        "why_stopped": why_stopped(earner.agent),
        "back_url": reverse("workbench:income"),
        **_preview(earner, form, available_fen=available_fen),
    }
    return show_bare(request, "workbench/withdraw.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@earners_only
def payout(request: HttpRequest, earner: Earner) -> HttpResponse:
    """Edit who is paid, and where."""
    initial = {"real_name": earner.agent.real_name, "payout_account": earner.agent.payout_account}
    form = PayoutForm(request.POST) if request.method == "POST" else PayoutForm(initial=initial)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            values = form.cleaned_data
            try:
                actions.update_payout(earner.user, real_name=values["real_name"], payout_account=values["payout_account"])
            except DomainError as error:
                status = form.refuse(error)
            else:
                messages.success(request, _("Name and account are saved."))
                return redirect("workbench:withdraw")
    context = {"form": form, "back_url": reverse("workbench:withdraw")}
    return show_bare(request, "workbench/payout.html", context, status=status)


@require_safe
@earners_only
def withdrawals(request: HttpRequest, earner: Earner) -> HttpResponse:
    """List her withdrawals with how far each got."""
    page = queries.withdrawals_of(earner.agent.pk, page=page_number(request))
    context = {"page": page, "back_url": reverse("workbench:income")}
    return (show if earner.is_active else show_bare)(request, "workbench/withdrawals.html", context)


@require_safe
@earners_only
def withdrawal(request: HttpRequest, earner: Earner, withdrawal_id: int) -> HttpResponse:
    """Show one withdrawal: its way so far and what it was made of."""
    made = queries.access_withdrawal(earner.user, withdrawal_id)
    if made.agent_id != earner.agent.pk:
        raise DomainError("request.not_found")
    context = {
        "withdrawal": made,
        "net_fen": made.amount_fen - made.tax_fen,
        "is_taxed": made.status in {Status.APPROVED, Status.PAID},
        "steps": _steps(made),
        "parts": made.parts.all(),
        "back_url": reverse("workbench:withdrawals"),
    }
    return (show if earner.is_active else show_bare)(request, "workbench/withdrawal.html", context)


def _nothing_yet(request: HttpRequest, *, available_fen: int, minimum_fen: int) -> HttpResponse:
    """Say when there will be something, instead of a form whose every amount would be refused."""
    context = {"available_fen": available_fen, "minimum_fen": minimum_fen, "back_url": reverse("workbench:income")}
    return show_bare(request, "workbench/withdraw_nothing.html", context)


def _ask(request: HttpRequest, earner: Earner, amount_fen: int) -> Withdrawal:
    key = request.POST.get("idempotency_key", "")
    return actions.request_withdrawal(earner.user, amount_fen=amount_fen, idempotency_key=key)


def _warn(form: AmountForm, *, available_fen: int) -> None:
    """Say beside the field what the action would refuse, before she confirms."""
    if not form.is_valid():
        return
    amount_fen, minimum_fen = form.cleaned_data["amount"], policy.integer("withdrawal.minimum_fen")
    if amount_fen < minimum_fen:
        form.refuse(DomainError("distribution.below_minimum", field="amount", minimum=spell(minimum_fen)))
    elif amount_fen > available_fen:
        form.refuse(DomainError("distribution.not_enough", field="amount", available=spell(available_fen)))


def _preview(earner: Earner, form: AmountForm, *, available_fen: int) -> dict[str, Any]:
    """Return what arrives after tax, nothing for an amount that could not be withdrawn."""
    amount_fen = form.cleaned_data["amount"] if form.is_valid() else 0
    is_possible = policy.integer("withdrawal.minimum_fen") <= amount_fen <= available_fen
    if not is_possible or earner.agent.status == Agent.Status.SUSPENDED:
        return {"tax": None}
    tax = queries.tax_preview(earner.agent.pk, amount_fen)
    return {
        "tax": tax,
        "tax_out_fen": -tax.tax_fen,
        "income_fen": tax.income_before_fen + amount_fen,
        "rate": percent_text(tax.basis_points),
        "amount_fen": amount_fen,
        "amount": plain_yuan(amount_fen),
    }


def _steps(made: Withdrawal) -> list[TimelineItem]:
    steps = [TimelineItem(_("Asked for"), at=made.requested_at)]
    if made.status in {Status.REJECTED, Status.FAILED}:
        title = made.get_status_display()
        at = made.finished_at or made.decided_at
        return [*steps, TimelineItem(title, "bad", at, made.reason or _("The money is back in your available income."))]
    order = [Status.REQUESTED, Status.REVIEWED, Status.APPROVED, Status.PAID]
    reached = order.index(Status(made.status))
    titles = (_("First look"), _("Second approval"), pgettext("agent", "Paid"))
    moments = (None, made.decided_at, made.finished_at)
    for index, (title, moment) in enumerate(zip(titles, moments, strict=True)):
        state: Literal["done", "now", "todo"] = "done" if reached > index else "now" if reached == index else "todo"
        steps.append(TimelineItem(title, state, moment if reached > index else None))
    return steps
