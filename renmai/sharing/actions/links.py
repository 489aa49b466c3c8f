"""Share links and what comes of them: visits, and the chain of who came through whom."""

import re
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Product
from renmai.kernel import clock
from renmai.kernel.compiled import insert
from renmai.kernel.errors import DomainError
from renmai.sharing.models import Share, Shop, Visit
from renmai.sharing.queries.restraints import pause_of

MACHINES = re.compile(r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python-|headless", re.IGNORECASE)
"""User agents that open links without a person behind them. Link previews would otherwise win attributions."""


@dataclass(frozen=True)
class Landing:
    """What a link opens that is to no product and no shop: the path of a page of ours, of a campaign or (None) of a scene."""

    campaign_id: int | None
    path: str


def share(
    user: User,
    *,
    kind: str,
    shop: Shop | None,
    product: Product | None = None,
    landing: Landing | None = None,
    came_through: Share | None = None,
) -> Share:
    """Return the link by which ``user`` gives ``product``, ``shop`` or a campaign to others; the same thing again gives the same link.

    A campaign's link has a ``landing``, and perhaps a product for its poster.
    ``came_through`` is the share that brought her here: it becomes the parent, so that the chain is kept. An order that comes through
    the link goes to ``shop``, whoever passed it on. Raises ``sharing.shop_closed``; and ``sharing.paused`` for a new link while a pause
    after a complaint lasts.
    """
    if shop is not None and shop.status != Shop.Status.OPEN:
        raise DomainError("sharing.shop_closed")
    parent = came_through if came_through is not None and came_through.sharer_id != user.pk else None
    target = _target(kind, shop=shop, product=product, parent=parent) + (f":{landing.path}" if landing else "")
    present = Share.objects.filter(sharer=user, target=target).first()
    if present:
        return present
    _require_no_pause(user)
    try:
        with transaction.atomic():
            return Share.objects.create(
                sharer=user,
                shop=shop,
                kind=kind,
                product=product,
                page=landing.path if landing else "",
                campaign_id=landing.campaign_id if landing else None,
                parent=parent,
                target=target,
                root_share=(parent.root_share or parent.pk) if parent else 0,
                depth=parent.depth + 1 if parent else 0,
            )
    except IntegrityError:
        return Share.objects.get(sharer=user, target=target)


def record_visit(link: Share, visitor: Visitor, *, user: User | None, user_agent: str = "") -> Visit:
    """Record that ``visitor`` opened ``link``. Own visits and machines are kept, marked invalid: they earn nothing."""
    reason = _invalid_reason(link, visitor, user=user, user_agent=user_agent)
    visit = Visit(share=link, visitor=visitor, user=user, is_valid=not reason, invalid_reason=reason, at=clock.now())
    insert([visit])
    return visit


def recognise_visitor(*, visitor_id: str, user_id: int) -> int:
    """Hand a guest's visits to the user she turned out to be; return how many. Visits to her own links become invalid."""
    visits = Visit.objects.filter(visitor_id=visitor_id, user__isnull=True)
    own = visits.filter(share__sharer_id=user_id) | visits.filter(share__shop__owner_id=user_id)
    own_ids = list(own.values_list("pk", flat=True)[:10_000])
    Visit.objects.filter(pk__in=own_ids).update(is_valid=False, invalid_reason="own")
    return visits.update(user_id=user_id)


def _target(kind: str, *, shop: Shop | None, product: Product | None, parent: Share | None) -> str:
    parts = (shop.pk if shop else 0, product.pk if product else 0, parent.pk if parent else 0)
    return ":".join([kind, *map(str, parts)])


def _require_no_pause(user: User) -> None:
    pause = pause_of(user.pk)
    if pause is not None:
        raise DomainError("sharing.paused", until=f"{localtime(pause.until):%Y-%m-%d}")


def _invalid_reason(link: Share, visitor: Visitor, *, user: User | None, user_agent: str) -> str:
    person = user.pk if user else visitor.user_id
    owner = link.shop.owner_id if link.shop else None
    if person is not None and person in (link.sharer_id, owner):
        return "own"
    if MACHINES.search(user_agent):
        return "machine"
    return ""
