"""The words for values: a shelf's name for its slug, a product's title for its id. Two statements for any number."""

from collections.abc import Iterable, Mapping

from renmai.catalogue.models import Category, Product
from renmai.insight.portraits.facets import GOODS, HOURS, PRICE_BANDS, Facet

LARGEST_ID = 2**63 - 1


def names(values: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """Return the words in the active language for pairs of facet and value; a brand or a word of style is its own name."""
    wanted = set(values)
    slugs = {value for facet, value in wanted if facet == Facet.CATEGORY}
    ids = {int(value) for facet, value in wanted if facet in GOODS and value.isdigit() and int(value) <= LARGEST_ID}
    shelves = {row.slug: row.name for row in Category.objects.filter(slug__in=slugs)} if slugs else {}
    titles = {str(row.pk): row.title for row in Product.objects.filter(pk__in=ids)} if ids else {}
    bands = {code: str(label) for _least, code, label in PRICE_BANDS}
    hours = {code: str(label) for _least, code, label in HOURS}
    tables: dict[str, Mapping[str, str]] = {
        Facet.CATEGORY: shelves,
        Facet.PRICE: bands,
        Facet.HOUR: hours,
        Facet.WATCHES: titles,
        Facet.WANTS: titles,
    }
    return {(facet, value): tables.get(facet, {}).get(value, value) for facet, value in wanted}
