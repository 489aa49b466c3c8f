"""Keeping the remembered standings true."""

from datetime import timedelta

from django.db import transaction

from renmai.accounts.models import User
from renmai.campaigns.events import CampaignLaunched
from renmai.campaigns.models import Campaign
from renmai.campaigns.queries import open_campaigns
from renmai.kernel import clock
from renmai.kernel.sweeping import sweep
from renmai.ordering.events import LineRefunded, OrderSettled
from renmai.ordering.models import Order
from renmai.plays.levels.models import Standing
from renmai.plays.levels.queries import KEY, kept_within

FOR_EVER = timedelta(days=36_500)


def on_settled(event: OrderSettled) -> None:
    """A sale was kept: work out again what its buyer has reached. No statement while no campaign is open."""
    _renew(event.order_id)


def on_refunded(event: LineRefunded) -> None:
    """Something went back: work out again. No statement while no campaign is open."""
    _renew(event.order_id)


def forget(campaign: Campaign) -> None:
    """Let nothing count that was remembered: the terms have changed, or nobody kept it true while the campaign was paused."""
    Standing.objects.filter(campaign=campaign, good_until__gt=clock.now()).update(good_until=clock.now())


def on_launched(event: CampaignLaunched) -> None:
    """A campaign goes on after a pause."""
    for campaign in Campaign.objects.filter(pk=event.campaign_id, play=KEY):
        forget(campaign)


def renew_standings(limit: int) -> int:
    """Work out again up to ``limit`` standings from whose window an order has fallen; return how many. A timer."""
    due = Standing.objects.filter(campaign__status=Campaign.Status.LAUNCHED, good_until__lte=clock.now()).select_related(
        "campaign", "user"
    )
    return sweep("levels.renew", due, lambda row: remember(row.user, row.campaign) is not None, by="good_until", limit=limit)


def remember(user: User, campaign: Campaign) -> Standing:
    """Work out what somebody has kept and write it down; whoever writes last has read what was committed before.

    The member is held meanwhile: two of her orders that settle at once count one after the other.
    """
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).only("pk").get(pk=user.pk)
        kept = kept_within(user.pk, campaign)
        end = kept.first_leaves_at or clock.now() + FOR_EVER
        found, _is_new = Standing.objects.update_or_create(
            campaign=campaign, user=user, defaults={"kept_fen": kept.fen, "good_until": end}
        )
    return found


def _renew(order_id: int) -> None:
    campaigns = open_campaigns(play=KEY)
    if campaigns:
        buyer = Order.objects.select_related("buyer").get(pk=order_id).buyer
        for campaign in campaigns:
            remember(buyer, campaign)
