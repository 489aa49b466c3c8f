"""How often posts were passed on by links to them, and what came through these links."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from renmai.content.models import Post
from renmai.content.queries.posts import PATH
from renmai.ordering.models import Order
from renmai.sharing.models import Share, Visit


@dataclass(frozen=True)
class PassedOn:
    """What came of the links to one post.

    ``links``: how many there are, ``agents`` of them by agents with a shop of their own. ``opened``: how often people opened one, without their
    own sharers and machines. ``kept``: settled orders that a link decided, and ``kept_fen`` what was paid for them less what went back.
    """

    links: int = 0
    agents: int = 0
    opened: int = 0
    kept: int = 0
    kept_fen: int = 0


def passed_on(posts: Sequence[Post]) -> dict[int, PassedOn]:
    """Return the figures of these posts (a page of them) by id. Three statements, one where there are no links, none for no posts."""
    of_page = {f"{PATH}{post.number}/": post.pk for post in posts}
    if not of_page:
        return {}
    rows = Share.objects.filter(kind=Share.Kind.PAGE, page__in=list(of_page)).annotate(is_agents=Q(shop__owner=F("sharer")))
    links = {pk: (of_page[page], bool(own)) for pk, page, own in rows.values_list("pk", "page", "is_agents")}
    counted: dict[int, list[int]] = {post.pk: [0, 0, 0, 0, 0] for post in posts}
    for post_id, is_agents in links.values():
        counted[post_id][0] += 1
        counted[post_id][1] += is_agents
    if links:
        visits = Visit.objects.filter(share__in=list(links), is_valid=True).order_by().values_list("share")
        for share_id, opened in visits.annotate(Count("pk")):
            counted[links[share_id][0]][2] += opened
        orders = Order.objects.filter(share_id__in=list(links), status=Order.Status.SETTLED).order_by().values_list("share_id")
        for share_id, kept, kept_fen in orders.annotate(n=Count("pk"), kept=Sum(F("payable_fen") - F("refunded_fen"))):
            counted[links[share_id or 0][0]][3] += kept
            counted[links[share_id or 0][0]][4] += kept_fen
    return {post_id: PassedOn(*figures) for post_id, figures in counted.items()}
