"""Bargains and who helped."""

from collections.abc import Sequence

from django.core.paginator import Page, Paginator

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.campaigns.queries import open_campaigns
from renmai.kernel.errors import DomainError
from renmai.plays.bargain.models import Bargain, Cut

KEY = "bargain"
PAGE_SIZE = 20
MOST_CUTS = 100
MOST_CAMPAIGNS = 50


def of_number(number: str) -> Bargain:
    """Return a bargain for whoever has its link: its number cannot be guessed. Raises ``request.not_found``."""
    found = Bargain.objects.select_related("campaign", "owner", "sku__product", "order").filter(number=number).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def access_bargain(actor: User, number: str) -> Bargain:
    """Return a bargain of one's own. Raises ``request.not_found`` for everybody else's."""
    found = of_number(number)
    if found.owner_id != actor.pk:
        raise DomainError("request.not_found")
    return found


def bargains_of(user: User, *, page: int = 1) -> "Page[Bargain]":
    """Return a person's own bargains, the newest first."""
    rows = Bargain.objects.filter(owner=user).select_related("campaign", "sku__product", "order")
    return Paginator(rows.order_by("-started_at", "-pk"), PAGE_SIZE).get_page(page)


def cuts_of(bargain: Bargain) -> Sequence[Cut]:
    """Return who helped, the latest first, with the helpers; not more than a bargain can have."""
    return list(Cut.objects.filter(bargain=bargain).select_related("helper").order_by("-number")[:MOST_CUTS])


def has_helped(user: User, bargain: Bargain) -> bool:
    """Whether she has cut this price already."""
    return Cut.objects.filter(bargain=bargain, helper=user).exists()


def going_on_of(user: User, campaign_id: int) -> Bargain | None:
    """Return the bargain that she has going on in a campaign, if its time is not over."""
    going_on = [Bargain.Status.OPEN, Bargain.Status.ORDERED]
    found = Bargain.objects.filter(campaign=campaign_id, owner=user, status__in=going_on).first()
    return found if found is not None and (found.is_going_on or found.status == Bargain.Status.ORDERED) else None


def campaign_of(campaign_id: int) -> Campaign:
    """Return a bargaining campaign that was launched. Raises ``request.not_found``."""
    found = Campaign.objects.filter(pk=campaign_id, play=KEY, launched_at__isnull=False).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def campaigns_here() -> Sequence[Campaign]:
    """Return what can be bargained for now. From the process's memory: no statement as a rule."""
    return open_campaigns(play=KEY)[:MOST_CAMPAIGNS]
