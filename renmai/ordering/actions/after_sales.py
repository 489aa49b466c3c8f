"""Claims of customers: asked, approved, rejected, withdrawn, sent back. Rows only; money and stock move in ``journeys.after_sale``.

Each state that is not an end has a deadline: unanswered, a claim is approved (silence is consent); not sent back, it is withdrawn;
not confirmed by the warehouse, the goods count as arrived. ``overdue`` finds them, ``journeys.after_sale.close_overdue`` moves them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.catalogue.actions.pictures import EncodedPicture
from renmai.kernel import clock, ids, money
from renmai.kernel.compiled import Compiled, CompiledUpdate, insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.idempotency import is_key
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.kernel.transactions import joined
from renmai.ordering import windows
from renmai.ordering.actions import parcels, progress
from renmai.ordering.actions.evidence import attach_to_claim
from renmai.ordering.actions.shipping import CARRIER_CODES, TRACKING
from renmai.ordering.actions.steps import note_claim, note_order
from renmai.ordering.events import AfterSaleClosed, AfterSaleOpened
from renmai.ordering.models import AfterSale, Order, OrderLine, Shipment
from renmai.ordering.policies import may_decide, require_buyer, require_decider

REASONS: tuple[tuple[str, "str | Promise"], ...] = (
    ("no_longer_wanted", _("No longer wanted")),
    ("wrong_choice", _("Chose the wrong option")),
    ("not_arrived", _("Has not arrived")),
    ("damaged", _("Damaged on arrival")),
    ("quality", _("Quality problem")),
    ("not_as_described", _("Not as described")),
    ("wrong_goods", _("Wrong or missing goods")),
    ("other", _("Another reason")),
)
REASON_CODES = frozenset(code for code, _label in REASONS)
NOT_REACHED = "not_reached"
"""The platform's own reason: what the order was held for did not come true, or the customer left it in time."""

NOTE_LENGTH = 500

Kind = AfterSale.Kind
Status = AfterSale.Status

_ORDER: Compiled[Order] = Compiled(lambda number: Order.objects.filter(number=number))
_LINE: Compiled[OrderLine] = Compiled(lambda line_id, order_id: OrderLine.objects.filter(pk=line_id, order_id=order_id))
_CLAIM: Compiled[AfterSale] = Compiled(
    lambda number: AfterSale.objects.filter(number=number).select_related("order", "order_line")
)
_EARLIER: Compiled[AfterSale] = Compiled(
    lambda line_id, key: AfterSale.objects.filter(order_line_id=line_id, idempotency_key=key).select_related(
        "order", "order_line"
    )
)
_CLAIM_PIECES = CompiledUpdate(
    lambda line_id, quantity: (
        OrderLine.objects.filter(pk=line_id, claimed_quantity__lte=F("quantity") - quantity),
        {"claimed_quantity": F("claimed_quantity") + quantity},
    ),
    values=2,
)
_UNCLAIM_PIECES = CompiledUpdate(
    lambda line_id, quantity: (
        OrderLine.objects.filter(pk=line_id, claimed_quantity__gte=quantity),
        {"claimed_quantity": F("claimed_quantity") - quantity},
    ),
    values=2,
)


@dataclass(frozen=True)
class ClaimRequest:
    """What a customer asks: so many pieces of one line, what for and why."""

    order_number: str
    order_line_id: int
    kind: str
    quantity: int
    reason: str
    is_quality_issue: bool = False
    note: str = ""
    pictures: Sequence[EncodedPicture] = ()


def request(actor: User, wanted: ClaimRequest, *, idempotency_key: str) -> AfterSale:
    """Open a claim. The same key returns the same claim.

    The buyer may claim until the window closes; the staff who decide claims may open one for her also after settlement, for
    ``windows.LATE_CLAIM_DAYS``. Raises ``ordering.not_claimable``, ``ordering.claim_window``, ``ordering.claim_kind``,
    ``ordering.claim_quantity``, ``ordering.claim_reason``, ``request.repeated_key``.
    """
    order = _ORDER.first(wanted.order_number)
    if order is None:
        raise DomainError("request.not_found")
    is_staff = may_decide(actor)
    if not is_staff:
        require_buyer(actor, order)
    _check_request(wanted, idempotency_key)
    with joined():
        order = progress.held(order.pk)
        earlier = _earlier(wanted, idempotency_key)
        if earlier is not None:
            return earlier
        _check_window(order, is_staff=is_staff)
        line = _LINE.first(wanted.order_line_id, order.pk)
        if line is None:
            raise DomainError("request.not_found")
        if wanted.kind not in kinds_for(order, parcels.original_parcel(line.pk)):
            raise DomainError("ordering.claim_kind", field="kind")
        _claim_pieces(line, wanted.quantity)
        claim = _open_claim(line, wanted, idempotency_key=idempotency_key, actor_id=actor.pk)
        emit(AfterSaleOpened(after_sale_id=claim.pk, order_id=line.order_id, order_line_id=line.pk))
        return claim


