"""Tables of goods: categories, suppliers, products with their SKU matrix, stock, freight, search."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import Region, User
from renmai.kernel import clock


def in_language(chinese: str, english: str) -> str:
    """Return the text for the active language, the other one when it is missing."""
    wants_english = (get_language() or "zh").startswith("en")
    return (english or chinese) if wants_english else (chinese or english)


class Category(models.Model):
    """A shelf, possibly within another one (two levels)."""

    slug = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    motif = models.CharField(max_length=40, default="", blank=True)
    position = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def name(self) -> str:
        """The name in the active language."""
        return in_language(self.name_zh, self.name_en)


class Supplier(models.Model):
    """Who holds the goods and packs the parcels."""

    code = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT)
    ship_within_hours = models.PositiveIntegerField(default=48)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def name(self) -> str:
        """The name in the active language."""
        return in_language(self.name_zh, self.name_en)


class FreightTemplate(models.Model):
    """How carriage is charged: by weight, with free carriage over an amount. Regions may differ, see ``FreightZone``."""

    code = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)

    @property
    def name(self) -> str:
        """The name in the active language."""
        return in_language(self.name_zh, self.name_en)


class FreightZone(models.Model):
    """One zone of a template. ``provinces`` lists province codes; the zone without any is for everywhere else."""

    template = models.ForeignKey(FreightTemplate, on_delete=models.CASCADE, related_name="zones")
    provinces = models.JSONField(default=list)
    first_grams = models.PositiveIntegerField(default=1000)
    first_fee_fen = models.BigIntegerField()
    next_grams = models.PositiveIntegerField(default=1000)
    next_fee_fen = models.BigIntegerField()
    free_over_fen = models.BigIntegerField(null=True)
    is_served = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="freight_sane",
                condition=Q(first_fee_fen__gte=0, next_fee_fen__gte=0, first_grams__gt=0, next_grams__gt=0),
            ),
        ]


class Product(models.Model):
    """What is shown and shared; its SKUs are what is sold."""

    class Status(models.TextChoices):
        """Whether it can be bought."""

        DRAFT = "draft", _("Draft")
        LISTED = "listed", _("On sale")
        DELISTED = "delisted", _("Taken off sale")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.LISTED}),
        Status.LISTED: frozenset({Status.DELISTED}),
        Status.DELISTED: frozenset({Status.LISTED}),
    }

    code = models.SlugField(max_length=60, unique=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="products")
    freight_template = models.ForeignKey(FreightTemplate, null=True, on_delete=models.PROTECT)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, default="", blank=True)
    subtitle_zh = models.CharField(max_length=200, default="", blank=True)
    subtitle_en = models.CharField(max_length=200, default="", blank=True)
    description_zh = models.TextField(default="", blank=True)
    description_en = models.TextField(default="", blank=True)
    keywords = models.CharField(max_length=300, default="", blank=True)
    brand = models.CharField(max_length=60, default="", blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    motif = models.CharField(max_length=40, default="", blank=True)
    picture_seed = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    pickup_allowed = models.BooleanField(default=True)
    lowest_price_fen = models.BigIntegerField(default=0)
    highest_price_fen = models.BigIntegerField(default=0)
    sold_count = models.PositiveIntegerField(default=0)
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    listed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["category", "status", "-listed_at"], name="product_shelf"),
            models.Index(fields=["status", "-listed_at"], name="product_newest"),
            models.Index(fields=["status", "lowest_price_fen"], name="product_price"),
            models.Index(fields=["status", "-sold_count"], name="product_sold"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the active language."""
        return in_language(self.title_zh, self.title_en)

    @property
    def subtitle(self) -> str:
        """The subtitle in the active language."""
        return in_language(self.subtitle_zh, self.subtitle_en)

    @property
    def description(self) -> str:
        """The description in the active language."""
        return in_language(self.description_zh, self.description_en)


class ProductPicture(models.Model):
    """An uploaded picture, re-encoded; a product without any shows its drawn motif."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    path = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveIntegerField(default=0)


class ProductOption(models.Model):
    """A dimension of the SKU matrix, such as flavour or size."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="options")
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40, default="", blank=True)
    position = models.PositiveIntegerField(default=0)

    @property
    def name(self) -> str:
        """The name in the active language."""
        return in_language(self.name_zh, self.name_en)


class OptionValue(models.Model):
    """One value of an option."""

    option = models.ForeignKey(ProductOption, on_delete=models.CASCADE, related_name="values")
    value_zh = models.CharField(max_length=40)
    value_en = models.CharField(max_length=40, default="", blank=True)
    position = models.PositiveIntegerField(default=0)

    @property
    def value(self) -> str:
        """The value in the active language."""
        return in_language(self.value_zh, self.value_en)


