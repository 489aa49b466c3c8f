"""The first kept order of somebody who was brought: the only thing that is ever thanked for."""

from django.db import IntegrityError, transaction

from renmai.campaigns.actions import Owed, owe
from renmai.fraud.cases import Reason
from renmai.kernel import clock
from renmai.kernel.outbox import emit
from renmai.ordering.models import Order
from renmai.plays.invitation.events import InvitationKept
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.queries.lists import INVITED, INVITER, cause_of
from renmai.plays.invitation.terms import NOTHING, Terms, terms_at
from renmai.policy.rules import CHINA

TRIES = 10


def keep(order: Order) -> bool:
    """Owe what was promised for the first kept order of somebody who was brought; False when this order is not it.

    A reaction to the settling of any order; the same order again changes nothing. One that is too small is passed over, and so is one
    that was placed before the two were tied.
    """
    if order.status != Order.Status.SETTLED:
        return False
    found = Invitation.objects.select_related("campaign", "inviter", "invited")
    invitation = found.filter(invited=order.buyer_id, kept_order__isnull=True, at__lte=order.placed_at).first()
    if invitation is None:
        return False
    terms = terms_at(invitation.campaign_id, invitation.version)
    if order.payable_fen - order.refunded_fen < terms.least_fen:
        return False
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _keep(invitation, order, terms)
        except IntegrityError:
            # Another friend of the same inviter was kept at this moment and took the turn of the month: count again.
            continue
    raise AssertionError(f"invitation {invitation.pk}: no turn of the month after {TRIES} tries")


def _keep(invitation: Invitation, order: Order, terms: Terms) -> bool:
    now = clock.now()
    month = f"{now.astimezone(CHINA):%Y-%m}"
    thanked = Invitation.objects.filter(
        campaign=invitation.campaign_id, inviter=invitation.inviter_id, month=month, turn__isnull=False
    )
    turn = thanked.count() + 1 if terms.inviter_benefit != NOTHING else None
    if turn is not None and turn > terms.per_month:
        turn = None
    row = Invitation.objects.filter(pk=invitation.pk, kept_order__isnull=True)
    if not row.update(kept_order=order, kept_at=now, month=month, turn=turn):
        return False
    reasons = tuple(Reason(code, 0, 1) for code in invitation.in_common.split())
    if turn is not None:
        owed = Owed(
            beneficiary=invitation.inviter,
            brought=invitation.invited,
            order=order,
            benefit=terms.inviter_benefit,
            amount=terms.inviter_amount,
            cause=cause_of(invitation.pk, INVITER),
            reasons=reasons,
        )
        owe(invitation.campaign, owed)
    if terms.invited_benefit != NOTHING:
        owed = Owed(
            beneficiary=invitation.invited,
            order=order,
            benefit=terms.invited_benefit,
            amount=terms.invited_amount,
            cause=cause_of(invitation.pk, INVITED),
            reasons=reasons,
        )
        owe(invitation.campaign, owed)
    emit(InvitationKept(invitation.pk, order.pk))
    return True
