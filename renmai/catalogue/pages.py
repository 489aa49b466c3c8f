"""What the catalogue shows: frozen values for pages, in the language that is active when they are made."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from renmai.catalogue.models import Category, Product, Supplier, in_language

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list. ``total`` is counted up to a bound; ``is_capped`` says that there are more than it tells."""

    items: tuple[Item, ...]
    number: int
    size: int
    total: int
    is_capped: bool = False
    is_loosened: bool = False
    """Nothing had all the words that were searched for, so these have some of them."""

    @property
    def count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.number < self.count

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1


@dataclass(frozen=True)
class PictureView:
    """An uploaded picture: addresses below the media folder, and its size in pixels."""

    path: str
    small_path: str
    width: int
    height: int


@dataclass(frozen=True)
class ProductCard:
    """A product on a shelf. Without a picture, ``motif`` and ``picture_seed`` draw it."""

    id: int
    code: str
    title: str
    subtitle: str
    category_id: int
    currency: str
    lowest_price_fen: int
    highest_price_fen: int
    reference_price_fen: int | None
    sold_count: int
    rating_sum: int
    rating_count: int
    free: int
    motif: str
    picture_seed: int
    picture: PictureView | None

    @property
    def is_sold_out(self) -> bool:
        """Whether no variant can be bought now."""
        return self.free == 0

    @property
    def has_price_range(self) -> bool:
        """Whether its variants have different prices."""
        return self.highest_price_fen > self.lowest_price_fen

    @property
    def rating_tenths(self) -> int | None:
        """The mean rating in tenths of a star, rounded half up; None while nobody has rated it."""
        if not self.rating_count:
            return None
        return (20 * self.rating_sum + self.rating_count) // (2 * self.rating_count)


@dataclass(frozen=True)
class ValueView:
    """One value of an option."""

    id: int
    value: str


@dataclass(frozen=True)
class OptionView:
    """One option with its values in order."""

    id: int
    name: str
    values: tuple[ValueView, ...]


@dataclass(frozen=True)
class SkuView:
    """One variant. ``value_ids`` follow the order of the options; ``free`` pieces can be bought now."""

    id: int
    code: str
    value_ids: tuple[int, ...]
    options_text: str
    price_fen: int
    reference_price_fen: int | None
    wholesale_price_fen: int | None
    wholesale_minimum: int
    weight_grams: int
    free: int
    is_active: bool

    @property
    def is_sold_out(self) -> bool:
        """Whether it cannot be bought now."""
        return not self.is_active or self.free == 0


@dataclass(frozen=True)
class ProductPage:
    """Everything a product's page shows."""

    product: Product
    category: Category
    supplier: Supplier
    options: tuple[OptionView, ...]
    skus: tuple[SkuView, ...]
    pictures: tuple[PictureView, ...]

    @property
    def free(self) -> int:
        """Pieces that can be bought now, of all variants."""
        return sum(sku.free for sku in self.skus if sku.is_active)

    @property
    def first_sku(self) -> SkuView | None:
        """The variant to begin with: the first that can be bought, else the first."""
        return next((sku for sku in self.skus if not sku.is_sold_out), self.skus[0] if self.skus else None)


@dataclass(frozen=True)
class CategoryNode:
    """A category with those below it and the number of products on sale, its own and theirs (None when nobody asked for it)."""

    id: int
    slug: str
    name: str
    motif: str
    product_count: int | None
    children: tuple["CategoryNode", ...]


@dataclass(frozen=True)
class CheckoutSku:
    """A variant with all that an order freezes about it, in both languages."""

    sku_id: int
    sku_code: str
    product_id: int
    product_code: str
    title_zh: str
    title_en: str
    options_zh: str
    options_en: str
    price_fen: int
    wholesale_price_fen: int | None
    wholesale_minimum: int
    currency: str
    weight_grams: int
    supplier_id: int
    supplier_zh: str
    supplier_en: str
    freight_template_id: int | None
    free: int
    is_on_sale: bool
    pickup_allowed: bool
    motif: str
    picture_seed: int
    picture: PictureView | None

    @property
    def title(self) -> str:
        """The product's title in the active language."""
        return in_language(self.title_zh, self.title_en)

    @property
    def options_text(self) -> str:
        """The chosen options in the active language."""
        return in_language(self.options_zh, self.options_en)

    @property
    def supplier_name(self) -> str:
        """Who packs the parcel, in the active language."""
        return in_language(self.supplier_zh, self.supplier_en)
