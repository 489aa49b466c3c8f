"""What this play holds of people: their bargains, and the cuts they gave to friends."""

from typing import Final

from django.utils.translation import ngettext

from renmai.accounts.holdings import Holding, Topic, Why
from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.plays.bargain.models import Bargain, Cut

HOLDINGS: Final = (
    Holding(
        model=Bargain,
        person="owner",
        topic=Topic.PLAYS,
        stays=Why.OTHERS,
        copied=("number", "sku__code", "start_fen", "floor_fen", "price_fen", "cut_count", "status", "started_at", "expires_at"),
    ),
    Holding(model=Cut, person="helper", topic=Topic.PLAYS, stays=Why.OTHERS, copied=("bargain__number", "amount_fen", "at")),
)


def lost(user: User) -> str:
    """Return what goes on and is lost with her account; empty for nothing."""
    count = Bargain.objects.filter(owner=user, status=Bargain.Status.OPEN, expires_at__gt=clock.now()).count()
    return (
        ngettext("%(count)s bargain that goes on.", "%(count)s bargains that go on.", count) % {"count": count} if count else ""
    )
