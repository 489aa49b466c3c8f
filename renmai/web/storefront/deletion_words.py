"""What stands against deleting an account, in words, and the page where each ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.journeys.deleting import Obstacle, Stands, Unfinished
from renmai.ordering.models import Order
from renmai.web.storefront.order_words import status_text
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


def steps(found: Sequence[Obstacle], unfinished: Unfinished) -> list[Step]:
    """Return what she has to finish first: each group, order and after-sale with its own page, as far as they are named."""
    named = [Step(each.says, each.url) for each in unfinished.plays]
    for order in unfinished.orders:
        says = _("Order %(number)s: %(status)s") % {"number": order.number, "status": _ends(order)}
        named.append(Step(says, reverse("storefront:order", args=[order.number])))
    for claim in unfinished.claims:
        says = _("After-sale %(number)s: %(status)s") % {"number": claim.number, "status": claim.get_status_display()}
        named.append(Step(says, reverse("storefront:after_sale", args=[claim.number])))
    counts = {
        Stands.ORDERS: len(unfinished.orders) + len({each.order_id for each in unfinished.plays}),
        Stands.CLAIMS: len(unfinished.claims),
    }
    return named + [
        Step(_says(each), reverse(PAGES[each.kind])) for each in found if each.count > counts.get(each.kind, 0) or each.fen
    ]


def _ends(order: Order) -> str:
    """Return where an open order stands; one that is with her, until when she can send it back."""
    if order.status == Order.Status.RECEIVED and order.settle_after is not None:
        until = date_format(localtime(order.settle_after), "DATE_FORMAT")
        return _("you can still send it back, until %(date)s") % {"date": until}
    return status_text(order)


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
