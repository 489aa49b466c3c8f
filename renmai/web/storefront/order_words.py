"""Orders and claims in words: what happens now, what comes next, until when."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renmai.ordering.models import AfterSale, Order, Shipment
from renmai.ordering.queries import AfterSalePage, OrderPage, TimelineEntry
from renmai.web.ui.formats import moment_text
from renmai.web.ui.navigation import TimelineItem

Status = Order.Status
Claim = AfterSale.Status
BAD_STEPS = frozenset({"cancelled", "rejected", "claim_rejected"})

AHEAD: dict[str, tuple["str | Promise", ...]] = {
    Status.PLACED: (_("Payment"), _("Shipment"), _("Receipt")),
    Status.PAID: (_("Shipment"), _("Receipt")),
    Status.SHIPPED: (_("Receipt"),),
}
PICKUP_AHEAD: dict[str, tuple["str | Promise", ...]] = {
    Status.PLACED: (_("Payment"), _("Pickup")),
    Status.PAID: (_("Pickup"),),
}
CLAIM_AHEAD: dict[tuple[str, str], tuple["str | Promise", ...]] = {
    (Claim.REQUESTED, "refund"): (_("Our answer"), _("Refund")),
    (Claim.REQUESTED, "return"): (_("Our answer"), _("You send the goods back"), _("Refund")),
    (Claim.REQUESTED, "exchange"): (_("Our answer"), _("You send the goods back"), _("Replacement")),
    (Claim.AWAITING_RETURN, "return"): (_("You send the goods back"), _("Refund")),
    (Claim.AWAITING_RETURN, "exchange"): (_("You send the goods back"), _("Replacement")),
    (Claim.RETURNING, "return"): (_("The goods arrive"), _("Refund")),
    (Claim.RETURNING, "exchange"): (_("The goods arrive"), _("Replacement")),
    (Claim.REFUNDING, "refund"): (_("The money arrives"),),
    (Claim.REFUNDING, "return"): (_("The money arrives"),),
    (Claim.REFUNDING, "exchange"): (_("The money arrives"),),
    (Claim.RESHIPPING, "exchange"): (_("The replacement arrives"),),
}
REASONS_CLOSED: dict[str, "str | Promise"] = {
    "timeout": _("It was not paid in time. Nothing was charged."),
    "buyer": _("You cancelled it. Nothing was charged."),
}


def status_text(order: Order) -> str:
    """Return where an order stands in the words of its customer: what is fetched is not shipped."""
    if order.is_held:
        return gettext("Refund on its way") if order.given_back_at else gettext("Paid, waiting for others")
    if order.has_deposit:
        return gettext("Waiting for the balance")
    if order.delivery == Order.Delivery.PICKUP and order.status in (Status.PAID, Status.SHIPPED):
        return gettext("Ready to be fetched")
    return order.get_status_display()


def order_sentence(page: OrderPage, *, is_paid_late: bool = False) -> str:
    """Return what the customer should know about her order now; ``is_paid_late``: money came after it was cancelled."""
    order = page.order
    match order.status:
        case Status.PAID if order.given_back_at:
            return gettext("Everything you paid goes back the way it came.")
        case Status.PAID if order.is_held:
            return gettext(
                "It is packed as soon as enough people have joined. If they do not, everything you paid goes back by itself."
            )
        case Status.PAID if order.delivery == Order.Delivery.PICKUP:
            return gettext("It is ready to be fetched. Show the code below at the counter.")
        case Status.PAID:
            waiting = [view.shipment.ship_before for view in page.shipments if view.shipment.status == Shipment.Status.WAITING]
            return gettext("It leaves by %(moment)s.") % {"moment": moment_text(min(waiting))} if waiting else ""
        case Status.SHIPPED if order.receive_before:
            return gettext("It counts as received on %(moment)s unless you say otherwise.") % {
                "moment": moment_text(order.receive_before)
            }
        case Status.RECEIVED if order.settle_after:
            return gettext("You can ask for a return or a refund until %(moment)s.") % {"moment": moment_text(order.settle_after)}
        case Status.SETTLED:
            return gettext("Thank you. We hope you like it.")
        case Status.CANCELLED:
            return _why_closed(order, is_paid_late=is_paid_late)
        case Status.REFUNDED:
            return gettext("Everything was refunded.")
    return ""


def _why_closed(order: Order, *, is_paid_late: bool) -> str:
    if is_paid_late:
        return gettext("It was cancelled. The payment that came afterwards goes back the way it came.")
    if order.forfeited_fen:
        return gettext("The deposit stayed with the shop, as was agreed.")
    if order.deposit_paid_at:
        return gettext("The deposit goes back the way it came.")
    return str(REASONS_CLOSED.get(order.close_reason, gettext("Nothing was charged.")))


def order_timeline(page: OrderPage) -> list[TimelineItem]:
    """Return what happened, with times, and what is still to come."""
    order = page.order
    ahead = PICKUP_AHEAD if order.delivery == Order.Delivery.PICKUP else AHEAD
    return [*_happened(page.timeline, is_open=order.status in ahead), *_to_come(ahead.get(order.status, ()))]


def claim_sentence(claim: AfterSale) -> str:
    """Return what happens next with a claim and until when."""
    by = {"moment": moment_text(claim.deadline_at)}
    match claim.status:
        case Claim.REQUESTED:
            return gettext("We answer by %(moment)s. If we do not, your request counts as approved.") % by
        case Claim.AWAITING_RETURN:
            return gettext("Approved. Please send the goods back by %(moment)s, otherwise the request ends.") % by
        case Claim.RETURNING:
            return gettext("On their way to us. If we do not confirm by %(moment)s, they count as arrived.") % by
        case Claim.REFUNDING:
            return gettext("The money goes back the way it came, by %(moment)s at the latest.") % by
        case Claim.RESHIPPING:
            return gettext("Your replacement is being packed or on its way. It counts as arrived on %(moment)s.") % by
        case Claim.DONE if claim.kind == AfterSale.Kind.EXCHANGE:
            return gettext("Your replacement has arrived.")
        case Claim.DONE:
            return gettext("The money has gone back the way it came.")
        case Claim.REJECTED:
            return gettext("We could not accept it. You can ask again, with more to show.")
        case Claim.CANCELLED:
            return gettext("It has ended; nothing was changed. You can ask again while the time for it lasts.")
    return ""


def claim_timeline(page: AfterSalePage) -> list[TimelineItem]:
    """Return what happened to a claim, with times, and what is still to come."""
    claim = page.after_sale
    items = _happened(page.steps, is_open=claim.status in AfterSale.OPEN)
    return [*items, *_to_come(CLAIM_AHEAD.get((claim.status, claim.kind), ()))]


def _happened(entries: tuple[TimelineEntry, ...], *, is_open: bool) -> list[TimelineItem]:
    items = []
    for number, entry in enumerate(entries, 1):
        is_last = number == len(entries)
        state = "bad" if entry.step in BAD_STEPS else "now" if is_last and is_open else "done"
        is_claim = entry.step.startswith("claim_")
        items.append(
            TimelineItem(
                title=entry.title,
                state=state,  # type: ignore[arg-type]
                at=entry.at,
                detail=entry.detail,
                url=reverse("storefront:after_sale", args=[entry.detail]) if is_claim and entry.detail else "",
            )
        )
    return items


def _to_come(titles: tuple["str | Promise", ...]) -> list[TimelineItem]:
    return [TimelineItem(title=str(title), state="todo") for title in titles]
