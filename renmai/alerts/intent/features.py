"""What a live session shows of a customer and one product: numbers made of her events up to a moment, of nothing after it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from math import log1p

from renmai.insight.stream.records import StreamEvent

SESSION_GAP = timedelta(minutes=30)
"""Half an hour without an event ends a session (the convention of web analytics)."""

LOOK_BACK = timedelta(days=7)
EVENTS_MOST = 200
SECONDS_MOST = 1800
PICTURES_MOST = 5


@dataclass(frozen=True, kw_only=True)
class Signals:
    """What was seen, in units that people use: what an alert's evidence keeps."""

    views: int = 0
    seconds: int = 0
    scroll_percent: int = 0
    pictures: int = 0
    variants: int = 0
    cart_additions: int = 0
    cart_openings: int = 0
    searches: int = 0
    other_products: int = 0
    earlier_days: int = 0
    past_orders: int = 0

    def numbers(self) -> tuple[float, ...]:
        """Return the features of a model, in the order of ``NAMES``: counts as logarithms, whatever happened at all as 0 or 1."""
        return (
            log1p(self.views),
            log1p(min(self.seconds, SECONDS_MOST) / 10),
            self.scroll_percent / 100,
            min(self.pictures, PICTURES_MOST) / PICTURES_MOST,
            float(self.variants > 0),
            float(self.cart_additions > 0),
            float(self.cart_openings > 0),
            float(self.searches > 0),
            log1p(self.other_products),
            float(self.earlier_days > 0),
            log1p(self.past_orders),
        )

    def evidence(self) -> dict[str, int]:
        """Return what was seen, without what was not."""
        return {name: value for name, value in asdict(self).items() if value}


NAMES = tuple(Signals.__dataclass_fields__)


def signals(events: Sequence[StreamEvent], *, product_id: int, until: datetime, past_orders: int = 0) -> Signals:
    """Return what the events of one person up to ``until`` show of her interest in a product. Any order; later ones are not looked at."""
    known = sorted((event for event in events if event.at <= until), key=lambda event: (event.at, event.position))
    session = _last_session(known, until=until)
    mine = [event for event in session if event.product_id == product_id]
    first_day = session[0].at.date() if session else until.date()
    earlier = {event.at.date() for event in known if event.product_id == product_id and event.at.date() < first_day}
    others = {event.product_id for event in session if event.name == "product_viewed"} - {product_id, None}
    return Signals(
        views=_count(mine, "product_viewed"),
        seconds=_seconds(mine),
        scroll_percent=_most(mine, "scroll"),
        pictures=_most(mine, "pictures"),
        variants=_count(mine, "sku_chosen"),
        cart_additions=_count(mine, "cart_added"),
        cart_openings=_count(session, "cart_opened"),
        searches=_count(session, "searched"),
        other_products=len(others),
        earlier_days=len(earlier),
        past_orders=past_orders,
    )


def _last_session(events: Sequence[StreamEvent], *, until: datetime) -> Sequence[StreamEvent]:
    """Return the events at the end that are never further apart than ``SESSION_GAP``."""
    later = until
    for place in range(len(events) - 1, -1, -1):
        if later - events[place].at > SESSION_GAP:
            return events[place + 1 :]
        later = events[place].at
    return events


def _seconds(events: Sequence[StreamEvent]) -> int:
    """Return how long the product was before her eyes: of each visit to its page the longest that was told of it."""
    total = current = 0
    for event in events:
        if event.name == "product_viewed":
            total, current = total + current, 0
        elif event.name in {"product_lingered", "product_left"}:
            current = max(current, int(event.properties.get("seconds", 0)))
    return total + current


def _most(events: Sequence[StreamEvent], name: str) -> int:
    return max((int(event.properties.get(name, 0)) for event in events), default=0)


def _count(events: Sequence[StreamEvent], name: str) -> int:
    return sum(event.name == name for event in events)
