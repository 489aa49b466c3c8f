"""A flash sale and its people, for tests."""

from typing import Any

from renmai.campaigns.models import Campaign
from renmai.campaigns.terms import checked
from renmai.campaigns.tests.fakes import choice, running_campaign
from renmai.catalogue.models import PoolBucket, Sku
from renmai.journeys.tests.world import Customer, goods, place
from renmai.ordering.models import Order
from renmai.plays.flash import actions
from renmai.plays.flash.models import Sale, Ticket
from renmai.plays.flash.play import PLAY

PRICE, FLASH = 5000, 990


def flash_sale(pieces: int = 2, *, sku: Sku | None = None, fields: dict[str, Any] | None = None, **terms: Any) -> Campaign:
    """A running sale of ``pieces`` at ¥9.90 of goods that cost ¥50, twenty of which lay on the shelf; ``terms`` and ``fields`` change it."""
    (wanted,) = (sku,) if sku else goods(price_fen=PRICE, freight=False, stock=max(20, pieces))
    raw = {"sku_id": wanted.pk, "price_fen": FLASH, "pieces": pieces} | terms
    campaign = running_campaign("flash", terms=checked(PLAY, raw), **(fields or {}))
    campaign.products.create(product=wanted.product)
    PLAY.launched(campaign, None)
    return campaign


def sku_of(campaign: Campaign) -> Sku:
    """The goods of a sale."""
    return Sku.objects.get(pk=campaign.terms["sku_id"])


def pool(campaign: Campaign) -> tuple[int, int, int]:
    """Free, reserved and sold pieces of a sale now."""
    rows = list(PoolBucket.objects.filter(pool=Sale.objects.get(campaign=campaign).pool))
    return sum(row.free for row in rows), sum(row.reserved for row in rows), sum(row.sold for row in rows)


def took(who: Customer, campaign: Campaign) -> Ticket:
    """A place of ``who``."""
    return actions.grab(who.user, campaign.pk)


def now(ticket: Ticket) -> Ticket:
    """The ticket as it is now."""
    return Ticket.objects.get(pk=ticket.pk)


def ordered(who: Customer, ticket: Ticket, **fields: Any) -> Order:
    """An order that uses the ticket."""
    return place(who, [(sku_of(ticket.campaign), 1)], plays=(choice(ticket.campaign, ticket.number),), **fields)
