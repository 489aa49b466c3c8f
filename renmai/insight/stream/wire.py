"""How a browser's batch is written: one JSON object. Read strictly; times are corrected for the browser's clock.

``{"sent": 1764000000000, "events": [{"id": "…uuid…", "name": "product_lingered", "v": 1, "at": 1763999990000, "session": "…uuid…",
"product": 12, "share": "K3M9QXA2BC", "p": {"seconds": 30, "scroll": 80, "pictures": 2}}]}``; times in milliseconds since 1970 by the
browser's clock, ``session``, ``product``, ``share`` and ``p`` where there is something to say.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from renmai.insight.stream.fields import LARGEST
from renmai.insight.stream.quarantine import Reason
from renmai.insight.stream.records import Properties, Source
from renmai.insight.stream.registry import REGISTRY, Schema, Unfit

MOST_EVENTS: Final = 50
MOST_BYTES: Final = 32 * 1024
ACCEPTED_FOR: Final = timedelta(hours=48)
"""So long a browser may keep an event that it could not send. Days become files only later, so a repetition always meets its row."""

AHEAD: Final = timedelta(seconds=5)
"""So far after its own sending an event may lie: clocks are set while a page is open."""

MOST_OFF: Final = timedelta(days=1)
"""A clock that is further off than this is not believed about anything."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
KEYS: Final = frozenset({"id", "name", "v", "at", "session", "product", "share", "p"})
MEMBER_KEYS: Final = frozenset({"user", "user_id", "member", "visitor", "visitor_id"})
LONGEST_CODE: Final = 12


class UnreadableError(ValueError):
    """A body that is no batch at all."""


@dataclass(frozen=True)
class Batch:
    """What a browser sent together, as it was sent."""

    sent_at: datetime
    events: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Incoming:
    """One event of a batch, checked, with its time by our clock."""

    own_id: UUID
    schema: Schema
    at: datetime
    session_id: UUID | None
    product_id: int | None
    share_code: str
    properties: Properties


def read_batch(body: bytes) -> Batch:
    """Return the batch in ``body``. Raises ``UnreadableError`` for anything else, and for more than ``MOST_EVENTS`` or ``MOST_BYTES``."""
    if len(body) > MOST_BYTES:
        raise UnreadableError("too large")
    try:
        read = json.loads(body)
        sent, events = read["sent"], read["events"]
        batch = Batch(_moment(sent), tuple(events))
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise UnreadableError(type(error).__name__) from error
    if not isinstance(events, list) or not 1 <= len(events) <= MOST_EVENTS or not all(isinstance(each, dict) for each in events):
        raise UnreadableError("no list of events")
    return batch


def correction(batch: Batch, received_at: datetime) -> timedelta:
    """Return how far the browser's clock is behind ours, to be added to its times. Raises ``Unfit`` for one too far off."""
    off = received_at - batch.sent_at
    if abs(off) > MOST_OFF:
        raise Unfit(Reason.CLOCK, "more than a day off")
    return off


def read_event(raw: Mapping[str, Any], *, off: timedelta, received_at: datetime) -> Incoming:
    """Return one event of a batch, or raise ``Unfit`` with the reason."""
    if not raw.keys() <= KEYS:
        if raw.keys() & MEMBER_KEYS:
            raise Unfit(Reason.FORGED_MEMBER, "says itself whose it is")
        raise Unfit(Reason.BAD_FIELD, "a part that no event has")
    name, version, properties = raw.get("name"), raw.get("v"), raw.get("p", {})
    if not isinstance(name, str) or type(version) is not int or not isinstance(properties, dict):
        raise Unfit(Reason.BAD_FIELD, "name, v or p")
    schema, upgraded = REGISTRY.read(name, version, Source.BROWSER, properties)
    product = raw.get("product")
    if product is None and schema.needs_product:
        raise Unfit(Reason.BAD_FIELD, "product: missing")
    if product is not None and (type(product) is not int or not 1 <= product <= LARGEST):
        raise Unfit(Reason.BAD_FIELD, "product: no number of one")
    share = raw.get("share", "")
    if not isinstance(share, str) or len(share) > LONGEST_CODE or not share.isprintable():
        raise Unfit(Reason.BAD_FIELD, "share: no code")
    try:
        own_id = UUID(raw["id"])
        session = UUID(raw["session"]) if "session" in raw else None
        at = _moment(raw["at"]) + off
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise Unfit(Reason.BAD_FIELD, "id, session or at") from error
    if at > received_at + AHEAD:
        raise Unfit(Reason.FUTURE, "after it was sent")
    if at < received_at - ACCEPTED_FOR:
        raise Unfit(Reason.TOO_OLD, "more than two days old")
    return Incoming(own_id, schema, min(at, received_at), session, product, share, upgraded)


def _moment(milliseconds: object) -> datetime:
    if type(milliseconds) is not int:
        raise TypeError("a time is a whole number of milliseconds")
    return EPOCH + timedelta(milliseconds=milliseconds)
