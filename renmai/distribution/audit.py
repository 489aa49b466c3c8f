"""What must be true of agents' income, checked in SQL over whole tables; bounded memory.

Invariant 6 of the money rules: commissions within the cap, two levels at most, reversed = refunded share; agents' accounts in the
ledger = the sums over their commissions and withdrawals. Invariant 9: nothing waits past its deadline.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from renmai.distribution.models import (
    LEFT,
    Agent,
    Commission,
    CommissionEntry,
    LeaderTerm,
    TaxYear,
    Withdrawal,
    WithdrawalPart,
)
from renmai.distribution.policies import INTRODUCER
from renmai.distribution.tax import china_date
from renmai.kernel import clock, ids
from renmai.kernel.audits import Violation
from renmai.kernel.models import OutboxEvent
from renmai.kernel.money import BASIS_POINTS
from renmai.ledger import chart
from renmai.ledger.models import Transfer
from renmai.ledger.queries import wallet_balances
from renmai.ordering.events import LineRefunded
from renmai.ordering.models import AfterSale, Order
from renmai.payments.models import Payout

HARD_CAP_BASIS_POINTS = 3000
CHUNK = 500
REASON = "commission."
"""How the reasons of this room's transfers begin."""
EVENT_GRACE = timedelta(hours=12)
"""Events are retried for hours before they raise an alert: only what is later than that is wrong."""

DECISION_DAYS = 30
PAYMENT_DAYS = 3
Status = Commission.Status
Kind = CommissionEntry.Kind
OPEN = (Withdrawal.Status.REQUESTED, Withdrawal.Status.REVIEWED, Withdrawal.Status.APPROVED)
GONE = (*OPEN, Withdrawal.Status.PAID)


def violations() -> Iterator[Violation]:
    """Yield everything that is wrong."""
    yield from _promises()
    yield from _earners()
    yield from _reversals()
    yield from _statements()
    yield from _entries_in_ledger()
    yield from _withdrawals()
    yield from _payouts()
    yield from _wallets()
    yield from _deadlines()


def _promises() -> Iterator[Violation]:
    commissions = Commission.objects.all()
    capped = commissions.values("order_line_id").annotate(total=Sum("basis_points"), promised=Sum("amount_fen"))
    for row in _each(capped.filter(total__gt=HARD_CAP_BASIS_POINTS).order_by("order_line_id")):
        yield _of("6", f"order line {row['order_line_id']}", f"pays {row['total']} basis points, over the cap")
    wrong = commissions.annotate(exact=F("base_fen") * F("basis_points")).filter(
        Q(exact__lt=F("amount_fen") * BASIS_POINTS)
        | Q(exact__gte=(F("amount_fen") + 1) * BASIS_POINTS)
        | ~Q(base_fen=F("order_line__amount_fen") - F("order_line__reduced_fen"))
    )
    yield from _found("6", "commission", wrong, "amount is not base × rate of its line")
    yield from _found("6", "commission", commissions.exclude(depth__in=[1, 2]), "deeper than two levels")
    own = commissions.filter(agent__user=F("order_line__order__buyer"))
    yield from _found("6", "commission", own, "earned on the agent's own purchase")
    unpaid = commissions.filter(order_line__order__paid_at__isnull=True)
    yield from _found("6", "commission", unpaid, "promised on an order that was never paid")
    too_soon = Q(thaw_at__isnull=True) | Q(thawed_at__lt=F("thaw_at")) | Q(thawed_at__lt=F("order_line__order__settle_after"))
    early = commissions.filter(too_soon, thawed_at__isnull=False)
    yield from _found("6", "commission", early, "thawed before the after-sales window closed")


