"""The pieces of a sale: set aside as it is launched, given back as it closes."""

from django.db.models import F

from renmai.campaigns.models import Campaign
from renmai.catalogue.actions.pools import close_pool, drain, fill, free_in, open_pool
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.plays.flash.models import Sale, Ticket
from renmai.plays.flash.terms import terms_of


def set_aside(campaign: Campaign) -> None:
    """Set the pieces of a campaign aside, or bring the pool to what its changed terms say; in the caller's transaction.

    Raises ``catalogue.sold_out`` when the shelf has too few, ``flash.other_goods``, ``flash.fewer`` when they are taken already.
    """
    terms = terms_of(campaign.terms)
    sale = Sale.objects.select_related("pool").filter(campaign=campaign).first()
    if sale is None:
        pool = open_pool(terms.sku_id, reference=campaign.number, pieces=terms.pieces)
        Sale.objects.create(campaign=campaign, pool=pool)
        return
    if sale.pool.sku_id != terms.sku_id:
        raise DomainError("flash.other_goods", field="sku_id")
    more = terms.pieces - sale.pool.pieces
    if not more:
        return
    reference = f"{campaign.number}-{sale.fills + 1}"
    Sale.objects.filter(pk=sale.pk).update(fills=F("fills") + 1)
    if more > 0:
        fill(sale.pool, more, reference=reference)
        return
    if (free := free_in(sale.pool_id)) < -more:
        raise DomainError("flash.fewer", field="pieces", free=free)
    drain(sale.pool, -more, reference=reference)


def close(campaign: Campaign) -> None:
    """End a sale, in the caller's transaction: the line is over, what is free goes back; who has a piece keeps it for its time."""
    sale = Sale.objects.select_related("pool").filter(campaign=campaign).first()
    if sale is None:
        return
    end_line(campaign.pk)
    close_pool(sale.pool)


def end_line(campaign_id: int) -> int:
    """End the wait of everybody in line; return how many they were."""
    waiting = Ticket.objects.filter(campaign_id=campaign_id, status=Ticket.Status.WAITING)
    return waiting.update(status=Ticket.Status.CLOSED, ended_at=clock.now())
