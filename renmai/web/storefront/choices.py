"""Choosing a variant by its options: which values fit together, which are sold out, and which variant is meant."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from renmai.catalogue.queries import ProductPage, SkuView
from renmai.policy import queries as policy

SKU_KEY = "sku"
FEW = 100


@dataclass(frozen=True)
class ValueChoice:
    """One value of an option. ``exists`` says whether a variant has it together with the other chosen values."""

    id: int
    label: str
    is_chosen: bool
    exists: bool
    is_sold_out: bool


@dataclass(frozen=True)
class OptionChoice:
    """One option with its values; ``key`` is the name of its form field."""

    key: str
    name: str
    values: tuple[ValueChoice, ...]


@dataclass(frozen=True)
class Choice:
    """The variant that is meant now. ``is_made`` is false while the customer has not said anything."""

    sku: SkuView
    options: tuple[OptionChoice, ...]
    is_made: bool
    few_left: int

    @property
    def needs_choosing(self) -> bool:
        """Whether there is more than one variant."""
        return bool(self.options)


def choose(page: ProductPage, wanted: Mapping[str, str]) -> Choice | None:
    """Return the choice that ``wanted`` (form fields: ``o<option>`` → value, or ``sku`` → variant) comes closest to.

    Without a word it is the first variant that can be bought. None when the product has no variant at all.
    """
    if page.first_sku is None:
        return None
    values = {key: _number(text) for key, text in wanted.items()}
    named = next((sku for sku in page.skus if sku.id == values.get(SKU_KEY)), None)
    asked = tuple(values.get(_key(option.id), 0) for option in page.options)
    sku = _closest(page, asked) if any(asked) else named or page.first_sku
    return Choice(
        sku=replace(sku, free=_offered(sku.free)),
        options=_options(page, sku) if page.options else _variants(page, sku),
        is_made=any(asked) or named is not None or len(page.skus) == 1,
        few_left=sku.free if 0 < sku.free <= policy.integer("stock.low") else 0,
    )


def _offered(free: int) -> int:
    """Return how many pieces a page offers: all of them while they are few, else a little less than there are.

    So a page that is kept need not be drawn anew for every piece that is sold somewhere.
    """
    return free if free < FEW else free - free % (10 if free < 10 * FEW else FEW)


def _closest(page: ProductPage, asked: tuple[int, ...]) -> SkuView:
    def agreement(sku: SkuView) -> tuple[int, bool]:
        return sum(value in sku.value_ids for value in asked), not sku.is_sold_out

    return max(page.skus, key=agreement)


def _options(page: ProductPage, chosen: SkuView) -> tuple[OptionChoice, ...]:
    by_values = {sku.value_ids: sku for sku in page.skus}
    found = []
    for position, option in enumerate(page.options):
        values = []
        for value in option.values:
            together = (*chosen.value_ids[:position], value.id, *chosen.value_ids[position + 1 :])
            sku = by_values.get(together)
            values.append(
                ValueChoice(
                    id=value.id,
                    label=value.value,
                    is_chosen=value.id in chosen.value_ids,
                    exists=sku is not None,
                    is_sold_out=sku is None or sku.is_sold_out,
                )
            )
        found.append(OptionChoice(_key(option.id), option.name, tuple(values)))
    return tuple(found)


def _variants(page: ProductPage, chosen: SkuView) -> tuple[OptionChoice, ...]:
    """Return the variants themselves as one option, for goods that came without options."""
    if len(page.skus) == 1:
        return ()
    values = (
        ValueChoice(sku.id, sku.options_text or sku.code, sku.id == chosen.id, exists=True, is_sold_out=sku.is_sold_out)
        for sku in page.skus
    )
    return (OptionChoice(SKU_KEY, _("Variant"), tuple(values)),)


def _key(option_id: int) -> str:
    return f"o{option_id}"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
