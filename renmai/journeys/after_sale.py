"""Claims with what they move: the claim, the parcel, the refund and the stock in one transaction each."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.catalogue.actions.stock import StockWant, reserve, restock, sell
from renmai.journeys import settling
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import raise_alert
from renmai.kernel.sweeping import sweep
from renmai.ordering.actions import after_sales, holding, progress, refunding
from renmai.ordering.actions.after_sales import ClaimRequest
from renmai.ordering.actions.evidence import encode_pictures
from renmai.ordering.actions.steps import note_claim
from renmai.ordering.models import AfterSale, Order, Shipment
from renmai.ordering.policies import require_buyer, require_decider
from renmai.ordering.queries import access_after_sale, access_order
from renmai.payments import actions as payments
from renmai.payments.events import RefundSucceeded
from renmai.payments.models import Refund

logger = logging.getLogger(__name__)

CAUSE = "after_sale"
Kind = AfterSale.Kind
Status = AfterSale.Status


@dataclass(frozen=True)
class AfterSaleDraft:
    """What a customer asks. ``pictures`` are uploads as they came; they are re-encoded before anything is written, and kept with the claim."""

    order_number: str
    order_line_id: int
    kind: str
    quantity: int
    reason: str
    is_quality_issue: bool = False
    note: str = ""
    pictures: tuple[bytes, ...] = ()


def request(actor: User, draft: AfterSaleDraft, *, idempotency_key: str) -> AfterSale:
    """Open a claim; the same key returns the same claim. Pieces whose parcel still waits are refunded at once, without asking anybody.

    Raises what ``after_sales.request`` raises, and what is wrong with a picture.
    """
    if draft.pictures:
        # Strangers do not fill our disk: nothing is kept before it is known whose order this is.
        access_order(actor, draft.order_number)
    wanted = ClaimRequest(
        order_number=draft.order_number,
        order_line_id=draft.order_line_id,
        kind=draft.kind,
        quantity=draft.quantity,
        reason=draft.reason,
        is_quality_issue=draft.is_quality_issue,
        note=draft.note.strip(),
        pictures=encode_pictures(draft.pictures),
    )
    with transaction.atomic():
        claim = after_sales.request(actor, wanted, idempotency_key=idempotency_key)
        if claim.status == Status.REQUESTED and claim.kind == Kind.REFUND_ONLY and _still_waits(claim):
            _refund(claim, order=progress.held(claim.order_id), actor_id=None)
    return after_sales.find(claim.number)


def approve(actor: User, number: str, *, answer: str = "") -> AfterSale:
    """Approve a claim: a refund-only is refunded, anything else waits for the goods. Raises ``ordering.claim_state``."""
    require_decider(actor)
    if len(answer) > after_sales.NOTE_LENGTH:
        raise DomainError("ordering.answer", field="answer")
    with transaction.atomic():
        order, claim = _held(number)
        _approve(claim, order=order, actor_id=actor.pk, answer=answer.strip())
        log_act(actor, "after_sale.approved", object_type="after_sale", object_id=number)
    return after_sales.find(number)


def reject(actor: User, number: str, *, answer: str) -> AfterSale:
    """Refuse a claim and say why. Raises ``ordering.answer``, ``ordering.claim_state``."""
    return after_sales.reject(actor, number, answer=answer)


def withdraw(user: User, number: str) -> AfterSale:
    """Take one's own claim back. Raises ``ordering.claim_state``."""
    return after_sales.withdraw(user, number)


def send_back(user: User, number: str, *, carrier: str, tracking_number: str) -> AfterSale:
    """Say how the goods of one's own claim travel back. Raises ``ordering.carrier``, ``ordering.tracking``, ``ordering.claim_state``."""
    return after_sales.send_back(user, number, carrier=carrier, tracking_number=tracking_number)


