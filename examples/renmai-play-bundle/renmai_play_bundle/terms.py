"""The operator's terms: which goods, how many of them, for how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.models import TermsVersion
from renmai.campaigns.plays import Field
from renmai.catalogue.models import Product, Sku

MOST_GOODS = 12
MOST_FEN = 10_000_000

FIELDS: Final = (
    Field(
        name="codes",
        kind="text",
        label=_("Goods"),
        default="",
        help=_("The codes of two to twelve variants, with spaces between them."),
        is_required=False,
    ),
    Field(name="pieces", kind="integer", label=_("How many of them"), default=3, minimum=2, maximum=10),
    Field(name="price_fen", kind="fen", label=_("For how much"), default=9900, minimum=1, maximum=MOST_FEN),
    Field(name="per_person", kind="integer", label=_("Times per person"), default=1, minimum=1, maximum=20),
)


@dataclass(frozen=True)
class Terms:
    """What an operator set: see ``FIELDS``. ``codes`` name variants, the price is in fen."""

    codes: str
    pieces: int
    price_fen: int
    per_person: int

    @property
    def wanted(self) -> list[str]:
        """The codes, each once, in their order."""
        return list(dict.fromkeys(self.codes.split()))[:MOST_GOODS]


def terms_of(terms: Mapping[str, Any]) -> Terms:
    """Return raw terms as an object."""
    return Terms(**terms)


def terms_at(campaign_id: int, version: int) -> Terms:
    """Return the terms of a campaign as they were in ``version``."""
    return terms_of(TermsVersion.objects.get(campaign_id=campaign_id, number=version).terms)


def goods_of(terms: Terms) -> Sequence[Sku]:
    """Return the variants among which one chooses, those on sale, in the operator's order."""
    rows = Sku.objects.filter(code__in=terms.wanted, is_active=True, product__status=Product.Status.LISTED)
    found = {sku.code: sku for sku in rows.select_related("product")}
    return [found[code] for code in terms.wanted if code in found]
