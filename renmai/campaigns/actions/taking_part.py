"""Orders with grants: written down as they are placed, and told to the plays as they move on, in the order's own transaction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import F, Q

from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.plays import Play, play
from renmai.campaigns.pricing import Granted
from renmai.campaigns.queries.lists import parts_of_order, parts_of_orders
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


def paid_together(orders: Sequence[Order]) -> dict[int, Sequence[Participation]]:
    """Return what was granted to those of ``orders`` that can be told of their money together, by their ids; reads only.

    Left out is what takes part in a play that has something to do then and does not say how for several (``Play.paid_together``).
    """
    taking_part = [order.pk for order in orders if order.is_in_campaign]
    parts = parts_of_orders(taking_part) if taking_part else {}
    granted = {order.pk: parts.get(order.pk, []) for order in orders}
    return {pk: each for pk, each in granted.items() if all(_tells_several(play(part.play)) for part in each)}


def on_paid_together(orders: Sequence[Order], granted: Mapping[int, Sequence[Participation]]) -> None:
    """Do as ``on_paid`` for several orders, with what ``paid_together`` returned for them: each play hears of all of its own at once."""
    by_play: dict[str, list[tuple[Order, Participation]]] = defaultdict(list)
    for order in orders:
        for part in granted[order.pk]:
            by_play[part.play].append((order, part))
    for key in sorted(by_play):
        if tell := play(key).paid_together:
            tell(by_play[key])


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


def _tells_several(each: Play) -> bool:
    """Whether several at once are as good as each by itself: the play says how, or has nothing to do when money comes."""
    return each.paid_together is not None or type(each).paid is Play.paid
