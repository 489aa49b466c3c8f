"""Search: how texts become terms of the inverted index, and how a query finds them. Portable: terms are only ever compared for equality.

A run of Chinese becomes its pairs of neighbouring characters (and single characters, so that one character can be searched for); a
word in another script is lower-cased, stripped of its accents and indexed whole and by its beginnings. A query asks for pairs and
words; a product's relevance is the sum of the weights of the terms it shares with the query.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from renmai.catalogue.models import Category, Product, SearchTerm, Synonym

TITLE_WEIGHT: Final = 12
NAME_WEIGHT: Final = 8
CATEGORY_WEIGHT: Final = 6
SUBTITLE_WEIGHT: Final = 3
PREFIX_SHARE: Final = 2
"""The beginning of a word weighs half as much as the word."""

SYNONYM_SHARE: Final = 2
"""So does another word for what the product says."""

MAX_WORD: Final = 20
MIN_PREFIX: Final = 2
MIN_NEAR: Final = 3
"""A shorter beginning stands near everything."""

MAX_QUERY_LENGTH: Final = 80
MAX_QUERY_TERMS: Final = 12
TOLERANCE: Final = 4
"""One term in four may be missing: a pair that straddles two words of the query stands in no title."""

_CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_PIECES = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+")
_IS_CJK = re.compile(f"[{_CJK}]")


def normalised(text: str) -> str:
    """Return ``text`` in one form: full-width letters narrow, lower case, no accents."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def query_terms(text: str) -> tuple[str, ...]:
    """Return the distinct terms that a query asks for, in its order, at most ``MAX_QUERY_TERMS``."""
    found: dict[str, None] = {}
    for piece in _PIECES.findall(normalised(text[:MAX_QUERY_LENGTH])):
        found.update(dict.fromkeys(_pairs(piece) if _IS_CJK.match(piece) else (piece[:MAX_WORD],)))
    return tuple(found)[:MAX_QUERY_TERMS]


def needed_terms(count: int) -> int:
    """Return how many of ``count`` terms a product must have to be found."""
    return count - count // TOLERANCE


def near_terms(terms: Sequence[str]) -> tuple[str, ...]:
    """Return what stands near terms that nothing has: single characters of Chinese, beginnings of words in other scripts.

    So another character of the same sound, a plural, or two words typed as one find something, at most ``MAX_QUERY_TERMS`` terms.
    """
    found: dict[str, None] = {}
    for term in terms:
        if _IS_CJK.match(term):
            found.update(dict.fromkeys(term))
        else:
            shortest = max(MIN_NEAR, (len(term) + 1) // 2)
            found.update(dict.fromkeys(term[:length] for length in range(len(term), shortest - 1, -1)))
    return tuple(found)[:MAX_QUERY_TERMS]


@dataclass(frozen=True)
class Meaning:
    """A text that says ``said`` is found by ``found_by`` too; both normalised."""

    said: str
    found_by: str

    def is_said_in(self, text: str) -> bool:
        """Whether a normalised text says it; words in scripts that part them as a whole only."""
        if self.said not in text:
            return False
        return bool(_IS_CJK.search(self.said)) or re.search(rf"(?<!\w){re.escape(self.said)}(?!\w)", text) is not None


def meanings() -> tuple[Meaning, ...]:
    """Return what the synonyms come to, in the order in which they were made. One statement."""
    found: list[Meaning] = []
    for row in Synonym.objects.order_by("pk"):
        found.append(Meaning(row.other, row.word))
        found += [Meaning(row.word, row.other)] if row.is_both_ways else []
    return tuple(found)


def index_terms(product: Product, categories: Sequence[Category], synonyms: Sequence[Meaning] = ()) -> dict[str, int]:
    """Return the terms of ``product`` with their weights. ``categories`` are its own and the one above."""
    named = [text for category in categories for text in (category.name_zh, category.name_en)]
    parts = (
        (TITLE_WEIGHT, True, (product.title_zh, product.title_en)),
        (NAME_WEIGHT, True, (product.keywords, product.brand, product.code)),
        (CATEGORY_WEIGHT, True, named),
        (SUBTITLE_WEIGHT, False, (product.subtitle_zh, product.subtitle_en)),
    )
    weights: dict[str, int] = {}
    for weight, in_full, texts in parts:
        for text in texts:
            _add(weights, text, weight, in_full=in_full)
    # Synonyms last, each at its best place only: a product must not rise by having many words for the same.
    meant: dict[str, int] = {}
    for weight, _in_full, texts in parts:
        said = [normalised(text) for text in texts]
        for meaning in synonyms:
            if meaning.found_by not in meant and any(map(meaning.is_said_in, said)):
                meant[meaning.found_by] = max(1, weight // SYNONYM_SHARE)
    for found_by, weight in meant.items():
        own: dict[str, int] = {}
        _add(own, found_by, weight, in_full=True)
        for term, added in own.items():
            weights.setdefault(term, added)
    return weights


def reindex(product: Product) -> None:
    """Write the terms of ``product`` anew, in one transaction."""
    reindex_many([product.pk])


@transaction.atomic
def reindex_many(product_ids: Iterable[int]) -> int:
    """Write the terms of these products anew (a few hundred at a time); return how many products there were."""
    products = list(Product.objects.filter(pk__in=list(product_ids)).select_related("category__parent").order_by("pk"))
    rows, synonyms = [], meanings()
    for product in products:
        category = product.category
        above = [category, category.parent] if category.parent else [category]
        terms = index_terms(product, above, synonyms)
        rows += [SearchTerm(product=product, term=term, weight=weight) for term, weight in sorted(terms.items())]
    SearchTerm.objects.filter(product__in=products).delete()
    SearchTerm.objects.bulk_create(rows, batch_size=1000)
    return len(products)


def _add(weights: dict[str, int], text: str, weight: int, *, in_full: bool) -> None:
    terms: dict[str, int] = {}
    for piece in _PIECES.findall(normalised(text)):
        if _IS_CJK.match(piece):
            terms.update(dict.fromkeys(_pairs(piece), weight))
            if in_full:
                terms.update(dict.fromkeys(piece, weight))
            continue
        word = piece[:MAX_WORD]
        if in_full:
            for length in range(MIN_PREFIX, len(word)):
                terms.setdefault(word[:length], weight // PREFIX_SHARE)
        terms[word] = weight
    for term, added in terms.items():
        weights[term] = weights.get(term, 0) + added


def _pairs(run: str) -> tuple[str, ...]:
    return tuple(run[at : at + 2] for at in range(len(run) - 1)) or (run,)
