"""Points in an order: kept while it waits for the money, spent when that comes, back when it ends or when goods go back."""

from datetime import timedelta

from django.db import transaction

from renmai.campaigns.models import Participation, TermsVersion
from renmai.kernel import clock
from renmai.kernel.compiled import insert
from renmai.kernel.errors import DomainError
from renmai.kernel.states import advance
from renmai.ordering.models import Order
from renmai.plays.points.actions.booking import What, book, issue
from renmai.plays.points.actions.expiring import expire_of
from renmai.plays.points.models import Lot, Pot, Spending
from renmai.plays.points.rates import rates_of, returned_points

Status = Spending.Status


def reserve(order: Order, part: Participation) -> None:
    """Keep as many points as the grant says for an order that is being placed. Raises ``points.not_enough``."""
    if Lot.objects.filter(user_id=order.buyer_id, is_over=False, expires_at__lte=clock.now()).exists():
        expire_of(order.buyer_id)
    points = int(part.reference)
    insert(
        [
            Spending(
                order=order,
                user_id=order.buyer_id,
                campaign_id=part.campaign_id,
                version=part.version,
                points=points,
                off_fen=part.discount_fen,
            )
        ]
    )
    if not book(
        order.buyer_id, (Pot.AVAILABLE, Pot.RESERVED), points, cause=f"reserve:{order.pk}", what=_what("reserved", order, part)
    ):
        raise DomainError("points.not_enough")


def spend_reserved(order: Order, part: Participation) -> None:
    """The order is paid: its points are spent. In the caller's transaction."""
    if advance(Spending, order.pk, old=Status.RESERVED, new=Status.SPENT):
        book(
            order.buyer_id,
            (Pot.RESERVED, Pot.REDEEMED),
            int(part.reference),
            cause=f"spend:{order.pk}",
            what=_what("spent", order, part),
        )


def give_back(order: Order, part: Participation) -> None:
    """The order ended unpaid: its points are hers again, with their old end. In the caller's transaction."""
    if advance(Spending, order.pk, old=Status.RESERVED, new=Status.GIVEN_BACK):
        book(
            order.buyer_id,
            (Pot.RESERVED, Pot.AVAILABLE),
            int(part.reference),
            cause=f"free:{order.pk}",
            what=_what("freed", order, part),
        )
        expire_of(order.buyer_id)


def return_share(order: Order, part: Participation) -> None:
    """Goods went back: so do the points that had paid for them, as good as new ones, because she could not use them meanwhile.

    However the goods are taken apart, the shares sum to the points of the order. Again changes nothing.
    """
    with transaction.atomic():
        spending = Spending.objects.select_for_update().filter(order=order, status=Status.SPENT).first()
        if spending is None:
            return
        target = returned_points(spending.points, list(order.lines.order_by("pk")[:200]))
        back = target - spending.returned
        if back <= 0:
            return
        Spending.objects.filter(pk=spending.pk).update(returned=target)
        terms = TermsVersion.objects.get(campaign_id=spending.campaign_id, number=spending.version).terms
        expires_at = clock.now() + timedelta(days=rates_of(terms).valid_days)
        cause = f"return:{order.pk}:{target}"
        issue(order.buyer_id, Pot.REDEEMED, back, cause=cause, what=_what("returned", order, part), expires_at=expires_at)


def _what(reason: str, order: Order, part: Participation) -> What:
    return What(reason, order=order, campaign=part.campaign)
