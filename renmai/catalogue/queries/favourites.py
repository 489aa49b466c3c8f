"""What people keep for later."""

from collections.abc import Sequence

from renmai.accounts.models import User
from renmai.catalogue.models import Favourite, Product
from renmai.catalogue.pages import Page, ProductCard
from renmai.catalogue.queries.shelves import MAX_PAGE_SIZE, PAGE_SIZE, cards


def favourites(user: User, *, page: int = 1, size: int = PAGE_SIZE) -> Page[ProductCard]:
    """Return one page of the favourites of ``user`` that are on sale, the newest first, in five statements."""
    size = min(max(1, size), MAX_PAGE_SIZE)
    rows = Favourite.objects.filter(user=user, product__status=Product.Status.LISTED).order_by("-at", "-pk")
    total = rows.count()
    number = min(max(1, page), max(1, -(-total // size)))
    ids = list(rows.values_list("product_id", flat=True)[(number - 1) * size : number * size])
    return Page(cards(ids), number, size, total)


def favourite_ids(user: User | None, product_ids: Sequence[int]) -> frozenset[int]:
    """Return which of these products ``user`` keeps; nothing for a guest."""
    if user is None:
        return frozenset()
    rows = Favourite.objects.filter(user=user, product_id__in=list(product_ids)[:MAX_PAGE_SIZE])
    return frozenset(rows.values_list("product_id", flat=True))
