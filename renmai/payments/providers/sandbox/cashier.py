"""What a customer, or a test, does at the sandbox's cashier."""

from datetime import timedelta
from enum import StrEnum

from django.db import transaction

from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.payments.models import SandboxTrade
from renmai.payments.providers.base import Answer, Outcome, Subject
from renmai.payments.providers.sandbox import delivery
from renmai.payments.providers.sandbox.provider import notice_body

NOTIFY_DELAY = timedelta(seconds=60)


class Behaviour(StrEnum):
    """How the sandbox behaves for one trade."""

    PAY = "pay"
    REFUSE = "refuse"
    NOTIFY_LATE = "notify_late"
    NOTIFY_TWICE = "notify_twice"
    NEVER_NOTIFY = "never_notify"
    WRONG_AMOUNT = "wrong_amount"


def access_trade(trade: str) -> SandboxTrade:
    """Return the trade with this unguessable name. Raises ``request.not_found``."""
    found = SandboxTrade.objects.filter(trade=trade).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def choose(trade: str, behaviour: Behaviour, *, deliver: delivery.Deliver | None = None) -> SandboxTrade:
    """Pay or refuse ``trade`` in the way of ``behaviour``, once, and deliver what is due at once; return the trade as it is then.

    A trade that is paid or refused already stays as it is. Must not be called inside a transaction.
    """
    found = access_trade(trade)
    status = "refused" if behaviour == Behaviour.REFUSE else "paid"
    with transaction.atomic():
        won = SandboxTrade.objects.filter(pk=found.pk, status="open").update(
            status=status, behaviour=behaviour, paid_at=clock.now() if status == "paid" else None
        )
        if won:
            _owe_notices(found, behaviour)
    if won:
        delivery.deliver_now(_subject(found), deliver=deliver)
    found.refresh_from_db()
    return found


def _owe_notices(trade: SandboxTrade, behaviour: Behaviour) -> None:
    answer = Answer(
        subject=Subject.PAYMENT,
        number=trade.number,
        outcome=Outcome.FAILED if behaviour == Behaviour.REFUSE else Outcome.SUCCEEDED,
        provider_id=trade.trade,
        amount_fen=trade.amount_fen + (behaviour == Behaviour.WRONG_AMOUNT),
        currency=trade.currency,
    )
    count = {Behaviour.NEVER_NOTIFY: 0, Behaviour.NOTIFY_TWICE: 2}.get(behaviour, 1)
    delay = NOTIFY_DELAY if behaviour == Behaviour.NOTIFY_LATE else timedelta()
    for _notice in range(count):
        delivery.owe(_subject(trade), notice_body(answer), due_at=clock.now() + delay)


def _subject(trade: SandboxTrade) -> str:
    return f"{Subject.PAYMENT}:{trade.number}"
