"""What must always be true of the books, proved by set-based SQL on a live database.

Invariant 1: debits = credits per currency, and running totals = sums of transfers. Invariant 2: nothing limited is overdrawn. Invariant
7: the journal is append-only. Invariant 9: no amount stays on hold past its time.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.ledger import triggers
from renmai.ledger.chart import KINDS
from renmai.ledger.models import Account, Side, Transfer
from renmai.ledger.queries import moved

GRACE = timedelta(minutes=10)
"""How late the sweep may be before an amount on hold counts as forgotten."""

SHOWN = 1000
"""How many objects one check names; more of the same kind say nothing new."""


def violations() -> Iterator[Violation]:
    """Yield every broken rule of the ledger."""
    yield from _two_sides()
    yield from _running_totals()
    yield from _wallets()
    yield from _chart()
    yield from _overdrawn()
    yield from _resolutions()
    yield from _append_only()
    yield from _held_too_long()


def _two_sides() -> Iterator[Violation]:
    """A transfer has two sides by its form; what could still go wrong is a side in another currency."""
    sums: dict[str, list[int]] = {}
    for index, side in enumerate(("debit_account", "credit_account")):
        rows = moved().values_list(f"{side}__currency").annotate(sum=Sum("amount_fen")).order_by()
        for currency, amount in rows:
            sums.setdefault(currency, [0, 0])[index] = amount
    for currency, (debits, credits_) in sorted(sums.items()):
        if debits != credits_:
            yield Violation("1", currency, f"debits {debits} against credits {credits_}")
    mixed = Transfer.objects.exclude(debit_account__currency=F("currency"), credit_account__currency=F("currency")).order_by("pk")
    for transfer_id in mixed.values_list("pk", flat=True)[:SHOWN]:
        yield Violation("1", f"transfer {transfer_id}", "an account has another currency")


def _running_totals() -> Iterator[Violation]:
    totals = {"debits_posted_fen": 0, "credits_posted_fen": 0, "debits_pending_fen": 0, "credits_pending_fen": 0}
    unlimited = Account.objects.filter(limited=False).exclude(**totals).order_by("pk")
    for account in unlimited[:SHOWN]:
        yield Violation("1", f"account {account}", "an unlimited account keeps running totals")
    limited = Account.objects.filter(limited=True).annotate(
        sum_debits=_sum_of(moved(), "debit_account"),
        sum_credits=_sum_of(moved(), "credit_account"),
        debits_held=_sum_of(_open_holds(), "debit_account"),
        credits_held=_sum_of(_open_holds(), "credit_account"),
    )
    wrong = limited.exclude(
        debits_posted_fen=F("sum_debits"),
        credits_posted_fen=F("sum_credits"),
        debits_pending_fen=F("debits_held"),
        credits_pending_fen=F("credits_held"),
    ).order_by("pk")
    for row in wrong[:SHOWN]:
        kept = (row.debits_posted_fen, row.credits_posted_fen, row.debits_pending_fen, row.credits_pending_fen)
        true = (row.sum_debits, row.sum_credits, row.debits_held, row.credits_held)
        yield Violation("1", f"account {row}", f"running totals {kept}, transfers say {true}")


def _wallets() -> Iterator[Violation]:
    """What the platform owes its agents: everything that ever crossed the border of the wallets is what lies in them now."""
    wallets = [kind.name for kind in KINDS.values() if kind.wallet]
    inward = Q(credit_account__kind__in=wallets) & ~Q(debit_account__kind__in=wallets)
    outward = Q(debit_account__kind__in=wallets) & ~Q(credit_account__kind__in=wallets)
    crossed = Sum(Case(When(inward, then=F("amount_fen")), When(outward, then=-F("amount_fen")), default=Value(0)))
    owed = dict(moved().values_list("currency").annotate(sum=crossed).order_by())
    held = dict(
        Account.objects.filter(kind__in=wallets)
        .values_list("currency")
        .annotate(sum=Sum(F("credits_posted_fen") - F("debits_posted_fen")))
        .order_by()
    )
    for currency in sorted(owed.keys() | held.keys()):
        if owed.get(currency, 0) != held.get(currency, 0):
            detail = f"the platform owes {owed.get(currency, 0)}, the wallets hold {held.get(currency, 0)}"
            yield Violation("1", f"wallets in {currency}", detail)


def _chart() -> Iterator[Violation]:
    known = Q()
    for kind in KINDS.values():
        shape = "^" + kind.pattern.replace("{owner}", "[a-z0-9][a-z0-9_-]*") + "$"
        known |= Q(kind=kind.name, side=kind.side, limited=kind.limited, code__regex=shape)
    for account in Account.objects.exclude(known).order_by("pk")[:SHOWN]:
        yield Violation("1", f"account {account}", "is not what the chart of accounts says")


def _overdrawn() -> Iterator[Violation]:
    free = Case(
        When(side=Side.CREDIT, then=F("credits_posted_fen") - F("debits_posted_fen") - F("debits_pending_fen")),
        default=F("debits_posted_fen") - F("credits_posted_fen") - F("credits_pending_fen"),
        output_field=BigIntegerField(),
    )
    for row in Account.objects.filter(limited=True).annotate(free=free).filter(free__lt=0).order_by("pk")[:SHOWN]:
        yield Violation("2", f"account {row}", f"overdrawn by {-row.free}")


def _resolutions() -> Iterator[Violation]:
    faithful = Q(
        pending__kind=Transfer.Kind.PENDING,
        pending__debit_account=F("debit_account"),
        pending__credit_account=F("credit_account"),
        pending__amount_fen__gte=F("amount_fen"),
    )
    for transfer_id in (
        Transfer.objects.filter(pending__isnull=False).exclude(faithful).order_by("pk").values_list("pk", flat=True)[:SHOWN]
    ):
        yield Violation("1", f"transfer {transfer_id}", "resolves a hold with other accounts or more money")


def _append_only() -> Iterator[Violation]:
    for name in sorted(triggers.missing(connection)):
        yield Violation("7", name, "the trigger that guards the journal is missing")


def _held_too_long() -> Iterator[Violation]:
    overdue = _open_holds().filter(expires_at__lt=clock.now() - GRACE).order_by("expires_at")
    for held in overdue[:SHOWN]:
        yield Violation("9", f"transfer {held.pk}", f"on hold since {held.at:%Y-%m-%d %H:%M}, expired {held.expires_at}")


def _open_holds() -> QuerySet[Transfer]:
    resolved = Transfer.objects.filter(pending=OuterRef("pk"))
    return Transfer.objects.filter(~Exists(resolved), kind=Transfer.Kind.PENDING)


def _sum_of(transfers: QuerySet[Transfer], side: str) -> Coalesce:
    total = transfers.filter(**{side: OuterRef("pk")}).order_by().values(side).annotate(sum=Sum("amount_fen")).values("sum")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), Value(0))


def counts() -> dict[str, int]:
    """Return how many accounts and transfers the audit looked at, for its report."""
    return Account.objects.aggregate(accounts=Count("pk")) | Transfer.objects.aggregate(transfers=Count("pk"))
