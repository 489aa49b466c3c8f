"""Customers as a list: found by words, by tag or by segment."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F, Q

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.insight.portraits.conditions import conditions_of, members, met
from renmai.insight.portraits.models import Portrait, Segment
from renmai.insight.portraits.tags import TAGS_BY_CODE, Tag, tags_of
from renmai.kernel.errors import DomainError

PAGE_SIZE = 30

ORDERS: dict[str, str] = {"last": "last_order_at", "spent": "spent_fen", "orders": "orders", "brought": "brought"}
"""By what the list can be sorted, the most first."""


@dataclass(frozen=True)
class CustomerRow:
    """One line of the list."""

    portrait: Portrait
    tags: tuple[Tag, ...]


def customers(
    actor: User, *, text: str = "", tag: str = "", segment: Segment | None = None, order: str = "last", page: int = 1
) -> tuple[Page[Portrait], tuple[CustomerRow, ...]]:
    """Return one page of customers and its lines with their tags. Needs ``customers.view``."""
    require(actor, Permission.CUSTOMERS_VIEW)
    rows = members().select_related("user")
    if text:
        rows = rows.filter(Q(user__display_name__icontains=text) | Q(user__phone=text))
    if tag in TAGS_BY_CODE:
        rows = rows.filter(met(TAGS_BY_CODE[tag].conditions, TAGS_BY_CODE[tag].match))
    if segment is not None:
        rows = rows.filter(met(conditions_of(segment.conditions), segment.match))
    found = Paginator(rows.order_by(F(ORDERS.get(order, "last_order_at")).desc(nulls_last=True), "-user"), PAGE_SIZE).get_page(
        page
    )
    tags = tags_of([row.user_id for row in found])
    return found, tuple(CustomerRow(row, tags.get(row.user_id, ())) for row in found)


def access_customer(actor: User, user_id: int) -> User:
    """Return a member whose portrait the staff may see. Needs ``customers.view``; raises ``request.not_found``, for staff too."""
    require(actor, Permission.CUSTOMERS_VIEW)
    found = User.objects.filter(pk=user_id, is_staff=False, deleted_at__isnull=True).select_related("agent").first()
    if found is None:
        raise DomainError("request.not_found")
    return found