def _earners() -> Iterator[Violation]:
    """Whoever earns is the order's agent, or who introduced her; at the rates that were frozen on the line."""
    first, second = Commission.objects.filter(depth=1), Commission.objects.filter(depth=2)
    strangers = first.exclude(agent_id=F("order_line__order__agent_id"))
    yield from _found("6", "commission", strangers, "earned by somebody the order was not given to")
    introduced = Agent.objects.filter(pk=OuterRef("order_line__order__agent_id"), introduced_by=OuterRef("agent"))
    of_introducers = second.filter(order_line__second_layer=INTRODUCER)
    yield from _found(
        "6", "commission", of_introducers.filter(~Exists(introduced)), "earned by somebody who did not introduce the agent"
    )
    ordered_at = OuterRef("order_line__order__placed_at")
    led = LeaderTerm.objects.filter(
        Q(until__isnull=True) | Q(until__gt=ordered_at),
        agent=OuterRef("order_line__order__agent_id"),
        leader=OuterRef("agent"),
        since__lte=ordered_at,
    )
    of_leaders = second.exclude(order_line__second_layer=INTRODUCER)
    yield from _found("6", "commission", of_leaders.filter(~Exists(led)), "earned by somebody who did not lead the agent's team")
    rates = "order_line__commission_basis_points", "order_line__second_basis_points"
    for rows, rate in zip((first, second), rates, strict=True):
        yield from _found("6", "commission", rows.exclude(basis_points=F(rate)), "not the rate frozen on its line")


def _reversals() -> Iterator[Violation]:
    pieces = F("order_line__quantity")
    due = F("amount_fen") * F("order_line__refunded_quantity")
    wrong = Commission.objects.annotate(due=due).filter(
        Q(due__lt=F("reversed_fen") * pieces) | Q(due__gte=(F("reversed_fen") + 1) * pieces)
    )
    for row in _each(wrong.select_related("order_line").order_by("pk")):
        if not _is_on_its_way(row.order_line_id):
            line = row.order_line
            share = f"{line.refunded_quantity} of {line.quantity} pieces were refunded"
            yield _of("6", f"commission {row.pk}", f"{row.reversed_fen} of {row.amount_fen} reversed, {share}")
    void = Commission.objects.filter(status=Status.VOID).exclude(reversed_fen=F("amount_fen"))
    yield from _found("6", "commission", void, "void, but not wholly reversed")


def _statements() -> Iterator[Violation]:
    """The statement says the same as the rows it explains."""
    entries = CommissionEntry.objects.filter(commission=OuterRef("pk"))
    columns = {
        "amount_fen": (Kind.CREATED,),
        "reversed_fen": (Kind.VOIDED, Kind.CLAWED_BACK, Kind.DEBT),
        "owed_fen": (Kind.DEBT,),
        "repaid_fen": (Kind.REPAID,),
    }
    for column, kinds in columns.items():
        wrong = Commission.objects.annotate(told=_sum(entries.filter(kind__in=kinds), "commission")).exclude(told=F(column))
        yield from _found("6", "commission", wrong, f"its statement does not add up to {column}")
    parts = WithdrawalPart.objects.filter(commission=OuterRef("pk"), withdrawal__status__in=GONE)
    wrong = Commission.objects.annotate(told=_sum(parts, "commission")).exclude(told=F("withdrawn_fen"))
    yield from _found("6", "commission", wrong, "withdrawn differs from the parts of withdrawals")


def _entries_in_ledger() -> Iterator[Violation]:
    """Each line of a statement that moves money is in the ledger with its amount, and nothing else is."""
    entries = CommissionEntry.objects.exclude(kind=Kind.FROZEN).order_by("pk")
    rows = entries.values_list("pk", "cause", "amount_fen").iterator(chunk_size=CHUNK)
    count = 0
    while chunk := list(islice(rows, CHUNK)):
        count += len(chunk)
        transfers = {ids.derived("distribution", cause): (pk, amount) for pk, cause, amount in chunk}
        posted = dict(Transfer.objects.filter(pk__in=transfers).values_list("pk", "amount_fen"))
        for transfer_id, (pk, amount) in transfers.items():
            if posted.get(transfer_id) != amount:
                yield _of("6", f"entry {pk}", f"says {amount}, the ledger {posted.get(transfer_id)}")
    moved = Transfer.objects.filter(reason__startswith=REASON).count()
    if moved > count:
        yield _of("6", "ledger, commissions", f"{moved} transfers for {count} lines of statements")


