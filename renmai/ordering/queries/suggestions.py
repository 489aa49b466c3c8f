"""Suggestions: a customer's own, and those on the desk of whoever looks after the goods."""

from dataclasses import dataclass

from django.db.models import Count, Q

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.catalogue.policies import require_products
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Suggestion
from renmai.ordering.queries.paging import Page, page_of


@dataclass(frozen=True)
class SuggestionCounts:
    """How many suggestions somebody made, and how many of them were taken up."""

    made: int
    taken_up: int


def suggestible(product_id: int) -> Product:
    """Return a product about which something can be suggested: one that is or was on sale. Raises ``request.not_found``."""
    product = Product.objects.exclude(status=Product.Status.DRAFT).filter(pk=product_id).first()
    if product is None:
        raise DomainError("request.not_found")
    return product


def suggestions_of(user: User, *, page: int = 1) -> Page[Suggestion]:
    """Return what ``user`` suggested, the newest first; products come along."""
    rows = Suggestion.objects.filter(author=user).select_related("product", "changed")
    return page_of(rows.order_by("-at", "-pk"), number=page)


def suggestions_for_staff(actor: User, *, status: str = "", page: int = 1) -> Page[Suggestion]:
    """Return everybody's suggestions, those of a status or all, the newest first. Raises ``request.forbidden``."""
    require_products(actor)
    rows = Suggestion.objects.select_related("product", "changed", "author", "decided_by")
    if status in Suggestion.Status.values:
        rows = rows.filter(status=status)
    return page_of(rows.order_by("-at", "-pk"), number=page)


def access_suggestion(actor: User, suggestion_id: int) -> Suggestion:
    """Return a suggestion to whoever looks after the goods. Raises ``request.forbidden``, ``request.not_found``."""
    require_products(actor)
    found = Suggestion.objects.select_related("product", "changed", "author", "decided_by").filter(pk=suggestion_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def suggestion_counts(user_id: int) -> SuggestionCounts:
    """Return how many suggestions somebody made. One statement."""
    taken = Q(status=Suggestion.Status.TAKEN_UP)
    found = Suggestion.objects.filter(author=user_id).aggregate(made=Count("pk"), taken=Count("pk", filter=taken))
    return SuggestionCounts(found["made"], found["taken"])
