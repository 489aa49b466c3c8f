"""Orders with grants: written down as they are placed, and told to the plays as they move on, in the order's own transaction."""

from collections.abc import Sequence

from django.db.models import F, Q

from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.plays import play
from renmai.campaigns.pricing import Granted
from renmai.campaigns.queries.lists import parts_of_order
from renmai.kernel import clock
from renmai.kernel.compiled import CompiledUpdate, insert
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order

_SPEND = CompiledUpdate(
    lambda campaign, amount: (
        Campaign.objects.filter(Q(budget_fen__isnull=True) | Q(budget_fen__gte=F("spent_fen") + amount), pk=campaign),
        {"spent_fen": F("spent_fen") + amount},
    ),
    values=2,
)


def take_part(order: Order, granted: Sequence[Granted]) -> None:
    """Write down what was granted to an order that is being placed, and let each play take what is scarce.

    In the caller's transaction. Raises what the plays refuse: then nothing of the order has happened.
    """
    now = clock.now()
    parts = [
        Participation(
            order=order,
            campaign_id=each.campaign_id,
            play=each.play,
            version=each.version,
            reference=each.grant.reference,
            discount_fen=each.grant.discount_fen,
            at=now,
        )
        for each in granted
    ]
    insert(parts)
    for part in parts:
        play(part.play).placed(order, part)


def on_paid(order: Order) -> None:
    """Tell the plays that the money of an order is there. In the caller's transaction; costs nothing without a campaign."""
    for part in _parts(order):
        play(part.play).paid(order, part)


def on_cancelled(order: Order) -> None:
    """Tell the plays that an order ended unpaid. In the caller's transaction; costs nothing without a campaign."""
    for part in _parts(order):
        play(part.play).cancelled(order, part)


def spend(campaign_id: int, amount_fen: int) -> None:
    """Count what a campaign gives away against its budget, conditionally. Raises ``campaigns.budget``."""
    if not amount_fen:
        return
    if not _SPEND.run(campaign_id, amount_fen):
        raise DomainError("campaigns.budget", title=Campaign.objects.get(pk=campaign_id).title)


def unspend(campaign_id: int, amount_fen: int) -> None:
    """Count back what was not given after all."""
    if amount_fen:
        Campaign.objects.filter(pk=campaign_id).update(spent_fen=F("spent_fen") - amount_fen)


def _parts(order: Order) -> Sequence[Participation]:
    return parts_of_order(order.pk) if order.is_in_campaign else ()
