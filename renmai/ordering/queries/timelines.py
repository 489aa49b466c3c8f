"""Steps of orders and claims as sentences."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renmai.kernel.money import spell
from renmai.ordering.actions.shipping import CARRIERS
from renmai.ordering.models import AfterSale, AfterSaleStep, Order, OrderStep

STEP_LIMIT = 200

ORDER_STEPS: dict[str, "str | Promise"] = {
    "placed": _("Order placed"),
    "deposit_paid": _("Deposit received"),
    "paid": _("Payment received"),
    "released": _("What it waited for came about"),
    "cancelled": _("Cancelled"),
    "parcel_shipped": _("A parcel has left"),
    "shipped": _("Everything is on its way"),
    "delivered": _("A parcel was delivered"),
    "received": _("Received"),
    "settled": _("Completed"),
    "refunded": _("Refunded in full"),
    "claim_opened": _("After-sale requested"),
    "claim_done": _("After-sale done"),
    "claim_rejected": _("After-sale not accepted"),
    "claim_cancelled": _("After-sale withdrawn"),
    "goods_back": _("Returned goods arrived"),
}
CLAIM_STEPS: dict[str, "str | Promise"] = {
    "requested": _("Requested"),
    "approved": _("Approved: please send the goods back"),
    "sent_back": _("Sent back"),
    "goods_back": _("Returned goods arrived"),
    "refunding": _("Refund on its way"),
    "reshipping": _("Replacement is being packed"),
    "replacement_shipped": _("Replacement has left"),
    "done": _("Done"),
    "rejected": _("Not accepted"),
    "cancelled": _("Withdrawn"),
}
DETAILS: dict[str, "str | Promise"] = {
    "timeout": _("Not paid in time"),
    "buyer": _("By the customer"),
    "silence": _("Not answered in time, so it counts as approved"),
    "not_sent_back": _("The goods were not sent back in time"),
    "assumed": _("Not confirmed in time, so the goods count as arrived"),
    "sold_out": _("The replacement is sold out, so the money goes back"),
}
"""Details that the program writes by their code; whatever else stands there was typed by a person and is shown as it is."""

_CARRIER_NAMES = dict(CARRIERS)


@dataclass(frozen=True)
class TimelineEntry:
    """One step, ready to be shown. ``actor_name`` is empty for what happened by itself, and for customers."""

    step: str
    title: str
    detail: str
    at: datetime
    actor_name: str


def order_timeline(order: Order, *, with_names: bool) -> tuple[TimelineEntry, ...]:
    """Return the steps of an order, the oldest first. One statement."""
    rows = OrderStep.objects.filter(order=order).select_related("actor").order_by("at", "pk")[:STEP_LIMIT]
    return tuple(_entry(row, ORDER_STEPS, with_names=with_names) for row in rows)


def claim_timeline(claim: AfterSale, *, with_names: bool) -> tuple[TimelineEntry, ...]:
    """Return the steps of a claim, the oldest first. One statement."""
    rows = AfterSaleStep.objects.filter(after_sale=claim).select_related("actor").order_by("at", "pk")[:STEP_LIMIT]
    return tuple(_entry(row, CLAIM_STEPS, with_names=with_names) for row in rows)


def tracking_text(detail: str) -> str:
    """Return ``carrier number`` with the carrier's name in the active language."""
    carrier, _space, number = detail.partition(" ")
    return f"{_CARRIER_NAMES[carrier]} {number}" if carrier in _CARRIER_NAMES and number else detail


def _entry(row: OrderStep | AfterSaleStep, titles: dict[str, "str | Promise"], *, with_names: bool) -> TimelineEntry:
    if row.step == "released" and row.detail:
        detail = gettext("%(amount)s of it goes back") % {"amount": spell(int(row.detail))}
    else:
        detail = str(DETAILS[row.detail]) if row.detail in DETAILS else tracking_text(row.detail)
    return TimelineEntry(
        step=row.step,
        title=str(titles.get(row.step, row.step)),
        detail=detail,
        at=row.at,
        actor_name=row.actor.display_name if with_names and row.actor else "",
    )