def receive_back(actor: User, number: str, *, is_resaleable: bool = True) -> AfterSale:
    """Confirm that the goods of a claim came back: refund, or replace. Resaleable pieces go back on the shelf.

    Goods that arrive before the customer has said how she sent them count as sent. A replacement that is sold out becomes a refund.
    """
    require_decider(actor)
    with transaction.atomic():
        order, claim = _held(number)
        if claim.status == Status.AWAITING_RETURN:
            after_sales.mark_returning(claim)
            claim = after_sales.find(number)
        if claim.status != Status.RETURNING:
            raise DomainError("ordering.claim_state")
        refunding.note_arrival(claim, detail="", actor_id=actor.pk)
        log_act(actor, "after_sale.goods_back", object_type="after_sale", object_id=number)
        _settle_return(claim, order=order, is_resaleable=is_resaleable, actor_id=actor.pk)
    return after_sales.find(number)


def confirm_replacement(user: User, number: str) -> AfterSale:
    """Confirm that the replacement of one's own exchange has arrived. Raises ``ordering.claim_state``."""
    claim = access_after_sale(user, number)
    require_buyer(user, claim.order)
    if not refunding.finish_replacement(claim, actor_id=user.pk):
        raise DomainError("ordering.claim_state")
    return after_sales.find(number)


def refund_finished(event: RefundSucceeded) -> None:
    """End the claim whose refund has arrived, when all of its parts have. A reaction; other causes are not ours."""
    cause, _slash, _part = event.cause.partition("/")
    kind, _colon, number = cause.partition(":")
    if kind != CAUSE:
        return
    with transaction.atomic():
        order, claim = _held(number)
        if all(part.status == Refund.Status.SUCCEEDED for part in payments.refunds_of_cause(cause)):
            _finish(claim, order=order)


def refund_held(order_id: int, *, play: str, detail: str) -> bool:
    """Refund a whole order that is held for ``play``, freight and all, in one transaction or the caller's; False when it is not held."""
    with transaction.atomic():
        if not holding.give_up(order_id, held_for=play):
            return False
        order = progress.held(order_id)
        for line in order.lines.order_by("pk"):
            claim = after_sales.open_for_held(line, order_number=order.number, detail=detail)
            _refund(claim, order=order, actor_id=None)
    return True


def refund_unsent(order_id: int, *, detail: str) -> bool:
    """Refund what is paid and was neither sent nor claimed of an order that the shop cannot deliver; False when there is nothing of that.

    In one transaction or the caller's. ``detail`` says why, for the claim.
    """
    with transaction.atomic():
        order = progress.held(order_id)
        if order.status != Order.Status.PAID or order.is_held:
            return False
        unsent = {"shipment_lines__shipment__after_sale": None, "shipment_lines__shipment__status": Shipment.Status.WAITING}
        lines = list(order.lines.filter(claimed_quantity__lt=F("quantity"), **unsent).order_by("pk"))
        for line in lines:
            claim = after_sales.open_for_unsent(line, order_number=order.number, detail=detail)
            _refund(claim, order=order, actor_id=None)
    return bool(lines)


def close_overdue(limit: int) -> int:
    """Move up to ``limit`` claims whose deadline has passed; return how many moved. A timer.

    Unanswered ones are approved, ones not sent back are withdrawn, ones the warehouse did not confirm count as arrived (nothing goes
    back on the shelf unseen), replacements on their way count as delivered. A refund or a replacement that hangs opens an alert.
    """
    return sweep("orders.after_sales", after_sales.overdue(), _move_or_alert, by="deadline_at", limit=limit)


def _held(number: str) -> tuple[Order, AfterSale]:
    """Hold the claim's order, then return both as they are now."""
    order = progress.held(after_sales.find(number).order_id)
    return order, after_sales.find(number)


def _still_waits(claim: AfterSale) -> bool:
    parcels = Shipment.objects.filter(lines__order_line_id=claim.order_line_id, after_sale__isnull=True)
    return parcels.filter(status=Shipment.Status.WAITING).exists()


def _approve(claim: AfterSale, *, order: Order, actor_id: int | None, answer: str) -> None:
    if claim.status != Status.REQUESTED:
        raise DomainError("ordering.claim_state")
    if claim.kind == Kind.REFUND_ONLY:
        _refund(claim, order=order, actor_id=actor_id, answer=answer)
    else:
        after_sales.approve_return(claim, actor_id=actor_id, answer=answer)


