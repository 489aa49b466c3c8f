"""What a customer asks of a shelf: the words, the order, the filters, read from the address and never trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import get_args

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from renmai.catalogue.queries import CategoryNode, ShelfQuery
from renmai.catalogue.queries.shelves import Sort
from renmai.kernel.money import MAX_FEN

TEXT_KEPT = 80
DEFAULT_SORT: Sort = "relevance"
SORTS: tuple[tuple[Sort, str | Promise], ...] = (
    ("relevance", gettext_lazy("Best match")),
    ("sold", gettext_lazy("Bestsellers")),
    ("newest", pgettext_lazy("shelf", "New")),
    ("price", gettext_lazy("Cheapest first")),
    ("-price", gettext_lazy("Dearest first")),
)


@dataclass(frozen=True)
class Misread:
    """What is wrong with the prices somebody typed, by the name of the field; "" where nothing is."""

    min: str = ""
    max: str = ""

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.min or self.max)


@dataclass(frozen=True)
class Wish:
    """A shelf as somebody asked for it. ``errors`` name the fields that could not be read; they do not narrow anything."""

    text: str
    sort: Sort
    category_slug: str
    minimum_text: str
    maximum_text: str
    minimum_fen: int | None
    maximum_fen: int | None
    only_in_stock: bool
    only_safe: bool = False
    errors: Misread = Misread()

    @property
    def is_filtered(self) -> bool:
        """Whether a filter narrows the shelf."""
        return self.minimum_fen is not None or self.maximum_fen is not None or self.only_in_stock or self.only_safe

    def query(self, category: CategoryNode | None, *, page: int, among: Sequence[int] | None = None) -> ShelfQuery:
        """Return the question for the catalogue; ``among`` are the only goods that may be found, None for all."""
        return ShelfQuery(
            text=self.text,
            category_id=category.id if category else None,
            sort=self.sort,
            page=page,
            product_ids=among,
            minimum_fen=self.minimum_fen,
            maximum_fen=self.maximum_fen,
            only_in_stock=self.only_in_stock,
        )


def read_wish(given: QueryDict) -> Wish:
    """Read a wish from the query of an address: unknown orders are the usual one, texts are cut, amounts that make no sense told."""
    errors: dict[str, str] = {}
    minimum_text, maximum_text = given.get("min", "").strip()[:20], given.get("max", "").strip()[:20]
    minimum_fen = _amount(minimum_text, "min", errors)
    maximum_fen = _amount(maximum_text, "max", errors)
    if minimum_fen is not None and maximum_fen is not None and minimum_fen > maximum_fen:
        errors["max"] = _("The highest price is below the lowest.")
        minimum_fen = maximum_fen = None
    wanted = given.get("sort", "")
    return Wish(
        text=" ".join(given.get("q", "")[: 4 * TEXT_KEPT].split())[:TEXT_KEPT],
        sort=next((sort for sort in get_args(Sort) if sort == wanted), DEFAULT_SORT),
        category_slug=given.get("category", "")[:60],
        minimum_text=minimum_text,
        maximum_text=maximum_text,
        minimum_fen=minimum_fen,
        maximum_fen=maximum_fen,
        only_in_stock=given.get("stock") == "1",
        only_safe=given.get("safe") == "1",
        errors=Misread(**errors),
    )


def find_category(tree: tuple[CategoryNode, ...], slug: str) -> tuple[CategoryNode | None, CategoryNode | None]:
    """Return the category with that slug and the one above it, if any."""
    for top in tree:
        if top.slug == slug:
            return top, None
        for child in top.children:
            if child.slug == slug:
                return child, top
    return None, None


def _amount(text: str, name: str, errors: dict[str, str]) -> int | None:
    if not text:
        return None
    try:
        fen = Decimal(text) * 100
    except InvalidOperation:
        fen = Decimal("NaN")
    if fen.is_finite() and 0 <= fen <= MAX_FEN and fen == fen.to_integral_value():
        return int(fen)
    errors[name] = _("Please enter an amount such as 39 or 39.90.")
    return None
