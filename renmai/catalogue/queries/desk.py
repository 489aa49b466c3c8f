"""What the operator's desk shows of goods in every state: lists with their stock, one product's matrix, one variant's history."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.paginator import Page
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum

from renmai.accounts.models import User
from renmai.accounts.queries import has_permission
from renmai.catalogue.freight import FreightReason, fee_by_weight, zone_for
from renmai.catalogue.models import (
    Category,
    FreightTemplate,
    FreightZone,
    PricePoint,
    Product,
    ProductOption,
    ProductPicture,
    Sku,
    StockMovement,
    Supplier,
    SupplierFeed,
)
from renmai.catalogue.policies import EDIT_PRODUCTS, FEED_STOCK, require_products, require_stock
from renmai.catalogue.queries.pictures import first_pictures
from renmai.catalogue.queries.prices import REFERENCE_DAYS
from renmai.kernel.errors import DomainError
from renmai.kernel.paging import paged, viewed

PAGE_SIZE: Final = 20
MAX_LIST: Final = 500
MAX_POINTS: Final = 100
MAX_FEED_ROWS: Final = 20_000


@dataclass(frozen=True, kw_only=True)
class GoodsFilter:
    """Which products to list. ``text`` is part of a title or of a code, also of a variant's; ``low_below``: short of that stock."""

    text: str = ""
    status: str = ""
    category_id: int | None = None
    supplier_id: int | None = None
    low_below: int | None = None


@dataclass(frozen=True)
class GoodsRow:
    """A product with the pieces of its variants that are switched on; ``scarcest`` is the smallest free stock among them."""

    product: Product
    skus: int
    free: int
    reserved: int
    sold: int
    scarcest: int | None
    picture_path: str

    @property
    def motif(self) -> str:
        """What is drawn when there is no picture."""
        return self.product.motif

    @property
    def picture_seed(self) -> int:
        """The seed of the drawing."""
        return self.product.picture_seed


@dataclass(frozen=True)
class SupplierRow:
    """A supplier with what it holds and when it last told us its stock."""

    supplier: Supplier
    products: int
    skus: int
    short: int
    last_feed_at: datetime | None


def goods(actor: User, wanted: GoodsFilter, *, page: int = 1) -> Page[GoodsRow]:
    """Return one page of products in any state, the newest first, in four statements."""
    require_products(actor)
    rows = Product.objects.select_related("category", "supplier").defer("description_zh", "description_en", "keywords")
    found = paged(_matching(rows, wanted).order_by("-pk"), number=page, size=PAGE_SIZE)
    ids = [product.pk for product in found]
    pictures = first_pictures(ids)
    on = Sku.objects.filter(product_id__in=ids, is_active=True).order_by()
    sums = {
        product_id: figures
        for product_id, *figures in on.values_list("product_id").annotate(
            Count("pk"), Sum("stock_free"), Sum("stock_reserved"), Sum("stock_sold"), Min("stock_free")
        )
    }

    def row(product: Product) -> GoodsRow:
        skus, free, reserved, sold, scarcest = sums.get(product.pk, [0, 0, 0, 0, None])
        picture = pictures.get(product.pk)
        return GoodsRow(product, skus, free, reserved, sold, scarcest, picture.small_path if picture else "")

    return viewed(found, row)


def goods_counts(actor: User, *, low_below: int) -> dict[str, int]:
    """Return how many products are in each state, and under ``low`` how many on sale are short of stock; two statements."""
    require_products(actor)
    counts = dict(Product.objects.order_by().values_list("status").annotate(Count("pk")))
    return {**counts, "": sum(counts.values()), "low": count_low(low_below=low_below)}


def count_low(*, low_below: int) -> int:
    """Return how many products on sale have a variant with fewer than ``low_below`` free pieces."""
    return Product.objects.filter(_is_low(low_below)).count()


def goods_categories() -> list[Category]:
    """Return every category in the order of the shelf, each parent before its children, with its parent; at most ``MAX_LIST``."""
    rows = Category.objects.select_related("parent").annotate(product_count=Count("products"))
    return sorted(rows.order_by("position", "pk")[:MAX_LIST], key=_shelf_place)


