"""What coupons and red packets have in common: something of a person's that one order can take, once, before its time is over.

Plays derive their table from ``Voucher`` and move it with these functions, so that "one voucher, two orders" is refused in one place.
"""

from typing import ClassVar, TypeVar

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Reward
from renmai.kernel import clock
from renmai.kernel.states import advance
from renmai.kernel.sweeping import sweep
from renmai.ordering.models import Order


class Voucher(models.Model):
    """One voucher of one person. ``code`` is what an order names it by; ``order`` is the one order that has it."""

    class Status(models.TextChoices):
        """Where it is. Reserved: an order that is not paid yet wants it."""

        FREE = "free", pgettext_lazy("voucher", "Usable")
        RESERVED = "reserved", pgettext_lazy("voucher", "Kept for an order")
        USED = "used", pgettext_lazy("voucher", "Used")
        EXPIRED = "expired", pgettext_lazy("voucher", "Expired")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.FREE: frozenset({Status.RESERVED, Status.EXPIRED}),
        Status.RESERVED: frozenset({Status.USED, Status.FREE}),
        Status.USED: frozenset({Status.FREE}),
        Status.EXPIRED: frozenset(),
    }

    code = models.CharField(max_length=20, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="%(class)ss")
    owner = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="%(class)ss")
    status = models.CharField(max_length=8, choices=Status, default=Status.FREE)
    order = models.OneToOneField(Order, null=True, on_delete=models.PROTECT, related_name="%(class)s")
    reward = models.OneToOneField(Reward, null=True, on_delete=models.PROTECT, related_name="%(class)s")
    """The reward that it was handed out for, if it was: then the campaign that granted the reward has paid for it."""

    got_at = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(class)s_has_order",
                condition=Q(status__in=["free", "expired"], order__isnull=True)
                | Q(status__in=["reserved", "used"], order__isnull=False),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "status", "valid_until"], name="%(class)s_owner"),
            models.Index(fields=["valid_until"], condition=Q(status="free"), name="%(class)s_expiry"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_usable(self) -> bool:
        """Whether an order could take it now."""
        return self.status == self.Status.FREE and self.valid_until > clock.now()


Kind = TypeVar("Kind", bound=Voucher)
Status = Voucher.Status


def reserve(kind: type[Kind], order: Order, code: str) -> Kind | None:
    """Keep her own voucher for an order that is being placed; None when it is not hers, not free any more, or over."""
    found: Kind | None = _rows(kind).filter(code=code, owner=order.buyer_id, valid_until__gt=clock.now()).first()
    if found is None or not advance(kind, found.pk, old=Status.FREE, new=Status.RESERVED, order_id=order.pk):
        return None
    return found


def use(kind: type[Kind], order: Order) -> Kind | None:
    """The order that keeps it is paid. None when it was used before."""
    found: Kind | None = _rows(kind).filter(order=order, status=Status.RESERVED).first()
    if found is None or not advance(kind, found.pk, old=Status.RESERVED, new=Status.USED, used_at=clock.now()):
        return None
    return found


def give_back(kind: type[Kind], order: Order) -> Kind | None:
    """The order ended unpaid, or everything in it went back: the voucher is free again until its own end. None when it was before."""
    with transaction.atomic():
        found: Kind | None = _rows(kind).filter(order=order).first()
        if found is None or not advance(kind, found.pk, old=found.status, new=Status.FREE, order_id=None, used_at=None):
            return None
    return found


def expire(kind: type[Kind], limit: int, *, name: str) -> int:
    """End up to ``limit`` vouchers whose time is over; return how many. For a timer called ``name``."""
    due = _rows(kind).filter(status=Status.FREE, valid_until__lte=clock.now())
    return sweep(name, due, lambda row: advance(kind, row.pk, old=Status.FREE, new=Status.EXPIRED), by="valid_until", limit=limit)


def _rows(kind: type[Kind]) -> QuerySet[Kind]:
    return kind._default_manager.all()
