"""The operator's terms as an object: read from the version by which two people were tied."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.models import TermsVersion
from renmai.campaigns.plays import Field

NOTHING, POINTS, COUPON, RED_PACKET = "none", "points", "coupon", "red_packet"
MOST_AMOUNT = 1_000_000
MOST_FEN = 10_000_000

_BENEFITS: Final = (
    (POINTS, _("Points")),
    (COUPON, _("Coupon")),
    (RED_PACKET, _("Red packet")),
    (NOTHING, _("Nothing")),
)
_AMOUNT_HELP = _("Points, or fen for coupons and red packets.")

FIELDS: Final = (
    Field(
        name="inviter_benefit",
        kind="choice",
        label=_("Kind of reward"),
        default=POINTS,
        choices=_BENEFITS,
        group=_("The inviter"),
    ),
    Field(
        name="inviter_amount",
        kind="integer",
        label=_("How much"),
        default=500,
        maximum=MOST_AMOUNT,
        help=_AMOUNT_HELP,
        group=_("The inviter"),
    ),
    Field(
        name="per_month",
        kind="integer",
        label=_("Rewards a month, at most"),
        default=10,
        minimum=1,
        maximum=100,
        group=_("The inviter"),
    ),
    Field(
        name="invited_benefit",
        kind="choice",
        label=_("Kind of reward"),
        default=POINTS,
        choices=_BENEFITS,
        group=_("The invited"),
    ),
    Field(
        name="invited_amount",
        kind="integer",
        label=_("How much"),
        default=500,
        maximum=MOST_AMOUNT,
        help=_AMOUNT_HELP,
        group=_("The invited"),
    ),
    Field(
        name="least_fen",
        kind="fen",
        label=_("The kept order, at least"),
        default=1000,
        minimum=1,
        maximum=MOST_FEN,
        help=_("What is left of the order after refunds. Rewards are given for the first such order, once it is settled."),
        group=_("Conditions"),
    ),
    Field(
        name="join_days",
        kind="days",
        label=_("Time to enter a code after joining"),
        default=7,
        minimum=1,
        maximum=90,
        group=_("Conditions"),
    ),
)


@dataclass(frozen=True)
class Terms:
    """What an operator set: see ``FIELDS``. Amounts in the unit of their benefit."""

    inviter_benefit: str
    inviter_amount: int
    per_month: int
    invited_benefit: str
    invited_amount: int
    least_fen: int
    join_days: int


def terms_of(terms: Mapping[str, Any]) -> Terms:
    """Return raw terms as an object."""
    return Terms(**terms)


def terms_at(campaign_id: int, version: int) -> Terms:
    """Return the terms of a campaign as they were in ``version``."""
    return terms_of(TermsVersion.objects.get(campaign_id=campaign_id, number=version).terms)
