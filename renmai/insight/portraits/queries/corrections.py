"""What people took out of their portraits, as it counts for goods."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from renmai.insight.portraits.facets import Facet, traits_of
from renmai.insight.portraits.models import Correction

OF_GOODS: Final = (Facet.CATEGORY, Facet.BRAND, Facet.WATCHES, Facet.WANTS)
"""Facets of which "not me" speaks of the goods as a whole. A price or a word says nothing against the goods that have it."""


def denied(pairs: Collection[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Return which of these pairs of a person and a product fall under something she took out: “that is not me”.

    One statement; two when somebody of them took anything out.
    """
    taken: dict[int, set[tuple[str, str]]] = defaultdict(set)
    rows = Correction.objects.filter(user__in={person for person, _product in pairs}, facet__in=OF_GOODS)
    for person, facet, value in rows.values_list("user", "facet", "value"):
        taken[person].add((facet, value))
    asked = [(person, product) for person, product in pairs if person in taken]
    if not asked:
        return frozenset()
    traits = traits_of(product for _person, product in asked)
    says = {key: {(facet, value) for facet in OF_GOODS for value in each.values.get(facet, ())} for key, each in traits.items()}
    return frozenset(pair for pair in asked if taken[pair[0]] & says.get(pair[1], set()))
