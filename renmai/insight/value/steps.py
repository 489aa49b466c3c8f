"""The three ways step by step, as one expression over the table of events and the orders: written once, run by any engine.

A person is a member, or a browser of which nobody is known. Everybody counts once a step, and only who took the step before, not after it: a look
belongs to a search when it came afterwards, goods in the cart to a look at the same goods. Events of which nobody is known (who does not
let the shop keep what she looks at, who asked not to be followed) are counted beside, and lead nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from renmai.ordering.models import Order

SEARCHED, OPENED, LOOKED, CARTED = "searched", "opened", "looked", "carted"
ORDERED, PAID, KEPT = "ordered", "paid", "kept"
EVENT_OF: Final = {SEARCHED: "searched", OPENED: "share_opened", LOOKED: "product_viewed", CARTED: "cart_added"}
FIRST_STEP: Final = {Order.Funnel.SEARCH: SEARCHED, Order.Funnel.CONTENT: LOOKED, Order.Funnel.SOCIAL: OPENED}
KINDS: Final = tuple(FIRST_STEP)
SLACK: Final = timedelta(seconds=10)
"""Browsers tell of a search, the shop of a look: their clocks agree to some seconds, no better."""


@dataclass(frozen=True)
class Placed:
    """One order of a period: whose, by which way, and what became of it until now."""

    buyer: int
    kind: str
    placed_at: datetime
    is_paid: bool
    is_kept: bool


@dataclass(frozen=True)
class Counted:
    """One step of one way: how many people took it, and how often it was taken by somebody of whom that is not known.

    ``unknown`` counts events for the steps before an order, and orders for those from it on: orders of this way whose buyers nobody saw come.
    """

    kind: str
    key: str
    people: int
    unknown: int


def steps_of(kind: str) -> tuple[str, ...]:
    """Return the steps of a way in their order."""
    first = FIRST_STEP[Order.Funnel(kind)]
    return (*dict.fromkeys((first, LOOKED)), CARTED, ORDERED, PAID, KEPT)


def counted(events: Any, placed: Iterable[Placed], *, on: Any) -> list[Counted]:
    """Return every step of every way, by the events of a period (a table of ``stream.store.reading`` on the engine ``on``) and its orders."""
    rows = list(placed)
    told = _of_people(events)
    orders = _orders(rows)
    found: list[Counted] = []
    for kind in KINDS:
        numbers = {row["step"]: row["people"] for row in on.to_pyarrow(_counts(told, orders, kind)).to_pylist()}
        beside = {row["step"]: row["events"] for row in on.to_pyarrow(_unknown(told, kind)).to_pylist()}
        for step, seen in _orders_of(rows, kind).items():
            beside[step] = seen - (numbers.get(f"{step} orders") or 0)
        found += [Counted(kind, step, numbers.get(step) or 0, beside.get(step) or 0) for step in steps_of(kind)]
    return found


def _of_people(events: Any) -> Any:
    """Return the events that are steps, each with who it was: a member, a browser, or nobody known."""
    import ibis

    names = {event: step for step, event in EVENT_OF.items()}
    steps = events.filter(events.name.isin(list(names)))
    who = ibis.coalesce("m" + steps.user_id.cast("string"), "b" + steps.visitor_id)
    return steps.select(who=who, step=steps.name.substitute(names), funnel=steps.funnel, product=steps.product_id, at=steps.at)


def _orders(rows: list[Placed]) -> Any:
    import ibis
    import pyarrow as pa

    moments = [row.placed_at.astimezone(UTC).replace(tzinfo=None) for row in rows]
    return ibis.memtable(
        pa.table(
            {
                "buyer": pa.array([f"m{row.buyer}" for row in rows], pa.string()),
                "way": pa.array([row.kind for row in rows], pa.string()),
                "placed_at": pa.array(moments, pa.timestamp("us")),
                "is_paid": pa.array([row.is_paid for row in rows], pa.bool_()),
                "is_kept": pa.array([row.is_kept for row in rows], pa.bool_()),
            }
        )
    )


def _by_way(told: Any, kind: str) -> Any:
    """Return the events of a way: looks carry it, the other steps belong to whatever way they stand on."""
    return told.filter((told.step != LOOKED) | (told.funnel == kind))


def _counts(told: Any, orders: Any, kind: str) -> Any:
    """Return (step, people) of a way; for the steps of orders also how many orders (``"ordered orders"``)."""
    import ibis

    known = _by_way(told.filter(told.who.notnull()), kind)
    first = FIRST_STEP[Order.Funnel(kind)]
    looks = known.filter(known.step == LOOKED)
    parts = []
    if first != LOOKED:
        began = _first(known.filter(known.step == first))
        parts.append(_people(began, first))
        back = ibis.interval(seconds=int(SLACK.total_seconds())) if first == SEARCHED else ibis.interval(seconds=0)
        looks = looks.inner_join(began, "who").filter(lambda both: both.at >= both.since - back)
    goods = looks.group_by("who", "product").aggregate(seen=looks.at.min())
    looked = goods.group_by("who").aggregate(since=goods.seen.min())
    parts.append(_people(looked, LOOKED))
    carted = _carted(known, goods, looked, _of_way(orders, kind))
    parts.append(_people(carted, CARTED))
    mine = _of_way(orders, kind).inner_join(carted, [("buyer", "who")]).filter(lambda both: both.placed_at >= both.since)
    for step, some in ((ORDERED, mine), (PAID, mine.filter(mine.is_paid)), (KEPT, mine.filter(mine.is_kept))):
        # Counted as rows: engines count different values in integers of different widths.
        parts += [_people(some.select("buyer").distinct(), step), _people(some, f"{step} orders")]
    return ibis.union(*(part.select("step", "people") for part in parts))


def _carted(known: Any, goods: Any, looked: Any, orders: Any) -> Any:
    """Return who put goods in her cart that she had looked at, or ordered without a cart, and since when."""
    put = known.filter(known.step == CARTED).inner_join(goods, ["who", "product"]).filter(lambda both: both.at >= both.seen)
    at_once = orders.inner_join(looked, [("buyer", "who")]).filter(lambda both: both.placed_at >= both.since)
    both = put.select("who", since=put.at).union(at_once.select("who", since=at_once.placed_at))
    return both.group_by("who").aggregate(since=both.since.min())


def _of_way(orders: Any, kind: str) -> Any:
    return orders.filter(orders.way == kind)


def _first(rows: Any) -> Any:
    return rows.group_by("who").aggregate(since=rows.at.min())


def _people(rows: Any, step: str) -> Any:
    import ibis

    return rows.aggregate(people=rows.count()).mutate(step=ibis.literal(step))


def _unknown(told: Any, kind: str) -> Any:
    some = _by_way(told.filter(told.who.isnull()), kind)
    return some.group_by("step").aggregate(events=some.count())


def _orders_of(rows: list[Placed], kind: str) -> dict[str, int]:
    """Return how many orders of a way were placed, paid and kept, whoever placed them."""
    mine = [row for row in rows if row.kind == kind]
    return {ORDERED: len(mine), PAID: sum(row.is_paid for row in mine), KEPT: sum(row.is_kept for row in mine)}
