"""The operator's terms as an object: read from the version with which something began."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.models import Campaign, TermsVersion
from renmai.campaigns.plays import Field
from renmai.kernel.money import BASIS_POINTS

RETURNED, KEPT = "returned", "kept"
MOST_FEN: Final = 100_000_000
NORMALLY_BACK: Final = BASIS_POINTS
TWICE_BACK: Final = 2 * BASIS_POINTS

_GOODS, _TIME, _LIMITS = _("Goods and price"), _("When the balance is due"), _("Limits and promises")
FIELDS: Final = (
    Field(name="sku_id", kind="sku", label=_("Goods"), default=0, group=_GOODS),
    Field(name="price_fen", kind="fen", label=_("Pre-sale price"), default=9900, minimum=2, maximum=MOST_FEN, group=_GOODS),
    Field(
        name="deposit_fen",
        kind="fen",
        label=_("Deposit for a piece"),
        default=1000,
        minimum=1,
        maximum=MOST_FEN,
        group=_GOODS,
        help=_("Part of the price, paid at once."),
    ),
    Field(
        name="balance_after_days",
        kind="days",
        label=_("Balance from, days after the end"),
        default=0,
        maximum=180,
        group=_TIME,
        help=_("Counted from the end of the campaign, when no more deposits are taken."),
    ),
    Field(name="balance_days", kind="days", label=_("Days to pay the balance"), default=3, minimum=1, maximum=30, group=_TIME),
    Field(
        name="unpaid",
        kind="choice",
        label=_("If the balance is not paid"),
        default=RETURNED,
        choices=((RETURNED, _("The deposit goes back")), (KEPT, _("The shop keeps the deposit"))),
        group=_LIMITS,
        help=_("Customers read it before they pay. A deposit that is kept is at most a fifth of the price."),
    ),
    Field(
        name="doubles",
        kind="switch",
        label=_("If the shop does not deliver, the deposit counts twice"),
        default=True,
        group=_LIMITS,
        help=_("Back as money once, and once more as a red packet. The law asks for it where a deposit is kept."),
    ),
    Field(name="per_person", kind="integer", label=_("Orders per person"), default=2, minimum=1, maximum=20, group=_LIMITS),
    Field(name="per_order", kind="integer", label=_("Pieces per order"), default=5, minimum=1, maximum=100, group=_LIMITS),
)


@dataclass(frozen=True)
class Terms:
    """What an operator set: see ``FIELDS``."""

    sku_id: int
    price_fen: int
    deposit_fen: int
    balance_after_days: int
    balance_days: int
    unpaid: str
    doubles: bool
    per_person: int
    per_order: int

    @property
    def is_kept(self) -> bool:
        """Whether the shop keeps the deposit of who does not pay the balance."""
        return self.unpaid == KEPT

    @property
    def balance_fen(self) -> int:
        """What is left to pay for a piece."""
        return self.price_fen - self.deposit_fen

    def window(self, campaign: Campaign) -> tuple[datetime, datetime]:
        """Return from when until when the balances of a campaign are paid."""
        opens = campaign.ends_at + timedelta(days=self.balance_after_days)
        return opens, opens + timedelta(days=self.balance_days)


def terms_of(terms: Mapping[str, Any]) -> Terms:
    """Return raw terms as an object."""
    return Terms(**terms)


def terms_at(campaign_id: int, version: int) -> Terms:
    """Return the terms of a campaign as they were in ``version``."""
    return terms_of(TermsVersion.objects.get(campaign_id=campaign_id, number=version).terms)