def open_for_held(line: OrderLine, *, order_number: str, detail: str) -> AfterSale:
    """Open the platform's own claim on all pieces of a held order's line: its play failed, or she left it. The caller holds the order.

    ``detail`` says which of the two, in the play's words. Raises ``ordering.claim_quantity`` when pieces were claimed before.
    """
    _claim_pieces(line, line.quantity)
    wanted = ClaimRequest(order_number, line.pk, Kind.REFUND_ONLY, line.quantity, NOT_REACHED, note=detail)
    return _open_claim(line, wanted, idempotency_key=NOT_REACHED, actor_id=None)


def open_for_unsent(line: OrderLine, *, order_number: str, detail: str) -> AfterSale:
    """Open the platform's own claim on all pieces of a line that nobody has claimed: the shop cannot deliver them. The caller holds the order.

    ``detail`` says why, in the shop's words. Raises ``ordering.claim_quantity`` when no piece is left.
    """
    left = line.quantity - line.claimed_quantity
    _claim_pieces(line, left)
    wanted = ClaimRequest(order_number, line.pk, Kind.REFUND_ONLY, left, "other", note=detail)
    return _open_claim(line, wanted, idempotency_key=ids.token(), actor_id=None)


def kinds_for(order: Order, parcel: Shipment | None) -> tuple[str, ...]:
    """Return what can be asked for a line in ``parcel``: before it left only the money, then also return and exchange.

    A pickup order is exchanged over the counter by returning and buying again.
    """
    if parcel is not None and parcel.status == Shipment.Status.WAITING:
        return (Kind.REFUND_ONLY,)
    if order.delivery == Order.Delivery.PICKUP:
        return (Kind.REFUND_ONLY, Kind.RETURN)
    return (Kind.REFUND_ONLY, Kind.RETURN, Kind.EXCHANGE)


def approve_return(claim: AfterSale, *, actor_id: int | None, answer: str = "") -> None:
    """Ask the customer to send the goods back. Raises ``ordering.claim_state`` when the claim has moved on."""
    now = clock.now()
    _move(claim, old=Status.REQUESTED, new=Status.AWAITING_RETURN, answer=answer, deadline_at=windows.send_back_before(now))
    note_claim(claim.pk, "approved", detail=answer, actor_id=actor_id)


def send_back(user: User, number: str, *, carrier: str, tracking_number: str) -> AfterSale:
    """The customer has handed the goods to a carrier."""
    if carrier not in CARRIER_CODES:
        raise DomainError("ordering.carrier", field="carrier")
    if not TRACKING.fullmatch(tracking_number.strip()):
        raise DomainError("ordering.tracking", field="tracking_number")
    claim = find(number)
    require_buyer(user, claim.order)
    with transaction.atomic():
        progress.held(claim.order_id)
        mark_returning(claim, carrier=carrier, tracking_number=tracking_number.strip())
        note_claim(claim.pk, "sent_back", detail=f"{carrier} {tracking_number.strip()}", actor_id=user.pk)
    return find(number)


def mark_returning(claim: AfterSale, *, carrier: str = "", tracking_number: str = "") -> None:
    """Move an approved return on: the goods are on their way to us, or in our hands already."""
    _move(
        claim,
        old=Status.AWAITING_RETURN,
        new=Status.RETURNING,
        return_carrier=carrier,
        return_tracking=tracking_number,
        deadline_at=clock.now() + timedelta(days=windows.RETURN_TRANSIT_DAYS),
    )


def reject(actor: User, number: str, *, answer: str) -> AfterSale:
    """Refuse a claim, or goods that came back in no acceptable state, and say why. Its pieces can be claimed again."""
    require_decider(actor)
    answer = answer.strip()
    if not 1 <= len(answer) <= NOTE_LENGTH:
        raise DomainError("ordering.answer", field="answer")
    claim = find(number)
    with transaction.atomic():
        progress.held(claim.order_id)
        claim = find(number)
        if Status.REJECTED not in AfterSale.TRANSITIONS[claim.status]:
            raise DomainError("ordering.claim_state")
        _move(claim, old=claim.status, new=Status.REJECTED, answer=answer, finished_at=clock.now())
        close(claim, outcome="rejected", detail=answer, actor_id=actor.pk)
        log_act(actor, "after_sale.rejected", object_type="after_sale", object_id=number)
    return find(number)


def withdraw(user: User, number: str) -> AfterSale:
    """The customer takes her claim back, while nothing has moved."""
    claim = find(number)
    require_buyer(user, claim.order)
    with transaction.atomic():
        progress.held(claim.order_id)
        cancel_claim(find(number), detail="", actor_id=user.pk)
    return find(number)


