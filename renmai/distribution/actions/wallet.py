"""What is left of each thawed commission, taken oldest first: for withdrawals, and for debt before anything else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, When

from renmai.distribution.actions.booking import BookLine, Kind
from renmai.distribution.models import LEFT, Commission, Withdrawal, WithdrawalPart
from renmai.kernel.errors import DomainError
from renmai.kernel.money import spell
from renmai.ledger import chart
from renmai.ledger.queries import balance

Status = Commission.Status
CHUNK = 500


@dataclass(frozen=True)
class Taken:
    """How much was taken from one commission."""

    commission_id: int
    amount_fen: int


def left_of(commission: Commission) -> int:
    """Return what is left of a thawed commission in her wallet."""
    returned = commission.reversed_fen - commission.owed_fen
    return commission.amount_fen - returned - commission.withdrawn_fen - commission.repaid_fen


def available_fen(agent_id: int, currency: str) -> int:
    """Return what the agent could take out now: the sum of what is left of her thawed commissions."""
    mine = Commission.objects.filter(agent_id=agent_id, currency=currency, thawed_at__isnull=False)
    return int(mine.aggregate(left=Sum(LEFT))["left"] or 0)


def take(agent_id: int, amount_fen: int, *, column: str, currency: str) -> list[Taken]:
    """Take ``amount_fen`` from the oldest thawed commissions and count it in ``column`` (withdrawn_fen or repaid_fen).

    Returns the parts, which sum to ``amount_fen``. The caller holds the agent. Raises ``distribution.not_enough`` when less is left
    and ``request.conflict`` when a row moved all the same. At most one commission is taken in part: the last one.
    """
    taken: list[Taken] = []
    missing = amount_fen
    while missing > 0:
        rows = _oldest(agent_id, currency)
        if not rows:
            raise DomainError("distribution.not_enough", available=spell(amount_fen - missing))
        whole: list[Taken] = []
        for pk, left in rows:
            part = Taken(pk, min(left, missing))
            missing -= part.amount_fen
            if part.amount_fen == left:
                whole.append(part)
            else:
                _take_part(part, column)
            taken.append(part)
            if missing == 0:
                break
        _take_whole(whole, column)
    return taken


def give_back(withdrawal: Withdrawal) -> None:
    """Put the parts of a withdrawal that did not happen back to their commissions."""
    parts = WithdrawalPart.objects.filter(withdrawal=withdrawal)
    mine = Commission.objects.filter(pk__in=parts.values("commission_id"))
    part_fen = Subquery(parts.filter(commission=OuterRef("pk")).values("amount_fen")[:1])
    without = F("withdrawn_fen") - part_fen
    # In this order: a row that becomes available by the second statement must not be met by the first.
    mine.exclude(status=Status.WITHDRAWN).update(withdrawn_fen=without)
    mine.filter(status=Status.WITHDRAWN).update(status=Status.AVAILABLE, withdrawn_fen=without)


def settle_debt(agent_id: int, *, new_debt_fen: int, trigger: str, reference: str, currency: str) -> list[BookLine]:
    """Repay what she owes from what is in her wallet, oldest commission first; return the lines to book.

    ``new_debt_fen`` is debt of this very transaction that the ledger does not know yet. Afterwards either nothing is owed or nothing
    is left. ``trigger`` names what put money into the wallet or made the debt.
    """
    debt_fen = balance(chart.agent_debt(agent_id), currency) + new_debt_fen
    if debt_fen == 0:
        return []
    repayable_fen = min(debt_fen, available_fen(agent_id, currency))
    return [
        BookLine(
            Kind.REPAID,
            part.amount_fen,
            f"commission:{part.commission_id}:repaid:{trigger}",
            reference,
            debit=chart.agent_available(agent_id),
            credit=chart.agent_debt(agent_id),
            commission_id=part.commission_id,
        )
        for part in take(agent_id, repayable_fen, column="repaid_fen", currency=currency)
    ]


def _oldest(agent_id: int, currency: str) -> Sequence[tuple[int, int]]:
    thawed = Commission.objects.filter(agent_id=agent_id, currency=currency, thawed_at__isnull=False)
    rows = thawed.annotate(left=LEFT).filter(left__gt=0).order_by("thawed_at", "id")
    return list(rows.values_list("pk", "left")[:CHUNK])


def _take_part(part: Taken, column: str) -> None:
    moved = Commission.objects.annotate(left=LEFT).filter(pk=part.commission_id, left__gt=part.amount_fen)
    if not moved.update(**{column: F(column) + part.amount_fen}):
        raise DomainError("request.conflict")


def _take_whole(parts: Sequence[Taken], column: str) -> None:
    """Use the commissions up. One that is void but still holds returned money stays void."""
    if not parts:
        return
    rows = Commission.objects.filter(pk__in=[part.commission_id for part in parts])
    amounts = Case(*(When(pk=part.commission_id, then=F(column) + part.amount_fen) for part in parts))
    moved = rows.filter(status=Status.AVAILABLE).update(status=Status.WITHDRAWN, **{column: amounts})
    if moved < len(parts):
        moved += rows.filter(~Q(status=Status.WITHDRAWN)).update(**{column: amounts})
    if moved != len(parts):
        raise DomainError("request.conflict")
