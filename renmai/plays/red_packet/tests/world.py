"""Red packet campaigns and what people do with their packets, for tests."""

from typing import Any

from renmai.campaigns.models import Campaign
from renmai.campaigns.terms import checked
from renmai.campaigns.tests.fakes import choice, running_campaign
from renmai.catalogue.models import Sku
from renmai.journeys.tests.world import Customer, place
from renmai.ordering.models import Order
from renmai.plays.red_packet import actions
from renmai.plays.red_packet.models import Packet
from renmai.plays.red_packet.play import PLAY


def campaign(fields: dict[str, Any] | None = None, **terms: Any) -> Campaign:
    """A running campaign: ten equal packets with ¥20 altogether, for everybody; ``terms`` and ``fields`` change it."""
    raw = {"packets": 10, "total_fen": 2000, "split": "equal"} | terms
    running = running_campaign("red_packet", terms=checked(PLAY, raw), **(fields or {}))
    actions.prepare(running)
    return running


def opened(who: Customer, running: Campaign | None = None) -> Packet:
    """A packet of ``who``."""
    return actions.open_packet(who.user, (running or campaign()).pk)


def ordered(who: Customer, packet: Packet, sku: Sku, *, pieces: int = 1, **fields: Any) -> Order:
    """An order with her packet."""
    return place(who, [(sku, pieces)], plays=(choice(packet.campaign, packet.code),), **fields)


def now(packet: Packet) -> Packet:
    """The packet as it is now."""
    return Packet.objects.get(pk=packet.pk)
