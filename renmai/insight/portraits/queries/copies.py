"""Everybody's own copy of what her portrait holds and was made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from renmai.accounts.models import User
from renmai.accounts.queries import consents
from renmai.content import queries as content
from renmai.content.queries import ContentCopy
from renmai.insight.portraits.models import Correction, Interest, Portrait
from renmai.insight.portraits.queries.portraits import withheld_parts
from renmai.insight.portraits.tags import tags_of
from renmai.insight.stream import queries as stream
from renmai.insight.stream.records import Value
from renmai.kernel import clock

MOST_INTERESTS = 10_000
MOST_EVENTS = 10_000


@dataclass(frozen=True)
class CopiedConsent:
    """One agreement, given and perhaps withdrawn."""

    purpose: str
    version: str
    granted_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class CopiedInterest:
    """One interest as it is kept; an empty ``value`` is the sum of its facet. ``score``: see the documentation of portraits."""

    source: str
    facet: str
    value: str
    score: float
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class CopiedEvent:
    """One event of the stream."""

    name: str
    at: datetime
    source: str
    product_id: int | None
    share_id: int | None
    properties: Mapping[str, Value]


@dataclass(frozen=True)
class PortraitCopy:
    """All of it; amounts are in fen."""

    made_at: datetime
    name: str
    stage: str
    orders: int
    spent_fen: int
    first_order_at: datetime | None
    last_order_at: datetime | None
    usual_funnel: str
    brought: int
    tags: tuple[str, ...]
    consents: tuple[CopiedConsent, ...]
    interests: tuple[CopiedInterest, ...]
    corrections: tuple[str, ...]
    hidden_from_agent: tuple[str, ...]
    content: ContentCopy
    events: tuple[CopiedEvent, ...]


def copy_of(user: User) -> PortraitCopy:
    """Return a person's copy: facts, agreements, interests, corrections, and at most ``MOST_EVENTS`` events, newest first."""
    facts = Portrait.objects.filter(user=user).first() or Portrait(user=user)
    interests = Interest.objects.filter(user=user).order_by("source", "facet", "value")[:MOST_INTERESTS]
    return PortraitCopy(
        made_at=clock.now(),
        name=user.display_name,
        stage=facts.stage,
        orders=facts.orders,
        spent_fen=facts.spent_fen,
        first_order_at=facts.first_order_at,
        last_order_at=facts.last_order_at,
        usual_funnel=facts.funnel,
        brought=facts.brought,
        tags=tuple(tag.code for tag in tags_of([user.pk]).get(user.pk, ())),
        consents=tuple(CopiedConsent(row.purpose, row.version, row.granted_at, row.withdrawn_at) for row in consents(user)),
        interests=tuple(
            CopiedInterest(row.source, row.facet, row.value, row.score, row.count, row.first_at, row.last_at) for row in interests
        ),
        corrections=tuple(f"{row.facet}: {row.value}" for row in Correction.objects.filter(user=user).order_by("pk")),
        hidden_from_agent=tuple(sorted(withheld_parts(user))),
        content=content.copy_of(user),
        events=tuple(
            CopiedEvent(row.name, row.at, row.source, row.product_id, row.share_id, row.properties)
            for row in stream.export(user, limit=MOST_EVENTS)
        ),
    )
