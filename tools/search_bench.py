"""How fast shelves and searches answer on a large catalogue: ``python -m tools.search_bench --database sqlite``.

Makes a catalogue of its own in a database that is thrown away: words are drawn so that a few stand in every third title and most are
rare, as in real catalogues. Prints the median and the 95th percentile of each kind of question, in milliseconds, through the room's
own queries, and exits 1 when one of them needs more than the limit.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

LIMIT_MS = 200.0
SKUS_PER_PRODUCT = 3
CHUNK = 500
WORDS = 6000
ROUNDS = 40


def main() -> int:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description="Measure shelves and searches on a large catalogue.")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--skus", type=int, default=100_000)
    options = parser.parse_args()
    with ExitStack() as stack:
        _start(stack, options.database)
        began = time.monotonic()
        words, english = _build(options.skus // SKUS_PER_PRODUCT)
        print(f"{options.database}: {options.skus} SKUs made in {time.monotonic() - began:.0f} s", flush=True)
        slowest = max(_measure(kind, ask) for kind, ask in _questions(words, english))
    print(f"slowest p95 {slowest:.0f} ms, limit {LIMIT_MS:.0f} ms")
    return 0 if slowest <= LIMIT_MS else 1


def _start(stack: ExitStack, database: str) -> None:
    home = stack.enter_context(tempfile.TemporaryDirectory(prefix="renmai-bench-"))
    os.environ |= {
        "RENMAI_HOME": home,
        "RENMAI_SECRET_KEY": "bench-only-0123456789-abcdefghijklmnopq",
        "DJANGO_SETTINGS_MODULE": "renmai.project.settings",
        "DATABASE_URL": f"sqlite:///{Path(home) / 'bench.sqlite3'}",
    }
    if database == "postgres":
        from renmai.project.postgres import throwaway_server

        os.environ["DATABASE_URL"] = stack.enter_context(throwaway_server(durable=True)).url
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def _vocabulary(draw: random.Random) -> tuple[list[str], list[str]]:
    common = [chr(code) for code in range(0x4E00, 0x4E00 + 1200)]
    words = list(dict.fromkeys("".join(draw.choices(common, k=draw.choice((2, 2, 2, 3)))) for _index in range(WORDS)))
    letters = "abcdefghijklmnopqrstuvwxyz"
    english = list(dict.fromkeys("".join(draw.choices(letters, k=draw.randint(3, 9))) for _index in range(WORDS // 2)))
    return words, english


def _drawn(words: Sequence[str], draw: random.Random, count: int) -> list[str]:
    """Draw words so that the n-th most frequent one is about n times rarer than the first."""
    return [words[min(int(len(words) ** draw.random()) - 1, len(words) - 1)] for _index in range(count)]


def _build(products: int) -> tuple[list[str], list[str]]:
    from django.db import connection, transaction

    from renmai.catalogue.models import Category, Product, Sku, Supplier
    from renmai.catalogue.search import reindex_many
    from renmai.kernel import clock

    draw = random.Random(7)  # noqa: S311  a catalogue that is the same every time
    words, english = _vocabulary(draw)
    supplier = Supplier.objects.create(code="bench", name_zh="供货商", name_en="Supplier")
    tops = [Category.objects.create(slug=f"t{n}", name_zh=f"大类{n}", name_en=f"Top {n}") for n in range(12)]
    leaves = [
        Category.objects.create(slug=f"l{n}", name_zh=words[-n - 1], name_en=english[-n - 1], parent=tops[n % 12])
        for n in range(96)
    ]
    for start in range(0, products, CHUNK):
        with transaction.atomic():
            made = Product.objects.bulk_create(
                Product(
                    code=f"b-{number}",
                    category=draw.choice(leaves),
                    supplier=supplier,
                    title_zh="".join(_drawn(words, draw, 6)),
                    title_en=" ".join(_drawn(english, draw, 6)),
                    subtitle_zh="，".join(_drawn(words, draw, 5)),
                    keywords=" ".join(_drawn(words, draw, 3)),
                    status=Product.Status.LISTED,
                    listed_at=clock.now(),
                    sold_count=draw.randrange(5000),
                    lowest_price_fen=draw.randrange(100, 100_000),
                    highest_price_fen=100_000,
                )
                for number in range(start, min(start + CHUNK, products))
            )
            Sku.objects.bulk_create(
                Sku(
                    product=product,
                    code=f"{product.code}-{n}",
                    price_fen=product.lowest_price_fen + n,
                    stock_free=9,
                    stock_total=9,
                )
                for product in made
                for n in range(SKUS_PER_PRODUCT)
            )
            reindex_many(product.pk for product in made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return words, english


def _questions(words: list[str], english: list[str]) -> Iterator[tuple[str, Callable[[int], object]]]:
    from renmai.catalogue.models import Category, Product
    from renmai.catalogue.queries import ShelfQuery, product_page, shelf

    tops = list(Category.objects.filter(parent=None).values_list("pk", flat=True))
    ids = list(Product.objects.values_list("pk", flat=True)[:ROUNDS])

    def ask(**query: object) -> object:
        return shelf(ShelfQuery(**query))  # type: ignore[arg-type]

    yield "the most frequent words", lambda n: ask(text=words[n % 8])
    yield "two frequent words", lambda n: ask(text=f"{words[n % 8]} {words[(n + 3) % 11]}")
    yield "four frequent words", lambda n: ask(text="".join(words[(n + k) % 15] for k in range(4)))
    yield "rare words", lambda n: ask(text=words[-1 - 20 * n])
    yield "a frequent and a rare word", lambda n: ask(text=f"{words[n % 8]} {words[1000 + n]}")
    yield "nothing with all, loosened", lambda n: ask(text=f"{words[n % 8]} {words[-1 - n]} {words[-500 - n]}")
    yield "one character", lambda n: ask(text=words[n % 20][0])
    yield "beginnings of Latin words", lambda n: ask(text=english[n % 10][:2])
    yield "a frequent word by price", lambda n: ask(text=words[n % 8], sort="price")
    yield "a frequent word in a category", lambda n: ask(text=words[n % 8], category_id=tops[n % 12])
    yield "a frequent word, last page", lambda n: ask(text=words[n % 8], page=100)
    yield "a category, newest first", lambda n: ask(category_id=tops[n % 12], sort="newest")
    yield "a category by price, in stock", lambda n: ask(category_id=tops[n % 12], sort="price", only_in_stock=True)
    yield "everything, best-selling first", lambda n: ask(page=1 + n % 3)
    yield "a shop's choice of 500", lambda n: ask(product_ids=range(1 + n, 20_000, 40), text=words[n % 8] if n % 2 else "")
    yield "a product's page", lambda n: product_page(ids[n])


def _measure(kind: str, ask: Callable[[int], object]) -> float:
    ask(0)
    taken = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        ask(number)
        taken.append((time.perf_counter() - began) * 1000)
    worst = statistics.quantiles(taken, n=20)[-1]
    print(f"  {kind:<34} median {statistics.median(taken):6.1f} ms   p95 {worst:6.1f} ms", flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main())
