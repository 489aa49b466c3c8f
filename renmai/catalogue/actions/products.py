"""Products: what they say, and whether they are on sale."""

import re
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.catalogue.events import ProductDelisted, ProductListed
from renmai.catalogue.models import Category, FreightTemplate, Product, Sku, Supplier
from renmai.catalogue.policies import require_products
from renmai.catalogue.search import reindex
from renmai.catalogue.versions import text_version
from renmai.kernel import clock, states
from renmai.kernel.compiled import CompiledUpdate
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_LENGTHS: Final = {
    "title_zh": 120,
    "title_en": 120,
    "subtitle_zh": 200,
    "subtitle_en": 200,
    "keywords": 300,
    "brand": 60,
    "motif": 40,
}
MAX_DESCRIPTION: Final = 20_000


@dataclass(frozen=True, kw_only=True)
class ProductInput:
    """What the operator says about a product. Texts in Chinese and English; English may be missing, then Chinese is shown."""

    code: str
    category_id: int
    supplier_id: int
    title_zh: str
    freight_template_id: int | None = None
    title_en: str = ""
    subtitle_zh: str = ""
    subtitle_en: str = ""
    description_zh: str = ""
    description_en: str = ""
    keywords: str = ""
    brand: str = ""
    currency: str = "CNY"
    motif: str = ""
    picture_seed: int = 0
    pickup_allowed: bool = True


@transaction.atomic
def create_product(actor: User, given: ProductInput) -> Product:
    """Create a draft without variants and index it; ``set_skus`` gives it what can be bought.

    Raises ``catalogue.code``, ``catalogue.code_taken``, ``catalogue.title_missing``, ``catalogue.too_long``, ``catalogue.category``.
    """
    require_products(actor)
    product = add_product(given)
    log_act(actor, "catalogue.product_created", object_type="product", object_id=str(product.pk))
    return product


def add_product(given: ProductInput) -> Product:
    """Create a draft from checked input, without asking who does so: for ``create_product`` and the import."""
    fields = checked(given)
    try:
        with transaction.atomic():
            product = Product.objects.create(**fields)
    except IntegrityError:
        raise DomainError("catalogue.code_taken", field="code", taken=given.code) from None
    reindex(product)
    return product


@transaction.atomic
def update_product(actor: User, product_id: int, given: ProductInput, *, seen: str = "") -> Product:
    """Change what a product says, and index it anew. Its code and its currency stay as they are once it has variants.

    ``seen`` is the ``versions.text_version`` that the editor had before her; when somebody else changed the product since, the
    answer is ``request.conflict`` and nothing changes. Raises as ``create_product``, and ``request.not_found``.
    """
    require_products(actor)
    product = Product.objects.select_for_update().filter(pk=product_id).first()
    if product is None:
        raise DomainError("request.not_found")
    if seen and seen != text_version(product):
        raise DomainError("request.conflict")
    fields = checked(given)
    if Sku.objects.filter(product=product).exists():
        del fields["code"], fields["currency"]
    try:
        with transaction.atomic():
            Product.objects.filter(pk=product_id).update(**fields)
    except IntegrityError:
        raise DomainError("catalogue.code_taken", field="code", taken=given.code) from None
    product.refresh_from_db()
    reindex(product)
    log_act(actor, "catalogue.product_changed", object_type="product", object_id=str(product.pk))
    return product


@transaction.atomic
def list_product(actor: User, product_id: int) -> Product:
    """Put a product on sale. Raises ``catalogue.nothing_to_sell`` without a variant, ``catalogue.status`` when it is on sale."""
    require_products(actor)
    product = put_on_sale(product_id)
    log_act(actor, "catalogue.product_listed", object_type="product", object_id=str(product_id))
    return product


def put_on_sale(product_id: int) -> Product:
    """Put a product on sale without asking who does so; emits ``ProductListed``. For ``list_product`` and the import."""
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        raise DomainError("request.not_found")
    if not Sku.objects.filter(product=product, is_active=True).exists():
        raise DomainError("catalogue.nothing_to_sell")
    if product.status == Product.Status.LISTED:
        raise DomainError("catalogue.status")
    if not states.advance(Product, product_id, old=product.status, new=Product.Status.LISTED, listed_at=clock.now()):
        raise DomainError("request.conflict")
    emit(ProductListed(product_id=product_id))
    product.refresh_from_db()
    return product


@transaction.atomic
def delist_product(actor: User, product_id: int, *, reason: str = "") -> Product:
    """Take a product off sale; what is ordered stays ordered. Emits ``ProductDelisted``. Raises ``catalogue.status``."""
    require_products(actor)
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        raise DomainError("request.not_found")
    moved = states.advance(Product, product_id, old=Product.Status.LISTED, new=Product.Status.DELISTED)
    if not moved:
        raise DomainError("catalogue.status")
    emit(ProductDelisted(product_id=product_id, reason=reason[:200]))
    log_act(
        actor,
        "catalogue.product_delisted",
        object_type="product",
        object_id=str(product_id),
        detail={"reason": reason[:200]},
    )
    product.refresh_from_db()
    return product


def count_sale(quantities: dict[int, int]) -> None:
    """Add sold pieces to the counters of products (product id → pieces, negative when they come back), inside the caller's
    transaction, in the order of their ids. A counter never falls below nought.
    """
    for product_id, pieces in sorted(quantities.items()):
        if pieces:
            floor = max(0, -pieces)
            _COUNT_SALE.run(product_id, floor, pieces)


_COUNT_SALE: Final = CompiledUpdate(
    lambda product_id, floor, pieces: (
        Product.objects.filter(pk=product_id, sold_count__gte=floor),
        {"sold_count": F("sold_count") + pieces},
    ),
    values=3,
)


def add_rating(product_id: int, rating: int) -> None:
    """Count one rating of 1 to 5 stars. Call it once per review, in the transaction that stores the review."""
    if not 1 <= rating <= 5:
        raise AssertionError(f"a rating of {rating} stars")
    Product.objects.filter(pk=product_id).update(rating_sum=F("rating_sum") + rating, rating_count=F("rating_count") + 1)


def checked(given: ProductInput) -> dict[str, Any]:
    """Return the columns of ``given``, trimmed. Raises as ``create_product``."""
    if not _CODE.fullmatch(given.code):
        raise DomainError("catalogue.code", field="code")
    fields = asdict(given)
    for name, most in _LENGTHS.items():
        fields[name] = " ".join(str(fields[name]).split())
        if len(fields[name]) > most:
            raise DomainError("catalogue.too_long", field=name, most=most)
    for name in ("description_zh", "description_en"):
        if len(fields[name]) > MAX_DESCRIPTION:
            raise DomainError("catalogue.too_long", field=name, most=MAX_DESCRIPTION)
    if not fields["title_zh"]:
        raise DomainError("catalogue.title_missing", field="title_zh")
    if not Category.objects.filter(pk=given.category_id).exists():
        raise DomainError("catalogue.category", field="category_id")
    if not Supplier.objects.filter(pk=given.supplier_id).exists():
        raise DomainError("request.invalid", field="supplier_id")
    template_id = given.freight_template_id
    if template_id is not None and not FreightTemplate.objects.filter(pk=template_id).exists():
        raise DomainError("request.invalid", field="freight_template_id")
    return fields
