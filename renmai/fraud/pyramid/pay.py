"""What agents live on: commission on own sales and on those of others, and how much of the money is from goods, by the journal."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from renmai.distribution.models import Commission, Withdrawal, WithdrawalPart
from renmai.kernel import clock
from renmai.ledger import chart
from renmai.ledger.models import Transfer
from renmai.ledger.queries import moved
from renmai.ordering.models import Order

WALLETS = tuple(kind.name for kind in (chart.AGENT_FROZEN, chart.AGENT_AVAILABLE, chart.AGENT_WITHDRAWING))
OUTSIDE = (chart.PROVIDER.name, chart.TAX_PAYABLE.name)
EVIDENCE = 20
LAG = timedelta(minutes=5)


@dataclass(frozen=True)
class Income:
    """What one agent earned after reversals: ``own_fen`` as the order's agent, ``others_fen`` as who introduced her."""

    own_fen: int
    others_fen: int


@dataclass(frozen=True)
class Origin:
    """Where agents' money comes from. ``paid_fen`` and ``foreign_fen`` are recomputed from the journal alone.

    ``paid_fen`` left the wallets for people and the tax office, ``traced_fen`` of it were parts of commission on goods that were
    settled before they thawed. ``foreign_fen`` came into wallets and is no commission on a paid order of goods.
    """

    paid_fen: int
    traced_fen: int
    foreign_fen: int
    evidence: tuple[str, ...] = ()

    @property
    def is_all_from_goods(self) -> bool:
        """Whether every fen is explained by a kept sale."""
        return self.paid_fen == self.traced_fen and not self.foreign_fen


def incomes() -> dict[int, Income]:
    """Return the income of every agent who earned anything. One statement."""
    net = Sum(F("amount_fen") - F("reversed_fen"))
    rows = Commission.objects.order_by().values_list("agent_id", "depth").annotate(fen=net)
    found: dict[int, dict[int, int]] = {}
    for agent_id, depth, fen in rows:
        found.setdefault(agent_id, {})[depth] = fen
    return {
        agent_id: Income(by_depth.get(1, 0), sum(fen for depth, fen in by_depth.items() if depth > 1))
        for agent_id, by_depth in found.items()
    }


def origin() -> Origin:
    """Return where agents' money came from until a moment ago. Six statements.

    What is being written right now is left for the next look: journal and withdrawals are read one after the other.
    """
    until = clock.now() - LAG
    out = moved().filter(debit_account__kind__in=WALLETS, credit_account__kind__in=OUTSIDE, at__lt=until)
    paid = Withdrawal.objects.filter(status=Withdrawal.Status.PAID, finished_at__lt=until)
    parts = _parts_of_kept_sales(paid)
    unknown = out.exclude(reference__in=paid.values("number"))
    foreign = _foreign().filter(at__lt=until)
    untraced = WithdrawalPart.objects.filter(withdrawal__in=paid).exclude(pk__in=parts.values("pk"))
    evidence = [
        *foreign.order_by("at", "pk").values_list("reference", flat=True)[:EVIDENCE],
        *unknown.order_by("at", "pk").values_list("reference", flat=True)[:EVIDENCE],
        *untraced.order_by("pk").values_list("withdrawal__number", flat=True)[:EVIDENCE],
    ]
    return Origin(
        paid_fen=_sum(out),
        traced_fen=int(parts.aggregate(sum=Sum("amount_fen"))["sum"] or 0),
        foreign_fen=_sum(foreign),
        evidence=tuple(dict.fromkeys(evidence))[:EVIDENCE],
    )


def _parts_of_kept_sales(paid: "QuerySet[Withdrawal]") -> "QuerySet[WithdrawalPart]":
    """The parts of these withdrawals that are commission on goods: settled, and thawed not before the window closed."""
    return WithdrawalPart.objects.filter(
        withdrawal__in=paid,
        commission__thawed_at__isnull=False,
        commission__thawed_at__gte=F("commission__order_line__order__settled_at"),
        commission__base_fen__gt=0,
    )


def _foreign() -> "QuerySet[Transfer]":
    """What came into wallets from outside and is no commission on goods somebody paid for."""
    sold = Order.objects.filter(number=OuterRef("reference"), paid_at__isnull=False, goods_fen__gt=0)
    goods = Q(debit_account__kind=chart.COMMISSION_EXPENSE.name) & Exists(sold)
    into = moved().filter(credit_account__kind__in=WALLETS).exclude(debit_account__kind__in=(*WALLETS, chart.AGENT_DEBT.name))
    return into.exclude(goods)


def _sum(rows: "QuerySet[Transfer]") -> int:
    return int(rows.aggregate(sum=Sum("amount_fen"))["sum"] or 0)
