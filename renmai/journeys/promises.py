"""What a play promised a paid order: it succeeds and the goods leave, perhaps cheaper, or it fails and the money goes back."""

from collections.abc import Mapping

from django.db import transaction

from renmai.journeys import after_sale
from renmai.ordering.actions import holding
from renmai.payments import actions as payments

REDUCTION = "reduction"
"""How the causes of refunds begin that make a released order cheaper."""


def keep(order_id: int, *, play: str, reductions: Mapping[int, int]) -> bool:
    """Release an order that was held for ``play``: it is packed, and ``reductions`` (fen by line) go back at once, exactly once.

    False when it is not held for it any more. One transaction, or the caller's.
    """
    with transaction.atomic():
        released = holding.release(order_id, held_for=play, reductions=reductions)
        if released is None:
            return False
        if released.reduced_fen:
            payments.refund_for_reference(
                released.number,
                amount_fen=released.reduced_fen,
                reason=REDUCTION,
                cause=f"{REDUCTION}:{released.number}",
            )
    return True


def give_back(order_id: int, *, play: str, detail: str) -> bool:
    """Give everything back that was paid for an order held for ``play``, exactly once, and put its pieces on the shelf again.

    ``detail`` says why, for the timeline: ``expired``, ``left``. False when the order is not held for it any more. One transaction,
    or the caller's.
    """
    return after_sale.refund_held(order_id, play=play, detail=detail)
