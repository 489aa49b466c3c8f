"""What an agent has earned, by how far it is from her hand."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import F, Min, Q, Sum

from renmai.distribution.actions.booking import CURRENCY
from renmai.distribution.models import LEFT, Commission, CommissionEntry, Withdrawal
from renmai.kernel.paging import paged

PAGE_SIZE = 20
LINES_OF_AN_ORDER = 400
IN_FLIGHT = (Withdrawal.Status.REQUESTED, Withdrawal.Status.REVIEWED, Withdrawal.Status.APPROVED)
Status = Commission.Status
Kind = CommissionEntry.Kind


@dataclass(frozen=True)
class IncomeSummary:
    """An agent's income in fen.

    ``created`` + ``frozen`` is not hers yet, ``available`` can be withdrawn, ``withdrawing`` is on its way, ``withdrawn`` was paid
    (``tax`` of it to the tax office). ``void`` and ``clawed_back`` were taken back before and after the thaw; ``debt`` is what of the
    latter is still owed.
    """

    created_fen: int
    frozen_fen: int
    available_fen: int
    withdrawing_fen: int
    withdrawn_fen: int
    void_fen: int
    clawed_back_fen: int
    debt_fen: int
    tax_fen: int


def income(agent_id: int) -> IncomeSummary:
    """Return the summary in three statements; it equals the balances of her accounts in the ledger."""
    net = F("amount_fen") - F("reversed_fen")
    mine = Commission.objects.filter(agent_id=agent_id, currency=CURRENCY)
    commission = mine.aggregate(
        created=Sum(net, filter=Q(status=Status.CREATED)),
        frozen=Sum(net, filter=Q(status=Status.FROZEN)),
        available=Sum(LEFT, filter=Q(thawed_at__isnull=False)),
        repaid=Sum("repaid_fen"),
        owed=Sum("owed_fen"),
    )
    taken_back = CommissionEntry.objects.filter(agent_id=agent_id, commission__currency=CURRENCY).aggregate(
        void=Sum("amount_fen", filter=Q(kind=Kind.VOIDED)),
        clawed_back=Sum("amount_fen", filter=Q(kind__in=[Kind.CLAWED_BACK, Kind.DEBT])),
    )
    out = Withdrawal.objects.filter(agent_id=agent_id, currency=CURRENCY).aggregate(
        withdrawing=Sum("amount_fen", filter=Q(status__in=IN_FLIGHT)),
        withdrawn=Sum("amount_fen", filter=Q(status=Withdrawal.Status.PAID)),
        tax=Sum("tax_fen", filter=Q(status=Withdrawal.Status.PAID)),
    )
    return IncomeSummary(
        created_fen=commission["created"] or 0,
        frozen_fen=commission["frozen"] or 0,
        available_fen=commission["available"] or 0,
        withdrawing_fen=out["withdrawing"] or 0,
        withdrawn_fen=out["withdrawn"] or 0,
        void_fen=taken_back["void"] or 0,
        clawed_back_fen=taken_back["clawed_back"] or 0,
        debt_fen=(commission["owed"] or 0) - (commission["repaid"] or 0),
        tax_fen=out["tax"] or 0,
    )


def next_thaw(agent_id: int) -> datetime | None:
    """Return when the next of an agent's frozen commissions may thaw, None when none is frozen."""
    frozen = Commission.objects.filter(agent_id=agent_id, status=Status.FROZEN, thaw_at__isnull=False)
    moment: datetime | None = frozen.aggregate(next=Min("thaw_at"))["next"]
    return moment


def commissions(agent_id: int, *, status: str | None = None, page: int = 1) -> Page[Commission]:
    """Return an agent's commissions, the newest first, with their lines and orders."""
    rows = Commission.objects.filter(agent_id=agent_id).select_related("order_line__order").order_by("-created_at", "-pk")
    return paged(rows.filter(status=status) if status else rows, number=page, size=PAGE_SIZE)


def commissions_of_order(order_id: int) -> list[Commission]:
    """Return what an order earned and for whom, with agents and lines."""
    rows = Commission.objects.filter(order_line__order_id=order_id).select_related("agent__user", "order_line")
    return list(rows.order_by("order_line_id", "depth")[:LINES_OF_AN_ORDER])
