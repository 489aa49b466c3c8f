"""The facts of people, counted from the rows that other rooms keep; in a few statements for any number of people."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet, Sum

from renmai.distribution.models import Agent
from renmai.insight.portraits.models import Portrait
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.sharing.models import Binding, Share, Visit

FACTS = (
    "stage",
    "orders",
    "spent_fen",
    "first_order_at",
    "last_order_at",
    "funnel",
    "agent_id",
    "brought_by_id",
    "brought",
    "refreshed_at",
)
"""The columns of a portrait that this module counts: all of them."""

People = Collection[int] | None
"""Ids of people, or None for everybody."""

Stage = Portrait.Stage


def bought_orders() -> QuerySet[Order]:
    """Return the orders that count as bought: paid, and not given back entirely."""
    return Order.objects.filter(paid_at__isnull=False).exclude(status=Order.Status.REFUNDED)


def kept_orders() -> QuerySet[Order]:
    """Return the orders that were kept whole: completed, and nothing of them refunded."""
    return Order.objects.filter(status=Order.Status.SETTLED, refunded_fen=0)


def arrivals() -> QuerySet[Visit]:
    """Return the first time that each person opened somebody else's link."""
    others = Visit.objects.filter(user__isnull=False, is_valid=True).exclude(share__sharer=F("user"))
    earlier = others.filter(user=OuterRef("user"), pk__lt=OuterRef("pk"))
    return others.filter(~Exists(earlier))


def count(people: People = None) -> dict[int, Portrait]:
    """Return unsaved portraits with their facts: for each of ``people``, or for everybody about whom there is any. Eight statements.

    Two people's portraits depend on each other only through ``brought_by_id`` and ``brought``.
    """
    buying = {row["buyer"]: row for row in _per_buyer(people)}
    funnels = _usual_funnels(people)
    kept = _ids(kept_orders(), "buyer", people)
    sharers = _ids(Share.objects.all(), "sharer", people)
    agents = _ids(Agent.objects.filter(status=Agent.Status.ACTIVE), "user", people)
    bound = dict(
        _of(Binding.objects.filter(status=Binding.Status.ACTIVE), "customer", people).values_list("customer", "shop__owner")
    )
    brought_by = dict(_of(arrivals(), "user", people).values_list("user", "share__sharer"))
    brought = _brought(people)
    known = people if people is not None else {*buying, *sharers, *agents, *bound, *brought_by}
    now = clock.now()
    return {
        user_id: Portrait(
            user_id=user_id,
            stage=_stage(bought=user_id in buying, kept=user_id in kept, shares=user_id in sharers, sells=user_id in agents),
            orders=buying.get(user_id, {}).get("orders", 0),
            spent_fen=buying.get(user_id, {}).get("spent", 0),
            first_order_at=buying.get(user_id, {}).get("first"),
            last_order_at=buying.get(user_id, {}).get("last"),
            funnel=funnels.get(user_id, ""),
            agent_id=bound.get(user_id),
            brought_by_id=brought_by.get(user_id),
            brought=brought.get(user_id, 0),
            refreshed_at=now,
        )
        for user_id in known
    }


def _stage(*, bought: bool, kept: bool, shares: bool, sells: bool) -> Stage:
    """Return the furthest step: she sells, or shares, or kept what she bought, or bought."""
    steps = ((sells, Stage.OPERATOR), (shares, Stage.SHARER), (kept, Stage.BENEFICIARY), (bought, Stage.CONSUMER))
    return next((stage for reached, stage in steps if reached), Stage.NEWCOMER)


def _of(rows: QuerySet[Any], column: str, people: People) -> QuerySet[Any]:
    return rows.order_by() if people is None else rows.filter(**{f"{column}__in": list(people)}).order_by()


def _ids(rows: QuerySet[Any], column: str, people: People) -> set[int]:
    return set(_of(rows, column, people).values_list(column, flat=True).distinct())


def _per_buyer(people: People) -> QuerySet[Any, dict[str, Any]]:
    rows: QuerySet[Any, dict[str, Any]] = (
        _of(bought_orders(), "buyer", people)
        .values("buyer")
        .annotate(orders=Count("pk"), spent=Sum(F("payable_fen") - F("refunded_fen")), first=Min("paid_at"), last=Max("paid_at"))
    )
    return rows


def _usual_funnels(people: People) -> dict[int, str]:
    """Return the way by which each buyer came most often; of two equals the one she came by last."""
    rows = _of(bought_orders(), "buyer", people).values_list("buyer", "funnel").annotate(times=Count("pk"), last=Max("paid_at"))
    best: dict[int, tuple[int, Any, str]] = {}
    for buyer, funnel, times, last in rows:
        best[buyer] = max(best.get(buyer, (0, last, "")), (times, last, funnel))
    return {buyer: funnel for buyer, (_times, _last, funnel) in best.items()}


def _brought(people: People) -> dict[int, int]:
    rows = _of(arrivals(), "share__sharer", people)
    return dict(rows.values_list("share__sharer").annotate(Count("user", distinct=True)))
