"""What becomes of a red packet with its order, and at its end, when its money goes back to the budget."""

from django.db import transaction

from renmai.campaigns import vouchers
from renmai.campaigns.actions import unspend
from renmai.campaigns.models import Participation
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.states import advance
from renmai.kernel.sweeping import sweep
from renmai.ordering.models import Order
from renmai.plays.red_packet.models import Packet

Status = Packet.Status


def reserve(order: Order, part: Participation) -> None:
    """Keep the packet for an order that is being placed, if it is still free and hers. Raises ``red_packet.gone``."""
    if vouchers.reserve(Packet, order, part.reference) is None:
        raise DomainError("red_packet.gone")


def use(order: Order) -> None:
    """The order is paid. In the caller's transaction."""
    vouchers.use(Packet, order)


def give_back(order: Order) -> None:
    """The order ended unpaid, or everything in it went back: the packet is hers again until its own end. Again changes nothing."""
    vouchers.give_back(Packet, order)


def expire_packets(limit: int) -> int:
    """End up to ``limit`` packets whose time is over, and give their money back to the budget that paid for them. A timer."""
    due = Packet.objects.filter(status=Status.FREE, valid_until__lte=clock.now()).select_related("reward")
    return sweep("red_packet.expire", due, _expire, by="valid_until", limit=limit)


def _expire(packet: Packet) -> bool:
    with transaction.atomic():
        if not advance(Packet, packet.pk, old=Status.FREE, new=Status.EXPIRED):
            return False
        unspend(packet.reward.campaign_id if packet.reward else packet.campaign_id, packet.amount_fen)
    return True
