"""Groups: one by its number with who is in it, and one's own."""

from collections import defaultdict
from collections.abc import Sequence

from django.core.paginator import Page, Paginator

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.campaigns.queries import open_campaigns
from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError
from renmai.plays.groupbuy.keys import KEY
from renmai.plays.groupbuy.models import Group, Seat

PAGE_SIZE = 20
MOST_CAMPAIGNS = 50
SHOWN = (Seat.Status.TAKEN, Seat.Status.KEPT, Seat.Status.RETURNED)
"""Who counts as a member: who is in it, and, once it has failed, who was."""

HERS = (*SHOWN, Seat.Status.LEFT)

_BY_NUMBER: Compiled[Group] = Compiled(lambda number: Group.objects.filter(number=number).select_related("terms"))


def group_of_number(number: str) -> Group:
    """Return a group for whoever has its link, with its terms. One statement. Raises ``request.not_found``."""
    found = _BY_NUMBER.first(number)
    if found is None:
        raise DomainError("request.not_found")
    return found


def members_of(groups: Sequence[Group]) -> dict[int, list[Seat]]:
    """Return the places that are taken in these groups with their people, in the order in which they came. One statement."""
    found: dict[int, list[Seat]] = defaultdict(list)
    seats = Seat.objects.filter(group__in=[group.pk for group in groups], status__in=SHOWN).select_related("user")
    for seat in seats.order_by("group_id", "place"):
        found[seat.group_id or 0].append(seat)
    return found


def seat_in(group: Group, user: User) -> Seat | None:
    """Return somebody's own place in a group, with its order; None when she has none."""
    mine = Seat.objects.filter(group=group, user=user, status__in=HERS).select_related("order")
    return mine.order_by("-place").first()


def seat_of_order(order_id: int) -> Seat:
    """Return the place of an order, with its group and its terms."""
    return Seat.objects.select_related("group__terms").get(order_id=order_id)


def seats_of(user: User, *, page: int = 1) -> "Page[Seat]":
    """Return a person's own places with their groups, the newest first. Two statements."""
    mine = Seat.objects.filter(user=user, group__isnull=False, status__in=HERS)
    mine = mine.select_related("group__terms", "group__sku", "group__campaign", "group__leader", "order")
    return Paginator(mine.order_by("-ordered_at", "-pk"), PAGE_SIZE).get_page(page)


def open_campaigns_here() -> list[Campaign]:
    """Return the group buys that can be begun now, as a page shows them."""
    return [campaign for campaign in open_campaigns() if campaign.play == KEY][:MOST_CAMPAIGNS]
