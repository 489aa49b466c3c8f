"""Categories, suppliers and freight templates: what products hang on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import Region, User
from renmai.catalogue.models import Category, FreightTemplate, FreightZone, Product, Supplier
from renmai.catalogue.policies import require_products
from renmai.catalogue.search import reindex_many
from renmai.kernel.errors import DomainError
from renmai.kernel.money import check_fen

PROVINCE_CODE_LENGTHS = frozenset({2, 6})
REINDEX_CHUNK = 200
MAX_ZONE_GRAMS = 1_000_000


@dataclass(frozen=True, kw_only=True)
class CategoryInput:
    """A category, within ``parent_id`` or on top."""

    slug: str
    name_zh: str
    name_en: str
    parent_id: int | None = None
    motif: str = ""
    position: int = 0


@dataclass(frozen=True, kw_only=True)
class SupplierInput:
    """A supplier; ``region_code`` says where parcels leave."""

    code: str
    name_zh: str
    name_en: str
    region_code: str = ""
    ship_within_hours: int = 48
    is_active: bool = True


@dataclass(frozen=True, kw_only=True)
class ZoneInput:
    """One zone: the provinces it is for (none: everywhere else) and what it charges, in fen and grams."""

    provinces: tuple[str, ...] = ()
    first_grams: int = 1000
    first_fee_fen: int = 0
    next_grams: int = 1000
    next_fee_fen: int = 0
    free_over_fen: int | None = None
    is_served: bool = True


@transaction.atomic
def save_category(actor: User, given: CategoryInput, *, category_id: int | None = None) -> Category:
    """Create a category or change one; products of a renamed one are indexed anew.

    Raises ``catalogue.category_depth`` for a third level, ``catalogue.code_taken``, ``request.not_found``.
    """
    require_products(actor)
    if given.parent_id is not None:
        above = Category.objects.filter(pk=given.parent_id).first()
        has_children = category_id is not None and Category.objects.filter(parent_id=category_id).exists()
        if above is None or above.parent_id is not None or above.pk == category_id or has_children:
            raise DomainError("catalogue.category_depth", field="parent_id")
    if not given.name_zh.strip():
        raise DomainError("catalogue.title_missing", field="name_zh")
    category = Category() if category_id is None else Category.objects.filter(pk=category_id).first()
    if category is None:
        raise DomainError("request.not_found")
    is_renamed = category_id is not None and (category.name_zh, category.name_en) != (given.name_zh, given.name_en)
    category.slug, category.parent_id = given.slug, given.parent_id
    category.name_zh, category.name_en = given.name_zh.strip(), given.name_en.strip()
    category.motif, category.position = given.motif, given.position
    try:
        with transaction.atomic():
            category.save()
    except IntegrityError:
        raise DomainError("catalogue.code_taken", field="slug", taken=given.slug) from None
    if is_renamed:
        _reindex_category(category.pk)
    log_act(actor, "catalogue.category", object_type="category", object_id=str(category.pk))
    return category


@transaction.atomic
def move_category(actor: User, category_id: int, *, places: int) -> None:
    """Move a category among its siblings, to the front (negative) or to the back. Raises ``request.not_found``."""
    require_products(actor)
    category = Category.objects.filter(pk=category_id).first()
    if category is None:
        raise DomainError("request.not_found")
    siblings = list(Category.objects.filter(parent_id=category.parent_id).order_by("position", "pk"))
    place = next(index for index, row in enumerate(siblings) if row.pk == category_id)
    siblings.insert(min(max(0, place + places), len(siblings) - 1), siblings.pop(place))
    for position, row in enumerate(siblings):
        row.position = position
    Category.objects.bulk_update(siblings, ["position"])
    log_act(actor, "catalogue.category", object_type="category", object_id=str(category_id), detail={"moved": places})


@transaction.atomic
def save_supplier(actor: User, given: SupplierInput, *, supplier_id: int | None = None) -> Supplier:
    """Create a supplier or change one. Raises ``catalogue.code_taken``, ``request.invalid``, ``request.not_found``."""
    require_products(actor)
    region_code = given.region_code or None
    if region_code and not Region.objects.filter(pk=region_code).exists():
        raise DomainError("request.invalid", field="region_code")
    if not given.name_zh.strip() or not 1 <= given.ship_within_hours <= 24 * 60:
        raise DomainError("request.invalid", field="name_zh")
    supplier = Supplier() if supplier_id is None else Supplier.objects.filter(pk=supplier_id).first()
    if supplier is None:
        raise DomainError("request.not_found")
    supplier.code, supplier.region_id = given.code, region_code
    supplier.name_zh, supplier.name_en = given.name_zh.strip(), given.name_en.strip()
    supplier.ship_within_hours, supplier.is_active = given.ship_within_hours, given.is_active
    try:
        with transaction.atomic():
            supplier.save()
    except IntegrityError:
        raise DomainError("catalogue.code_taken", field="code", taken=given.code) from None
    log_act(actor, "catalogue.supplier", object_type="supplier", object_id=str(supplier.pk))
    return supplier


@transaction.atomic
def save_freight_template(
    actor: User, *, code: str, name_zh: str, name_en: str, zones: Sequence[ZoneInput], is_new: bool = False
) -> FreightTemplate:
    """Create the template ``code`` or change it; its zones are replaced by ``zones``. ``is_new`` refuses a code that is taken.

    Raises ``catalogue.freight_zone`` when a province stands in two zones, two zones are for everywhere else, or a figure is wrong.
    """
    require_products(actor)
    _check_zones(zones)
    if is_new and FreightTemplate.objects.filter(code=code).exists():
        raise DomainError("catalogue.code_taken", field="code", taken=code)
    template, _created = FreightTemplate.objects.update_or_create(
        code=code, defaults={"name_zh": name_zh.strip(), "name_en": name_en.strip()}
    )
    FreightZone.objects.filter(template=template).delete()
    FreightZone.objects.bulk_create(
        [
            FreightZone(
                template=template,
                provinces=[province.ljust(6, "0") for province in zone.provinces],
                first_grams=zone.first_grams,
                first_fee_fen=zone.first_fee_fen,
                next_grams=zone.next_grams,
                next_fee_fen=zone.next_fee_fen,
                free_over_fen=zone.free_over_fen,
                is_served=zone.is_served,
            )
            for zone in zones
        ]
    )
    log_act(actor, "catalogue.freight_template", object_type="freight_template", object_id=str(template.pk))
    return template


def _check_zones(zones: Sequence[ZoneInput]) -> None:
    seen: set[str] = set()
    for zone in zones:
        for province in zone.provinces or ("",):
            key = province[:2]
            if key in seen or (province and not (province.isdigit() and len(province) in PROVINCE_CODE_LENGTHS)):
                raise DomainError("catalogue.freight_zone", field="provinces")
            seen.add(key)
        if not (1 <= zone.first_grams <= MAX_ZONE_GRAMS and 1 <= zone.next_grams <= MAX_ZONE_GRAMS):
            raise DomainError("catalogue.freight_zone", field="first_grams")
        for amount_fen in (zone.first_fee_fen, zone.next_fee_fen, zone.free_over_fen or 0):
            check_fen(amount_fen)
    if not zones:
        raise DomainError("catalogue.freight_zone", field="zones")


def _reindex_category(category_id: int) -> None:
    ids = Product.objects.filter(category_id=category_id).values_list("pk", flat=True)
    below = Product.objects.filter(category__parent_id=category_id).values_list("pk", flat=True)
    found = [*ids, *below]
    for start in range(0, len(found), REINDEX_CHUNK):
        reindex_many(found[start : start + REINDEX_CHUNK])
