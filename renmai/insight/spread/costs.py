"""What customers cost and whether they stayed, read from the rows: discounts, rewards and commission on the order that brought them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F, Q, Sum

from renmai.campaigns.models import Participation, Reward
from renmai.campaigns.plays import Incentive, plays
from renmai.distribution.models import Commission
from renmai.insight.spread.chains import SAME_ACT, user_of
from renmai.insight.spread.reproduction import Member
from renmai.insight.spread.retention import KEPT_AFTER, Customer
from renmai.ordering.models import Order

MAX_CUSTOMERS = 20_000
SAME_SHOPPING = timedelta(days=1)
"""What somebody buys within a day of her first order is the same shopping, not a return."""

CHUNK = 5_000
LOST = (Order.Status.CANCELLED, Order.Status.REFUNDED)


class _First(NamedTuple):
    """The order that brought somebody, its play (empty without one) and its id."""

    order: int
    buyer: int
    at: datetime
    play: str


def customers_of(campaign_id: int, *, start: datetime, end: datetime) -> list[Customer]:
    """Return who first bought in one campaign within the time, as its play's incentive. Five statements for up to ``CHUNK`` people."""
    return _customers(_firsts(_through_campaigns(start, end, campaign_id=campaign_id)))


def brought_customers(members: Iterable[Member], *, start: datetime, end: datetime) -> list[tuple[int, Customer]]:
    """Return who first bought within the time after she was brought, and who brought her: what ``customers_of`` is where a campaign grants
    nothing to orders, so that no order says that it came of it. Her first order that stands is the one that counts. Five statements likewise.
    """
    came = {user_of(member.key): (user_of(member.parent_key), member.entered_at) for member in members if member.parent_key}
    first: dict[int, _First] = {}
    for chunk in _chunks(sorted(came)):
        rows = Order.objects.filter(buyer_id__in=chunk, paid_at__isnull=False).exclude(status__in=LOST)
        for order, buyer, at in rows.order_by("paid_at", "pk").values_list("pk", "buyer_id", "paid_at"):
            if at and at >= came[buyer][1] - SAME_ACT:
                first.setdefault(buyer, _First(order, buyer, at, ""))
    chosen = [row for row in first.values() if start <= row.at < end][:MAX_CUSTOMERS]
    return [(came[row.buyer][0], customer) for row, customer in zip(chosen, _customers(chosen), strict=True)]


def customers_by_incentive(*, start: datetime, end: datetime) -> list[Customer]:
    """Return who first bought within the time in any campaign, or through somebody's link without one. Six statements likewise.

    Somebody who came by several incentives is a customer of each.
    """
    shared = Order.objects.filter(paid_at__gte=start, paid_at__lt=end, share_id__isnull=False, is_in_campaign=False)
    rows = shared.exclude(status__in=LOST).order_by("paid_at", "pk").values_list("pk", "buyer_id", "paid_at")
    without = [_First(order, buyer, at, "") for order, buyer, at in rows[:MAX_CUSTOMERS] if at]
    return _customers([*_firsts(_through_campaigns(start, end)), *_firsts(without)])


def _through_campaigns(start: datetime, end: datetime, **which: int) -> list[_First]:
    parts = Participation.objects.filter(order__paid_at__gte=start, order__paid_at__lt=end, **which)
    rows = parts.exclude(order__status__in=LOST).order_by("order__paid_at", "order_id", "pk")
    found = rows.values_list("order_id", "order__buyer_id", "order__paid_at", "play")[:MAX_CUSTOMERS]
    return [_First(order, buyer, at, play) for order, buyer, at, play in found if at]


def _firsts(rows: Iterable[_First]) -> list[_First]:
    """Return the first order of each person for each incentive."""
    found: dict[tuple[int, str], _First] = {}
    for row in rows:
        found.setdefault((row.buyer, _incentive(row.play, 0)), row)
    return list(found.values())


def _customers(firsts: Sequence[_First]) -> list[Customer]:
    if not firsts:
        return []
    discounts, rewards, commissions = _costs([first.order for first in firsts])
    bought = _paid_moments(firsts)
    return [
        Customer(
            incentive=_incentive(first.play, commissions[first.order]),
            cost_fen=discounts[first.order] + rewards[first.order] + commissions[first.order],
            came_at=first.at,
            back_at=min((at for at in bought[first.buyer] if at >= first.at + SAME_SHOPPING), default=None),
        )
        for first in firsts
    ]


def _incentive(play_key: str, commission_fen: int) -> str:
    """Return the play's incentive; without a play what somebody earned on it, if anything. A play that is gone leaves none."""
    if play_key:
        found = plays().get(play_key)
        return str(found.incentive) if found else str(Incentive.NONE)
    return str(Incentive.PROFIT_SHARE) if commission_fen else str(Incentive.NONE)


def _costs(order_ids: Sequence[int]) -> tuple[Mapping[int, int], Mapping[int, int], Mapping[int, int]]:
    """Return discount, rewards and commission by order: what was given and not taken back."""
    discounts: dict[int, int] = defaultdict(int)
    rewards: dict[int, int] = defaultdict(int)
    commissions: dict[int, int] = defaultdict(int)
    for chunk in _chunks(order_ids):
        parts = Participation.objects.filter(order_id__in=chunk).values_list("order_id").annotate(Sum("discount_fen"))
        discounts.update(parts.order_by())
        given = Reward.objects.filter(order_id__in=chunk, status=Reward.Status.GRANTED)
        for order, benefit, amount in given.values_list("order_id", "benefit", "amount"):
            rewards[order] += reward_fen(benefit, amount)
        earned = Commission.objects.filter(order_line__order_id__in=chunk).values_list("order_line__order_id")
        commissions.update(earned.annotate(left=Sum(F("amount_fen") - F("reversed_fen"))).order_by())
    return discounts, rewards, commissions


def reward_fen(benefit: str, amount: int) -> int:
    """Return what a reward is worth; one whose play is gone counts its amount as fen."""
    owner = next((each for each in plays().values() if benefit in each.benefits), None)
    return owner.cost_fen(benefit, amount) if owner else amount


def _paid_moments(firsts: Sequence[_First]) -> Mapping[int, list[datetime]]:
    """Return when each of these people paid for orders that stand."""
    start, end = min(first.at for first in firsts), max(first.at for first in firsts) + KEPT_AFTER
    found: dict[int, list[datetime]] = defaultdict(list)
    stands = Q(paid_at__gte=start, paid_at__lte=end) & ~Q(status__in=LOST)
    for chunk in _chunks(sorted({first.buyer for first in firsts})):
        for buyer, at in Order.objects.filter(stands, buyer_id__in=chunk).values_list("buyer_id", "paid_at"):
            if at:
                found[buyer].append(at)
    return found


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
