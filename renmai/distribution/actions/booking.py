"""Writes an agent's statement and the ledger together: one line of the statement, at most one transfer, both exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass

from renmai.distribution.models import Agent, Commission, CommissionEntry
from renmai.kernel import clock, ids
from renmai.kernel.compiled import by_key, insert
from renmai.ledger import chart
from renmai.ledger.actions import TransferRequest, post

Kind = CommissionEntry.Kind
CURRENCY = "CNY"
"""The currency of wallets: withdrawals and tax exist in it alone."""


@dataclass(frozen=True)
class BookLine:
    """One line of the statement. ``cause`` is unique for ever; the transfer's id is derived from it."""

    kind: str
    amount_fen: int
    cause: str
    reference: str
    debit: chart.AccountCode | None = None
    credit: chart.AccountCode | None = None
    commission_id: int | None = None
    withdrawal_id: int | None = None


def hold_agent(agent_id: int) -> Agent:
    """Return the agent and keep every other movement of her money waiting until this transaction ends.

    It orders the movements of one agent, so that they cannot deadlock over her commissions. It is not the guard: that are the
    conditional updates and the constraints on the rows, and the ledger's limited accounts.
    """
    return by_key(Agent, agent_id, lock=True)


def book(agent_id: int, lines: Sequence[BookLine], *, currency: str = CURRENCY) -> None:
    """Write ``lines`` to the agent's statement and post their transfers; the ledger's rows come last."""
    now = clock.now()
    insert(
        [
            CommissionEntry(
                agent_id=agent_id,
                commission_id=line.commission_id,
                withdrawal_id=line.withdrawal_id,
                kind=line.kind,
                amount_fen=line.amount_fen,
                cause=line.cause,
                at=now,
            )
            for line in lines
        ]
    )
    transfers = [
        TransferRequest(
            id=ids.derived("distribution", line.cause),
            debit=line.debit,
            credit=line.credit,
            amount_fen=line.amount_fen,
            currency=currency,
            reason=f"commission.{line.kind}",
            reference=line.reference,
        )
        for line in lines
        if line.debit is not None and line.credit is not None
    ]
    if transfers:
        post(transfers)


def created(commission: Commission, reference: str) -> BookLine:
    """A paid line promises her commission."""
    return BookLine(
        Kind.CREATED,
        commission.amount_fen,
        f"commission:{commission.pk}:created",
        reference,
        debit=chart.commission_expense(),
        credit=chart.agent_frozen(commission.agent_id),
        commission_id=commission.pk,
    )


def frozen(commission: Commission, reference: str) -> BookLine:
    """The goods arrived: nothing moves, the date of the thaw is known."""
    net_fen = commission.amount_fen - commission.reversed_fen
    return BookLine(Kind.FROZEN, net_fen, f"commission:{commission.pk}:frozen", reference, commission_id=commission.pk)


def thawed(commission: Commission, reference: str) -> BookLine:
    """The sale is kept: what is left of the commission becomes hers."""
    return BookLine(
        Kind.THAWED,
        commission.amount_fen - commission.reversed_fen,
        f"commission:{commission.pk}:thawed",
        reference,
        debit=chart.agent_frozen(commission.agent_id),
        credit=chart.agent_available(commission.agent_id),
        commission_id=commission.pk,
    )


def reversal(commission: Commission, kind: str, amount_fen: int, *, cause: str, reference: str) -> BookLine:
    """Goods came back: taken from what is frozen (void), from her wallet (clawed back), or owed (debt)."""
    source = {
        Kind.VOIDED: chart.agent_frozen,
        Kind.CLAWED_BACK: chart.agent_available,
        Kind.DEBT: chart.agent_debt,
    }[Kind(kind)]
    return BookLine(
        kind,
        amount_fen,
        f"commission:{commission.pk}:{kind}:{cause}",
        reference,
        debit=source(commission.agent_id),
        credit=chart.commission_expense(),
        commission_id=commission.pk,
    )
