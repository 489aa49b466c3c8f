"""What this play holds of people: the packets they opened."""

from typing import Final

from django.utils.translation import ngettext

from renmai.accounts.holdings import Holding, Topic, Why
from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.plays.red_packet.models import Packet

HOLDINGS: Final = (
    Holding(
        model=Packet,
        person="owner",
        topic=Topic.BENEFITS,
        stays=Why.COUNTED,
        copied=("code", "campaign__number", "amount_fen", "status", "got_at", "valid_until", "used_at"),
    ),
)


def lost(user: User) -> str:
    """Return what she could still use and loses with her account; empty for nothing."""
    count = Packet.objects.filter(owner=user, status=Packet.Status.FREE, valid_until__gt=clock.now()).count()
    return (
        ngettext("%(count)s red packet that you could still use.", "%(count)s red packets that you could still use.", count)
        % {"count": count}
        if count
        else ""
    )
