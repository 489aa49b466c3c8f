"""Import of a catalogue from CSV: one row per variant, each line imported, already there, or quarantined with its reason.

The import only adds. A variant whose code exists is *already there* and stays as it is, whatever the file says, so a second run
changes nothing, and one that was stopped goes on where it stopped: the neighbouring lines of one product are one transaction.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from renmai.accounts.models import User
from renmai.catalogue.actions.matrix import MAX_SKUS, SEPARATOR
from renmai.catalogue.actions.prices import refresh_price_range
from renmai.catalogue.actions.products import ProductInput, add_product, put_on_sale
from renmai.catalogue.csv_rows import CatalogueRow, Quarantined, read_rows
from renmai.catalogue.models import (
    Category,
    FreightTemplate,
    OptionValue,
    PricePoint,
    Product,
    ProductOption,
    Sku,
    StockMovement,
    Supplier,
)
from renmai.catalogue.policies import require_products
from renmai.kernel import clock
from renmai.kernel.errors import DomainError

OTHER_PRODUCT: Final = gettext_noop("belongs to another product already")
TWICE: Final = gettext_noop("stands in this file before")
DIFFERS: Final = gettext_noop("differs from the product's other lines")
SAME_OPTIONS: Final = gettext_noop("are those of another variant already")
OTHER_OPTIONS: Final = gettext_noop("have other names than the product's")
TOO_MANY: Final = gettext_noop("is one variant too many for its product")
NO_TEMPLATE: Final = gettext_noop("names no freight template")

_SHARED_TEXTS: Final = ("title_zh", "supplier")


@dataclass(frozen=True)
class ImportResult:
    """What became of the lines: ``read`` = ``imported`` + ``quarantined`` + ``already``."""

    read: int
    imported: int
    quarantined: int
    already: int
    products: int

    def __str__(self) -> str:
        return f"read {self.read} = imported {self.imported} + quarantined {self.quarantined} + already there {self.already}"


@dataclass(frozen=True, kw_only=True)
class ImportHooks:
    """Who wants to know: ``quarantine`` gets every line that is not imported, ``progress`` how many lines were done since it was last called,
    ``rate`` the commission of a new product (its id, basis points) inside the transaction that creates it.
    """

    quarantine: Callable[[Quarantined], None] = lambda _line: None
    progress: Callable[[int], None] = lambda _lines: None
    rate: Callable[[int, int], None] = lambda _product_id, _basis_points: None


def import_catalogue(actor: User | None, lines: Iterable[str], *, hooks: ImportHooks | None = None) -> ImportResult:
    """Import the CSV ``lines`` (with their header; see ``docs/catalogue-csv.md``) and say what became of them.

    ``actor`` is None when the import runs from the command line. Needs memory for one product at a time and the codes of the file.
    Raises ``catalogue.import_columns``; everything else that is wrong with a line sends it into quarantine.
    """
    if actor is not None:
        require_products(actor)
    hooks = hooks or ImportHooks()
    read = imported = quarantined = already = products = 0
    seen: set[str] = set()
    for group in _groups(read_rows(lines)):
        read += len(group)
        outcome = _import_group(group, seen, hooks)
        for line in outcome.quarantined:
            hooks.quarantine(line)
        imported += outcome.imported
        already += outcome.already
        quarantined += len(outcome.quarantined)
        products += outcome.is_new_product
        hooks.progress(len(group))
    return ImportResult(read, imported, quarantined, already, products)


@dataclass(frozen=True)
class _Outcome:
    imported: int
    already: int
    quarantined: tuple[Quarantined, ...]
    is_new_product: bool = False


def _groups(rows: Iterable[CatalogueRow | Quarantined]) -> Iterator[list[CatalogueRow | Quarantined]]:
    """Yield the neighbouring lines of one product together, at most ``MAX_SKUS`` at a time; a quarantined line joins no product."""
    for _key, group in groupby(rows, key=lambda row: row.product_code if isinstance(row, CatalogueRow) else ""):
        bunch: list[CatalogueRow | Quarantined] = []
        for row in group:
            bunch.append(row)
            if len(bunch) == MAX_SKUS:
                yield bunch
                bunch = []
        if bunch:
            yield bunch


def _import_group(group: list[CatalogueRow | Quarantined], seen: set[str], hooks: ImportHooks) -> _Outcome:
    refused = [row for row in group if isinstance(row, Quarantined)]
    rows = []
    for row in group:
        if isinstance(row, CatalogueRow):
            if row.sku_code in seen:
                refused.append(row.quarantined(TWICE, "sku_code"))
            else:
                rows.append(row)
                seen.add(row.sku_code)
    if not rows:
        return _Outcome(0, 0, tuple(refused))
    outcome = _add_missing(rows, hooks) or _add_missing(rows, hooks)
    if outcome is None:
        refused += [row.quarantined("request.conflict", "sku_code") for row in rows]
        return _Outcome(0, 0, tuple(refused))
    return replace(outcome, quarantined=(*refused, *outcome.quarantined))


def _add_missing(rows: list[CatalogueRow], hooks: ImportHooks) -> _Outcome | None:
    """Add those of ``rows`` that are not there; None, and nothing has happened, when another import was at the same product just now."""
    known = dict(Sku.objects.filter(code__in=[row.sku_code for row in rows]).values_list("code", "product__code"))
    fresh = [row for row in rows if row.sku_code not in known]
    already = sum(known.get(row.sku_code) == row.product_code for row in rows)
    taken = [row for row in rows if known.get(row.sku_code, row.product_code) != row.product_code]
    refused = tuple(row.quarantined(OTHER_PRODUCT, "sku_code") for row in taken)
    if not fresh:
        return _Outcome(0, already, refused)
    try:
        written = _write(fresh, hooks)
    except (_OvertakenError, IntegrityError):
        return None
    except DomainError as refusal:
        if refusal.code == "catalogue.code_taken":
            return None
        # The transaction is undone: what a rule of this shop refuses is refused for all of the product's lines.
        return _Outcome(0, already, (*refused, *(row.quarantined(refusal.code, refusal.field) for row in fresh)))
    return replace(written, already=already, quarantined=(*refused, *written.quarantined))


class _OvertakenError(Exception):
    """While we waited for the product, another import added a variant that we were about to add."""


@transaction.atomic
def _write(rows: list[CatalogueRow], hooks: ImportHooks) -> _Outcome:
    """Add the variants in ``rows``, which belong to one product, and the product when it is new."""
    product = Product.objects.select_for_update().filter(code=rows[0].product_code).first()
    is_new = product is None
    if not is_new and Sku.objects.filter(code__in=[row.sku_code for row in rows]).exists():
        raise _OvertakenError
    good, wrong = _agreeing(rows, product)
    if not good:
        return _Outcome(0, 0, tuple(wrong))
    if product is None:
        template = _freight_template(good[0])
        if template is None and good[0].texts["freight_template"]:
            return _Outcome(0, 0, tuple(row.quarantined(NO_TEMPLATE, "freight_template") for row in rows))
        product = _create_product(good[0], template)
    _add_variants(product, good)
    _finish(product, good, hooks)
    return _Outcome(len(good), 0, tuple(wrong), is_new)


def _agreeing(rows: list[CatalogueRow], product: Product | None) -> tuple[list[CatalogueRow], list[Quarantined]]:
    """Part ``rows`` into those that fit one another and the product, and the others with their reasons."""
    names = tuple(pair.name_zh for pair in rows[0].options)
    taken: set[str] = set()
    room = MAX_SKUS
    if product is not None:
        options = ProductOption.objects.filter(product=product).order_by("position", "pk")
        skus = list(Sku.objects.filter(product=product).values_list("options_zh", flat=True))
        names = tuple(options.values_list("name_zh", flat=True)) if skus else names
        taken = set(skus)
        room = MAX_SKUS - len(skus)
    good: list[CatalogueRow] = []
    wrong: list[Quarantined] = []
    for row in rows:
        values = SEPARATOR.join(pair.value_zh for pair in row.options)
        column = _difference(row, rows[0], product)
        if column:
            wrong.append(row.quarantined(DIFFERS, column))
        elif tuple(pair.name_zh for pair in row.options) != names:
            wrong.append(row.quarantined(OTHER_OPTIONS, "options"))
        elif values in taken:
            wrong.append(row.quarantined(SAME_OPTIONS, "options"))
        elif len(good) >= room:
            wrong.append(row.quarantined(TOO_MANY, "sku_code"))
        else:
            taken.add(values)
            good.append(row)
    return good, wrong


def _difference(row: CatalogueRow, first: CatalogueRow, product: Product | None) -> str:
    """Return the column in which ``row`` contradicts what is known of its product, or nothing."""
    if product is not None:
        return "currency" if row.currency != product.currency else ""
    if row.currency != first.currency:
        return "currency"
    if row.category != first.category:
        return "category"
    return next((name for name in _SHARED_TEXTS if row.texts[name] != first.texts[name]), "")


def _create_product(row: CatalogueRow, template: FreightTemplate | None) -> Product:
    texts = row.texts
    supplier, _created = Supplier.objects.get_or_create(
        code=texts["supplier"],
        defaults={
            "name_zh": texts["supplier_name"] or texts["supplier"],
            "name_en": texts["supplier_name_en"] or texts["supplier_name"] or texts["supplier"],
        },
    )
    return add_product(
        ProductInput(
            code=row.product_code,
            category_id=_category(row).pk,
            supplier_id=supplier.pk,
            freight_template_id=template.pk if template else None,
            title_zh=texts["title_zh"],
            title_en=texts["title_en"],
            subtitle_zh=texts["subtitle_zh"],
            subtitle_en=texts["subtitle_en"],
            description_zh=texts["description_zh"],
            description_en=texts["description_en"],
            keywords=texts["keywords"],
            brand=texts["brand"],
            currency=row.currency,
            motif=texts["motif"],
            picture_seed=int(hashlib.sha256(row.product_code.encode()).hexdigest()[:6], 16),
        )
    )


def _freight_template(row: CatalogueRow) -> FreightTemplate | None:
    code = row.texts["freight_template"]
    return FreightTemplate.objects.filter(code=code).first() if code else None


def _category(row: CatalogueRow) -> Category:
    """Return the category at the row's path, by slug or Chinese name on each level; make what is missing."""
    above: Category | None = None
    for depth, name in enumerate(row.category):
        rows = Category.objects.filter(Q(slug=name.lower()) | Q(name_zh=name), parent=above)
        found = rows.order_by("pk").first()
        if found is None:
            path = "/".join(row.category[: depth + 1])
            english = row.category_en[depth] if depth < len(row.category_en) else name
            slug = f"c-{hashlib.sha256(path.encode()).hexdigest()[:12]}"
            found = Category.objects.create(slug=slug, name_zh=name, name_en=english, parent=above)
        above = found
    if above is None:
        raise AssertionError("a checked row has a category")
    return above


