"""Refunded pieces take back what they earned: exactly their share, before the thaw, after it, and after the withdrawal."""

from django.db import transaction

from renmai.distribution.actions.booking import BookLine, Kind, book, hold_agent, reversal
from renmai.distribution.actions.wallet import left_of, settle_debt
from renmai.distribution.events import CommissionReversed
from renmai.distribution.models import Commission
from renmai.kernel.compiled import CompiledValues, by_key
from renmai.kernel.errors import DomainError
from renmai.kernel.money import part_of_lot
from renmai.kernel.outbox import emit

Status = Commission.Status
_OWNERS = CompiledValues(
    lambda line: Commission.objects.filter(order_line_id=line).order_by("-agent_id", "depth").values_list("pk", "agent_id")
)


@transaction.atomic
def reverse_for_line(order_line_id: int, *, cause: str) -> int:
    """Take back the refunded share of every commission of a line; return the fen taken back now.

    Converges to ``refunded_quantity`` of the line, so a repeated or late event changes nothing, and after the last piece exactly
    everything is reversed. ``cause`` (``after_sale:7``) names the refund in the statement.
    """
    return sum(catch_up(held(pk, agent_id), cause=cause) for pk, agent_id in _OWNERS.rows(order_line_id))


def held(commission_id: int, agent_id: int) -> Commission:
    """Return a commission as it is while its agent is held."""
    hold_agent(agent_id)
    return by_key(Commission, commission_id, "order_line__order", "agent")


def catch_up(row: Commission, *, cause: str) -> int:
    """Bring a held commission, and ``row`` with it, to the refunded share of its line; return the fen taken back."""
    line = row.order_line
    due_fen = part_of_lot(row.amount_fen, quantity=line.quantity, before=0, taken=line.refunded_quantity)
    amount_fen = due_fen - row.reversed_fen
    if amount_fen <= 0:
        return 0
    # A commission only ever goes back by further pieces, so cause and pieces together name this reversal.
    cause = f"{cause}:{line.refunded_quantity}"
    lines = _void(row, amount_fen, cause) if row.thawed_at is None else _claw_back(row, amount_fen, cause)
    debt_fen = sum(entry.amount_fen for entry in lines if entry.kind == Kind.DEBT)
    if debt_fen:
        lines += settle_debt(
            row.agent_id,
            new_debt_fen=debt_fen,
            trigger=f"{row.pk}:{cause}",
            reference=line.order.number,
            currency=row.currency,
        )
    emit(CommissionReversed(row.pk, row.agent.user_id, amount_fen, debt_fen, row.reversed_fen))
    book(row.agent_id, lines, currency=row.currency)
    return amount_fen


def _void(row: Commission, amount_fen: int, cause: str) -> list[BookLine]:
    reversed_fen = row.reversed_fen + amount_fen
    _change(row, new=Status.VOID if reversed_fen == row.amount_fen else row.status, reversed_fen=reversed_fen)
    return [reversal(row, Kind.VOIDED, amount_fen, cause=cause, reference=row.order_line.order.number)]


def _claw_back(row: Commission, amount_fen: int, cause: str) -> list[BookLine]:
    """Take from what is left of this commission; the rest is gone already and becomes debt."""
    reference = row.order_line.order.number
    left_fen = left_of(row)
    taken_fen = min(amount_fen, left_fen)
    owed_fen = amount_fen - taken_fen
    reversed_fen = row.reversed_fen + amount_fen
    new = row.status
    if reversed_fen == row.amount_fen:
        new = Status.VOID
    elif taken_fen == left_fen:
        new = Status.WITHDRAWN
    _change(row, new=new, reversed_fen=reversed_fen, owed_fen=row.owed_fen + owed_fen)
    lines = []
    if taken_fen:
        lines.append(reversal(row, Kind.CLAWED_BACK, taken_fen, cause=cause, reference=reference))
    if owed_fen:
        lines.append(reversal(row, Kind.DEBT, owed_fen, cause=cause, reference=reference))
    return lines


def _change(row: Commission, *, new: str, **fields: int) -> None:
    """Write ``fields``, if nothing about the row moved since it was read, and keep ``row`` true."""
    if new != row.status and new not in Commission.TRANSITIONS[row.status]:
        raise AssertionError(f"commission {row.pk}: {row.status} never becomes {new}")
    unchanged = Commission.objects.filter(
        pk=row.pk,
        status=row.status,
        reversed_fen=row.reversed_fen,
        owed_fen=row.owed_fen,
        withdrawn_fen=row.withdrawn_fen,
        repaid_fen=row.repaid_fen,
    )
    if not unchanged.update(status=new, **fields):
        raise DomainError("request.conflict")
    for name, value in {"status": new, **fields}.items():
        setattr(row, name, value)
