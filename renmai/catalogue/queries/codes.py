"""Variants by the code that is printed on them, for whoever stands at a counter."""

from collections.abc import Sequence

from renmai.catalogue.models import Product, Sku

MAX_CODES = 50


def sku_ids_by_code(codes: Sequence[str]) -> dict[str, int]:
    """Return the id of each variant on sale among ``codes`` (at most ``MAX_CODES``), by the code as it was given. One statement.

    Codes nobody knows are left out. A code that is not known as typed is looked for in capitals and in small letters.
    """
    spellings = {code: (code, code.upper(), code.lower()) for code in list(codes)[:MAX_CODES]}
    wanted = {spelling for ways in spellings.values() for spelling in ways}
    on_sale = Sku.objects.filter(is_active=True, product__status=Product.Status.LISTED, code__in=wanted)
    known = dict(on_sale.values_list("code", "pk"))
    found = {code: next((known[way] for way in ways if way in known), None) for code, ways in spellings.items()}
    return {code: sku_id for code, sku_id in found.items() if sku_id is not None}
