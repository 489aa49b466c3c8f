"""The timelines of orders and claims. Append-only."""

from collections.abc import Sequence

from renmai.kernel import clock
from renmai.kernel.compiled import insert
from renmai.ordering.models import AfterSaleStep, OrderStep

ORDER_DETAIL_LENGTH = 200
CLAIM_DETAIL_LENGTH = 500


def note_order(order_id: int, step: str, *, detail: str = "", actor_id: int | None = None) -> None:
    """Add a step to an order's timeline."""
    insert([OrderStep(order_id=order_id, step=step, detail=detail[:ORDER_DETAIL_LENGTH], actor_id=actor_id, at=clock.now())])


def note_each(order_ids: Sequence[int], step: str) -> None:
    """Add the same step to the timelines of several orders. One statement."""
    insert([OrderStep(order_id=order_id, step=step, at=clock.now()) for order_id in order_ids])


def note_claim(after_sale_id: int, step: str, *, detail: str = "", actor_id: int | None = None) -> None:
    """Add a step to a claim's timeline."""
    insert(
        [
            AfterSaleStep(
                after_sale_id=after_sale_id, step=step, detail=detail[:CLAIM_DETAIL_LENGTH], actor_id=actor_id, at=clock.now()
            )
        ]
    )
