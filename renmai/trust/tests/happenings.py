"""What happens on ties, written into the rows of the rooms below as their own actions would leave them."""

from datetime import datetime
from itertools import count

from renmai.accounts.models import User
from renmai.ordering.models import Order
from renmai.sharing.models import Attribution, Share, Shop, Visit
from renmai.sharing.tests import factories

_numbers = count(1)


def kept_order(
    buyer: User, *, shop: Shop, share: Share | None, at: datetime, paid_fen: int = 5000, refunded_fen: int = 0
) -> Order:
    """An order that came through ``share`` (None: through the binding) and was settled at ``at``."""
    number = next(_numbers)
    order = Order.objects.create(
        number=f"T-{number}",
        buyer=buyer,
        status=Order.Status.SETTLED,
        goods_fen=paid_fen,
        payable_fen=paid_fen,
        refunded_fen=refunded_fen,
        idempotency_key=f"trust-{number}",
        placed_at=at,
        pay_before=at,
        paid_at=at,
        settled_at=at,
        shop_id=shop.pk,
        share_id=share.pk if share else None,
    )
    rule = Attribution.Rule.LAST_VISIT if share else Attribution.Rule.BINDING
    Attribution.objects.create(order=order, rule=rule, shop=shop, share=share, at=at)
    return order


def visit(share: Share, receiver: User, *, at: datetime, is_valid: bool = True) -> Visit:
    """``receiver`` opens a link."""
    return Visit.objects.create(share=share, visitor=factories.visitor(receiver), user=receiver, is_valid=is_valid, at=at)
