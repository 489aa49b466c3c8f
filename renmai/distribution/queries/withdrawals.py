"""Withdrawals: her own, the queue of the staff, and what tax a payment would cost."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, QuerySet

from renmai.accounts.models import User
from renmai.distribution.models import Agent, TaxYear, Withdrawal
from renmai.distribution.policies import may_see_withdrawals
from renmai.distribution.tax import china_date, months_worked, withholding
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.paging import paged

PAGE_SIZE = 20
WAITING = (Withdrawal.Status.REQUESTED, Withdrawal.Status.REVIEWED)


@dataclass(frozen=True)
class StatusCount:
    """How many withdrawals are in a state."""

    status: str
    label: str
    count: int


@dataclass(frozen=True)
class TaxPreview:
    """What a payment now would cost in tax, and why. Months and year are China's; amounts in fen."""

    tax_fen: int
    net_fen: int
    year: int
    months: int
    income_before_fen: int
    withheld_before_fen: int
    taxable_fen: int
    basis_points: int


def access_withdrawal(actor: User, withdrawal_id: int) -> Withdrawal:
    """Return a withdrawal with its parts to the agent herself or to staff who decide; raise ``request.not_found`` to others."""
    withdrawal = _rows().prefetch_related("parts__commission__order_line__order").filter(pk=withdrawal_id).first()
    if withdrawal is None or not (withdrawal.agent.user_id == actor.pk or may_see_withdrawals(actor)):
        raise DomainError("request.not_found")
    return withdrawal


def withdrawals(actor: User, *, status: str | None = None, page: int = 1, page_size: int = PAGE_SIZE) -> Page[Withdrawal]:
    """Return withdrawals for staff: those of a waiting state oldest first, else newest first. Raises ``request.forbidden``."""
    if not may_see_withdrawals(actor):
        raise DomainError("request.forbidden")
    rows = _rows().filter(status=status) if status else _rows()
    order = ("requested_at", "pk") if status in WAITING else ("-requested_at", "-pk")
    return paged(rows.order_by(*order), number=page, size=page_size)


def withdrawal_counts() -> tuple[StatusCount, ...]:
    """Return how many withdrawals are in each state, in one statement."""
    counts = dict(Withdrawal.objects.values_list("status").annotate(number=Count("pk")).order_by())
    return tuple(StatusCount(status.value, str(status.label), counts.get(status.value, 0)) for status in Withdrawal.Status)


def withdrawals_of(agent_id: int, *, page: int = 1) -> Page[Withdrawal]:
    """Return an agent's withdrawals, the newest first."""
    return paged(_rows().filter(agent_id=agent_id).order_by("-requested_at", "-pk"), number=page, size=PAGE_SIZE)


def tax_preview(agent_id: int, amount_fen: int) -> TaxPreview:
    """Return what tax a payment of ``amount_fen`` would cost if it were approved now."""
    today = china_date(clock.now())
    agent = Agent.objects.get(pk=agent_id)
    year = TaxYear.objects.filter(agent_id=agent_id, year=today.year).first() or TaxYear(agent=agent, year=today.year)
    months = months_worked(china_date(agent.joined_at), on=today)
    tax = withholding(
        amount_fen,
        income_before_fen=year.income_fen,
        withheld_before_fen=year.withheld_fen,
        months=months,
        on=today,
    )
    return TaxPreview(
        tax_fen=tax.tax_fen,
        net_fen=amount_fen - tax.tax_fen,
        year=today.year,
        months=months,
        income_before_fen=year.income_fen,
        withheld_before_fen=year.withheld_fen,
        taxable_fen=tax.taxable_fen,
        basis_points=tax.basis_points,
    )


def _rows() -> QuerySet[Withdrawal]:
    return Withdrawal.objects.select_related("agent__user", "reviewed_by", "approved_by")