def _withdrawals() -> Iterator[Violation]:
    parts = WithdrawalPart.objects.filter(withdrawal=OuterRef("pk"))
    wrong = Withdrawal.objects.annotate(told=_sum(parts, "withdrawal")).exclude(told=F("amount_fen"))
    yield from _found("6", "withdrawal", wrong, "is not the sum of its parts")
    decided = Withdrawal.objects.filter(status__in=[Withdrawal.Status.APPROVED, Withdrawal.Status.PAID])
    alone = decided.filter(Q(reviewed_by__isnull=True) | Q(approved_by__isnull=True) | Q(reviewed_by=F("approved_by")))
    yield from _found("6", "withdrawal", alone, "approved without two people")
    own = Withdrawal.objects.filter(Q(reviewed_by=F("agent__user")) | Q(approved_by=F("agent__user")))
    yield from _found("6", "withdrawal", own, "decided by the agent herself")


def _payouts() -> Iterator[Violation]:
    """What the provider was told to pay is what two people approved, less tax, to the account she asked with."""
    ordered = Payout.objects.filter(
        reference=OuterRef("number"),
        payee=OuterRef("payee"),
        currency=OuterRef("currency"),
        amount_fen=OuterRef("amount_fen") - OuterRef("tax_fen"),
    )
    done = Withdrawal.objects.filter(status__in=[Withdrawal.Status.APPROVED, Withdrawal.Status.PAID])
    yield from _found(
        "6", "withdrawal", done.filter(~Exists(ordered)), "its payout has another amount or payee, or there is none"
    )
    refused = Payout.objects.filter(reference=OuterRef("number"), status=Payout.Status.FAILED)
    unpaid = done.filter(Exists(refused), status=Withdrawal.Status.PAID)
    yield from _found("6", "withdrawal", unpaid, "counts as paid although the provider refused")
    for_it = Withdrawal.objects.filter(number=OuterRef("reference"))
    paid = Payout.objects.filter(~Exists(for_it.filter(pk__in=done.values("pk"))), status=Payout.Status.SUCCEEDED)
    yield from _found("6", "payout", paid, "was paid without an approved withdrawal")


