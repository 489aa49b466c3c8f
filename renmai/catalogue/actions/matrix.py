"""The SKU matrix: options × values → variants. Editing it keeps the variants that stay, with their stock and their history."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product as combinations
from typing import Final

from django.db import IntegrityError, transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.catalogue.actions.prices import apply_price, refresh_price_range
from renmai.catalogue.models import OptionValue, PricePoint, Product, ProductOption, Sku
from renmai.catalogue.policies import require_products
from renmai.catalogue.versions import matrix_version
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.money import check_fen

MAX_OPTIONS: Final = 3
MAX_SKUS: Final = 200
MAX_TEXT: Final = 38
"""Three values and what separates them fit into a variant's text."""

MAX_WEIGHT_GRAMS: Final = 1_000_000
MAX_PIECES: Final = 1_000_000
MAX_CODE: Final = 60
SEPARATOR: Final = " · "


@dataclass(frozen=True)
class ValueInput:
    """One value of an option in both languages."""

    value_zh: str
    value_en: str = ""


@dataclass(frozen=True)
class OptionInput:
    """One option with its values in order."""

    name_zh: str
    values: tuple[ValueInput, ...]
    name_en: str = ""


@dataclass(frozen=True, kw_only=True)
class SkuInput:
    """One variant: the Chinese value of every option, in the order of the options.

    ``sku_id`` names a variant that is to be kept under other values; without it the variant with the same values is kept, or else a
    new one is made. An empty ``code`` is made from the product's.
    """

    values: tuple[str, ...]
    price_fen: int
    sku_id: int | None = None
    code: str = ""
    weight_grams: int = 500
    wholesale_price_fen: int | None = None
    wholesale_minimum: int = 0
    is_active: bool = True


def all_combinations(options: Sequence[OptionInput]) -> list[tuple[str, ...]]:
    """Return every combination of values, in the order in which a form shows them; one empty combination without options.

    Raises ``catalogue.matrix_too_large`` before making more than ``MAX_SKUS``.
    """
    count = 1
    for option in options:
        count *= max(1, len(option.values))
    if len(options) > MAX_OPTIONS or count > MAX_SKUS:
        raise DomainError("catalogue.matrix_too_large", options=MAX_OPTIONS, skus=MAX_SKUS)
    return list(combinations(*([value.value_zh for value in option.values] for option in options)))


@transaction.atomic
def set_skus(
    actor: User, product_id: int, options: Sequence[OptionInput], skus: Sequence[SkuInput], *, seen: str = ""
) -> tuple[Sku, ...]:
    """Give a product these options and variants; return the variants in order.

    A variant that is kept keeps its id, its stock and its history, and its price changes as with ``set_price``. One that is no longer
    named is switched off, never deleted: orders and movements point to it. New variants have no stock until a feed or a count.
    ``seen`` is the ``versions.matrix_version`` that the editor had before her: after another change the answer is ``request.conflict``.
    Raises ``catalogue.matrix``, ``catalogue.matrix_too_large``, ``catalogue.code_taken``, ``catalogue.weight``, ``money.amount``.
    """
    require_products(actor)
    product = Product.objects.select_for_update().filter(pk=product_id).first()
    if product is None:
        raise DomainError("request.not_found")
    if seen and seen != matrix_version(product_id):
        raise DomainError("request.conflict")
    written = write_skus(product, options, skus)
    log_act(actor, "catalogue.skus", object_type="product", object_id=str(product_id), detail={"skus": len(written)})
    return written


def write_skus(product: Product, options: Sequence[OptionInput], skus: Sequence[SkuInput]) -> tuple[Sku, ...]:
    """Do what ``set_skus`` does, without asking who does so, in the caller's transaction."""
    _check(options, skus)
    existing = list(Sku.objects.select_for_update().filter(product=product).prefetch_related("values__option"))
    by_id = {sku.pk: sku for sku in existing}
    # Variants that are on come last and win: one that lost an option may look like one that is sold.
    by_values = {_chinese_values(sku): sku for sku in sorted(existing, key=lambda sku: sku.is_active)}
    named = {given.sku_id for given in skus if given.sku_id is not None}
    if not named <= set(by_id):
        raise DomainError("request.not_found", field="sku_id")
    kept: dict[tuple[str, ...], Sku] = {}
    for given in skus:
        found = by_id[given.sku_id] if given.sku_id is not None else by_values.get(given.values)
        if found is not None and (given.sku_id is not None or found.pk not in named):
            kept[given.values] = found
    values = _write_options(product, options)
    Sku.objects.filter(product=product).exclude(pk__in=[sku.pk for sku in kept.values()]).update(is_active=False)
    try:
        with transaction.atomic():
            written = tuple(
                _write_sku(product, given, kept.get(given.values), values=values, position=position)
                for position, given in enumerate(skus)
            )
    except IntegrityError:
        raise DomainError("catalogue.code_taken", field="code", taken=", ".join(_taken(product, skus))) from None
    refresh_price_range(product.pk)
    return written


