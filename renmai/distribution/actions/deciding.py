"""Two people decide on a withdrawal; the provider pays; what does not go out comes back."""

from django.db import transaction
from django.db.models import F

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.distribution.actions.booking import BookLine, Kind, book, hold_agent
from renmai.distribution.actions.wallet import give_back, settle_debt
from renmai.distribution.events import WithdrawalDecided
from renmai.distribution.models import Agent, TaxYear, Withdrawal
from renmai.distribution.policies import require_approver, require_decider, require_reviewer
from renmai.distribution.tax import Withholding, china_date, months_worked, withholding
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.ledger import chart
from renmai.payments.actions.payouts import request_payout
from renmai.policy import queries as policy

Status = Withdrawal.Status
REASON_LENGTH = 200


@transaction.atomic
def review_withdrawal(actor: User, withdrawal_id: int, *, ip_address: str | None = None) -> Withdrawal:
    """The first of two people agrees. Logged. Raises ``request.conflict`` when it was decided in the meantime."""
    withdrawal = _get(withdrawal_id)
    require_reviewer(actor, withdrawal)
    _advance(withdrawal, Status.REQUESTED, Status.REVIEWED, reviewed_by=actor)
    _log(actor, withdrawal, ip_address=ip_address)
    return withdrawal


@transaction.atomic
def approve_withdrawal(actor: User, withdrawal_id: int, *, ip_address: str | None = None) -> Withdrawal:
    """The second person agrees: tax is withheld and the payment ordered, once. Logged.

    Raises ``distribution.status`` while the agent is suspended, ``request.conflict`` when it was decided in the meantime.
    """
    withdrawal = _get(withdrawal_id)
    require_approver(actor, withdrawal)
    if withdrawal.status != Status.REVIEWED:
        # Also when its review is being written at this moment: only who is seen to have reviewed it can be told from the actor.
        raise DomainError("request.conflict")
    agent = hold_agent(withdrawal.agent_id)
    if agent.status == Agent.Status.SUSPENDED:
        # Suspending stops withdrawing, also what she asked for before.
        raise DomainError("distribution.status")
    tax = _withhold(agent, withdrawal.amount_fen)
    _advance(
        withdrawal,
        Status.REVIEWED,
        Status.APPROVED,
        approved_by=actor,
        tax_fen=tax.tax_fen,
        decided_at=clock.now(),
    )
    request_payout(
        withdrawal.number,
        payee=withdrawal.payee,
        amount_fen=withdrawal.amount_fen - tax.tax_fen,
        currency=withdrawal.currency,
        provider=policy.text("withdrawal.payout_provider"),
    )
    _log(actor, withdrawal, ip_address=ip_address)
    emit(WithdrawalDecided(withdrawal.pk, withdrawal.agent.user_id, withdrawal.status))
    return withdrawal


@transaction.atomic
def reject_withdrawal(actor: User, withdrawal_id: int, *, reason: str, ip_address: str | None = None) -> Withdrawal:
    """Refuse before the second approval; the money is hers again (after what she owes). Logged with the reason."""
    withdrawal = _get(withdrawal_id)
    require_decider(actor, withdrawal)
    why = reason.strip()
    if not 1 <= len(why) <= REASON_LENGTH:
        raise DomainError("distribution.reason", field="reason")
    if withdrawal.status not in {Status.REQUESTED, Status.REVIEWED}:
        raise DomainError("request.conflict")
    hold_agent(withdrawal.agent_id)
    now = clock.now()
    _advance(withdrawal, withdrawal.status, Status.REJECTED, reason=why, decided_at=now, finished_at=now)
    _log(actor, withdrawal, ip_address=ip_address)
    emit(WithdrawalDecided(withdrawal.pk, withdrawal.agent.user_id, withdrawal.status))
    _bring_back(withdrawal)
    return withdrawal


@transaction.atomic
def finish_withdrawal(number: str, *, succeeded: bool, provider: str) -> None:
    """The provider ``provider`` paid, or refused for good. A repeated report changes nothing; another one is a bug and raises."""
    withdrawal = Withdrawal.objects.select_related("agent").filter(number=number).first()
    if withdrawal is None:
        return
    new = Status.PAID if succeeded else Status.FAILED
    if withdrawal.status == new:
        return
    hold_agent(withdrawal.agent_id)
    _advance(withdrawal, Status.APPROVED, new, finished_at=clock.now())
    emit(WithdrawalDecided(withdrawal.pk, withdrawal.agent.user_id, new))
    if succeeded:
        _pay_out(withdrawal, provider)
    else:
        _return_tax(withdrawal)
        _bring_back(withdrawal)


