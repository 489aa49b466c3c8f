"""Shapes of the demo goods: frozen values without behaviour beyond arithmetic on their own fields.

Nothing here touches the database. Amounts are integers in fen, weights in grams, rates in basis points (1/10,000).
"""

from dataclasses import dataclass
from itertools import product as combinations
from math import prod


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or name in the two languages of the product."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Subcategory:
    """A shelf within a category; `slug` is unique over all categories."""

    slug: str
    name: Text


@dataclass(frozen=True, slots=True)
class Category:
    """A top category; `motifs` are the drawings its products may use."""

    slug: str
    name: Text
    motifs: tuple[str, ...]
    subcategories: tuple[Subcategory, ...]


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who ships. `late_bps` of its parcels leave after `dispatch_hours`; it serves the categories named by slug.

    `region_code` is the six-digit division code of the city.
    """

    code: str
    name: Text
    province: Text
    city: Text
    region_code: str
    dispatch_hours: int
    late_bps: int
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FreightRate:
    """Price by weight for some provinces: the first grams, then each begun step.

    `provinces` holds six-digit division codes; empty means everywhere no other rate of the template names.
    `free_over_fen` is the goods' value from which the freight is nothing; None means it is never free.
    """

    provinces: tuple[str, ...]
    first_grams: int
    first_fee_fen: int
    next_grams: int
    next_fee_fen: int
    free_over_fen: int | None

    def price_fen(self, weight_grams: int, goods_fen: int) -> int:
        """Return the freight in fen for a parcel of this weight and value."""
        if self.free_over_fen is not None and goods_fen >= self.free_over_fen:
            return 0
        over_grams = max(0, weight_grams - self.first_grams)
        return self.first_fee_fen + -(-over_grams // self.next_grams) * self.next_fee_fen


@dataclass(frozen=True, slots=True)
class FreightTemplate:
    """A named set of rates; the last rate is the one for everywhere else."""

    code: str
    name: Text
    explanation: Text
    rates: tuple[FreightRate, ...]

    def rate_for(self, province: str) -> FreightRate:
        """Return the rate of a province given by its six-digit code."""
        for rate in self.rates:
            if province in rate.provinces:
                return rate
        return self.rates[-1]


@dataclass(frozen=True, slots=True)
class Option:
    """What a customer chooses: a name (size, colour, flavour) and its two to four values."""

    name: Text
    values: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Sku:
    """One sellable row. `choice` is an index into each option's values, in the options' order."""

    choice: tuple[int, ...]
    extra_fen: int
    stock: int
    weight_grams: int


@dataclass(frozen=True, slots=True)
class Wholesale:
    """From `min_quantity` pieces the cheapest SKU costs `price_fen` each; a dearer SKU adds its `extra_fen`."""

    min_quantity: int
    price_fen: int


@dataclass(frozen=True, slots=True)
class Storage:
    """Shelf life in days from production, unopened, and how to keep the goods."""

    shelf_life_days: int
    advice: Text


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the demo shop with all its SKUs.

    `price_fen` is the price of the first and cheapest SKU, so no `extra_fen` is negative. `reference_price_fen` is what
    that SKU cost before its present price; whether it may be shown is for the 30-day rule to decide. `commission_bps`
    None means no rate of its own, so the shop's default applies; 0 means agents earn nothing on it. `motif` and `palette_seed` choose the drawing.
    """

    code: str
    category: str
    subcategory: str
    supplier: str
    freight: str
    brand: Text
    title: Text
    subtitle: Text
    description: Text
    search_zh: tuple[str, ...]
    search_en: tuple[str, ...]
    price_fen: int
    commission_bps: int | None
    motif: str
    palette_seed: int
    options: tuple[Option, ...]
    skus: tuple[Sku, ...]
    reference_price_fen: int | None = None
    wholesale: Wholesale | None = None
    storage: Storage | None = None

    def sku_code(self, sku: Sku) -> str:
        """Return the code of one of this product's SKUs: the product's code and the row's number from 01."""
        return f"{self.code}-{self.skus.index(sku) + 1:02d}"

    def sku_price_fen(self, sku: Sku) -> int:
        """Return the retail price of a SKU in fen."""
        return self.price_fen + sku.extra_fen

    def sku_label(self, sku: Sku) -> Text:
        """Return the chosen values joined for people; both languages are empty for a product without options."""
        chosen = [option.values[index] for option, index in zip(self.options, sku.choice, strict=True)]
        return Text(" ".join(value.zh for value in chosen), " / ".join(value.en for value in chosen))

    def wholesale_price_fen(self, sku: Sku) -> int | None:
        """Return the wholesale price of a SKU in fen, or None for goods sold only singly."""
        return None if self.wholesale is None else self.wholesale.price_fen + sku.extra_fen


def _fits(product: Product, category: str, names: tuple[str, ...]) -> bool:
    """Return whether a product is of the category and, when names are given, has one as its motif, shelf or code."""
    if product.category != category:
        return False
    return not names or bool({product.motif, product.subcategory, product.code} & set(names))


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """What an agent says when she recommends something of a category.

    `fits` narrows it to some goods of the category by motif, shelf or product code; empty means every product of it.
    """

    category: str
    text: Text
    fits: tuple[str, ...] = ()

    def suits(self, product: Product) -> bool:
        """Return whether it can stand beside this product."""
        return _fits(product, self.category, self.fits)


@dataclass(frozen=True, slots=True)
class Review:
    """A customer's sentence with one to five stars; `fits` as in a voice note."""

    category: str
    rating: int
    text: Text
    fits: tuple[str, ...] = ()

    def suits(self, product: Product) -> bool:
        """Return whether a buyer of this product could have said this."""
        return _fits(product, self.category, self.fits)


@dataclass(frozen=True, slots=True)
class Note:
    """What a customer writes beside an order or a claim; `fits` names categories, motifs, shelves or codes, empty for all."""

    text: Text
    fits: tuple[str, ...] = ()

    def suits(self, product: Product) -> bool:
        """Return whether it makes sense for this product."""
        return not self.fits or bool({product.category, product.motif, product.subcategory, product.code} & set(self.fits))


@dataclass(frozen=True, slots=True)
class AfterSaleReason:
    """Why goods come back: `kind` is refund, return or exchange; `notes` are what people write with it."""

    code: str
    kind: str
    is_quality_issue: bool
    label: Text
    notes: tuple[Note, ...]

    def notes_for(self, product: Product) -> tuple[Note, ...]:
        """Return the notes that make sense for this product; none when the reason does not."""
        return tuple(note for note in self.notes if note.suits(product))


@dataclass(frozen=True, slots=True)
class Shop:
    """An agent's micro-shop: its name, the line under her face, and who keeps it.

    `keeper` is what she is called in chats; `surname_zh` is set where the shop's own name gives the surname away.
    """

    name: Text
    voice: Text
    keeper: Text
    is_woman: bool
    surname_zh: str = ""


def grid(
    counts: tuple[int, ...],
    *,
    stocks: tuple[int, ...],
    weights: tuple[int, ...],
    extras: tuple[int, ...] = (),
) -> tuple[Sku, ...]:
    """Return one SKU per combination of option values, the last option changing fastest.

    `weights` and `extras` hold one entry per SKU, or one for all; no extras means the same price for all.
    Raises ValueError when the rows do not fit the counts.
    """
    size = prod(counts)
    weights = weights * size if len(weights) == 1 else weights
    extras = extras * size if len(extras) == 1 else extras or (0,) * size
    choices = combinations(*(range(count) for count in counts))
    return tuple(Sku(*row) for row in zip(choices, extras, stocks, weights, strict=True))
