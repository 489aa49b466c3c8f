"""An agent asks for her money: what is available, oldest commission first, once per key."""

from django.db import IntegrityError, transaction

from renmai.accounts.models import User
from renmai.distribution.actions.booking import CURRENCY, BookLine, Kind, book, hold_agent
from renmai.distribution.actions.wallet import Taken, take
from renmai.distribution.models import Agent, Withdrawal, WithdrawalPart
from renmai.kernel import ids
from renmai.kernel.errors import DomainError
from renmai.kernel.idempotency import is_key
from renmai.kernel.money import check_fen, spell
from renmai.ledger import chart
from renmai.policy import queries as policy


def request_withdrawal(user: User, *, amount_fen: int, idempotency_key: str) -> Withdrawal:
    """Set ``amount_fen`` aside for payment; the same key again returns the same withdrawal.

    Raises ``distribution.not_agent``, ``not_active`` (suspended), ``no_payout_account``, ``below_minimum``, ``not_enough``;
    ``request.repeated_key`` when the key asked for another amount.
    """
    agent = Agent.objects.filter(user=user).first()
    if agent is None:
        raise DomainError("distribution.not_agent")
    if not is_key(idempotency_key):
        raise DomainError("request.invalid", field="idempotency_key")
    earlier = _earlier(agent, amount_fen, idempotency_key)
    if earlier is not None:
        return earlier
    check_fen(amount_fen, minimum=1)
    minimum_fen = policy.integer("withdrawal.minimum_fen")
    if amount_fen < minimum_fen:
        raise DomainError("distribution.below_minimum", field="amount", minimum=spell(minimum_fen))
    try:
        with transaction.atomic():
            return _request(agent.pk, amount_fen, idempotency_key)
    except IntegrityError:
        winner = _earlier(agent, amount_fen, idempotency_key)
        if winner is None:
            raise
        return winner


def _request(agent_id: int, amount_fen: int, key: str) -> Withdrawal:
    agent = hold_agent(agent_id)
    if agent.status == Agent.Status.SUSPENDED:
        raise DomainError("distribution.not_active")
    if not agent.payout_account or not agent.real_name:
        raise DomainError("distribution.no_payout_account")
    withdrawal = Withdrawal.objects.create(
        number=ids.number("W"),
        agent=agent,
        amount_fen=amount_fen,
        currency=CURRENCY,
        payee=agent.payout_account,
        idempotency_key=key,
    )
    _keep_parts(withdrawal, take(agent_id, amount_fen, column="withdrawn_fen", currency=CURRENCY))
    line = BookLine(
        Kind.WITHDRAWN,
        amount_fen,
        f"withdrawal:{withdrawal.pk}:requested",
        withdrawal.number,
        debit=chart.agent_available(agent_id),
        credit=chart.agent_withdrawing(agent_id),
        withdrawal_id=withdrawal.pk,
    )
    book(agent_id, [line])
    return withdrawal


def _keep_parts(withdrawal: Withdrawal, taken: list[Taken]) -> None:
    WithdrawalPart.objects.bulk_create(
        [WithdrawalPart(withdrawal=withdrawal, commission_id=part.commission_id, amount_fen=part.amount_fen) for part in taken]
    )


def _earlier(agent: Agent, amount_fen: int, key: str) -> Withdrawal | None:
    earlier = Withdrawal.objects.filter(agent=agent, idempotency_key=key).select_related("agent").first()
    if earlier is not None and earlier.amount_fen != amount_fen:
        raise DomainError("request.repeated_key")
    return earlier
