"""The shop cannot deliver: every order of the pre-sale ends, its money goes back, and the promise for that case is kept."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.campaigns import actions as campaigns
from renmai.campaigns.actions import Owed
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.policies import require_manager
from renmai.care.actions import notify
from renmai.journeys import after_sale, cancelling
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.sweeping import sweep
from renmai.ordering.models import Order
from renmai.plays.presale.actions.booking import hold
from renmai.plays.presale.letters import CALLED_OFF
from renmai.plays.presale.models import Booking, CalledOff
from renmai.plays.presale.terms import terms_at

BENEFIT = "red_packet"
REASON_MINIMUM = 10
REASON_LENGTH = 200
Status = Order.Status


def call_off(actor: User, campaign_id: int, *, reason: str) -> Campaign:
    """Say that the goods of a pre-sale cannot be delivered, once for ever; its orders end one by one with the timer. Logged.

    Raises ``request.forbidden``, ``request.not_found``, ``campaigns.reason``, ``campaigns.state`` when it was called off before.
    """
    require_manager(actor)
    campaign = Campaign.objects.filter(pk=campaign_id, play="presale", launched_at__isnull=False).first()
    if campaign is None:
        raise DomainError("request.not_found")
    said = " ".join(reason.split())[:REASON_LENGTH]
    if len(said) < REASON_MINIMUM:
        raise DomainError("campaigns.reason", field="reason", minimum=REASON_MINIMUM)
    with transaction.atomic():
        if not insert_missing([CalledOff(campaign=campaign, by=actor, reason=said)]):
            raise DomainError("campaigns.state")
        # From now on nobody loses a deposit, also who is faster than the timer. Orders before the campaign, as when one is cancelled.
        waiting = Order.objects.filter(presale_booking__campaign=campaign, status=Status.PLACED, deposit_is_kept=True)
        waiting.update(deposit_is_kept=False)
        hold(campaign.pk)
        # Whoever booked between the two. One that somebody is just cancelling waits for the campaign: it is left to him, or to the timer.
        free = waiting.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
        Order.objects.filter(pk__in=list(free)).update(deposit_is_kept=False)
        campaigns.stop(actor, campaign, reason=said)
        log_act(actor, "presale.called_off", object_type="campaign", object_id=campaign.number, detail={"reason": said})
    return Campaign.objects.get(pk=campaign_id)


def end_called_off(limit: int) -> int:
    """End up to ``limit`` orders of pre-sales that were called off; return how many. A timer."""
    gone = CalledOff.objects.filter(campaign=OuterRef("campaign"))
    due = Booking.objects.filter(Exists(gone), counts=True, order__status__in=[Status.PLACED, Status.PAID])
    return sweep("presale.call_off", due.select_related("order", "campaign"), _end, by="booked_at", limit=limit)


def make_good(order: Order, part: Participation) -> None:
    """An order is being cancelled: what was promised is owed if its pre-sale was called off. In the caller's transaction."""
    booking = Booking.objects.select_related("campaign", "user", "order").get(order=order)
    if booking.order.deposit_paid_at is not None and CalledOff.objects.filter(campaign=part.campaign_id).exists():
        _make_good(booking)


def _end(booking: Booking) -> bool:
    """End one; the promise is kept in the same transaction, when it is cancelled by ``make_good``."""
    if booking.order.status == Status.PLACED:
        Order.objects.filter(pk=booking.order_id, status=Status.PLACED, deposit_is_kept=True).update(deposit_is_kept=False)
        return cancelling.call_off(booking.order)
    reason = CalledOff.objects.values_list("reason", flat=True).get(campaign=booking.campaign_id)
    with transaction.atomic():
        is_refunded = after_sale.refund_unsent(booking.order_id, detail=reason)
        if is_refunded and booking.order.deposit_paid_at is not None:
            _make_good(booking)
    return is_refunded


def _make_good(booking: Booking) -> None:
    """Owe her the deposit once more where that was promised, and tell her. In the caller's transaction; again changes nothing."""
    order, terms = booking.order, terms_at(booking.campaign_id, booking.version)
    reason = CalledOff.objects.values_list("reason", flat=True).get(campaign=booking.campaign_id)
    if terms.doubles:
        owed = Owed(
            beneficiary=booking.user,
            order=order,
            benefit=BENEFIT,
            amount=order.deposit_fen,
            cause=f"presale:{order.number}",
        )
        campaigns.compensate(booking.campaign, owed)
    details = {"order": order.number, "reason": reason}
    notify(booking.user_id, CALLED_OFF, details=details, link=f"order:{order.number}", cause=f"order:{order.pk}:called_off")
