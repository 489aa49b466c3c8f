"""Beginning a bargain, and its end by the clock."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.catalogue.models import Product, Sku
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.kernel.sweeping import sweep
from renmai.plays.bargain import cuts, here
from renmai.plays.bargain.events import BargainExpired, BargainStarted
from renmai.plays.bargain.models import Bargain
from renmai.plays.bargain.terms import Terms, terms_of
from renmai.policy.channels import Channel

Status = Bargain.Status


def start(user: User, campaign_id: int, *, channel: str = Channel.WEB) -> Bargain:
    """Begin a bargain with the starter's own cut and return it; one that goes on already is returned as it is.

    Raises ``request.not_found``, ``campaigns.not_open`` (also when the goods are not on sale), ``policy.refused`` (a channel that bans
    it), ``bargain.no_room`` (the price has come too near the floor), ``bargain.limit``.
    """
    here.require(channel)
    campaign = Campaign.objects.filter(pk=campaign_id, play="bargain", launched_at__isnull=False).first()
    if campaign is None:
        raise DomainError("request.not_found")
    if going_on := _going_on(user, campaign):
        return going_on
    if not campaign.is_open:
        raise DomainError("campaigns.not_open", title=campaign.title)
    terms = terms_of(campaign.terms)
    sku = Sku.objects.filter(pk=terms.sku_id, is_active=True, product__status=Product.Status.LISTED).first()
    if sku is None:
        raise DomainError("campaigns.not_open", title=campaign.title)
    if not cuts.has_room(sku.price_fen, terms.floor_fen, helpers=terms.helpers):
        raise DomainError("bargain.no_room", fen=terms.helpers)
    ordinal = Bargain.objects.filter(campaign=campaign, owner=user).count() + 1
    if ordinal > terms.per_person:
        raise DomainError("bargain.limit", limit=terms.per_person)
    bargain = _new(user, campaign, terms, sku=sku, ordinal=ordinal)
    try:
        with transaction.atomic():
            bargain.save(force_insert=True)
            emit(BargainStarted(bargain.pk, user.pk))
    except IntegrityError:
        # The same button twice at once: whoever comes second finds the first one's.
        if going_on := _going_on(user, campaign):
            return going_on
        raise
    return bargain


def expire_due(limit: int) -> int:
    """End up to ``limit`` bargains whose time is over; return how many. A timer. One that is being bought is left alone."""
    due = Bargain.objects.filter(status=Status.OPEN, expires_at__lte=clock.now())
    return sweep("bargain.expire", due, _expire, by="expires_at", limit=limit)


def _going_on(user: User, campaign: Campaign) -> Bargain | None:
    rows = Bargain.objects.filter(campaign=campaign, owner=user, status__in=[Status.OPEN, Status.ORDERED])
    found = rows.first()
    if found is not None and found.status == Status.OPEN and not found.is_going_on:
        # Its time is over and the timer has not come by yet.
        _expire(found)
        return None
    return found


def _new(user: User, campaign: Campaign, terms: Terms, *, sku: Sku, ordinal: int) -> Bargain:
    now, seed = clock.now(), ids.token(20)
    first = cuts.first_cut(
        sku.price_fen - terms.floor_fen,
        helpers=terms.helpers,
        least=terms.first_least,
        most=terms.first_most,
        seed=seed,
    )
    return Bargain(
        number=ids.number("B"),
        campaign=campaign,
        version=campaign.version,
        owner=user,
        ordinal=ordinal,
        sku=sku,
        start_fen=sku.price_fen,
        floor_fen=terms.floor_fen,
        first_cut_fen=first,
        price_fen=sku.price_fen - first,
        helpers=terms.helpers,
        seed=seed,
        started_at=now,
        expires_at=now + timedelta(hours=terms.hours),
    )


def _expire(bargain: Bargain) -> bool:
    with transaction.atomic():
        ended = advance(Bargain, bargain.pk, old=Status.OPEN, new=Status.EXPIRED, closed_at=clock.now())
        if ended:
            emit(BargainExpired(bargain.pk, bargain.owner_id))
    return ended