def _check(options: Sequence[OptionInput], skus: Sequence[SkuInput]) -> None:
    possible = set(all_combinations(options))
    names = [option.name_zh for option in options]
    is_clean = all(name.strip() for name in names) and len(set(names)) == len(names)
    for option in options:
        texts = [value.value_zh for value in option.values]
        is_clean = is_clean and bool(texts) and all(text.strip() for text in texts) and len(set(texts)) == len(texts)
    chosen = [given.values for given in skus]
    named = [text for option in options for text in (option.name_en, *(value.value_en for value in option.values))]
    written = [*names, *named, *(given.code for given in skus), *(text for values in chosen for text in values)]
    is_clean = is_clean and not any("\x00" in text for text in written)
    if not skus or not is_clean or len(set(chosen)) != len(chosen) or not possible.issuperset(chosen):
        raise DomainError("catalogue.matrix")
    for option in options:
        for text in (option.name_zh, option.name_en, *(v.value_zh for v in option.values), *(v.value_en for v in option.values)):
            if len(text) > MAX_TEXT:
                raise DomainError("catalogue.too_long", field="options", most=MAX_TEXT)
    for given in skus:
        _check_sku(given)


def _check_sku(given: SkuInput) -> None:
    check_fen(given.price_fen, minimum=1)
    if given.wholesale_price_fen is not None:
        check_fen(given.wholesale_price_fen, minimum=1)
    if not 1 <= given.weight_grams <= MAX_WEIGHT_GRAMS:
        raise DomainError("catalogue.weight", field="weight_grams", most=MAX_WEIGHT_GRAMS)
    if not 0 <= given.wholesale_minimum <= MAX_PIECES:
        raise DomainError("catalogue.quantity", field="wholesale_minimum", most=MAX_PIECES)
    if len(given.code) > MAX_CODE:
        raise DomainError("catalogue.too_long", field="code", most=MAX_CODE)


def _taken(product: Product, skus: Sequence[SkuInput]) -> list[str]:
    """Return the codes that cannot be given: those of other products' variants, and those that stand here twice."""
    codes = [given.code for given in skus if given.code]
    elsewhere = set(Sku.objects.filter(code__in=codes).exclude(product=product).values_list("code", flat=True))
    found = sorted({code for code in codes if code in elsewhere or codes.count(code) > 1})
    # Two variants that swap their codes meet for a moment; then all of them are named.
    return found or codes


def _chinese_values(sku: Sku) -> tuple[str, ...]:
    chosen = sorted(sku.values.all(), key=lambda value: (value.option.position, value.option_id))
    return tuple(value.value_zh for value in chosen)


def _write_options(product: Product, options: Sequence[OptionInput]) -> list[dict[str, OptionValue]]:
    """Write options and values; return for each option its values by their Chinese text. What is not named any more goes."""
    found: list[dict[str, OptionValue]] = []
    have = {option.name_zh: option for option in ProductOption.objects.filter(product=product)}
    for position, given in enumerate(options):
        option = have.pop(given.name_zh, None) or ProductOption(product=product, name_zh=given.name_zh)
        option.name_en, option.position = given.name_en, position
        option.save()
        rows = {row.value_zh: row for row in OptionValue.objects.filter(option=option)}
        wanted: dict[str, OptionValue] = {}
        for place, value in enumerate(given.values):
            row = rows.pop(value.value_zh, None) or OptionValue(option=option, value_zh=value.value_zh)
            row.value_en, row.position = value.value_en, place
            row.save()
            wanted[value.value_zh] = row
        OptionValue.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
        found.append(wanted)
    ProductOption.objects.filter(pk__in=[option.pk for option in have.values()]).delete()
    return found


def _write_sku(product: Product, given: SkuInput, sku: Sku | None, *, values: list[dict[str, OptionValue]], position: int) -> Sku:
    chosen = [rows[text] for rows, text in zip(values, given.values, strict=True)]
    if sku is None:
        code = given.code or _free_code(product)
        sku = Sku.objects.create(product=product, code=code, price_fen=given.price_fen)
        PricePoint.objects.create(sku=sku, price_fen=given.price_fen, at=clock.now())
    elif sku.price_fen != given.price_fen:
        apply_price(sku, given.price_fen)
    sku.code = given.code or sku.code
    sku.options_zh = SEPARATOR.join(value.value_zh for value in chosen)
    sku.options_en = SEPARATOR.join(value.value_en or value.value_zh for value in chosen)
    sku.weight_grams = given.weight_grams
    sku.wholesale_price_fen = given.wholesale_price_fen
    sku.wholesale_minimum = given.wholesale_minimum
    sku.is_active = given.is_active
    sku.position = position
    # Only these columns: another transaction may be moving the stock of this row.
    sku.save(
        update_fields=[
            "code",
            "options_zh",
            "options_en",
            "weight_grams",
            "wholesale_price_fen",
            "wholesale_minimum",
            "is_active",
            "position",
        ]
    )
    sku.values.set(chosen)
    return sku


def _free_code(product: Product) -> str:
    taken = set(Sku.objects.filter(product=product).values_list("code", flat=True))
    number = len(taken) + 1
    while f"{product.code}-{number}" in taken:
        number += 1
    return f"{product.code}-{number}"[-60:]
