"""The operator's terms as an object: read from the version with which something began."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.models import TermsVersion
from renmai.campaigns.plays import Field
from renmai.catalogue.actions.pools import MAX_PIECES

MOST_FEN: Final = 100_000_000
MOST_PER_PERSON: Final = 20
MOST_MINUTES: Final = 120

_GOODS, _LIMITS = _("Goods and price"), _("Limits")
FIELDS: Final = (
    Field(name="sku_id", kind="sku", label=_("Goods"), default=0, group=_GOODS),
    Field(name="price_fen", kind="fen", label=_("Flash price"), default=990, minimum=1, maximum=MOST_FEN, group=_GOODS),
    Field(
        name="pieces",
        kind="integer",
        label=_("Pieces"),
        default=100,
        minimum=1,
        maximum=MAX_PIECES,
        group=_GOODS,
        help=_(
            "Set aside when the campaign is launched; what is left comes back when it ends. Customers see these counts as they are."
        ),
    ),
    Field(
        name="per_person",
        kind="integer",
        label=_("Pieces per person"),
        default=1,
        minimum=1,
        maximum=MOST_PER_PERSON,
        group=_LIMITS,
    ),
    Field(
        name="pay_minutes",
        kind="minutes",
        label=_("Time to order and pay"),
        default=10,
        minimum=3,
        maximum=MOST_MINUTES,
        group=_LIMITS,
        help=_("From the moment at which she has a piece. Then it goes to the next in line."),
    ),
)


@dataclass(frozen=True)
class Terms:
    """What an operator set: see ``FIELDS``."""

    sku_id: int
    price_fen: int
    pieces: int
    per_person: int
    pay_minutes: int


def terms_of(terms: Mapping[str, Any]) -> Terms:
    """Return raw terms as an object."""
    return Terms(**terms)


def terms_at(campaign_id: int, version: int) -> Terms:
    """Return the terms of a campaign as they were in ``version``."""
    return terms_of(TermsVersion.objects.get(campaign_id=campaign_id, number=version).terms)
