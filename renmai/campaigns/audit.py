"""What must always be true of campaigns, of what they granted, and of rewards; then what each play checks of its own rows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from renmai.campaigns import plays
from renmai.campaigns.actions.rewarding import BROKEN
from renmai.campaigns.models import Campaign, Participation, Reward, Scene, SceneVersion, TermsVersion
from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.ordering.models import Order, OrderAdjustment

SHOWN: Final = 1000
OVERDUE: Final = timedelta(hours=1)


def violations() -> Iterator[Violation]:
    """Yield every broken rule of this room and of the plays."""
    yield from _grants_explain_prices()
    yield from _orders_know_their_campaigns()
    yield from _terms_are_kept()
    yield from _rewards()
    yield from _nothing_is_late()
    yield from _scenes_are_kept()
    yield from plays.violations()


def _grants_explain_prices() -> Iterator[Violation]:
    """What was granted to an order is what its price says, to the fen."""
    granted = _sum(Participation.objects.filter(order=OuterRef("pk")), "discount_fen")
    explained = _sum(OrderAdjustment.objects.filter(order=OuterRef("pk"), amount_fen__lt=0), "amount_fen")
    rows = Order.objects.filter(is_in_campaign=True).annotate(granted=granted, explained=explained)
    for order in rows.exclude(granted=-F("explained")).order_by("pk")[:SHOWN]:
        detail = f"campaigns granted {order.granted} fen, its price explains {-order.explained}"
        yield Violation("campaigns", f"order {order.number}", detail)


def _orders_know_their_campaigns() -> Iterator[Violation]:
    """The mark that spares other orders a statement, and what holds an order, agree with the rows."""
    mine = Participation.objects.filter(order=OuterRef("pk"))
    for order in Order.objects.filter(Exists(mine), is_in_campaign=False).order_by("pk")[:SHOWN]:
        yield Violation("campaigns", f"order {order.number}", "takes part in a campaign and does not know")
    holder = mine.filter(play=OuterRef("held_for"))
    for order in Order.objects.exclude(held_for="").filter(~Exists(holder)).order_by("pk")[:SHOWN]:
        yield Violation("campaigns", f"order {order.number}", f"is held for {order.held_for}, which granted it nothing")


def _terms_are_kept() -> Iterator[Violation]:
    current = TermsVersion.objects.filter(campaign=OuterRef("pk"), number=OuterRef("version"))
    for campaign in Campaign.objects.filter(~Exists(current)).order_by("pk")[:SHOWN]:
        yield Violation("campaigns", f"campaign {campaign.number}", f"version {campaign.version} of its terms is not kept")
    known = TermsVersion.objects.filter(campaign=OuterRef("campaign"), number=OuterRef("version"))
    for part in Participation.objects.filter(~Exists(known)).order_by("pk")[:SHOWN]:
        yield Violation("campaigns", f"participation {part.pk}", f"by terms {part.version}, which nobody knows")


def _rewards() -> Iterator[Violation]:
    """Only kept sales pay: nothing granted before the order settled, nothing twice, nothing without having been handed out."""
    granted = Reward.objects.filter(status=Reward.Status.GRANTED).exclude(cause__startswith=f"{BROKEN}:")
    early = granted.filter(Q(due_at__isnull=True) | Q(decided_at__lt=F("due_at")) | Q(order__settled_at__isnull=True))
    for reward in early.order_by("pk")[:SHOWN]:
        yield Violation("rewards", f"reward {reward.pk}", "granted before its sale was kept")
    for reward in granted.filter(granted_reference="").order_by("pk")[:SHOWN]:
        yield Violation("rewards", f"reward {reward.pk}", "granted, and nothing was handed out")
    for reward in Reward.objects.filter(Q(beneficiary=F("brought")), brought__isnull=False).order_by("pk")[:SHOWN]:
        yield Violation("rewards", f"reward {reward.pk}", "for having brought oneself")
    decided = Reward.objects.filter(decided_by__isnull=False)
    own = decided.filter(Q(decided_by=F("beneficiary")) | Q(decided_by=F("brought")))
    for reward in own.order_by("pk")[:SHOWN]:
        yield Violation("rewards", f"reward {reward.pk}", "decided by somebody it is about")


def _nothing_is_late() -> Iterator[Violation]:
    late = clock.now() - OVERDUE
    running = Campaign.objects.filter(status__in=[Campaign.Status.LAUNCHED, Campaign.Status.PAUSED], ends_at__lt=late)
    for campaign in running.order_by("pk")[:SHOWN]:
        yield Violation("9", f"campaign {campaign.number}", f"{campaign.status} past its end")
    for reward in Reward.objects.filter(status=Reward.Status.WAITING, due_at__lt=late).order_by("pk")[:SHOWN]:
        yield Violation("9", f"reward {reward.pk}", "due and not handed out")
    over = Q(order__status=Order.Status.SETTLED, order__settled_at__lt=late)
    over |= Q(order__status__in=[Order.Status.REFUNDED, Order.Status.CANCELLED], order__closed_at__lt=late)
    for reward in Reward.objects.filter(over, status=Reward.Status.WAITING, due_at__isnull=True).order_by("pk")[:SHOWN]:
        yield Violation("9", f"reward {reward.pk}", "waits, and its sale has come to an end")


def _sum(rows: QuerySet[Any], field: str) -> Coalesce:
    total = rows.order_by().values("order").annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), Value(0), output_field=BigIntegerField())


def _scenes_are_kept() -> Iterator[Violation]:
    """What customers see of a scene is a version that was written down as it was published."""
    shown = SceneVersion.objects.filter(scene=OuterRef("pk"), number=OuterRef("version"))
    for scene in Scene.objects.filter(version__gte=1).filter(~Exists(shown)).order_by("pk")[:SHOWN]:
        yield Violation("campaigns", f"scene {scene.slug}", f"was published as version {scene.version}, which is not there")
