"""What the platform pledged to its agents and whether it kept it: parcels and claims of their customers' orders, their withdrawals.

One place answers for both: the reactions, which ask about one event, and the audit, which asks about everything that ever happened.
What nobody decided is no outcome: withdrawals that were not approved, or that the agent's own account refused, and claims withdrawn.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from renmai.distribution.models import Withdrawal
from renmai.ordering.actions.after_sales import NOT_REACHED
from renmai.ordering.models import AfterSale, AfterSaleStep, Order, Shipment
from renmai.policy.queries import integer
from renmai.sharing.models import Attribution
from renmai.trust.actions import note_past_outcomes
from renmai.trust.pledges import Outcome, Pledge

CHUNK: Final = 1000
UNANSWERED: Final = "unanswered"
OPENED: Final = "requested"
ENDED: Final = (AfterSale.Status.DONE, AfterSale.Status.REJECTED)


def of_parcel(shipment_id: int) -> list[Outcome]:
    """Return what a parcel that left says. One in time waits until its order ends, and a replacement of what had ended before does not."""
    parcel = Shipment.objects.select_related("order").filter(pk=shipment_id).first()
    if parcel is None or (_is_in_time(parcel) and parcel.order.settled_at is None):
        return []
    return [each for each in _parcels(parcel.order_id, _agent(parcel.order_id)) if each.evidence == _evidence(parcel)]


def of_order(order_id: int) -> list[Outcome]:
    """Return what a kept order says: its parcels, and that its goods were without fault, or not."""
    order, agent_user_id = Order.objects.filter(pk=order_id, settled_at__isnull=False).first(), _agent(order_id)
    if order is None or order.settled_at is None or agent_user_id is None:
        return []
    had_fault = AfterSale.objects.filter(order=order_id, status=AfterSale.Status.DONE, is_quality_issue=True).exists()
    goods = [] if had_fault else [Outcome(Pledge.GOODS, f"order:{order_id}", agent_user_id, is_kept=True, at=order.settled_at)]
    return [*_parcels(order_id, agent_user_id), *goods]


def of_claim(after_sale_id: int) -> list[Outcome]:
    """Return what a claim that ended says: whether it was answered in time and rightly at the first time, and whether goods had a fault.

    A claim that the platform itself opened, because it could not send the goods, is a parcel that never left.
    """
    claim = AfterSale.objects.filter(pk=after_sale_id, status__in=ENDED, finished_at__isnull=False).first()
    agent_user_id = _agent(claim.order_id) if claim else None
    if claim is None or claim.finished_at is None or agent_user_id is None or claim.reason == NOT_REACHED:
        return []
    evidence, at = f"claim:{claim.pk}", claim.finished_at
    steps = dict(AfterSaleStep.objects.filter(after_sale=claim).values_list("step", "actor_id"))
    if steps.get(OPENED) is None:
        return [Outcome(Pledge.PARCEL, evidence, agent_user_id, is_kept=False, at=at)]
    refused_before = AfterSale.objects.filter(
        order_line=claim.order_line_id, status=AfterSale.Status.REJECTED, pk__lt=claim.pk
    ).exists()
    was_wrong = claim.status == AfterSale.Status.DONE and refused_before
    found = [Outcome(Pledge.CLAIM, evidence, agent_user_id, UNANSWERED not in steps and not was_wrong, at)]
    if claim.status == AfterSale.Status.DONE and claim.is_quality_issue:
        found.append(Outcome(Pledge.GOODS, evidence, agent_user_id, is_kept=False, at=at))
    return found


def of_withdrawal(withdrawal_id: int) -> list[Outcome]:
    """Return whether a withdrawal that was paid was paid in time."""
    row = Withdrawal.objects.filter(pk=withdrawal_id, status=Withdrawal.Status.PAID).select_related("agent").first()
    if row is None or row.finished_at is None:
        return []
    in_time = row.finished_at - row.requested_at <= timedelta(hours=integer("trust.payout_hours"))
    return [Outcome(Pledge.PAYOUT, f"withdrawal:{row.pk}", row.agent.user_id, in_time, row.finished_at)]


def record_past(limit: int) -> int:
    """Record, once, what happened before pledges were kept count of; return how many outcomes were new. A timer."""
    return note_past_outcomes(all_lasting(), limit=limit)


def all_lasting() -> Iterator[Outcome]:
    """Yield everything that orders, claims and withdrawals say, oldest row first: for the past, and for the audit."""
    brought = Exists(Attribution.objects.filter(order=OuterRef("pk"), shop__isnull=False))
    for order_id in _ids(Order.objects.filter(brought, status=Order.Status.SETTLED)):
        yield from of_order(order_id)
    for claim_id in _ids(AfterSale.objects.filter(status__in=ENDED)):
        yield from of_claim(claim_id)
    for withdrawal_id in _ids(Withdrawal.objects.filter(status=Withdrawal.Status.PAID)):
        yield from of_withdrawal(withdrawal_id)


def _ids(rows: "QuerySet[Order] | QuerySet[AfterSale] | QuerySet[Withdrawal]") -> Iterator[int]:
    return rows.order_by("pk").values_list("pk", flat=True).iterator(CHUNK)


def _agent(order_id: int) -> int | None:
    """Return whose order it is: the agent of the shop that it was decided for."""
    decided = Attribution.objects.filter(order=order_id, shop__isnull=False)
    return decided.values_list("shop__owner", flat=True).first()


def _parcels(order_id: int, agent_user_id: int | None) -> list[Outcome]:
    if agent_user_id is None:
        return []
    sent = Shipment.objects.filter(order=order_id, shipped_at__isnull=False).exclude(order__delivery=Order.Delivery.PICKUP)
    return [
        Outcome(Pledge.PARCEL, _evidence(parcel), agent_user_id, _is_in_time(parcel), parcel.shipped_at)
        for parcel in sent.order_by("pk")
        if parcel.shipped_at is not None
    ]


def _evidence(parcel: Shipment) -> str:
    return f"parcel:{parcel.pk}"


def _is_in_time(parcel: Shipment) -> bool:
    return parcel.shipped_at is None or parcel.shipped_at <= parcel.ship_before
