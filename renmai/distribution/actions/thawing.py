"""A kept sale's commission becomes hers: never before the after-sales window closed and the order settled."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from renmai.distribution.actions.booking import book, thawed
from renmai.distribution.actions.reversing import catch_up, held
from renmai.distribution.actions.wallet import settle_debt
from renmai.distribution.events import CommissionThawed
from renmai.distribution.models import Commission
from renmai.kernel import clock
from renmai.kernel.outbox import emit
from renmai.kernel.sweeping import sweep
from renmai.ordering.models import AfterSale, Order

Status = Commission.Status


def thaw_due(limit: int) -> int:
    """Thaw up to ``limit`` commissions that are due, each in a transaction of its own; return how many. For the timers."""
    return sweep("commission.thaw", _due(), lambda row: _thaw(row.pk, row.agent_id), by="thaw_at", limit=limit)


def thaw_order(order_id: int) -> int:
    """Thaw what is due of one order; return how many commissions thawed."""
    due = _due().filter(order_line__order_id=order_id).order_by("-agent_id", "id").values_list("pk", "agent_id")
    return sum(_thaw(pk, agent_id) for pk, agent_id in list(due))


def _due() -> QuerySet[Commission]:
    claims = AfterSale.objects.filter(order_line=OuterRef("order_line"), status__in=AfterSale.OPEN)
    return Commission.objects.filter(
        ~Exists(claims), status=Status.FROZEN, thaw_at__lte=clock.now(), order_line__order__status=Order.Status.SETTLED
    )


@transaction.atomic
def _thaw(commission_id: int, agent_id: int) -> int:
    row = held(commission_id, agent_id)
    # What was refunded goes back first: its event may still be on its way.
    catch_up(row, cause="thaw")
    # Frozen → available only if it is still due: a claim may have been opened since it was found.
    if not _due().filter(pk=row.pk).update(status=Status.AVAILABLE, thawed_at=clock.now()):
        return 0
    number = row.order_line.order.number
    lines = [thawed(row, number)]
    lines += settle_debt(agent_id, new_debt_fen=0, trigger="thaw", reference=number, currency=row.currency)
    emit(CommissionThawed(row.pk, row.agent.user_id, row.amount_fen - row.reversed_fen))
    book(agent_id, lines, currency=row.currency)
    return 1