def _add_variants(product: Product, rows: list[CatalogueRow]) -> None:
    values = _values(product, rows)
    position = Sku.objects.filter(product=product).count()
    skus = Sku.objects.bulk_create(
        [
            Sku(
                product=product,
                code=row.sku_code,
                options_zh=SEPARATOR.join(pair.value_zh for pair in row.options),
                options_en=SEPARATOR.join(pair.value_en or pair.value_zh for pair in row.options)[:120],
                price_fen=row.price_fen,
                wholesale_price_fen=row.wholesale_price_fen,
                wholesale_minimum=row.wholesale_minimum,
                weight_grams=row.weight_grams,
                position=position + place,
                stock_free=row.stock,
                stock_total=row.stock,
            )
            for place, row in enumerate(rows)
        ]
    )
    link = Sku.values.through
    link.objects.bulk_create(
        [
            link(sku_id=sku.pk, optionvalue_id=values[(pair.name_zh, pair.value_zh)])
            for sku, row in zip(skus, rows, strict=True)
            for pair in row.options
        ]
    )
    now = clock.now()
    PricePoint.objects.bulk_create([PricePoint(sku=sku, price_fen=sku.price_fen, at=now) for sku in skus])
    kind = StockMovement.Kind.IMPORT
    StockMovement.objects.bulk_create(
        [
            StockMovement(sku=sku, kind=kind, reference="import-catalogue", free_change=sku.stock_free, at=now)
            for sku in skus
            if sku.stock_free
        ]
    )


