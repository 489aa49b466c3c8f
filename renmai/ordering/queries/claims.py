"""Claims, and what can be claimed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, allows, require
from renmai.kernel import clock, money
from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError
from renmai.ordering.actions.after_sales import NOT_REACHED, REASONS, kinds_for
from renmai.ordering.models import AfterSale, EvidencePicture, Order, OrderLine, Shipment, ShipmentLine
from renmai.ordering.policies import may_decide, may_view_claim
from renmai.ordering.queries.paging import Page, page_of
from renmai.ordering.queries.timelines import TimelineEntry, claim_timeline

AFTER_SALE_REASONS = REASONS
GIVEN_BACK: dict[str, "str | Promise"] = {
    "expired": _("What the order waited for did not come about in time"),
    "left": _("Left before it was complete"),
    "full": _("Paid when it was too late"),
}
"""Why the platform gave back by itself what was paid for an order that was held, by the words of its claim's note."""

Status = AfterSale.Status

_CLAIM: Compiled[AfterSale] = Compiled(
    lambda number: AfterSale.objects.filter(number=number).select_related("order__buyer", "order_line")
)


def reason_of(claim: AfterSale) -> str:
    """Return in words why something is claimed, or why the platform gave it back by itself."""
    if claim.reason == NOT_REACHED:
        return str(GIVEN_BACK.get(claim.note, GIVEN_BACK["expired"]))
    return str(dict(AFTER_SALE_REASONS).get(claim.reason, claim.reason))


def note_of(claim: AfterSale) -> str:
    """Return what the customer wrote with her claim; empty when it is the platform's own."""
    return "" if claim.reason == NOT_REACHED else claim.note


@dataclass(frozen=True)
class LineOptions:
    """What can be claimed of a line now: pieces, kinds, and ``refund_fen_for[n - 1]`` for n pieces."""

    line: OrderLine
    claimable: int
    kinds: tuple[str, ...]
    refund_fen_for: tuple[int, ...]


@dataclass(frozen=True)
class AfterSalePage:
    """Everything a claim's page shows, and what its reader can do now."""

    after_sale: AfterSale
    steps: tuple[TimelineEntry, ...]
    pictures: tuple[EvidencePicture, ...]
    replacement: Shipment | None
    can_withdraw: bool
    can_send_back: bool
    can_confirm: bool
    can_approve: bool
    can_reject: bool
    can_receive_back: bool


def after_sale_options(
    order: Order, *, lines: Sequence[OrderLine] | None = None, shipments: Sequence[Shipment] | None = None
) -> tuple[LineOptions, ...]:
    """Return what the buyer can claim of each line; an empty tuple when nothing can be claimed now."""
    is_window_open = order.status in (Order.Status.PAID, Order.Status.SHIPPED) or (
        order.status == Order.Status.RECEIVED and order.settle_after is not None and clock.now() < order.settle_after
    )
    if not is_window_open:
        return ()
    if lines is None:
        lines = list(OrderLine.objects.filter(order=order).order_by("pk"))
    parcels = {parcel.pk: parcel for parcel in shipments or Shipment.objects.filter(order=order)}
    packed = ShipmentLine.objects.filter(shipment__order=order, shipment__after_sale__isnull=True)
    parcel_of = {row.order_line_id: parcels.get(row.shipment_id) for row in packed}
    return tuple(_options(order, line, parcel_of.get(line.pk)) for line in lines)


def access_after_sale(actor: User, number: str) -> AfterSale:
    """Return a claim with its order and line, if ``actor`` may see it; ``request.not_found`` otherwise."""
    claim = _CLAIM.first(number)
    if claim is None or not may_view_claim(actor, claim):
        raise DomainError("request.not_found")
    return claim


def after_sale_page(actor: User, number: str) -> AfterSalePage:
    """Return all that belongs to a claim in a fixed number of statements."""
    claim = access_after_sale(actor, number)
    is_buyer = claim.order.buyer_id == actor.pk
    decides = may_decide(actor)
    replacement = Shipment.objects.filter(after_sale=claim).first()
    can = AfterSale.TRANSITIONS[claim.status]
    is_replacement_out = replacement is not None and replacement.status != Shipment.Status.WAITING
    return AfterSalePage(
        after_sale=claim,
        steps=claim_timeline(claim, with_names=not is_buyer),
        pictures=tuple(EvidencePicture.objects.filter(after_sale=claim).order_by("pk")),
        replacement=replacement,
        can_withdraw=is_buyer and Status.CANCELLED in can,
        can_send_back=is_buyer and claim.status == Status.AWAITING_RETURN,
        can_confirm=is_buyer and claim.status == Status.RESHIPPING and is_replacement_out,
        can_approve=decides and claim.status == Status.REQUESTED,
        can_reject=decides and Status.REJECTED in can,
        can_receive_back=decides and claim.status in (Status.AWAITING_RETURN, Status.RETURNING),
    )


def after_sales_of(user: User, *, page: int = 1) -> Page[AfterSale]:
    """Return a person's claims, the newest first; lines and orders come along."""
    rows = AfterSale.objects.filter(order__buyer=user).select_related("order", "order_line")
    return page_of(rows.order_by("-requested_at", "-pk"), number=page)


def after_sales_waiting(actor: User, *, status: str = "requested", page: int = 1) -> Page[AfterSale]:
    """Return the staff's list of claims in ``status`` (``open``: all open ones), the nearest deadline first."""
    if not allows(actor, Permission.AFTER_SALES_DECIDE):
        require(actor, Permission.ORDERS_VIEW)
    wanted = AfterSale.OPEN if status == "open" else {status}
    rows = AfterSale.objects.filter(status__in=wanted).select_related("order__buyer", "order_line")
    return page_of(rows.order_by("deadline_at", "pk"), number=page)


def open_after_sale_lines(line_ids: Sequence[int]) -> frozenset[int]:
    """Return which of these order lines have an open claim: what they earned must wait."""
    rows = AfterSale.objects.filter(order_line_id__in=line_ids, status__in=AfterSale.OPEN)
    return frozenset(rows.values_list("order_line_id", flat=True))


def _options(order: Order, line: OrderLine, parcel: Shipment | None) -> LineOptions:
    claimable = line.quantity - line.claimed_quantity
    is_waiting = parcel is not None and parcel.status == Shipment.Status.WAITING
    whole_fen = [line.net_fen, line.freight_fen] if is_waiting else [line.net_fen]
    refunds = tuple(
        sum(
            money.part_of_lot(lot_fen, quantity=line.quantity, before=line.refunded_quantity, taken=taken)
            for lot_fen in whole_fen
        )
        for taken in range(1, claimable + 1)
    )
    return LineOptions(
        line=line,
        claimable=claimable,
        kinds=kinds_for(order, parcel) if claimable and not order.is_held else (),
        refund_fen_for=refunds,
    )