def _refund(claim: AfterSale, *, order: Order, actor_id: int | None, answer: str = "", pieces_back: bool = False) -> None:
    """Owe the refund, ask for it, and put back what never left or came back in good order. The stock comes last."""
    due = refunding.begin_refund(claim, order=order, actor_id=actor_id, answer=answer)
    if due.amount_fen:
        payments.refund_for_reference(
            order.number,
            amount_fen=due.amount_fen,
            reason=CAUSE,
            cause=f"{CAUSE}:{claim.number}",
            after_settlement=due.is_after_settlement,
        )
    else:
        _finish(after_sales.find(claim.number), order=progress.held(order.pk))
    if due.is_before_shipment or pieces_back:
        restock(claim.number, [StockWant(due.line.sku_id, claim.quantity, due.line.pool_id)])


def _finish(claim: AfterSale, *, order: Order) -> None:
    finished = refunding.finish_refund(claim, order=order)
    if finished is not None and finished.is_order_closed:
        settling.recognise(order, amount_fen=finished.kept_fen)


def _settle_return(claim: AfterSale, *, order: Order, is_resaleable: bool, actor_id: int | None) -> None:
    if claim.kind == Kind.EXCHANGE and _replace(claim, is_resaleable=is_resaleable, actor_id=actor_id):
        return
    detail = "sold_out" if claim.kind == Kind.EXCHANGE else ""
    _refund(claim, order=order, actor_id=actor_id, answer=detail, pieces_back=is_resaleable)


def _replace(claim: AfterSale, *, is_resaleable: bool, actor_id: int | None) -> bool:
    """Pack the replacement; False, and nothing has happened, when there is none to pack."""
    wants = [StockWant(claim.order_line.sku_id, claim.quantity)]
    try:
        with transaction.atomic():
            refunding.begin_replacement(claim, actor_id=actor_id)
            reserve(claim.number, wants)
            sell(claim.number, wants)
            if is_resaleable:
                restock(claim.number, [replace(wants[0], pool_id=claim.order_line.pool_id)])
    except DomainError as error:
        if error.code != "catalogue.sold_out":
            raise
        return False
    return True


def _move_or_alert(late: AfterSale) -> bool:
    try:
        return _move_overdue(late)
    except DomainError as error:
        logger.warning("claim %s is overdue and stays: %s", late.number, error.code)
        raise_alert("after_sale.stuck", late.number, error.code)
        return False


def _move_overdue(late: AfterSale) -> bool:
    with transaction.atomic():
        order, claim = _held(late.number)
        if claim.deadline_at > clock.now() or claim.status not in AfterSale.OPEN:
            return False
        return OVERDUE[Status(claim.status)](claim, order)


def _silence_is_consent(claim: AfterSale, order: Order) -> bool:
    _approve(claim, order=order, actor_id=None, answer="")
    note_claim(claim.pk, "unanswered", detail="silence")
    return True


def _not_sent_back(claim: AfterSale, order: Order) -> bool:
    del order
    after_sales.cancel_claim(claim, detail="not_sent_back", actor_id=None)
    return True


def _count_as_arrived(claim: AfterSale, order: Order) -> bool:
    refunding.note_arrival(claim, detail="assumed", actor_id=None)
    _settle_return(claim, order=order, is_resaleable=False, actor_id=None)
    return True


def _refund_hangs(claim: AfterSale, order: Order) -> bool:
    raise_alert("after_sale.refund_hangs", claim.number, f"{order.number}: {claim.amount_fen} {order.currency}")
    return False


def _replacement_arrived(claim: AfterSale, order: Order) -> bool:
    if refunding.finish_replacement(claim, actor_id=None):
        return True
    raise_alert("after_sale.replacement_hangs", claim.number, order.number)
    return False


OVERDUE: dict[AfterSale.Status, Callable[[AfterSale, Order], bool]] = {
    Status.REQUESTED: _silence_is_consent,
    Status.AWAITING_RETURN: _not_sent_back,
    Status.RETURNING: _count_as_arrived,
    Status.REFUNDING: _refund_hangs,
    Status.RESHIPPING: _replacement_arrived,
}
