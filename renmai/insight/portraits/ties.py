"""Ties between agents and customers, from relationship to trust to exchange: relationship 关系 → trust 信任 → exchange 交易.

A tie is a shop and a customer. It has the state that its own rows prove, each step with the first row that proves it:

- *relationship*: she opened a link of the shop, or was bound to it;
- *trust*: she kept an order whole that she placed through it;
- *exchange*: she kept another one, or passed something of the shop on to others.

How many ties went from which state to which is counted from those moments, and can be counted again by anybody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from statistics import median
from typing import Any

from django.db.models import F, Min, QuerySet

from renmai.insight.portraits.facts import kept_orders
from renmai.sharing.models import Binding, Share, Visit

DAY_SECONDS = 86_400


class State(IntEnum):
    """How far a tie has come; a higher one includes the lower ones."""

    NONE = 0
    RELATIONSHIP = 1
    TRUST = 2
    EXCHANGE = 3


@dataclass(frozen=True)
class Proof:
    """A state with the moment and the kind of row that proves it: ``visit``, ``binding``, ``order`` or ``share``."""

    state: State
    at: datetime
    kind: str


@dataclass(frozen=True)
class Tie:
    """One tie with its steps upward, in the order in which they were reached."""

    shop_id: int
    customer_id: int
    path: tuple[Proof, ...]

    @property
    def state(self) -> State:
        """How far it has come."""
        return self.path[-1].state if self.path else State.NONE


@dataclass(frozen=True)
class Passage:
    """How many ties went straight from one state to another, and after how many days in the middle (None from nothing)."""

    origin: State
    goal: State
    count: int
    days: float | None


def ties(*, shop_ids: Sequence[int] | None = None, customer_ids: Sequence[int] | None = None) -> list[Tie]:
    """Return the ties of these shops or customers, or all. Four statements."""
    proofs: dict[tuple[int, int], list[Proof]] = defaultdict(list)
    for shop_id, customer_id, proof in _proofs(shop_ids, customer_ids):
        proofs[shop_id, customer_id].append(proof)
    return [Tie(*key, path_of(found)) for key, found in sorted(proofs.items())]


def path_of(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    """Return the steps upward in the order of their moments; what proves no more than is proved already is left out."""
    path: list[Proof] = []
    for proof in sorted(proofs, key=lambda each: (each.at, -each.state)):
        if not path or proof.state > path[-1].state:
            path.append(proof)
    return tuple(path)


def passages(found: Iterable[Tie]) -> list[Passage]:
    """Return the transition matrix of ties: every passage from a state straight to a higher one that happened."""
    counts: Counter[tuple[State, State]] = Counter()
    days: dict[tuple[State, State], list[float]] = defaultdict(list)
    for tie in found:
        before: Proof | None = None
        for proof in tie.path:
            key = (before.state if before else State.NONE, proof.state)
            counts[key] += 1
            if before:
                days[key].append((proof.at - before.at).total_seconds() / DAY_SECONDS)
            before = proof
    return [Passage(*key, count, median(days[key]) if days[key] else None) for key, count in sorted(counts.items())]


def _proofs(shop_ids: Sequence[int] | None, customer_ids: Sequence[int] | None) -> Iterator[tuple[int, int, Proof]]:
    visits = Visit.objects.filter(is_valid=True, user__isnull=False, share__shop__isnull=False)
    visits = visits.exclude(user=F("share__shop__owner"))
    opened = _narrowed(visits, "share__shop", "user", shop_ids, customer_ids).annotate(first=Min("at"))
    bound = _narrowed(Binding.objects.all(), "shop", "customer", shop_ids, customer_ids).annotate(first=Min("bound_at"))
    links = Share.objects.filter(shop__isnull=False).exclude(sharer=F("shop__owner"))
    shared = _narrowed(links, "shop", "sharer", shop_ids, customer_ids).annotate(first=Min("created_at"))
    for rows, state, kind in (
        (opened, State.RELATIONSHIP, "visit"),
        (bound, State.RELATIONSHIP, "binding"),
        (shared, State.EXCHANGE, "share"),
    ):
        for shop_id, customer_id, at in rows:
            yield shop_id, customer_id, Proof(state, at, kind)
    orders = kept_orders().filter(shop_id__isnull=False, settled_at__isnull=False)
    kept = _narrowed(orders, "shop_id", "buyer", shop_ids, customer_ids, "settled_at").order_by("settled_at", "pk")
    times: Counter[tuple[int, int]] = Counter()
    for shop_id, customer_id, at in kept:
        times[shop_id, customer_id] += 1
        if times[shop_id, customer_id] <= 2:
            yield shop_id, customer_id, Proof(State(times[shop_id, customer_id] + 1), at, "order")


def _narrowed(
    rows: QuerySet[Any], shop: str, customer: str, shop_ids: Sequence[int] | None, customer_ids: Sequence[int] | None, *more: str
) -> QuerySet[Any, Any]:
    if shop_ids is not None:
        rows = rows.filter(**{f"{shop}__in": shop_ids})
    if customer_ids is not None:
        rows = rows.filter(**{f"{customer}__in": customer_ids})
    return rows.order_by().values_list(shop, customer, *more)
