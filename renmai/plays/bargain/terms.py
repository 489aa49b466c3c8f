"""The operator's terms as an object: read from the version with which something began."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.models import TermsVersion
from renmai.campaigns.plays import Field
from renmai.kernel.money import BASIS_POINTS
from renmai.plays.bargain.cuts import EQUAL, RANDOM

ANY_TIME, AT_FLOOR = "any_time", "at_floor"
MOST_HELPERS = 100
MOST_HOURS = 14 * 24
MOST_FEN = 10_000_000

FIELDS: Final = (
    Field(name="sku_id", kind="sku", label=_("Goods"), default=0, group=_("Goods and price")),
    Field(
        name="floor_fen",
        kind="fen",
        label=_("Floor price"),
        default=990,
        minimum=1,
        maximum=MOST_FEN,
        help=_("Every bargain that finds all its helpers lands on exactly this price."),
        group=_("Goods and price"),
    ),
    Field(name="helpers", kind="integer", label=_("Helpers needed"), default=8, minimum=1, maximum=MOST_HELPERS, group=_("Cuts")),
    Field(
        name="cuts",
        kind="choice",
        label=_("Size of a cut"),
        default=RANDOM,
        choices=((RANDOM, _("Drawn anew for each helper")), (EQUAL, _("The same for everybody"))),
        group=_("Cuts"),
    ),
    Field(
        name="first_least",
        kind="basis_points",
        label=_("Starter's own cut, at least"),
        default=1000,
        maximum=9000,
        help=_("Of the way from the price to the floor, when a bargain begins."),
        group=_("Cuts"),
    ),
    Field(
        name="first_most",
        kind="basis_points",
        label=_("Starter's own cut, at most"),
        default=2000,
        maximum=9000,
        group=_("Cuts"),
    ),
    Field(name="hours", kind="hours", label=_("Time to finish"), default=24, minimum=1, maximum=MOST_HOURS, group=_("Limits")),
    Field(
        name="buy",
        kind="choice",
        label=_("When it can be bought"),
        default=ANY_TIME,
        choices=((ANY_TIME, _("Any time, at the price it has reached")), (AT_FLOOR, _("Only at the floor price"))),
        group=_("Limits"),
    ),
    Field(name="per_person", kind="integer", label=_("Bargains per person"), default=1, minimum=1, maximum=20, group=_("Limits")),
    Field(
        name="helps_per_day",
        kind="integer",
        label=_("Helps per person and day"),
        default=3,
        minimum=1,
        maximum=50,
        group=_("Limits"),
    ),
)


@dataclass(frozen=True)
class Terms:
    """What an operator set: see ``FIELDS``. Money in fen, shares in basis points."""

    sku_id: int
    floor_fen: int
    helpers: int
    cuts: str
    first_least: int
    first_most: int
    hours: int
    buy: str
    per_person: int
    helps_per_day: int

    @property
    def first_percent(self) -> tuple[int, int]:
        """The bounds of the starter's own cut in whole percent of the way, rounded outwards."""
        return self.first_least * 100 // BASIS_POINTS, -(-self.first_most * 100 // BASIS_POINTS)


def terms_of(terms: Mapping[str, Any]) -> Terms:
    """Return raw terms as an object."""
    return Terms(**terms)


def terms_at(campaign_id: int, version: int) -> Terms:
    """Return the terms of a campaign as they were in ``version``."""
    return terms_of(TermsVersion.objects.get(campaign_id=campaign_id, number=version).terms)
