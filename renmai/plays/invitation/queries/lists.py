"""Who brought whom, and how far each invitation is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.accounts.queries import visitor_ids
from renmai.campaigns.actions.rewarding import HOLD
from renmai.campaigns.models import Campaign, Reward
from renmai.campaigns.queries import open_campaigns
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.plays.invitation.models import Invitation, InviteCode
from renmai.plays.invitation.terms import terms_of
from renmai.policy import queries as policy
from renmai.policy.rules import CHINA
from renmai.sharing.models import Share, Visit

KEY = "invitation"
INVITER, INVITED = "inviter", "invited"
PAGE_SIZE = 20
MOST_CAMPAIGNS = 20
MOST_ORDERS = 200
ON_ITS_WAY = (Order.Status.PAID, Order.Status.SHIPPED, Order.Status.RECEIVED)


class Stage(models.TextChoices):
    """How far an invitation is, for its inviter."""

    JOINED = "joined", pgettext_lazy("invitation", "Has joined")
    BOUGHT = "bought", pgettext_lazy("invitation", "Has bought, not kept yet")
    KEPT = "kept", pgettext_lazy("invitation", "Kept, the reward is on its way")
    REVIEW = "review", pgettext_lazy("invitation", "Kept, the reward is being looked at")
    GRANTED = "granted", pgettext_lazy("invitation", "Reward given")
    REFUSED = "refused", pgettext_lazy("invitation", "No reward")
    OVER = "over", pgettext_lazy("invitation", "Kept, over this month's limit")


STAGE_OF_REWARD = {
    Reward.Status.WAITING: Stage.KEPT,
    Reward.Status.REVIEW: Stage.REVIEW,
    Reward.Status.GRANTED: Stage.GRANTED,
    Reward.Status.REFUSED: Stage.REFUSED,
    Reward.Status.VOID: Stage.REFUSED,
}


@dataclass(frozen=True)
class Brought:
    """Somebody whom a member brought. ``expected_at`` is about when the reward comes; None when nobody can know, or nothing comes."""

    invitation: Invitation
    stage: Stage
    reward: Reward | None
    expected_at: datetime | None


@dataclass(frozen=True)
class BroughtPage:
    """One page of them."""

    items: tuple[Brought, ...]
    number: int
    has_next: bool


def cause_of(invitation_id: int, side: str) -> str:
    """Return the name of a reward for ever."""
    return f"{KEY}:{invitation_id}:{side}"


def owner_of(code: str) -> User:
    """Return whose invitation code this is, however it was typed. Raises ``invitation.code``."""
    plain = "".join(code.split()).replace("-", "").upper()[:12]
    found = (
        InviteCode.objects.select_related("user").filter(code=plain, user__is_active=True, user__deleted_at__isnull=True).first()
    )
    if found is None:
        raise DomainError("invitation.code", field="code")
    return found.user


def campaigns_here() -> Sequence[Campaign]:
    """Return the open invitation campaigns, the oldest first. From the process's memory: no statement as a rule."""
    return [campaign for campaign in open_campaigns() if campaign.play == KEY][:MOST_CAMPAIGNS]


def open_campaign(campaign_id: int) -> Campaign | None:
    """Return an invitation campaign if it is open now."""
    found = Campaign.objects.filter(pk=campaign_id, play=KEY).first()
    return found if found is not None and found.is_open else None


def latest_campaign() -> Campaign | None:
    """Return the newest open campaign: by its terms people are tied who name none."""
    rows = Campaign.objects.filter(play=KEY, status=Campaign.Status.LAUNCHED, starts_at__lte=clock.now(), ends_at__gt=clock.now())
    return rows.order_by("-starts_at", "-pk").first()


def latest_invitation_link(user: User) -> Share | None:
    """Return the last invitation link that a person opened, within the window of attribution."""
    since = clock.now() - timedelta(days=policy.integer("attribution.window_days"))
    campaigns = Campaign.objects.filter(play=KEY).values("pk")
    visits = Visit.objects.filter(
        Q(user=user) | Q(visitor__in=visitor_ids(user)), is_valid=True, at__gte=since, share__campaign_id__in=campaigns
    )
    visit = visits.exclude(share__sharer=user).select_related("share__sharer").order_by("-at", "-pk").first()
    return visit.share if visit else None


def inviter_of(user: User) -> Invitation | None:
    """Return who brought her, and how."""
    return Invitation.objects.select_related("inviter", "campaign").filter(invited=user).first()


def may_enter_until(user: User, campaign: Campaign) -> datetime | None:
    """Return until when she may still enter a code; None when she may not, because she has an inviter, has ordered, or it is late."""
    until = user.created_at + timedelta(days=terms_of(campaign.terms).join_days)
    if until < clock.now() or Invitation.objects.filter(invited=user).exists():
        return None
    has_ordered = Order.objects.filter(buyer=user).exclude(status=Order.Status.CANCELLED).exists()
    return None if has_ordered else until


def thanked_this_month(user: User, campaign_id: int) -> int:
    """Return for how many friends she has been thanked, or is about to be, this month."""
    month = f"{clock.now().astimezone(CHINA):%Y-%m}"
    return Invitation.objects.filter(campaign=campaign_id, inviter=user, month=month, turn__isnull=False).count()


def brought_by(user: User, *, page: int = 1) -> BroughtPage:
    """Return whom a member brought, the latest first, in five statements whatever the page holds."""
    rows = Invitation.objects.filter(inviter=user).select_related("invited").order_by("-at", "-pk")
    found = Paginator(rows, PAGE_SIZE).get_page(page)
    invitations = list(found.object_list)
    causes = {cause_of(row.pk, INVITER): row.pk for row in invitations}
    rewards = {causes[reward.cause]: reward for reward in Reward.objects.filter(cause__in=causes)}
    orders = _on_their_way(invitations)
    items = tuple(_brought(row, rewards.get(row.pk), orders.get(row.invited_id)) for row in invitations)
    return BroughtPage(items, found.number, found.has_next())


def _on_their_way(invitations: Sequence[Invitation]) -> dict[int, Order]:
    """Return the earliest order of each invited person that is paid and not settled."""
    waiting = [row.invited_id for row in invitations if row.kept_order_id is None]
    orders: dict[int, Order] = {}
    for order in Order.objects.filter(buyer__in=waiting, status__in=ON_ITS_WAY).order_by("paid_at", "pk")[:MOST_ORDERS]:
        orders.setdefault(order.buyer_id, order)
    return orders


def _brought(row: Invitation, reward: Reward | None, order: Order | None) -> Brought:
    if reward is not None:
        expected = reward.due_at if reward.status == Reward.Status.WAITING else None
        return Brought(row, STAGE_OF_REWARD[Reward.Status(reward.status)], reward, expected)
    if row.kept_order_id is not None:
        return Brought(row, Stage.OVER, None, None)
    if order is not None:
        return Brought(row, Stage.BOUGHT, None, _expected_at(order))
    return Brought(row, Stage.JOINED, None, None)


def _expected_at(order: Order) -> datetime | None:
    """Return when a paid order would be kept if nothing comes back: received by itself at the latest, the window over, and a day."""
    if order.settle_after is not None:
        return order.settle_after + HOLD
    days = policy.integer("order.auto_receive_days") + policy.integer("after_sale.window_days")
    begun = order.paid_at
    return begun + timedelta(days=days) + HOLD if begun else None
