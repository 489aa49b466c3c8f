"""What travels out of this room: one event, whole and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

Value = str | int | float | bool
Properties = Mapping[str, Value]


class Source(StrEnum):
    """Who says that it happened: a page in somebody's browser, or we."""

    BROWSER = "browser"
    SERVER = "server"


@dataclass(frozen=True)
class StreamEvent:
    """One event as it is known now.

    ``position`` orders all events as they were written: whoever has read up to one never finds another one below it. ``user_id`` is the
    member whom it is known to belong to now: None for guests, and for whoever does not let us keep what she looks at.
    ``at`` is when it happened, corrected for the browser's clock; ``received_at`` when we heard of it; both in UTC.
    """

    position: int
    event_id: UUID
    name: str
    version: int
    source: Source
    visitor_id: UUID | None
    user_id: int | None
    session_id: UUID | None
    product_id: int | None
    share_id: int | None
    at: datetime
    received_at: datetime
    properties: Properties


@dataclass(frozen=True)
class Fact:
    """Something that happened on the server, for ``actions.record``.

    ``key`` names the act for ever, such as ``("order_paid", 17)``: told again it is a duplicate. ``visitor_id`` and ``user_id`` are who did it,
    as far as known; what may be kept of them is decided at the door.
    """

    name: str
    key: tuple[object, ...]
    at: datetime
    user_id: int | None = None
    visitor_id: UUID | None = None
    product_id: int | None = None
    share_id: int | None = None
    properties: Properties | None = None


@dataclass(frozen=True)
class Receipt:
    """What became of a batch: how many events were new, how many we had already, how many were set aside."""

    accepted: int = 0
    duplicates: int = 0
    quarantined: int = 0