def cancel_claim(claim: AfterSale, *, detail: str, actor_id: int | None) -> None:
    """Withdraw a claim that is not answered or not sent back. Raises ``ordering.claim_state`` otherwise."""
    if Status.CANCELLED not in AfterSale.TRANSITIONS[claim.status]:
        raise DomainError("ordering.claim_state")
    _move(claim, old=claim.status, new=Status.CANCELLED, finished_at=clock.now())
    close(claim, outcome="cancelled", detail=detail, actor_id=actor_id)


def close(claim: AfterSale, *, outcome: str, detail: str = "", actor_id: int | None = None) -> None:
    """Write down that a claim has ended. Pieces that were not refunded can be claimed again."""
    is_refunded = outcome == "done" and claim.status == Status.REFUNDING
    if not is_refunded:
        _UNCLAIM_PIECES.run(claim.order_line_id, claim.quantity)
    note_claim(claim.pk, outcome, detail=detail, actor_id=actor_id)
    note_order(claim.order_id, f"claim_{outcome}", detail=claim.number, actor_id=actor_id)
    emit(AfterSaleClosed(after_sale_id=claim.pk, order_id=claim.order_id, order_line_id=claim.order_line_id, outcome=outcome))


def find(number: str) -> AfterSale:
    """Return a claim with its order and its line, or raise ``request.not_found``. Access is checked by the caller."""
    claim = _CLAIM.first(number)
    if claim is None:
        raise DomainError("request.not_found")
    return claim


def overdue() -> QuerySet[AfterSale]:
    """Return the claims whose deadline has passed, for a sweep."""
    return AfterSale.objects.filter(status__in=AfterSale.OPEN, deadline_at__lte=clock.now())


def _check_request(wanted: ClaimRequest, idempotency_key: str) -> None:
    if not is_key(idempotency_key) or len(wanted.note) > NOTE_LENGTH:
        raise DomainError("request.invalid")
    if wanted.kind not in Kind.values:
        raise DomainError("ordering.claim_kind", field="kind")
    if wanted.reason not in REASON_CODES:
        raise DomainError("ordering.claim_reason", field="reason")


def _earlier(wanted: ClaimRequest, idempotency_key: str) -> AfterSale | None:
    claim = _EARLIER.first(wanted.order_line_id, idempotency_key)
    if claim is None:
        return None
    if (claim.kind, claim.quantity, claim.order.number) != (wanted.kind, wanted.quantity, wanted.order_number):
        raise DomainError("request.repeated_key")
    return claim


def _check_window(order: Order, *, is_staff: bool) -> None:
    if order.funnel == Order.Funnel.IMPORTED:
        # What was paid elsewhere cannot be given back by a provider of ours: the refund would wait for ever.
        raise DomainError("ordering.not_claimable")
    if order.is_held:
        raise DomainError("ordering.still_waits")
    now = clock.now()
    match order.status:
        case Order.Status.PAID | Order.Status.SHIPPED:
            return
        case Order.Status.RECEIVED if order.settle_after is not None:
            if now >= order.settle_after and not is_staff:
                raise DomainError("ordering.claim_window")
        case Order.Status.SETTLED if order.settled_at is not None:
            if not is_staff or now > order.settled_at + timedelta(days=windows.LATE_CLAIM_DAYS):
                raise DomainError("ordering.claim_window")
        case _:
            raise DomainError("ordering.not_claimable")


def _claim_pieces(line: OrderLine, quantity: int) -> None:
    if not 1 <= quantity <= line.quantity or not _CLAIM_PIECES.run(line.pk, quantity):
        raise DomainError("ordering.claim_quantity", field="quantity", most=line.quantity - line.claimed_quantity)


def _open_claim(line: OrderLine, wanted: ClaimRequest, *, idempotency_key: str, actor_id: int | None) -> AfterSale:
    now = clock.now()
    estimate = money.part_of_lot(line.net_fen, quantity=line.quantity, before=line.refunded_quantity, taken=wanted.quantity)
    claim = AfterSale(
        number=ids.number("A"),
        order_line=line,
        order_id=line.order_id,
        kind=wanted.kind,
        quantity=wanted.quantity,
        amount_fen=estimate,
        reason=wanted.reason,
        is_quality_issue=wanted.is_quality_issue,
        note=wanted.note,
        idempotency_key=idempotency_key,
        requested_at=now,
        deadline_at=windows.answer_before(now),
    )
    keys = insert_missing([claim])
    if not keys:
        raise DomainError("request.conflict")
    (claim.pk,) = keys
    attach_to_claim(claim, wanted.pictures)
    note_claim(claim.pk, "requested", detail=wanted.note, actor_id=actor_id)
    note_order(line.order_id, "claim_opened", detail=claim.number, actor_id=actor_id)
    return claim


def _move(claim: AfterSale, *, old: str, new: str, **fields: object) -> None:
    if not advance(AfterSale, claim.pk, old=old, new=new, **fields):
        raise DomainError("ordering.claim_state")
