"""A large catalogue and the questions that are asked of it.

Words are drawn so that a few stand in every third title and most are rare, as in real catalogues; the draw is the same every time.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

SKUS_PER_PRODUCT = 3
CHUNK = 500
WORDS = 6000
ASKED = 40
SEED = 7


@dataclass(frozen=True)
class Vocabulary:
    """The words of the catalogue, the most frequent first."""

    chinese: tuple[str, ...]
    english: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One kind of question: ``asked`` gives the fields of its n-th ``ShelfQuery``."""

    kind: str
    asked: tuple[dict[str, Any], ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """The same as pages of the shop, none where it has no page of its own."""
        if not all(query.get("text") and query.keys() <= {"text", "sort", "page"} for query in self.asked):
            return ()
        return tuple(
            "/search/?" + urlencode({"q" if name == "text" else name: value for name, value in query.items()})
            for query in self.asked
        )


def vocabulary() -> Vocabulary:
    """Return the words: two or three characters in Chinese, three to nine letters in English."""
    draw = random.Random(SEED)  # noqa: S311  a catalogue that is the same every time  # nosec B311
    common = [chr(code) for code in range(0x4E00, 0x4E00 + 1200)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    chinese = dict.fromkeys("".join(draw.choices(common, k=draw.choice((2, 2, 2, 3)))) for _index in range(WORDS))
    english = dict.fromkeys("".join(draw.choices(letters, k=draw.randint(3, 9))) for _index in range(WORDS // 2))
    return Vocabulary(tuple(chinese), tuple(english))


def build(*, skus: int) -> None:
    """Fill an empty catalogue with ``skus`` variants in 96 categories."""
    from django.db import connection

    from renmai.catalogue.models import Category, Supplier

    words, draw = vocabulary(), random.Random(SEED)  # noqa: S311  as above  # nosec B311
    supplier = Supplier.objects.create(code="bench", name_zh="供货商", name_en="Supplier")
    tops = [Category.objects.create(slug=f"t{n}", name_zh=f"大类{n}", name_en=f"Top {n}") for n in range(12)]
    leaves = [
        Category.objects.create(slug=f"l{n}", name_zh=words.chinese[-n - 1], name_en=words.english[-n - 1], parent=tops[n % 12])
        for n in range(96)
    ]
    products = skus // SKUS_PER_PRODUCT
    for start in range(0, products, CHUNK):
        numbers = range(start, min(start + CHUNK, products))
        _chunk(numbers, words, draw, supplier=supplier, leaves=leaves)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _chunk(numbers: range, words: Vocabulary, draw: random.Random, *, supplier: Any, leaves: Sequence[Any]) -> None:
    from django.db import transaction

    from renmai.catalogue.models import Product, Sku
    from renmai.catalogue.search import reindex_many
    from renmai.kernel import clock

    with transaction.atomic():
        made = Product.objects.bulk_create(
            Product(
                code=f"b-{number}",
                category=draw.choice(leaves),
                supplier=supplier,
                title_zh="".join(_drawn(words.chinese, draw, 6)),
                title_en=" ".join(_drawn(words.english, draw, 6)),
                subtitle_zh="，".join(_drawn(words.chinese, draw, 5)),
                keywords=" ".join(_drawn(words.chinese, draw, 3)),
                status=Product.Status.LISTED,
                listed_at=clock.now(),
                sold_count=draw.randrange(5000),
                lowest_price_fen=draw.randrange(100, 100_000),
                highest_price_fen=100_000,
            )
            for number in numbers
        )
        Sku.objects.bulk_create(
            Sku(
                product=product,
                code=f"{product.code}-{number}",
                price_fen=product.lowest_price_fen + number,
                stock_free=9,
                stock_total=9,
            )
            for product in made
            for number in range(SKUS_PER_PRODUCT)
        )
        reindex_many(product.pk for product in made)


def _drawn(words: Sequence[str], draw: random.Random, count: int) -> list[str]:
    """Draw words so that the n-th most frequent one is about n times rarer than the first."""
    return [words[min(int(len(words) ** draw.random()) - 1, len(words) - 1)] for _index in range(count)]


def questions(*, tops: Sequence[int], products: Sequence[int]) -> Iterator[Question]:
    """Yield every kind of question about a catalogue with these top categories and products."""
    words, english = vocabulary().chinese, vocabulary().english

    def kind(name: str, ask: Any) -> Question:
        return Question(name, tuple(ask(n) for n in range(ASKED)))

    yield kind("the most frequent words", lambda n: {"text": words[n % 8]})
    yield kind("two frequent words", lambda n: {"text": f"{words[n % 8]} {words[(n + 3) % 11]}"})
    yield kind("four frequent words", lambda n: {"text": "".join(words[(n + k) % 15] for k in range(4))})
    yield kind("rare words", lambda n: {"text": words[-1 - 20 * n]})
    yield kind("a frequent and a rare word", lambda n: {"text": f"{words[n % 8]} {words[1000 + n]}"})
    yield kind("nothing with all, loosened", lambda n: {"text": f"{words[n % 8]} {words[-1 - n]} {words[-500 - n]}"})
    yield kind("one character", lambda n: {"text": words[n % 20][0]})
    yield kind("beginnings of Latin words", lambda n: {"text": english[n % 10][:2]})
    yield kind("a frequent word by price", lambda n: {"text": words[n % 8], "sort": "price"})
    yield kind("a frequent word in a category", lambda n: {"text": words[n % 8], "category_id": tops[n % 12]})
    yield kind("a frequent word, last page", lambda n: {"text": words[n % 8], "page": 100})
    yield kind("a category, newest first", lambda n: {"category_id": tops[n % 12], "sort": "newest"})
    yield kind("a category by price, in stock", lambda n: {"category_id": tops[n % 12], "sort": "price", "only_in_stock": True})
    yield kind("everything, best-selling first", lambda n: {"page": 1 + n % 3})
    choice = products[:: max(1, len(products) // 500)][:500]
    yield kind("a shop's choice of 500", lambda n: {"product_ids": choice, "text": words[n % 8] if n % 2 else ""})


def ask(*, times: int) -> list[dict[str, Any]]:
    """Ask each kind of question ``times`` times of this process's database: its milliseconds, and its addresses."""
    from renmai.catalogue.models import Category, Product
    from renmai.catalogue.queries import ShelfQuery, product_page, shelf

    tops = list(Category.objects.filter(parent=None).order_by("pk").values_list("pk", flat=True))
    products = list(Product.objects.order_by("pk").values_list("pk", flat=True))
    asked = []
    for question in questions(tops=tops, products=products):
        calls = [partial(shelf, ShelfQuery(**query)) for query in question.asked[:times]]
        asked.append({"kind": question.kind, "taken_ms": _timed(calls), "addresses": list(question.addresses)})
    pages = [partial(product_page, product) for product in products[:times]]
    asked.append({"kind": "a product's page", "taken_ms": _timed(pages), "addresses": []})
    return asked


def _timed(calls: Sequence[Any]) -> list[float]:
    calls[0]()
    taken = []
    for call in calls:
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return taken
