"""A paid order promises commission; received goods freeze it until the after-sales window closes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from renmai.distribution.actions.booking import BookLine, book, created, frozen, hold_agent
from renmai.distribution.actions.reversing import catch_up, held
from renmai.distribution.events import CommissionCreated
from renmai.distribution.models import Agent, Commission, LeaderTerm
from renmai.distribution.policies import INTRODUCER, pays_commission
from renmai.distribution.queries.leading import leader_at
from renmai.kernel import clock
from renmai.kernel.compiled import CompiledValues, by_key, insert
from renmai.kernel.money import share_of
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.ordering.models import Order, OrderLine

Status = Commission.Status


@dataclass(frozen=True)
class _Earner:
    agent: Agent
    depth: int


@transaction.atomic
def create_commissions(order_id: int) -> int:
    """Promise commission for every line of a paid order to its agent, and to the second layer where the line carries a second rate.

    The rates, and whose the second one is, are those frozen on the line; the base is the line net of discounts and reductions, without
    freight. Own purchases, suspended agents and the direct model earn nothing, and nobody earns while an order is held for its play.
    Exactly once per line and depth; returns how many were created. What happened to the order in the meantime (received, refunded) is
    caught up with at once, whatever the order in which events arrive.
    """
    order = _held_order(order_id)
    if order is None or order.paid_at is None or order.held_for or not pays_commission():
        return 0
    lines = list(order.lines.order_by("id"))
    done = set(Commission.objects.filter(order_line__order=order).values_list("order_line_id", "depth"))
    count = 0
    for earner in _earners(order, lines):
        fresh = [made for line in lines if (line.pk, earner.depth) not in done and (made := _promise(earner, order, line))]
        if fresh:
            _save(earner.agent, order, fresh)
            count += len(fresh)
    return count


@transaction.atomic
def freeze_commissions(order_id: int) -> int:
    """The goods of an order were received: its commissions wait until ``settle_after``. Returns how many froze now."""
    order = _held_order(order_id)
    if order is None or order.received_at is None:
        return 0
    waiting = Commission.objects.filter(order_line__order=order, status=Status.CREATED).order_by("-agent_id", "id")
    return _freeze(order, list(waiting))


def _held_order(order_id: int) -> Order | None:
    """Return the order as it is once its agent is held, so that creating and freezing see each other; None without an agent.

    Agents are held in falling order everywhere, so that no two wait in a circle: a leader who joined after her agent comes first.
    """
    for agent_id, later_id in _AGENTS.rows(order_id):
        if later_id is not None:
            hold_agent(later_id)
        hold_agent(agent_id)
        return by_key(Order, order_id)
    return None


def _agents(order: int) -> QuerySet[Order, Any]:
    """The agent of an order, and a leader of hers who joined after her; no row without an agent."""
    then = LeaderTerm.objects.filter(
        leader_at(OuterRef("placed_at")), agent_id=OuterRef("agent_id"), leader_id__gt=OuterRef("agent_id")
    )
    later = Subquery(then.values("leader_id")[:1])
    return Order.objects.filter(pk=order, agent_id__isnull=False).annotate(later=later).values_list("agent_id", "later")


_AGENTS = CompiledValues(_agents)


def _earners(order: Order, lines: Iterable[OrderLine]) -> list[_Earner]:
    agent = by_key(Agent, order.agent_id or 0, "introduced_by")
    if agent.status != Agent.Status.ACTIVE or agent.user_id == order.buyer_id:
        return []
    # An introducer joined earlier, so her id is lower; a leader may have joined later, and is held already then.
    earners = [_Earner(agent, 1)]
    layers = {line.second_layer for line in lines if line.second_basis_points}
    second = _second(agent, order, layers.pop()) if layers else None
    if second is not None:
        is_other = second.user_id not in {order.buyer_id, agent.user_id}
        if is_other and second.status == Agent.Status.ACTIVE:
            earners.append(_Earner(second, 2))
    return earners


def _second(agent: Agent, order: Order, layer: str) -> Agent | None:
    if layer == INTRODUCER:
        return agent.introduced_by
    term = LeaderTerm.objects.filter(leader_at(order.placed_at), agent=agent).select_related("leader").first()
    return term.leader if term else None


def _promise(earner: _Earner, order: Order, line: OrderLine) -> Commission | None:
    basis_points = line.commission_basis_points if earner.depth == 1 else line.second_basis_points
    amount_fen = share_of(line.net_fen, basis_points=basis_points)
    if amount_fen == 0:
        return None
    return Commission(
        order_line=line,
        agent=earner.agent,
        depth=earner.depth,
        basis_points=basis_points,
        base_fen=line.net_fen,
        amount_fen=amount_fen,
        currency=order.currency,
        created_at=clock.now(),
    )


def _save(agent: Agent, order: Order, fresh: list[Commission]) -> None:
    if agent.pk != order.agent_id:
        hold_agent(agent.pk)
    insert(fresh)
    emit(*(CommissionCreated(row.pk, agent.user_id, row.amount_fen) for row in fresh))
    book(agent.pk, [created(row, order.number) for row in fresh], currency=order.currency)
    if order.received_at is not None:
        _freeze(order, fresh)
    for row in fresh:
        if row.order_line.refunded_quantity:
            catch_up(held(row.pk, agent.pk), cause="created")


def _freeze(order: Order, waiting: list[Commission]) -> int:
    if order.settle_after is None:
        raise AssertionError(f"order {order.number} was received without an end of its after-sales window")
    lines: dict[int, list[BookLine]] = {}
    for row in waiting:
        if advance(Commission, row.pk, old=Status.CREATED, new=Status.FROZEN, thaw_at=order.settle_after):
            lines.setdefault(row.agent_id, []).append(frozen(row, order.number))
    for agent_id, entries in lines.items():
        book(agent_id, entries, currency=order.currency)
    return sum(map(len, lines.values()))
