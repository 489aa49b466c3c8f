"""Portraits and segments."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from renmai.api.answers import Out, Text
from renmai.api.parsing import In, Plain
from renmai.insight.portraits.conditions import MOST_CONDITIONS, MOST_VALUES
from renmai.journeys.deleting import REASON_LENGTH


class TasteOut(Out):
    """One interest: ``strength`` 1 is one look this moment, ``share`` is its part of the facet, ``count`` says how much it rests on."""

    value: str = Field(examples=["tea"])
    name: str
    strength: float
    share: float
    count: int
    first_at: datetime
    last_at: datetime


class FacetOut(Out):
    """One side of a portrait from one source, and after how many days half of it is forgotten."""

    facet: str = Field(examples=["category"])
    source: str = Field(description="`browsing` or `orders`")
    label: Text
    half_life_days: float
    tastes: list[TasteOut]


class TagOut(Out):
    """A tag and what it means."""

    code: str
    label: Text
    says: Text


class PortraitOut(Out):
    """One's portrait; ``is_followed``: one lets the shop keep what one looks at. Amounts in fen."""

    is_followed: bool
    stage: str
    orders: int
    spent_fen: int
    brought: int
    counted_at: datetime | None
    facets: list[FacetOut] = Field(alias="shown")
    tags: list[TagOut]

    @staticmethod
    def resolve_stage(likeness: Any) -> str:
        """How far one has come."""
        return str(likeness.facts.stage) if likeness.facts else "newcomer"

    @staticmethod
    def resolve_orders(likeness: Any) -> int:
        """Paid orders that were not given back entirely."""
        return int(likeness.facts.orders) if likeness.facts else 0

    @staticmethod
    def resolve_spent_fen(likeness: Any) -> int:
        """What one paid for them, less refunds."""
        return int(likeness.facts.spent_fen) if likeness.facts else 0

    @staticmethod
    def resolve_brought(likeness: Any) -> int:
        """People who opened one's link before anybody else's."""
        return int(likeness.facts.brought) if likeness.facts else 0

    @staticmethod
    def resolve_counted_at(likeness: Any) -> datetime | None:
        """When the facts were counted."""
        return likeness.facts.refreshed_at if likeness.facts else None


class ConsentCopyOut(Out):
    """One agreement."""

    purpose: str
    version: str
    granted_at: datetime
    withdrawn_at: datetime | None


class InterestCopyOut(Out):
    """One interest as it is kept; an empty value is the sum of its facet."""

    source: str
    facet: str
    value: str
    score: float
    count: int
    first_at: datetime
    last_at: datetime


class EventCopyOut(Out):
    """One event."""

    name: str
    at: datetime
    source: str
    product_id: int | None
    share_id: int | None
    properties: dict[str, str | int | float | bool]


class PortraitCopyOut(Out):
    """Everything that a portrait holds and was made of."""

    made_at: datetime
    name: str
    stage: str
    orders: int
    spent_fen: int
    first_order_at: datetime | None
    last_order_at: datetime | None
    usual_funnel: str
    brought: int
    tags: list[str]
    consents: list[ConsentCopyOut]
    interests: list[InterestCopyOut]
    corrections: list[str]
    hidden_from_agent: list[str]
    events: list[EventCopyOut]


class ConditionIn(In):
    """One condition; of several values one is enough."""

    field: Annotated[Plain, Field(max_length=20, examples=["orders"])]
    comparison: Annotated[Plain, Field(max_length=20, examples=["at_least"])]
    values: list[Annotated[Plain, Field(max_length=60)]] = Field(min_length=1, max_length=MOST_VALUES)


class ConditionsIn(In):
    """Conditions and how they are put together."""

    match: Literal["all", "any"] = "all"
    conditions: list[ConditionIn] = Field(min_length=1, max_length=MOST_CONDITIONS)


class SegmentIn(ConditionsIn):
    """A segment to save."""

    name: Annotated[Plain, Field(max_length=40)]


class PreviewOut(Out):
    """How many people fulfil conditions, of how many."""

    size: int
    everybody: int


class SegmentOut(Out):
    """A segment with its size when it was last counted."""

    id: int = Field(alias="pk")
    name: str
    match: str
    conditions: list[dict[str, Any]]
    size: int
    counted_at: datetime


class DeletionWishIn(In):
    """How she asked for it, for the log."""

    reason: Plain = Field(min_length=1, max_length=REASON_LENGTH)