class Sku(models.Model):
    """What can be bought: one combination of options with its price, weight and stock.

    Stock stands on the row itself, in three columns that only conditional updates move: ``free`` can be bought, ``reserved`` waits for
    a payment, ``sold`` has left. ``total`` is their sum by a check constraint: a piece can change place, never appear or vanish.

    ``reference_price_fen`` is the lowest price of the thirty days before a reduction, shown until ``reference_until`` and no longer.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="skus")
    code = models.CharField(max_length=60, unique=True)
    values = models.ManyToManyField(OptionValue, related_name="skus", blank=True)
    options_zh = models.CharField(max_length=120, default="", blank=True)
    options_en = models.CharField(max_length=120, default="", blank=True)
    price_fen = models.BigIntegerField()
    reference_price_fen = models.BigIntegerField(null=True)
    reference_until = models.DateTimeField(null=True)
    wholesale_price_fen = models.BigIntegerField(null=True)
    wholesale_minimum = models.PositiveIntegerField(default=0)
    weight_grams = models.PositiveIntegerField(default=500)
    is_active = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)
    stock_total = models.BigIntegerField(default=0)
    stock_free = models.BigIntegerField(default=0)
    stock_reserved = models.BigIntegerField(default=0)
    stock_sold = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="sku_price", condition=Q(price_fen__gt=0)),
            models.CheckConstraint(
                name="sku_stock_not_negative", condition=Q(stock_free__gte=0, stock_reserved__gte=0, stock_sold__gte=0)
            ),
            models.CheckConstraint(
                name="sku_stock_adds_up",
                condition=Q(stock_total=F("stock_free") + F("stock_reserved") + F("stock_sold")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def options_text(self) -> str:
        """The chosen options in the active language, such as “Peach · 2 kg”."""
        return in_language(self.options_zh, self.options_en)


class StockPool(models.Model):
    """Pieces of one SKU that are set aside for a hot sale, spread over buckets so that its buyers do not queue for one row.

    What is in a pool is not in the SKU's own columns. ``pieces`` were put in, less what was taken out again: it changes with filling
    and draining only, and is the sum of the buckets otherwise. See docs/adr/0018.
    """

    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="pools")
    reference = models.CharField(max_length=40, unique=True)
    pieces = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="stock_pool_pieces", condition=Q(pieces__gte=0))]

    def __str__(self) -> str:
        return self.reference


class PoolBucket(models.Model):
    """A part of a pool's pieces, in the columns that a SKU has. ``is_open`` is on the row itself, so that closing takes all of it."""

    pool = models.ForeignKey(StockPool, db_index=False, on_delete=models.PROTECT, related_name="buckets")
    index = models.PositiveSmallIntegerField()
    free = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    sold = models.BigIntegerField(default=0)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pool", "index"], name="pool_bucket_once"),
            models.CheckConstraint(name="pool_bucket_not_negative", condition=Q(free__gte=0, reserved__gte=0, sold__gte=0)),
        ]


class StockMovement(models.Model):
    """One move of pieces between free, reserved and sold. Append-only; the unique key makes each move happen once.

    With a ``pool`` the columns are those of the pool's buckets, and the SKU's own do not change. Filling and draining are the moves
    between the two: ``free_change`` is the SKU's, and the pool's is its opposite.
    """

    class Kind(models.TextChoices):
        """What moved; each has fixed signs, see ``catalogue.stock``."""

        FEED = "feed"
        RESERVE = "reserve"
        RELEASE = "release"
        SELL = "sell"
        RESTOCK = "restock"
        IMPORT = "import"
        FILL = "fill"
        DRAIN = "drain"

    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="movements")
    pool = models.ForeignKey(StockPool, null=True, db_index=False, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=8, choices=Kind)
    reference = models.CharField(max_length=60)
    free_change = models.BigIntegerField(default=0)
    reserved_change = models.BigIntegerField(default=0)
    sold_change = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reference", "sku", "kind"], name="stock_movement_once"),
            models.CheckConstraint(
                name="stock_movement_signs",
                condition=Q(kind="reserve", free_change__lt=0, reserved_change=-F("free_change"), sold_change=0)
                | Q(kind="release", free_change__gt=0, reserved_change=-F("free_change"), sold_change=0)
                | Q(kind="sell", free_change=0, reserved_change__lt=0, sold_change=-F("reserved_change"))
                | Q(kind="restock", free_change__gt=0, reserved_change=0, sold_change=-F("free_change"))
                | Q(kind="feed", reserved_change=0, sold_change=0)
                | Q(kind="import", free_change__gte=0, reserved_change=0)
                | Q(kind="fill", free_change__lt=0, reserved_change=0, sold_change=0, pool__isnull=False)
                | Q(kind="drain", free_change__gt=0, reserved_change=0, sold_change=0, pool__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["pool"], condition=Q(pool__isnull=False), name="stock_movement_pool")]


class SupplierFeed(models.Model):
    """One stock feed of a supplier: the file's digest makes reading it twice harmless."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="feeds")
    digest = models.CharField(max_length=64)
    rows_applied = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["supplier", "digest"], name="supplier_feed_once")]


class PricePoint(models.Model):
    """A SKU's price from a moment on; the reference price shown is the lowest of the thirty days before."""

    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="price_points")
    price_fen = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sku", "-at"], name="price_point_sku")]


class SearchTerm(models.Model):
    """The inverted index: one term of one product with its weight. Chinese is cut into pairs of characters, Latin into words."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField(max_length=40)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["term", "product"], name="search_term_once")]
        # A search adds up weights and needs nothing else: with the weight in the index it never looks at the rows.
        indexes: ClassVar = [models.Index(fields=["term", "product", "weight"], name="search_term_weight")]


class Synonym(models.Model):
    """A synonym 同义词: who searches for ``word`` also finds what stands under ``other``; the other way too if it holds both ways.

    Both are normalised as the index is (``search.normalised``). The index holds it: products that say the one have the terms of the other.
    """

    word = models.CharField(max_length=40)
    other = models.CharField(max_length=40)
    is_both_ways = models.BooleanField(default=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["word", "other"], name="synonym_once"),
            models.CheckConstraint(name="synonym_of_another", condition=~models.Q(word=models.F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.word} {'=' if self.is_both_ways else '→'} {self.other}"


class Favourite(models.Model):
    """A product that a person keeps for later."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="favourites")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "product"], name="favourite_once")]
