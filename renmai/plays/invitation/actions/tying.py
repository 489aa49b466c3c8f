"""Codes, and the tie between who brought and who came: once per person, for ever."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from renmai.accounts.models import User
from renmai.accounts.throttling import hit
from renmai.campaigns.models import Campaign
from renmai.fraud.queries import in_common
from renmai.kernel import clock
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.ordering.models import Order
from renmai.plays.invitation.actions.promising import promised_by
from renmai.plays.invitation.events import MemberBrought
from renmai.plays.invitation.models import Invitation, InviteCode, new_code
from renmai.plays.invitation.queries.lists import latest_campaign, latest_invitation_link, open_campaign, owner_of

TRIES_AN_HOUR = 20
HOUR = 3600


def code_of(user: User) -> str:
    """Return a member's own code, made at first use; the same for ever."""
    known = InviteCode.objects.filter(user=user).first()
    while known is None:
        # A code that somebody else has is drawn again; her own, made in another window, is found.
        insert_missing([InviteCode(user=user, code=new_code(), made_at=clock.now())])
        known = InviteCode.objects.filter(user=user).first()
    return known.code


def enter_code(user: User, code: str, *, campaign_id: int | None = None) -> Invitation:
    """Tie ``user`` to whose code she enters, by the terms of the campaign named, or of the newest that is open.

    Who invited her already (a link may have told us first) is simply returned.

    Not inside a transaction: tries are counted. Raises ``invitation.code``, ``.own``, ``.bound``, ``.too_late``, ``.has_ordered``,
    ``.younger``, ``.none_open``, ``request.too_many``.
    """
    hit("invitation.code", str(user.pk), limit=TRIES_AN_HOUR, window_seconds=HOUR)
    inviter = owner_of(code)
    if present := Invitation.objects.select_related("inviter").filter(invited=user, inviter=inviter).first():
        return present
    campaign = (open_campaign(campaign_id) if campaign_id else None) or latest_campaign()
    if campaign is None:
        raise DomainError("invitation.none_open")
    return _tie(user, inviter, campaign, via=Invitation.Via.CODE)


def tie_by_link(user: User) -> Invitation | None:
    """Tie somebody who has just joined to whose invitation link brought her; None when there is none, or it does not hold.

    A reaction: nobody waits for the answer, so what would be refused is let be. Again changes nothing.
    """
    link = latest_invitation_link(user)
    campaign = open_campaign(link.campaign_id) if link is not None and link.campaign_id else None
    if link is None or campaign is None:
        return None
    try:
        return _tie(user, link.sharer, campaign, via=Invitation.Via.LINK)
    except DomainError:
        return None


def _tie(user: User, inviter: User, campaign: Campaign, *, via: str) -> Invitation:
    promised = promised_by(inviter, campaign)
    _check(user, inviter, join_days=promised.terms.join_days)
    shared = sorted(kind.value for kind in in_common(inviter.pk, user.pk))
    row = Invitation(
        campaign=campaign,
        version=promised.version,
        inviter=inviter,
        invited=user,
        inviter_joined_at=inviter.created_at,
        invited_joined_at=user.created_at,
        via=via,
        at=clock.now(),
        in_common=" ".join(shared),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            emit(MemberBrought(inviter.pk, user.pk))
    except IntegrityError:
        # Two codes at once: the first one stays.
        _refuse_bound(user)
        raise
    return row


def _check(user: User, inviter: User, *, join_days: int) -> None:
    if inviter.pk == user.pk:
        raise DomainError("invitation.own", field="code")
    _refuse_bound(user)
    if user.created_at < clock.now() - timedelta(days=join_days):
        raise DomainError("invitation.too_late", field="code", days=join_days)
    if (inviter.created_at, inviter.pk) >= (user.created_at, user.pk):
        raise DomainError("invitation.younger", field="code")
    if Order.objects.filter(buyer=user).exclude(status=Order.Status.CANCELLED).exists():
        raise DomainError("invitation.has_ordered", field="code")


def _refuse_bound(user: User) -> None:
    present = Invitation.objects.select_related("inviter").filter(invited=user).first()
    if present is not None:
        raise DomainError("invitation.bound", field="code", name=present.inviter.display_name[:1] + "**")
