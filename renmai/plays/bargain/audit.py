"""What must always be true of bargains: the price adds up, lands on its floor, belongs to one order, and nothing is late."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from renmai.campaigns.models import Participation
from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.ordering.audit import PAID
from renmai.ordering.models import Order
from renmai.plays.bargain.models import Bargain, Cut

SHOWN: Final = 1000
OVERDUE: Final = timedelta(hours=1)
KEY: Final = "bargain"
INVARIANT: Final = f"campaigns.{KEY}"


def violations() -> Iterator[Violation]:
    """Yield every broken rule of the play."""
    yield from _prices_add_up()
    yield from _nobody_helps_herself()
    yield from _orders_agree()
    late = Bargain.objects.filter(status=Bargain.Status.OPEN, expires_at__lt=clock.now() - OVERDUE)
    yield from _each(late, "is open past its end", invariant="9")


def _prices_add_up() -> Iterator[Violation]:
    none = Value(0, output_field=BigIntegerField())
    rows = Bargain.objects.annotate(cut_fen=Coalesce(Sum("cuts__amount_fen"), none), found=Count("cuts"))
    wrong = rows.exclude(price_fen=F("start_fen") - F("first_cut_fen") - F("cut_fen"))
    yield from _each(wrong, "has a price that its cuts do not explain")
    yield from _each(rows.exclude(found=F("cut_count")), "counts other cuts than it has")
    off_floor = Q(price_fen__lt=F("floor_fen")) | Q(cut_count=F("helpers")) & ~Q(price_fen=F("floor_fen"))
    yield from _each(Bargain.objects.filter(off_floor), "did not land on its floor")
    gaps = Cut.objects.filter(number__gt=F("bargain__cut_count"))
    for cut in gaps.order_by("pk")[:SHOWN]:
        yield Violation(INVARIANT, f"cut {cut.pk}", f"is number {cut.number} of fewer")


def _nobody_helps_herself() -> Iterator[Violation]:
    for cut in Cut.objects.filter(helper=F("bargain__owner")).order_by("pk")[:SHOWN]:
        yield Violation(INVARIANT, f"cut {cut.pk}", "is by the starter herself")
    for cut in Cut.objects.exclude(campaign=F("bargain__campaign")).order_by("pk")[:SHOWN]:
        yield Violation(INVARIANT, f"cut {cut.pk}", "counts for another campaign's limit")
    late = Cut.objects.filter(Q(at__gte=F("bargain__expires_at")) | Q(at__lt=F("bargain__started_at")))
    for cut in late.order_by("pk")[:SHOWN]:
        yield Violation(INVARIANT, f"cut {cut.pk}", "is outside its bargain's time")


def _orders_agree() -> Iterator[Violation]:
    """A bargain and its order say the same, from both sides."""
    mine = Participation.objects.filter(order=OuterRef("order"), play=KEY, reference=OuterRef("number"))
    used = Bargain.objects.filter(order__isnull=False)
    yield from _each(used.filter(~Exists(mine)), "is used by an order that knows nothing of it")
    yield from _each(used.exclude(order__buyer=F("owner")), "is used by somebody else's order")
    waiting = Bargain.objects.filter(status=Bargain.Status.ORDERED).exclude(order__status=Order.Status.PLACED)
    yield from _each(waiting, "waits for an order that is not waiting")
    bought = Bargain.objects.filter(status=Bargain.Status.BOUGHT).exclude(order__status__in=PAID)
    yield from _each(bought, "is bought by an order that is not paid")
    alive = Participation.objects.filter(play=KEY).exclude(order__status=Order.Status.CANCELLED)
    its_own = Bargain.objects.filter(number=OuterRef("reference"), order=OuterRef("order"))
    for part in alive.filter(~Exists(its_own)).order_by("pk")[:SHOWN]:
        yield Violation(INVARIANT, f"participation {part.pk}", f"uses bargain {part.reference}, which is not its order's")


def _each(rows: QuerySet[Bargain], says: str, *, invariant: str = INVARIANT) -> Iterator[Violation]:
    for bargain in rows.order_by("pk")[:SHOWN]:
        yield Violation(invariant, f"bargain {bargain.number}", says)