def _wallets() -> Iterator[Violation]:
    """An agent's four accounts are what her commissions and withdrawals say, agent by agent in chunks."""
    last = 0
    while True:
        agents = list(Agent.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not agents:
            return
        last = agents[-1]
        yield from _tax_years(agents)
        for currency in _currencies(agents):
            yield from _compare(agents, currency)


def _tax_years(agents: list[int]) -> Iterator[Violation]:
    """Income and tax of each year (China's) are those of the withdrawals approved in it."""
    approved = Withdrawal.objects.filter(agent_id__in=agents, status__in=[Withdrawal.Status.APPROVED, Withdrawal.Status.PAID])
    sums: Counter[tuple[int, int, str]] = Counter()
    for agent, at, income, tax in approved.values_list("agent_id", "decided_at", "amount_fen", "tax_fen").iterator(CHUNK):
        year = china_date(at).year if at else 0
        sums[agent, year, "income"] += income
        sums[agent, year, "tax"] += tax
    kept = TaxYear.objects.filter(agent_id__in=agents).values_list("agent_id", "year", "income_fen", "withheld_fen")
    found = {(agent, year): (income, withheld) for agent, year, income, withheld in kept}
    for agent, year in sorted(found.keys() | {(agent, year) for agent, year, _what in sums}):
        expected, told = (sums[agent, year, "income"], sums[agent, year, "tax"]), found.get((agent, year), (0, 0))
        if expected != told:
            detail = f"{year}: income and tax {told}, the withdrawals approved say {expected}"
            yield _of("6", f"agent {agent}", detail)


def _currencies(agents: list[int]) -> list[str]:
    found = Commission.objects.filter(agent_id__in=agents).values_list("currency", flat=True).distinct().order_by()
    return sorted({"CNY", *found})


def _compare(agents: list[int], currency: str) -> Iterator[Violation]:
    mine = Commission.objects.filter(agent_id__in=agents, currency=currency)
    frozen = mine.filter(thawed_at__isnull=True)
    flying = Withdrawal.objects.filter(agent_id__in=agents, currency=currency, status__in=OPEN)
    expected = {
        chart.agent_frozen: _by_agent(frozen.annotate(fen=F("amount_fen") - F("reversed_fen"))),
        chart.agent_available: _by_agent(mine.filter(thawed_at__isnull=False).annotate(fen=LEFT)),
        chart.agent_debt: _by_agent(mine.annotate(fen=F("owed_fen") - F("repaid_fen"))),
        chart.agent_withdrawing: _by_agent(flying.annotate(fen=F("amount_fen"))),
    }
    balances = wallet_balances([code(agent) for code in expected for agent in agents], currency)
    for code, sums in expected.items():
        for agent in agents:
            told, found = sums.get(agent, 0), balances.get(code(agent), (0, 0))[0]
            if told != found:
                yield _of("6", f"account {code(agent)}", f"holds {found} {currency}, its commissions say {told}")
    for agent in agents:
        debt, left = (balances.get(code(agent), (0, 0))[0] for code in (chart.agent_debt, chart.agent_available))
        if debt and left:
            yield _of("6", f"agent {agent}", f"owes {debt} and could withdraw {left}: debt is repaid first")


def _deadlines() -> Iterator[Violation]:
    now = clock.now()
    late = now - EVENT_GRACE
    commissions = Commission.objects.all()
    received = commissions.filter(status=Status.CREATED, order_line__order__received_at__lt=late)
    yield from _found("9", "commission", received, "not frozen although the goods were received")
    claims = AfterSale.objects.filter(order_line=OuterRef("order_line"), status__in=AfterSale.OPEN)
    kept = commissions.filter(
        ~Exists(claims),
        status=Status.FROZEN,
        thaw_at__lt=late,
        order_line__order__status=Order.Status.SETTLED,
        order_line__order__settled_at__lt=late,
    )
    yield from _found("9", "commission", kept, "not thawed although the sale is kept")
    asked = Withdrawal.objects.filter(status__in=OPEN[:2], requested_at__lt=now - timedelta(days=DECISION_DAYS))
    yield from _found("9", "withdrawal", asked, f"waits for a decision for over {DECISION_DAYS} days")
    unpaid = Withdrawal.objects.filter(status=OPEN[2], decided_at__lt=now - timedelta(days=PAYMENT_DAYS))
    yield from _found("9", "withdrawal", unpaid, f"approved over {PAYMENT_DAYS} days ago and not paid")


def _by_agent(rows: QuerySet[Commission] | QuerySet[Withdrawal]) -> dict[int, int]:
    return dict(rows.values_list("agent_id").annotate(sum=Sum("fen")).order_by())


def _sum(rows: QuerySet[Model], group: str, *, column: str = "amount_fen") -> Coalesce:
    """The sum of ``column`` over ``rows`` of the outer row, 0 for none, as a subquery."""
    return Coalesce(Subquery(rows.order_by().values(group).annotate(sum=Sum(column)).values("sum")[:1]), Value(0))


def _is_on_its_way(order_line_id: int) -> bool:
    return OutboxEvent.objects.filter(
        name=LineRefunded.NAME, status=OutboxEvent.Status.PENDING, payload__order_line_id=order_line_id
    ).exists()


def _found(invariant: str, what: str, rows: QuerySet[Model], detail: str) -> Iterator[Violation]:
    for pk in rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        yield _of(invariant, f"{what} {pk}", detail)


def _each(rows: QuerySet[Any, Any]) -> Iterator[Any]:
    return rows.iterator(chunk_size=CHUNK)


def _of(invariant: str, subject: str, detail: str) -> Violation:
    return Violation(invariant, subject, detail)