def suppliers() -> list[Supplier]:
    """Return every supplier for a choice, those that are closed last; at most ``MAX_LIST``."""
    return list(Supplier.objects.order_by("-is_active", "code")[:MAX_LIST])


def supplier_rows(actor: User, *, low_below: int) -> list[SupplierRow]:
    """Return every supplier with what it holds, in three statements."""
    require_stock(actor)
    on = Sku.objects.filter(is_active=True, product__status=Product.Status.LISTED).order_by()
    counts = on.values_list("product__supplier_id").annotate(
        products=Count("product_id", distinct=True), skus=Count("pk"), short=Count("pk", filter=Q(stock_free__lt=low_below))
    )
    held = {supplier_id: (products, skus, short) for supplier_id, products, skus, short in counts}
    fed = dict(SupplierFeed.objects.order_by().values_list("supplier_id").annotate(Max("at")))
    rows = Supplier.objects.select_related("region").order_by("-is_active", "code")[:MAX_LIST]
    return [SupplierRow(row, *held.get(row.pk, (0, 0, 0)), fed.get(row.pk)) for row in rows]


def access_supplier(actor: User, supplier_id: int) -> Supplier:
    """Return a supplier; raises ``request.not_found``."""
    require_stock(actor)
    found = Supplier.objects.select_related("region").filter(pk=supplier_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def skus_of_supplier(actor: User, supplier_id: int) -> list[Sku]:
    """Return the variants of a supplier that are switched on, by code; at most ``MAX_FEED_ROWS``."""
    require_stock(actor)
    rows = Sku.objects.filter(product__supplier_id=supplier_id, is_active=True).select_related("product")
    return list(rows.defer("product__description_zh", "product__description_en").order_by("code")[:MAX_FEED_ROWS])


def freight_templates() -> list[FreightTemplate]:
    """Return every freight template with its zones, in two statements; at most ``MAX_LIST``."""
    return list(FreightTemplate.objects.prefetch_related("zones").order_by("code")[:MAX_LIST])


def access_template(template_id: int) -> FreightTemplate:
    """Return a freight template with its zones; raises ``request.not_found``."""
    found = FreightTemplate.objects.prefetch_related("zones").filter(pk=template_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


@dataclass(frozen=True)
class TryOut:
    """What carriage would cost, why, and in which zone (its place in the list; None: no zone is for the province)."""

    fee_fen: int
    reason: FreightReason
    zone: int | None


def try_freight(zones: list[FreightZone], *, province: str, weight_grams: int, amount_fen: int) -> TryOut:
    """Return what these zones, saved or not, charge for a parcel, by the rule of ``freight.freight_fee``."""
    zone = zone_for(zones, province)
    place = zones.index(zone) if zone is not None else None
    if zone is None or not zone.is_served:
        return TryOut(0, FreightReason.NOT_SERVED, place)
    if zone.free_over_fen is not None and amount_fen >= zone.free_over_fen:
        return TryOut(0, FreightReason.FREE_OVER, place)
    return TryOut(fee_by_weight(zone, weight_grams), FreightReason.BY_WEIGHT, place)


def freight_uses() -> dict[int, int]:
    """Return how many products travel under each template."""
    rows = Product.objects.filter(freight_template_id__isnull=False).order_by()
    return dict(rows.values_list("freight_template_id").annotate(Count("pk")))


def product_for_staff(actor: User, product_id: int) -> Product:
    """Return a product in any state with its category, supplier and freight template; raises ``request.not_found``."""
    require_products(actor)
    rows = Product.objects.select_related("category__parent", "supplier", "freight_template")
    found = rows.filter(pk=product_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def pictures_of(product_id: int) -> list[ProductPicture]:
    """Return the uploaded pictures of a product in order."""
    return list(ProductPicture.objects.filter(product_id=product_id).order_by("position", "pk"))


def options_of(product_id: int) -> list[ProductOption]:
    """Return the options of a product in order, with their values; two statements."""
    return list(ProductOption.objects.filter(product_id=product_id).order_by("position", "pk").prefetch_related("values"))


def skus_of(product_id: int) -> list[Sku]:
    """Return the variants of a product in order, those switched off last, with their values; two statements."""
    rows = Sku.objects.filter(product_id=product_id).prefetch_related("values")
    return list(rows.order_by("-is_active", "position", "pk")[:MAX_LIST])


def lowest_prices(sku_ids: list[int], moment: datetime) -> dict[int, int | None]:
    """Return, for each of these variants, the lowest price of the ``REFERENCE_DAYS`` before ``moment``; one statement."""
    opens = moment - timedelta(days=REFERENCE_DAYS)
    earlier = PricePoint.objects.filter(sku=OuterRef("pk"), at__lte=opens).order_by("-at", "-pk")
    within = Min("price_points__price_fen", filter=Q(price_points__at__gt=opens, price_points__at__lt=moment))
    rows = Sku.objects.filter(pk__in=sku_ids).annotate(opening=Subquery(earlier.values("price_fen")[:1]), within=within)
    found = {}
    for pk, opening, lowest in rows.order_by().values_list("pk", "opening", "within"):
        found[pk] = min((price for price in (opening, lowest) if price is not None), default=None)
    return found


def access_sku(actor: User, sku_id: int) -> Sku:
    """Return a variant with its product, for those who edit goods or feed stock; raises ``request.not_found``."""
    if not (has_permission(actor, EDIT_PRODUCTS) or has_permission(actor, FEED_STOCK)):
        raise DomainError("request.forbidden")
    found = Sku.objects.select_related("product__supplier", "product__category").filter(pk=sku_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def movements(sku_id: int, *, page: int = 1) -> Page[StockMovement]:
    """Return one page of the moves of a variant's pieces, the newest first."""
    return paged(StockMovement.objects.filter(sku_id=sku_id).order_by("-at", "-pk"), number=page, size=PAGE_SIZE)


def price_points(sku_id: int) -> list[PricePoint]:
    """Return the prices of a variant, the newest first, at most ``MAX_POINTS``."""
    return list(PricePoint.objects.filter(sku_id=sku_id).order_by("-at", "-pk")[:MAX_POINTS])


def stock(actor: User, wanted: GoodsFilter, *, page: int = 1) -> Page[Sku]:
    """Return one page of variants that are switched on, the scarcest first."""
    require_stock(actor)
    rows = Sku.objects.filter(is_active=True).select_related("product__supplier")
    if wanted.text:
        text = wanted.text
        rows = rows.filter(Q(code__icontains=text) | Q(product__title_zh__icontains=text) | Q(product__title_en__icontains=text))
    if wanted.supplier_id is not None:
        rows = rows.filter(product__supplier_id=wanted.supplier_id)
    if wanted.status:
        rows = rows.filter(product__status=wanted.status)
    if wanted.low_below is not None:
        rows = rows.filter(product__status=Product.Status.LISTED, stock_free__lt=wanted.low_below)
    return paged(rows.order_by("stock_free", "pk"), number=page, size=PAGE_SIZE)


def _matching(rows: QuerySet[Product], wanted: GoodsFilter) -> QuerySet[Product]:
    if wanted.text:
        codes = Sku.objects.filter(product=OuterRef("pk"), code__icontains=wanted.text)
        texts = Q(title_zh__icontains=wanted.text) | Q(title_en__icontains=wanted.text) | Q(code__icontains=wanted.text)
        rows = rows.filter(texts | Q(Exists(codes)))
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.category_id is not None:
        rows = rows.filter(Q(category_id=wanted.category_id) | Q(category__parent_id=wanted.category_id))
    if wanted.supplier_id is not None:
        rows = rows.filter(supplier_id=wanted.supplier_id)
    if wanted.low_below is not None:
        rows = rows.filter(_is_low(wanted.low_below))
    return rows


def _is_low(below: int) -> Q:
    """On sale, and at least one variant has fewer than ``below`` free pieces."""
    scarce = Sku.objects.filter(is_active=True, stock_free__lt=below)
    return Q(status=Product.Status.LISTED, pk__in=scarce.values("product_id"))


def _shelf_place(category: Category) -> tuple[int, int, bool, int, int]:
    top = category.parent or category
    return (top.position, top.pk, category.parent_id is not None, category.position, category.pk)
