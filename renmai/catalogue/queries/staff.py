"""What the operator looks through: products in every state, feeds, variants that run out."""

from django.db.models import Q

from renmai.accounts.models import User
from renmai.catalogue.models import Product, Sku, SupplierFeed
from renmai.catalogue.pages import Page
from renmai.catalogue.policies import require_products, require_stock
from renmai.catalogue.queries.shelves import MAX_PAGE_SIZE

MAX_ROWS = 10_000


def products_for_staff(
    actor: User, *, text: str = "", status: str = "", category_id: int | None = None, page: int = 1, size: int = 50
) -> Page[Product]:
    """Return one page of products in any state, the newest first. ``text`` is part of a title or a code."""
    require_products(actor)
    rows = Product.objects.select_related("category", "supplier").defer("description_zh", "description_en")
    if text.strip():
        wanted = text.strip()[:60]
        rows = rows.filter(Q(title_zh__icontains=wanted) | Q(title_en__icontains=wanted) | Q(code__icontains=wanted))
    if status:
        rows = rows.filter(status=status)
    if category_id is not None:
        rows = rows.filter(Q(category_id=category_id) | Q(category__parent_id=category_id))
    size = min(max(1, size), MAX_PAGE_SIZE)
    total = rows.order_by()[:MAX_ROWS].count()
    number = min(max(1, page), max(1, -(-total // size)))
    found = tuple(rows.order_by("-pk")[(number - 1) * size : number * size])
    return Page(found, number, size, total, is_capped=total == MAX_ROWS)


def feeds_of(actor: User, supplier_id: int, *, limit: int = 20) -> tuple[SupplierFeed, ...]:
    """Return the newest stock feeds of a supplier with their reports."""
    require_stock(actor)
    rows = SupplierFeed.objects.filter(supplier_id=supplier_id).order_by("-pk")
    return tuple(rows[: min(limit, MAX_PAGE_SIZE)])


def skus_short_of_stock(actor: User, *, below: int, limit: int = 50) -> tuple[Sku, ...]:
    """Return the variants on sale with fewer than ``below`` free pieces, the scarcest first."""
    require_stock(actor)
    rows = Sku.objects.filter(is_active=True, product__status=Product.Status.LISTED, stock_free__lt=below)
    return tuple(rows.select_related("product").order_by("stock_free", "pk")[: min(limit, MAX_PAGE_SIZE)])
