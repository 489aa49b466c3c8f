"""What goods pay: resolved when an order is placed, and frozen on its lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet, Subquery

from renmai.distribution.models import Agent, ProductRate
from renmai.distribution.policies import INTRODUCER, pays_commission, second_layer, second_level_is_on
from renmai.kernel.compiled import Compiled
from renmai.kernel.money import share_of
from renmai.policy import queries as policy


@dataclass(frozen=True)
class Rate:
    """The commission of one product in basis points of the net line: for the agent, and for the second layer, whosever that is."""

    basis_points: int
    second_basis_points: int
    second_layer: str = INTRODUCER


NOTHING = Rate(0, 0)


def rates_for(product_ids: Iterable[int]) -> Mapping[int, Rate]:
    """Return the rate of each product now: its own or the default one, within the cap and the levels in force.

    In the direct model everything is zero. The second level gives way when both together exceed the cap. One statement.
    """
    wanted = frozenset(product_ids)
    if not pays_commission():
        return MappingProxyType(dict.fromkeys(wanted, NOTHING))
    default = Rate(policy.integer("commission.default_basis_points"), policy.integer("commission.second_basis_points"))
    own = {row.product_id: Rate(row.basis_points, row.second_basis_points) for row in _rows(wanted)}
    cap = policy.integer("commission.total_cap_basis_points")
    has_second = second_level_is_on()
    return MappingProxyType({pk: _within(own.get(pk, default), cap=cap, has_second=has_second) for pk in wanted})


def points_on(user_id: int, product_id: int) -> int | None:
    """Return what this member earns now on a product, in basis points of the net line; None when she is no active agent. One statement."""
    agent = _AGENT_ON.first(user_id, product_id)
    if agent is None:
        return None
    if not pays_commission():
        return 0
    own: int | None = agent.own_basis_points  # type: ignore[attr-defined]
    points = policy.integer("commission.default_basis_points") if own is None else own
    return min(points, policy.integer("commission.total_cap_basis_points"))


def commission_fen(amount_fen: int, rate: Rate) -> int:
    """Return what a net amount earns its agent at ``rate``, in fen, rounded down."""
    return share_of(amount_fen, basis_points=rate.basis_points)


def product_rates(product_ids: Iterable[int]) -> Mapping[int, ProductRate]:
    """Return the rates that products have of their own; a product that follows the default is left out."""
    return MappingProxyType({row.product_id: row for row in _rows(frozenset(product_ids))})


def _rows(product_ids: frozenset[int]) -> Iterable[ProductRate]:
    return _OWN.rows(sorted(product_ids)) if product_ids else ()


def _agent_on(user_id: Any, product_id: Any) -> QuerySet[Agent]:
    own = ProductRate.objects.filter(product_id=product_id).values("basis_points")
    active = Agent.objects.filter(user_id=user_id, status=Agent.Status.ACTIVE)
    return active.annotate(own_basis_points=Subquery(own))


_AGENT_ON: Compiled[Agent] = Compiled(_agent_on)
_OWN: Compiled[ProductRate] = Compiled(lambda product_ids: ProductRate.objects.filter(product_id__in=product_ids))


def _within(rate: Rate, *, cap: int, has_second: bool) -> Rate:
    first = min(rate.basis_points, cap)
    return Rate(first, min(rate.second_basis_points, cap - first) if has_second else 0, second_layer())
