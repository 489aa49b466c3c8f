"""Events made of rows that other rooms write anyway: looks, visits, links, orders, cart lines, favourites, looks at posts.

So the page that somebody waits for sends no statement for the stream; the worker reads what is new, a fraction of a second later. Each row
becomes one event with an id derived from it: read twice it is a duplicate.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Model

from renmai.catalogue.models import Favourite
from renmai.content.models import PostVisit
from renmai.insight.models import View
from renmai.insight.stream.actions.taking_in import record
from renmai.insight.stream.models import Gleaning
from renmai.insight.stream.records import Fact
from renmai.kernel import clock
from renmai.ordering.models import CartLine, Order
from renmai.sharing.models import Share, Visit

READ_AT_ONCE: Final = 500
GAPS_WATCHED: Final = timedelta(seconds=60)
"""So long a missing id may still turn up: no transaction that writes one of these rows lasts longer."""

MOST_GAPS: Final = 1000


@dataclass(frozen=True)
class Gleaner:
    """One table of facts: its model, what is read along, and the event each row becomes (None: it is none)."""

    name: str
    model: type[Model]
    fact: Callable[[Any], Fact | None]
    related: tuple[str, ...] = ()


def glean(limit: int = READ_AT_ONCE) -> int:
    """Turn what is new in each table into events, at most ``limit`` rows of each; return how many rows were read."""
    marks = {mark.name: mark for mark in Gleaning.objects.all()}
    return sum(
        _glean(each, marks.get(each.name) or Gleaning.objects.get_or_create(name=each.name)[0], limit=limit) for each in GLEANERS
    )


def _glean(gleaner: Gleaner, mark: Gleaning, *, limit: int) -> int:
    rows = gleaner.model._default_manager.select_related(*gleaner.related)
    new: list[Any] = list(rows.filter(pk__gt=mark.last_id).order_by("pk")[:limit])
    watched = {int(key): datetime.fromisoformat(since) for key, since in mark.gaps.items()}
    late: list[Any] = list(rows.filter(pk__in=watched).order_by("pk")) if watched else []
    if not new and not watched:
        return 0
    record([fact for row in (*late, *new) if (fact := gleaner.fact(row)) is not None])
    gaps = _still_watched(watched, found=[row.pk for row in late], new=[row.pk for row in new], after=mark.last_id)
    last_id = new[-1].pk if new else mark.last_id
    if gaps != mark.gaps or last_id != mark.last_id:
        # Two workers may have read the same; the events are the same, and the mark never goes back.
        Gleaning.objects.filter(pk=mark.pk, last_id=mark.last_id).update(last_id=last_id, gaps=gaps)
    return len(late) + len(new)


def _still_watched(watched: dict[int, datetime], *, found: Sequence[int], new: Sequence[int], after: int) -> dict[str, str]:
    """Return the missing ids to ask for again, each with the moment it was first missed.

    A database gives out ids before their rows are committed: the row of a lower id may come later than that of a higher one.
    """
    now = clock.now()
    kept = {key: since for key, since in watched.items() if key not in found and timedelta(0) <= now - since < GAPS_WATCHED}
    expected = after + 1
    for key in new if after else ():
        kept.update(dict.fromkeys(range(max(expected, key - MOST_GAPS), key), now))
        expected = key + 1
    newest = sorted(kept)[-MOST_GAPS:]
    return {str(key): kept[key].isoformat() for key in newest}


def _viewed(view: View) -> Fact:
    return Fact(
        "product_viewed",
        ("view", view.pk),
        view.at,
        user_id=view.user_id,
        visitor_id=view.visitor_id,
        product_id=view.product_id,
        share_id=view.share_id,
        properties={"funnel": view.funnel or Order.Funnel.SEARCH.value},
    )


def _opened(visit: Visit) -> Fact | None:
    if not visit.is_valid:
        return None
    return Fact(
        "share_opened",
        ("visit", visit.pk),
        visit.at,
        user_id=visit.user_id,
        visitor_id=visit.visitor_id,
        product_id=visit.share.product_id,
        share_id=visit.share_id,
    )


def _shared(share: Share) -> Fact:
    return Fact(
        "share_created",
        ("share", share.pk),
        share.created_at,
        user_id=share.sharer_id,
        product_id=share.product_id,
        share_id=share.pk,
        properties={"kind": share.kind},
    )


def _placed(order: Order) -> Fact | None:
    if order.source != "shop":
        return None
    return Fact(
        "order_placed",
        ("order_placed", order.pk),
        order.placed_at,
        user_id=order.buyer_id,
        share_id=order.share_id,
        properties={"order": order.pk, "fen": order.payable_fen, "funnel": order.funnel},
    )


def _in_cart(line: CartLine) -> Fact:
    return Fact(
        "cart_added",
        ("cart_line", line.pk),
        line.added_at,
        user_id=line.user_id,
        visitor_id=line.visitor_id,
        product_id=line.sku.product_id,
        properties={"pieces": line.quantity},
    )


def _kept(favourite: Favourite) -> Fact:
    return Fact(
        "favourite_added",
        ("favourite", favourite.pk),
        favourite.at,
        user_id=favourite.user_id,
        product_id=favourite.product_id,
    )


def _read(visit: PostVisit) -> Fact:
    return Fact(
        "post_viewed",
        ("post_visit", visit.pk),
        visit.at,
        user_id=visit.user_id,
        visitor_id=visit.visitor_id,
        properties={"post": visit.post_id},
    )


GLEANERS: Final[tuple[Gleaner, ...]] = (
    Gleaner("views", View, _viewed),
    Gleaner("visits", Visit, _opened, ("share",)),
    Gleaner("shares", Share, _shared),
    Gleaner("orders", Order, _placed),
    Gleaner("cart_lines", CartLine, _in_cart, ("sku",)),
    Gleaner("favourites", Favourite, _kept),
    Gleaner("post_visits", PostVisit, _read),
)
