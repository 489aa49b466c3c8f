"""What the staff sees and says of goods and their supply."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from renmai.api.answers import Out, Text
from renmai.api.parsing import Fen, Id, In, Picture
from renmai.api.schemas.goods import media_url
from renmai.kernel.money import MAX_FEN

Price = Field(ge=1, le=MAX_FEN, examples=[12800], description="Whole fen.")
BasisPoints = Field(ge=0, le=10_000, description="1/100 of a percent.")


class StaffProductOut(Out):
    """A product in any state."""

    id: int
    code: str
    status: str
    category_id: int
    supplier_id: int
    freight_template_id: int | None
    title_zh: str
    title_en: str
    subtitle_zh: str
    subtitle_en: str
    keywords: str
    brand: str
    currency: str
    motif: str
    picture_seed: int
    pickup_allowed: bool
    lowest_price_fen: int
    highest_price_fen: int
    sold_count: int
    created_at: datetime
    listed_at: datetime | None


class ProductIn(In):
    """What is said about a product. English may be missing, then Chinese is shown."""

    code: str = Field(max_length=60, examples=["longjing-gift"])
    category_id: Id
    supplier_id: Id
    freight_template_id: Id | None = None
    title_zh: str = Field(max_length=200, examples=["明前龙井 礼盒"])
    title_en: str = Field(default="", max_length=200)
    subtitle_zh: str = Field(default="", max_length=300)
    subtitle_en: str = Field(default="", max_length=300)
    description_zh: str = Field(default="", max_length=30_000)
    description_en: str = Field(default="", max_length=30_000)
    keywords: str = Field(default="", max_length=400)
    brand: str = Field(default="", max_length=100)
    currency: Literal["CNY"] = "CNY"
    motif: str = Field(default="", max_length=40)
    picture_seed: int = Field(default=0, ge=0, le=9999)
    pickup_allowed: bool = True


class ValueIn(In):
    """One value of an option."""

    value_zh: str = Field(max_length=40)
    value_en: str = Field(default="", max_length=40)


class OptionIn(In):
    """One option with its values in order."""

    name_zh: str = Field(max_length=40)
    name_en: str = Field(default="", max_length=40)
    values: list[ValueIn] = Field(min_length=1, max_length=200)


class SkuIn(In):
    """One variant: the Chinese value of every option, in the order of the options."""

    values: list[str] = Field(max_length=3)
    price_fen: int = Price
    sku_id: Id | None = Field(default=None, description="A variant to keep under these values.")
    code: str = Field(default="", max_length=60)
    weight_grams: int = Field(default=500, ge=0, le=1_000_000)
    wholesale_price_fen: Fen | None = None
    wholesale_minimum: int = Field(default=0, ge=0, le=9999)
    is_active: bool = True


class MatrixIn(In):
    """The options of a product and its variants. Variants that are not named are switched off, never deleted."""

    options: list[OptionIn] = Field(default=[], max_length=3)
    skus: list[SkuIn] = Field(min_length=1, max_length=200)


class StaffSkuOut(Out):
    """A variant with its stock: free + reserved + sold = total."""

    id: int
    code: str
    options_zh: str
    options_en: str
    price_fen: int
    reference_price_fen: int | None
    wholesale_price_fen: int | None
    wholesale_minimum: int
    weight_grams: int
    is_active: bool
    stock_total: int
    stock_free: int
    stock_reserved: int
    stock_sold: int


class MovementOut(Out):
    """One move of pieces; the three changes add up to what came from or went outside."""

    kind: str
    reference: str
    free_change: int
    reserved_change: int
    sold_change: int
    at: datetime


class PricePointOut(Out):
    """A price from a moment on."""

    price_fen: int
    at: datetime


class PriceIn(In):
    """A price from now on."""

    price_fen: int = Price


class WholesaleIn(In):
    """The price per piece from a number of pieces on; none takes it away."""

    price_fen: Fen | None
    minimum: int = Field(default=0, ge=0, le=9999)


class StockIn(In):
    """How many pieces lie there, those reserved for unpaid orders included."""

    on_hand: int = Field(ge=0, le=100_000_000)
    reason: str = Field(default="", max_length=200)


class RateIn(In):
    """What a product pays, in basis points of the net line."""

    basis_points: int = BasisPoints
    second_basis_points: int = Field(default=0, ge=0, le=10_000)


class RateOut(Out):
    """The rate of a product's own."""

    product_id: int
    basis_points: int
    second_basis_points: int


