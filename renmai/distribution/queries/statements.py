"""The income statement: every line opens its reason."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from renmai.accounts.models import User
from renmai.distribution.amounts import percent
from renmai.distribution.models import Commission, CommissionEntry
from renmai.distribution.policies import may_see_agent, may_see_withdrawals
from renmai.distribution.tax import china_date
from renmai.kernel.errors import DomainError
from renmai.kernel.money import spell
from renmai.kernel.paging import paged, viewed

Kind = CommissionEntry.Kind
RELATED_LIMIT = 100
SIGNS = {
    Kind.CREATED: 1,
    Kind.RETURNED: 1,
    Kind.VOIDED: -1,
    Kind.CLAWED_BACK: -1,
    Kind.DEBT: -1,
    Kind.REPAID: -1,
    Kind.WITHDRAWN: -1,
}
"""The other kinds move money between her own accounts, or say what became of a withdrawal."""


@dataclass(frozen=True)
class StatementLine:
    """One line. ``effect`` is ``in``, ``out`` or ``moved``; ``amount_fen`` is negative for ``out``."""

    entry_id: int
    kind: str
    kind_label: str
    effect: str
    amount_fen: int
    at: datetime
    title: str
    order_number: str
    commission_id: int | None
    withdrawal_id: int | None
    withdrawal_number: str
    thaw_at: datetime | None


@dataclass(frozen=True)
class CommissionFacts:
    """What a commission follows from: the line, its rate, its base, and how much of it came back."""

    order_number: str
    product_id: int
    product_title: str
    options_text: str
    quantity: int
    refunded_quantity: int
    basis_points: int
    depth: int
    base_fen: int
    commission_fen: int
    reversed_fen: int
    status: str
    status_label: str
    created_at: datetime
    thaw_at: datetime | None
    thawed_at: datetime | None


@dataclass(frozen=True)
class EntryReason:
    """Why a line of the statement is there. ``related`` are all lines of the same commission or withdrawal, oldest first."""

    line: StatementLine
    explanation: str
    facts: CommissionFacts | None
    related: tuple[StatementLine, ...]


def statement(agent_id: int, *, kind: str | None = None, page: int = 1, page_size: int = 20) -> Page[StatementLine]:
    """Return an agent's statement, the newest line first, of one kind or all, in two statements a page."""
    rows = _entries().filter(agent_id=agent_id).order_by("-at", "-pk")
    if kind:
        if kind not in Kind.values:
            raise DomainError("request.invalid", field="kind")
        rows = rows.filter(kind=kind)
    return viewed(paged(rows, number=page, size=page_size), _line)


def entry_reason(actor: User, entry_id: int) -> EntryReason:
    """Return why a line is there, to the agent herself or to staff; raises ``request.not_found`` to others."""
    entry = _entries().select_related("agent").filter(pk=entry_id).first()
    if entry is None or not (may_see_agent(actor, entry.agent) or may_see_withdrawals(actor)):
        raise DomainError("request.not_found")
    same = _entries().filter(commission=entry.commission_id, withdrawal=entry.withdrawal_id)
    return EntryReason(
        line=_line(entry),
        explanation=_explain(entry),
        facts=_facts(entry.commission) if entry.commission else None,
        related=tuple(_line(row) for row in same.order_by("at", "pk")[:RELATED_LIMIT]),
    )


def _entries() -> QuerySet[CommissionEntry]:
    return CommissionEntry.objects.select_related("commission__order_line__order", "withdrawal")


def _line(entry: CommissionEntry) -> StatementLine:
    sign = SIGNS.get(Kind(entry.kind), 0)
    commission, withdrawal = entry.commission, entry.withdrawal
    return StatementLine(
        entry_id=entry.pk,
        kind=entry.kind,
        kind_label=entry.get_kind_display(),
        effect={1: "in", -1: "out", 0: "moved"}[sign],
        amount_fen=entry.amount_fen * (sign or 1),
        at=entry.at,
        title=commission.order_line.title if commission else "",
        order_number=commission.order_line.order.number if commission else "",
        commission_id=entry.commission_id,
        withdrawal_id=entry.withdrawal_id,
        withdrawal_number=withdrawal.number if withdrawal else "",
        thaw_at=commission.thaw_at if commission else None,
    )


def _facts(commission: Commission) -> CommissionFacts:
    line = commission.order_line
    return CommissionFacts(
        order_number=line.order.number,
        product_id=line.product_id_at_order,
        product_title=line.title,
        options_text=line.options_text,
        quantity=line.quantity,
        refunded_quantity=line.refunded_quantity,
        basis_points=commission.basis_points,
        depth=commission.depth,
        base_fen=commission.base_fen,
        commission_fen=commission.amount_fen,
        reversed_fen=commission.reversed_fen,
        status=commission.status,
        status_label=commission.get_status_display(),
        created_at=commission.created_at,
        thaw_at=commission.thaw_at,
        thawed_at=commission.thawed_at,
    )


def _explain(entry: CommissionEntry) -> str:
    texts = {
        Kind.CREATED: _("Order %(order)s was paid. %(base)s (net of discounts, without freight) × %(rate)s = %(commission)s."),
        Kind.FROZEN: _("The goods of order %(order)s were received. The commission stays frozen until %(thaw)s."),
        Kind.THAWED: _("The after-sales window of order %(order)s closed and the goods were kept."),
        Kind.VOIDED: _("%(refunded)s of %(quantity)s pieces of order %(order)s were refunded before the commission thawed."),
        Kind.CLAWED_BACK: _("%(refunded)s of %(quantity)s pieces of order %(order)s were refunded after the commission thawed."),
        Kind.DEBT: _(
            "%(refunded)s of %(quantity)s pieces of order %(order)s were refunded after this commission had been used. "
            "Later commissions repay it first."
        ),
        Kind.REPAID: _("Commission of order %(order)s repaid what was owed for refunded goods."),
        Kind.WITHDRAWN: _("Set aside for withdrawal %(withdrawal)s."),
        Kind.RETURNED: _("Withdrawal %(withdrawal)s did not happen, the money is available again. %(reason)s"),
        Kind.PAID: _("Withdrawal %(withdrawal)s was paid to %(payee)s."),
        Kind.TAX: _("Tax withheld from withdrawal %(withdrawal)s, by cumulative withholding over the year."),
    }
    return (texts[Kind(entry.kind)] % (_commission_words(entry) | _withdrawal_words(entry))).strip()


def _commission_words(entry: CommissionEntry) -> dict[str, object]:
    commission = entry.commission
    if commission is None:
        return {}
    line = commission.order_line
    return {
        "order": line.order.number,
        "quantity": line.quantity,
        "refunded": line.refunded_quantity,
        "base": spell(commission.base_fen),
        "rate": percent(commission.basis_points),
        "commission": spell(commission.amount_fen),
        "thaw": china_date(commission.thaw_at).isoformat() if commission.thaw_at else "",
    }


def _withdrawal_words(entry: CommissionEntry) -> dict[str, object]:
    withdrawal = entry.withdrawal
    if withdrawal is None:
        return {}
    return {"withdrawal": withdrawal.number, "payee": withdrawal.payee, "reason": withdrawal.reason}
