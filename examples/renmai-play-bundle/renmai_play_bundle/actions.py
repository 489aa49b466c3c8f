"""Taking a use of the limit with an order, and giving it back."""

from renmai.campaigns.models import Participation
from renmai.kernel import clock
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai_play_bundle.models import Use
from renmai_play_bundle.terms import terms_at


def take(order: Order, part: Participation) -> None:
    """Count an order against its buyer's limit, in the transaction in which it is placed. Raises ``bundle.limit``."""
    limit = terms_at(part.campaign_id, part.version).per_person
    taken = set(Use.objects.filter(campaign=part.campaign_id, buyer=order.buyer_id).values_list("turn", flat=True))
    turn = next((turn for turn in range(1, limit + 1) if turn not in taken), None)
    if turn is None:
        raise DomainError("bundle.limit", limit=limit)
    row = Use(order=order, campaign_id=part.campaign_id, buyer_id=order.buyer_id, turn=turn, at=clock.now())
    if not insert_missing([row]):
        # Another order of hers took the same turn at this moment.
        raise DomainError("bundle.limit", limit=limit)


def give_back(order: Order) -> None:
    """An order ended unpaid: its use is free again."""
    Use.objects.filter(order=order).delete()
