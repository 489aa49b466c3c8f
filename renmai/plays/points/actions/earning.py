"""Points come of kept orders, and go back with goods that do; what has been spent already is owed until more is earned."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from renmai.campaigns.models import Campaign, Reward, TermsVersion
from renmai.campaigns.queries import open_campaigns
from renmai.kernel import clock
from renmai.kernel.compiled import Compiled, by_key, insert_missing
from renmai.ordering.actions import progress
from renmai.ordering.events import LineRefunded, OrderSettled
from renmai.ordering.models import Order
from renmai.plays.points.actions.booking import What, book, held, issue
from renmai.plays.points.models import Account, Earning, Pot
from renmai.plays.points.rates import Rates, kept_fen, rates_of

KEY = "points"
REWARD_DAYS = 365
_EARNED: Compiled[Earning] = Compiled(lambda order: Earning.objects.filter(order_id=order).select_related("campaign"))


def earn(event: OrderSettled) -> None:
    """Credit what a kept order earns by the terms that held when it was paid. A reaction; again changes nothing."""
    order = by_key(Order, event.order_id)
    found = _campaign_at(order.paid_at) if order.paid_at else None
    if found is None:
        return
    with transaction.atomic():
        order = progress.held(order.pk)
        insert_missing(
            [
                Earning(
                    order=order, user_id=order.buyer_id, campaign=found, version=_version_at(found, order.paid_at or clock.now())
                )
            ]
        )
        _correct(order)


def follow_refund(event: LineRefunded) -> None:
    """Take back what returned goods had earned. A reaction; an order that has not settled yet has earned nothing."""
    with transaction.atomic():
        _correct(progress.held(event.order_id))


def hand_out(reward: Reward) -> str:
    """Hand out a reward in points, in the caller's transaction, once; return the key it is booked under."""
    programme = next(iter(open_campaigns(play=KEY)), None)
    days = rates_of(programme.terms).valid_days if programme else REWARD_DAYS
    cause = f"reward:{reward.pk}"
    _credit(
        held(reward.beneficiary_id),
        reward.amount,
        cause=cause,
        what=What("reward", order=reward.order, campaign=reward.campaign),
        expires_at=clock.now() + timedelta(days=days),
    )
    return cause


def _correct(order: Order) -> None:
    """Bring what an order has earned to what its kept goods earn. The caller holds the order, so nothing of it changes meanwhile."""
    earning = _EARNED.first(order.pk)
    if earning is None:
        return
    rates = _rates(earning)
    due = rates.earned(kept_fen(list(order.lines.order_by("pk")[:200])))
    change, turn = due - earning.points, earning.round + 1
    if not change:
        return
    Earning.objects.filter(pk=earning.pk, round=earning.round).update(points=due, round=turn)
    account = held(earning.user_id)
    cause = f"order:{order.pk}:{turn}"
    if change > 0:
        expires_at = clock.now() + timedelta(days=rates.valid_days)
        _credit(account, change, cause=cause, what=What("earned", order, earning.campaign), expires_at=expires_at)
    else:
        _take_back(account, -change, cause=cause, what=What("taken_back", order, earning.campaign))


def _credit(account: Account, points: int, *, cause: str, what: What, expires_at: datetime) -> None:
    """Pay what is owed first; the rest is hers. The caller holds the account."""
    owed = min(account.debt, points)
    if owed:
        book(account.pk, (Pot.SHOP, Pot.DEBT), owed, cause=f"{cause}:owed", what=what)
    if points > owed:
        issue(account.pk, Pot.SHOP, points - owed, cause=cause, what=what, expires_at=expires_at)


def _take_back(account: Account, points: int, *, cause: str, what: What) -> None:
    """Take what is there; the rest is owed. The caller holds the account."""
    there = min(account.available, points)
    if there:
        book(account.pk, (Pot.AVAILABLE, Pot.SHOP), there, cause=cause, what=what)
    if points > there:
        book(account.pk, (Pot.DEBT, Pot.SHOP), points - there, cause=f"{cause}:owed", what=what)


def _rates(earning: Earning) -> Rates:
    return rates_of(TermsVersion.objects.get(campaign=earning.campaign, number=earning.version).terms)


def _campaign_at(moment: datetime) -> Campaign | None:
    """Return the campaign that was running at a moment; of several the oldest."""
    rows = Campaign.objects.filter(play=KEY, launched_at__lte=moment, starts_at__lte=moment, ends_at__gt=moment)
    return rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=moment)).order_by("pk").first()


def _version_at(campaign: Campaign, moment: datetime) -> int:
    rows = TermsVersion.objects.filter(campaign=campaign, made_at__lte=moment).order_by("-number")
    return rows.values_list("number", flat=True).first() or campaign.version