def _values(product: Product, rows: list[CatalogueRow]) -> dict[tuple[str, str], int]:
    """Write the options and values that ``rows`` name and the product lacks; return the ids of all values by (option, value)."""
    found: dict[tuple[str, str], int] = {}
    for position, first in enumerate(rows[0].options):
        option, _created = ProductOption.objects.get_or_create(
            product=product, name_zh=first.name_zh, defaults={"name_en": first.name_en, "position": position}
        )
        have = dict(OptionValue.objects.filter(option=option).values_list("value_zh", "pk"))
        missing = {pair.value_zh: pair for row in rows for pair in row.options if pair.name_zh == first.name_zh}
        new = OptionValue.objects.bulk_create(
            [
                OptionValue(option=option, value_zh=text, value_en=pair.value_en, position=len(have) + place)
                for place, (text, pair) in enumerate((t, p) for t, p in missing.items() if t not in have)
            ]
        )
        found.update({(first.name_zh, text): pk for text, pk in have.items()})
        found.update({(first.name_zh, value.value_zh): value.pk for value in new})
    return found


def _finish(product: Product, rows: list[CatalogueRow], hooks: ImportHooks) -> None:
    refresh_price_range(product.pk)
    if product.status == Product.Status.DRAFT and any(row.is_listed for row in rows):
        put_on_sale(product.pk)
    rate = next((row.commission_basis_points for row in rows if row.commission_basis_points is not None), None)
    if rate is not None:
        hooks.rate(product.pk, rate)
