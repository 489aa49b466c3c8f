"""Segments, who belongs to them now, and how large one would be."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.insight.portraits.conditions import Condition, conditions_of, members, people
from renmai.insight.portraits.models import Segment
from renmai.kernel.errors import DomainError

PAGE_SIZE = 50
MOST_OFFERED = 200


@dataclass(frozen=True)
class Preview:
    """How many people fulfil conditions, of how many there are, and a few of them."""

    size: int
    everybody: int
    sample: tuple[User, ...]


def segments(actor: User, *, page: int = 1) -> Page[Segment]:
    """Return one page of the segments in use, by name. Needs ``customers.view``."""
    require(actor, Permission.CUSTOMERS_VIEW)
    rows = Segment.objects.filter(archived_at__isnull=True).select_related("created_by").order_by("name")
    return Paginator(rows, PAGE_SIZE).get_page(page)


def access_segment(actor: User, segment_id: int) -> Segment:
    """Return a segment in use. Needs ``customers.view``; raises ``request.not_found``."""
    require(actor, Permission.CUSTOMERS_VIEW)
    found = Segment.objects.filter(pk=segment_id, archived_at__isnull=True).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def fulfils(user: User, match: str, conditions: str) -> bool:
    """Whether somebody fulfils conditions (JSON, as segments store them) now. One statement. For experiments on a segment."""
    return people(conditions_of(json.loads(conditions)), match, among=[user.pk]).exists()


def in_use() -> list[Segment]:
    """Return the segments in use, by name, at most ``MOST_OFFERED``: for whoever offers them to choose from. One statement."""
    return list(Segment.objects.filter(archived_at__isnull=True).order_by("name")[:MOST_OFFERED])


def preview(actor: User, conditions: Sequence[Condition], match: str, *, sample: int = 5) -> Preview:
    """Return how large a segment would be. Needs ``customers.view``. Three statements."""
    require(actor, Permission.CUSTOMERS_VIEW)
    rows = people(conditions, match)
    shown = rows.select_related("user").order_by("-spent_fen", "user")[:sample]
    return Preview(rows.count(), members().count(), tuple(row.user for row in shown))