class StaffPictureOut(Out):
    """An uploaded picture of a product."""

    id: int
    url: str
    width: int
    height: int
    position: int

    @staticmethod
    def resolve_url(row: Any) -> str:
        """The address."""
        return media_url(row.path)


class PictureOrderIn(In):
    """The pictures in the order in which to show them."""

    picture_ids: list[Id] = Field(max_length=50)


class PicturesIn(In):
    """A picture to add."""

    picture: Picture


class DelistIn(In):
    """Why a product goes off sale."""

    reason: str = Field(default="", max_length=200)


class CategoryIn(In):
    """A category, within another or on top."""

    slug: str = Field(max_length=60, pattern=r"^[a-z0-9][a-z0-9-]*$")
    name_zh: str = Field(max_length=40)
    name_en: str = Field(default="", max_length=40)
    parent_id: Id | None = None
    motif: str = Field(default="", max_length=40)
    position: int = Field(default=0, ge=0, le=100_000)


class SynonymIn(In):
    """Another word for what products say."""

    word: str = Field(max_length=40, examples=["西红柿"], description="What people search for.")
    other: str = Field(max_length=40, examples=["番茄"], description="What products say.")
    is_both_ways: bool = True


class SynonymOut(Out):
    """Another word for what products say, as the index writes it: small letters, no accents."""

    id: int
    word: str
    other: str
    is_both_ways: bool
    at: datetime


class SupplierIn(In):
    """Who holds the goods."""

    code: str = Field(max_length=40, pattern=r"^[a-z0-9][a-z0-9-]*$")
    name_zh: str = Field(max_length=60)
    name_en: str = Field(default="", max_length=60)
    region_code: str = Field(default="", max_length=12)
    ship_within_hours: int = Field(default=48, ge=1, le=1440)
    is_active: bool = True


class SupplierOut(Out):
    """Who holds the goods."""

    id: int
    code: str
    name_zh: str
    name_en: str
    region_code: str | None = Field(alias="region_id")
    ship_within_hours: int
    is_active: bool


class ZoneIn(In):
    """What a zone charges; one without provinces is for everywhere else."""

    provinces: list[str] = Field(default=[], max_length=40)
    first_grams: int = Field(default=1000, ge=1, le=1_000_000)
    first_fee_fen: Fen = 0
    next_grams: int = Field(default=1000, ge=1, le=1_000_000)
    next_fee_fen: Fen = 0
    free_over_fen: Fen | None = None
    is_served: bool = True


class TemplateIn(In):
    """How carriage is charged."""

    name_zh: str = Field(max_length=60)
    name_en: str = Field(default="", max_length=60)
    zones: list[ZoneIn] = Field(min_length=1, max_length=40)


class ZoneOut(Out):
    """What a zone charges."""

    provinces: list[str]
    first_grams: int
    first_fee_fen: int
    next_grams: int
    next_fee_fen: int
    free_over_fen: int | None
    is_served: bool


class TemplateOut(Out):
    """How carriage is charged."""

    id: int
    code: str
    name_zh: str
    name_en: str
    zones: list[ZoneOut]


class FeedLineOut(Out):
    """One line of a feed that was refused, or that is short."""

    line: int
    sku_code: str
    is_applied: bool
    reason: Text
    free: int | None


class FeedOut(Out):
    """What became of a feed. The same file again answers the first report."""

    feed_id: int
    is_new: bool
    rows_applied: int
    rows_refused: int
    remarks: list[FeedLineOut]


class PastFeedOut(Out):
    """A feed of the past."""

    id: int
    rows_applied: int
    rows_refused: int
    at: datetime