def _withhold(agent: Agent, amount_fen: int) -> Withholding:
    """Return the tax on one more payment and count both in her year, so that the next payment continues from here."""
    today = china_date(clock.now())
    year, _is_new = TaxYear.objects.get_or_create(agent=agent, year=today.year)
    tax = withholding(
        amount_fen,
        income_before_fen=year.income_fen,
        withheld_before_fen=year.withheld_fen,
        months=months_worked(china_date(agent.joined_at), on=today),
        on=today,
    )
    unchanged = TaxYear.objects.filter(pk=year.pk, income_fen=year.income_fen, withheld_fen=year.withheld_fen)
    if not unchanged.update(income_fen=year.income_fen + amount_fen, withheld_fen=year.withheld_fen + tax.tax_fen):
        raise DomainError("request.conflict")
    return tax


def _return_tax(withdrawal: Withdrawal) -> None:
    if withdrawal.decided_at is None:
        raise AssertionError(f"withdrawal {withdrawal.number} was approved at no time")
    year = TaxYear.objects.filter(agent_id=withdrawal.agent_id, year=china_date(withdrawal.decided_at).year)
    moved = year.update(income_fen=F("income_fen") - withdrawal.amount_fen, withheld_fen=F("withheld_fen") - withdrawal.tax_fen)
    if not moved:
        raise AssertionError(f"withdrawal {withdrawal.number} has no tax year")


def _pay_out(withdrawal: Withdrawal, provider: str) -> None:
    source = chart.agent_withdrawing(withdrawal.agent_id)
    key = f"withdrawal:{withdrawal.pk}"
    net_fen = withdrawal.amount_fen - withdrawal.tax_fen
    lines = [
        BookLine(
            Kind.PAID,
            net_fen,
            f"{key}:paid",
            withdrawal.number,
            debit=source,
            credit=chart.provider(provider),
            withdrawal_id=withdrawal.pk,
        )
    ]
    if withdrawal.tax_fen:
        lines.append(
            BookLine(
                Kind.TAX,
                withdrawal.tax_fen,
                f"{key}:tax",
                withdrawal.number,
                debit=source,
                credit=chart.tax_payable(),
                withdrawal_id=withdrawal.pk,
            )
        )
    book(withdrawal.agent_id, lines, currency=withdrawal.currency)


def _bring_back(withdrawal: Withdrawal) -> None:
    """Put the money back to the commissions it came from; what is owed is repaid from it first."""
    agent_id = withdrawal.agent_id
    give_back(withdrawal)
    returned = BookLine(
        Kind.RETURNED,
        withdrawal.amount_fen,
        f"withdrawal:{withdrawal.pk}:returned",
        withdrawal.number,
        debit=chart.agent_withdrawing(agent_id),
        credit=chart.agent_available(agent_id),
        withdrawal_id=withdrawal.pk,
    )
    repaid = settle_debt(
        agent_id, new_debt_fen=0, trigger=f"return:{withdrawal.pk}", reference=withdrawal.number, currency=withdrawal.currency
    )
    book(agent_id, [returned, *repaid], currency=withdrawal.currency)


def _get(withdrawal_id: int) -> Withdrawal:
    withdrawal = Withdrawal.objects.select_related("agent").filter(pk=withdrawal_id).first()
    if withdrawal is None:
        raise DomainError("request.not_found")
    return withdrawal


def _advance(withdrawal: Withdrawal, old: str, new: str, **fields: object) -> None:
    """Move ``withdrawal``, in the database and in hand. Raises ``request.conflict`` when somebody else moved it."""
    if not advance(Withdrawal, withdrawal.pk, old=old, new=new, **fields):
        raise DomainError("request.conflict")
    for name, value in {"status": new, **fields}.items():
        setattr(withdrawal, name, value)


def _log(actor: User, withdrawal: Withdrawal, *, ip_address: str | None) -> None:
    log_act(
        actor,
        f"withdrawal.{withdrawal.status}",
        object_type="withdrawal",
        object_id=withdrawal.pk,
        detail={"number": withdrawal.number, "amount_fen": withdrawal.amount_fen, "reason": withdrawal.reason},
        ip_address=ip_address,
    )
