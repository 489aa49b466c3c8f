"""What stands against deleting an account, in words, and the page where each ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.journeys.deleting import Obstacle, Stands
from renmai.web.ui.formats import money_text

PAGES = {
    Stands.ORDERS: "storefront:orders",
    Stands.CLAIMS: "storefront:after_sales",
    Stands.WALLET: "workbench:withdraw",
    Stands.COMING: "workbench:income",
    Stands.WITHDRAWALS: "workbench:withdrawals",
}


@dataclass(frozen=True)
class Step:
    """One thing to finish first, and where."""

    says: str
    url: str


def steps(found: Sequence[Obstacle]) -> list[Step]:
    """Return what she has to finish first."""
    return [Step(_says(each), reverse(PAGES[each.kind])) for each in found]


def _says(found: Obstacle) -> str:
    count, money = {"count": found.count}, {"money": money_text(found.fen)}
    if found.kind is Stands.ORDERS:
        return (
            ngettext(
                "%(count)s order is not finished: unpaid, on its way, waiting for a group, or you can still send it back.",
                "%(count)s orders are not finished: unpaid, on their way, waiting for a group, or you can still send them back.",
                found.count,
            )
            % count
        )
    if found.kind is Stands.CLAIMS:
        return ngettext("%(count)s after-sale is open.", "%(count)s after-sales are open.", found.count) % count
    if found.kind is Stands.WALLET:
        return _("%(money)s in your wallet is yours: withdraw it.") % money
    if found.kind is Stands.COMING:
        return _("%(money)s commission is not settled yet.") % money
    return ngettext("%(count)s withdrawal is on its way.", "%(count)s withdrawals are on their way.", found.count) % count
