"""Who is bound to whom, for how long, and why orders went where they went."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Sum

from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.sharing.models import Attribution, Binding, BindingLog, Shop
from renmai.sharing.queries.restraints import heard_by

PAGE_SIZE = 20
MAX_PAGE = 500
MOST_CUSTOMERS = 2000

_CURRENT_HEARD: Compiled[Binding] = Compiled(
    lambda user: Binding.objects.filter(
        heard_by(user, sharer="shop__owner_id"), customer_id=user, status=Binding.Status.ACTIVE
    ).select_related("shop__owner")
)
_CURRENT: Compiled[Binding] = Compiled(
    lambda user: Binding.objects.filter(customer_id=user, status=Binding.Status.ACTIVE).select_related("shop__owner")
)


@dataclass(frozen=True)
class BoundCustomer:
    """One customer of a shop as its agent may see her. Days are counted up; ``days_left`` is None when it never ends."""

    binding: Binding
    name: str
    avatar_seed: str
    orders: int
    paid_fen: int
    last_order_at: datetime | None
    days_left: int | None
    protected_days_left: int


def bound_to(owner_id: int, *, among: Collection[int]) -> frozenset[int]:
    """Return those of ``among`` who are bound now to the shop of ``owner_id``. One statement."""
    rows = Binding.objects.filter(shop__owner_id=owner_id, customer_id__in=among, status=Binding.Status.ACTIVE)
    return frozenset(rows.values_list("customer_id", flat=True))


def bound_customers(shop: Shop, *, page: int = 1, status: str = Binding.Status.ACTIVE) -> list[BoundCustomer]:
    """Return one page of the customers bound to ``shop`` (or, by ``status``, of bindings that ended), newest first. Two statements."""
    start = _start(page)
    bindings = list(
        Binding.objects.filter(shop=shop, status=status)
        .select_related("customer")
        .order_by("-bound_at", "-pk")[start : start + PAGE_SIZE]
    )
    return _with_figures(bindings)


def customer_ids(shop: Shop) -> list[int]:
    """Return who is bound to a shop now, the newest first; at most ``MOST_CUSTOMERS``."""
    rows = Binding.objects.filter(shop=shop, status=Binding.Status.ACTIVE).order_by("-bound_at", "-pk")
    return list(rows.values_list("customer_id", flat=True)[:MOST_CUSTOMERS])


def customers_among(shop: Shop, wanted: Sequence[int]) -> list[BoundCustomer]:
    """Return those of ``wanted`` who are bound to ``shop`` now, in this order. Two statements."""
    rows = Binding.objects.filter(shop=shop, status=Binding.Status.ACTIVE, customer__in=wanted).select_related("customer")
    found = {row.binding.customer_id: row for row in _with_figures(list(rows))}
    return [found[customer_id] for customer_id in wanted if customer_id in found]


def relation_figures(binding: Binding) -> BoundCustomer:
    """Return what ``bound_customers`` says of one binding, ended or not. One statement."""
    return _with_figures([binding])[0]


def customer_count(shop: Shop, *, status: str = Binding.Status.ACTIVE) -> int:
    """Return how many customers are bound to a shop, or how many bindings to it ended."""
    return Binding.objects.filter(shop=shop, status=status).count()


def access_relation(shop: Shop, customer_id: int) -> Binding:
    """Return the newest binding of a customer to this shop, ended or not; ``request.not_found`` when there never was one."""
    binding = (
        Binding.objects.filter(shop=shop, customer=customer_id).select_related("customer").order_by("-bound_at", "-pk").first()
    )
    if binding is None:
        raise DomainError("request.not_found")
    return binding


def current_binding(user: User) -> Binding | None:
    """Return the binding that holds ``user`` now, with its shop."""
    return _CURRENT.first(user.pk)


def heard_binding(user: User) -> Binding | None:
    """Return the binding that holds ``user`` now, None when she muted the agent: her orders count there, but nothing is shown of her."""
    return _CURRENT_HEARD.first(user.pk)


def active_bindings(user_ids: Collection[int]) -> dict[int, Binding]:
    """Return the bindings that hold these people (a few hundred at most) now, by person, with her, the shop and its owner. One statement."""
    rows = Binding.objects.filter(customer__in=list(user_ids), status=Binding.Status.ACTIVE).select_related(
        "customer", "shop__owner"
    )
    return {binding.customer_id: binding for binding in rows}


def attribution_of(order_id: int) -> Attribution | None:
    """Return why an order went where it went; None for an imported order."""
    return Attribution.objects.filter(order_id=order_id).select_related("shop__owner", "share__sharer", "visit").first()


def attribution_log(*, page: int = 1, shop_id: int | None = None, rule: str = "") -> list[Attribution]:
    """Return one page of the decisions, newest first."""
    rows = Attribution.objects.select_related("order", "shop__owner", "share__sharer", "visit").order_by("-at", "-pk")
    if shop_id is not None:
        rows = rows.filter(shop_id=shop_id)
    if rule:
        rows = rows.filter(rule=rule)
    start = _start(page)
    return list(rows[start : start + PAGE_SIZE])


def binding_log(*, page: int = 1, customer_id: int | None = None, shop_id: int | None = None) -> list[BindingLog]:
    """Return one page of what happened to bindings, newest first."""
    rows = BindingLog.objects.select_related("customer", "shop").order_by("-at", "-pk")
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    if shop_id is not None:
        rows = rows.filter(shop_id=shop_id)
    start = _start(page)
    return list(rows[start : start + PAGE_SIZE])


def _with_figures(bindings: list[Binding]) -> list[BoundCustomer]:
    """Add what each customer bought in the shop she is bound to; all bindings are of one shop."""
    bought = {
        row["buyer"]: row
        for row in Order.objects.filter(
            buyer__in=[binding.customer_id for binding in bindings],
            shop_id__in={binding.shop_id for binding in bindings},
            paid_at__isnull=False,
        )
        .values("buyer")
        .annotate(count=Count("pk"), paid=Sum("payable_fen"), back=Sum("refunded_fen"), last=Max("placed_at"))
    }
    now = clock.now()
    return [_figures(binding, bought.get(binding.customer_id), now=now) for binding in bindings]


def _figures(binding: Binding, row: Mapping[str, Any] | None, *, now: datetime) -> BoundCustomer:
    return BoundCustomer(
        binding=binding,
        name=binding.customer.display_name,
        avatar_seed=binding.customer.avatar_seed,
        orders=row["count"] if row else 0,
        paid_fen=row["paid"] - row["back"] if row else 0,
        last_order_at=row["last"] if row else None,
        days_left=_days_until(binding.expires_at, now) if binding.expires_at else None,
        protected_days_left=_days_until(binding.protected_until, now),
    )


def _days_until(moment: datetime, now: datetime) -> int:
    return max(0, -((now - moment) // timedelta(days=1)))


def _start(page: int) -> int:
    return (min(max(page, 1), MAX_PAGE) - 1) * PAGE_SIZE
