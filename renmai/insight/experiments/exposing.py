"""Meeting an experiment: the first time leaves a row, ever after the row answers."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from renmai.accounts.models import User
from renmai.distribution.models import Agent
from renmai.insight.experiments.dealing import Belongs, Deal, dealt, nobody, user_key, visitor_key
from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.experiments.switches import Unit
from renmai.kernel import clock
from renmai.ordering.models import Order

MANY_ORDERS = 2
Audience = Experiment.Audience


@dataclass(frozen=True)
class Lot:
    """What somebody is dealt. ``first`` is the row that meeting it leaves; None for who met it before."""

    variant: str
    first: Exposure | None = None


def exposed(deal: Deal, *, user: User | None, visitor: UUID | None, belongs: Belongs = nobody) -> str | None:
    """Return what this person was dealt, now or before; None when she is not in it.

    One statement; two more and a row for somebody who meets it for the first time. Members dealt out by their own number cost none while they
    are outside.
    """
    lot = lot_of(deal, user=user, visitor=visitor, belongs=belongs)
    if lot is not None and lot.first is not None:
        # Two pages of one person at the same moment: the second finds the first one's row, and both say the same.
        Exposure.objects.bulk_create([lot.first], ignore_conflicts=True)
    return lot.variant if lot is not None else None


def lot_of(deal: Deal, *, user: User | None, visitor: UUID | None, belongs: Belongs = nobody) -> Lot | None:
    """Return what this person was dealt, or would be if she met it now; None when she is not in it. Reads only."""
    if deal.unit != Unit.VISITOR:
        visitor = None
    if user is None and visitor is None:
        return None
    key = user_key(user.pk) if user else visitor_key(visitor)
    got = dealt(deal, key)
    if got is None and deal.unit != Unit.VISITOR:
        return None
    known = _known(deal, user, visitor)
    if known is not None or got is None:
        return Lot(known) if known is not None else None
    orders = _orders_before(user)
    if not _is_meant(deal, user, orders, belongs):
        return None
    row = Exposure(
        experiment_id=deal.experiment_id, user=user, visitor_id=visitor, variant=got, orders_before=orders, at=clock.now()
    )
    return Lot(got, row)


def recognise_visitor(*, visitor_id: UUID, user_id: int) -> int:
    """Hand a guest's exposures to the member she turned out to be; the earlier one counts where both have one. Return how many."""
    rows = list(Exposure.objects.filter(visitor_id=visitor_id, user__isnull=True, superseded_at__isnull=True).order_by("pk"))
    for row in rows:
        own = Exposure.objects.filter(experiment=row.experiment_id, user_id=user_id, superseded_at__isnull=True).first()
        if own is not None and own.at <= row.at:
            Exposure.objects.filter(pk=row.pk).update(user_id=user_id, superseded_at=clock.now())
            continue
        if own is not None:
            Exposure.objects.filter(pk=own.pk).update(superseded_at=clock.now())
        Exposure.objects.filter(pk=row.pk).update(user_id=user_id)
    return len(rows)


def _known(deal: Deal, user: User | None, visitor: UUID | None) -> str | None:
    whose = Q(user=user) if user else Q(visitor_id=visitor)
    if user and visitor:
        whose |= Q(visitor_id=visitor, user__isnull=True)
    rows = Exposure.objects.filter(whose, experiment=deal.experiment_id, superseded_at__isnull=True)
    return rows.order_by("at", "pk").values_list("variant", flat=True).first()


def _orders_before(user: User | None) -> int:
    if user is None:
        return 0
    return len(Order.objects.filter(buyer=user, paid_at__isnull=False).values_list("pk", flat=True)[:MANY_ORDERS])


def _is_meant(deal: Deal, user: User | None, orders: int, belongs: Belongs) -> bool:
    if deal.audience == Audience.NEW and orders:
        return False
    if deal.audience == Audience.CUSTOMERS and not orders:
        return False
    if deal.audience == Audience.SEGMENT and not _is_in(deal, user, belongs):
        return False
    return deal.unit != Unit.AGENT or Agent.objects.filter(user=user, status=Agent.Status.ACTIVE).exists()


def _is_in(deal: Deal, user: User | None, belongs: Belongs) -> bool:
    return user is not None and deal.only is not None and belongs(user, deal.only.match, deal.only.conditions)
