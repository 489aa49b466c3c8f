"""What goods pay: resolved when an order is placed, and frozen on its lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from renmai.distribution.models import ProductRate
from renmai.distribution.policies import pays_commission, second_level_is_on
from renmai.kernel.compiled import Compiled
from renmai.kernel.money import share_of
from renmai.policy import queries as policy


@dataclass(frozen=True)
class Rate:
    """The commission of one product in basis points of the net line, for the agent and for who introduced her."""

    basis_points: int
    second_basis_points: int


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


def commission_fen(amount_fen: int, rate: Rate) -> int:
    """Return what a net amount earns its agent at ``rate``, in fen, rounded down."""
    return share_of(amount_fen, basis_points=rate.basis_points)


def product_rates(product_ids: Iterable[int]) -> Mapping[int, ProductRate]:
    """Return the rates that products have of their own; a product that follows the default is left out."""
    return MappingProxyType({row.product_id: row for row in _rows(frozenset(product_ids))})


def _rows(product_ids: frozenset[int]) -> Iterable[ProductRate]:
    return _OWN.rows(sorted(product_ids)) if product_ids else ()


_OWN: Compiled[ProductRate] = Compiled(lambda product_ids: ProductRate.objects.filter(product_id__in=product_ids))


def _within(rate: Rate, *, cap: int, has_second: bool) -> Rate:
    first = min(rate.basis_points, cap)
    return Rate(first, min(rate.second_basis_points, cap - first) if has_second else 0)
