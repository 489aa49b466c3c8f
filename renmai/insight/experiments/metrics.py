"""What an experiment can be decided by: figures of people, each counted from raw rows within everybody's own window.

A figure reads what happened (``Happening``) to people between two moments. How much of it belongs to whom, and to which of her days, is the
business of ``outcomes``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.distribution.models import Commission, CommissionEntry
from renmai.insight.experiments.switches import Unit
from renmai.insight.models import View
from renmai.insight.spread.chains import chains_of, person_key
from renmai.insight.spread.costs import brought_customers
from renmai.insight.spread.reproduction import WINDOW
from renmai.insight.spread.retention import KEPT_AFTER, is_kept
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.models import AfterSale, Order, OrderLine
from renmai.payments.models import Refund
from renmai.sharing.models import Share, Visit
from renmai.trust.models import Feedback

CHUNK = 5_000
"""People asked about in one statement."""


class Kind(StrEnum):
    """What is done with what happened: whether it did (``least`` times), how much, or how much for each unit of something else."""

    RATE = "rate"
    MEAN = "mean"
    RATIO = "ratio"


class Happening(NamedTuple):
    """Something that happened to a person: so much of it, and of what the figure divides by."""

    user_id: int
    at: datetime
    amount: float
    base: float = 0


Read = Callable[[Sequence[int], datetime, datetime], Iterator[Happening]]


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One figure. ``unit`` is how a value is written: ``share``, ``fen`` or ``count``. ``window_days`` 0: the experiment's own."""

    key: str
    label: str | Promise
    definition: str | Promise
    kind: Kind
    unit: str
    read: Read
    more_is_better: bool = True
    least: int = 1
    window_days: int = 0
    units: frozenset[Unit] = frozenset({Unit.MEMBER, Unit.VISITOR})

    def days(self, window_days: int) -> int:
        """Return how long everybody is watched for it in an experiment with this window."""
        return self.window_days or window_days


def _chunks(user_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (user_ids[start : start + CHUNK] for start in range(0, len(user_ids), CHUNK))


def _paid(user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    for chunk in _chunks(user_ids):
        rows = Order.objects.filter(buyer_id__in=chunk, paid_at__gte=since, paid_at__lt=until)
        yield from (Happening(buyer, at, 1) for buyer, at in rows.values_list("buyer_id", "paid_at") if at)


def _kept(user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    for chunk in _chunks(user_ids):
        orders = Order.objects.filter(buyer_id__in=chunk, paid_at__isnull=False, paid_at__lt=until)
        yield from _money(
            {number: (buyer, at, fen) for number, buyer, at, fen in orders.values_list(*_SOLD)}, orders, since, until
        )


_SOLD = ("number", "buyer_id", "paid_at", "payable_fen")
_Sold = tuple[int, datetime | None, int]


def _money(sold: Mapping[str, _Sold], orders: "QuerySet[Order]", since: datetime, until: datetime) -> Iterator[Happening]:
    """What was paid for these orders, and what went back on them, each at its own moment and for the person who stands with the order."""
    for user_id, at, fen in sold.values():
        if at and at >= since:
            yield Happening(user_id, at, fen)
    back = Refund.objects.filter(payment__reference__in=orders.values("number"), status=Refund.Status.SUCCEEDED)
    back = back.filter(succeeded_at__gte=since, succeeded_at__lt=until)
    for number, at, fen in back.values_list("payment__reference", "succeeded_at", "amount_fen"):
        if at and number in sold:
            yield Happening(sold[number][0], at, -fen)


def _margin(user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    """What was kept, less commission created and plus commission taken back, each at its moment."""
    yield from _kept(user_ids, since, until)
    gone = (CommissionEntry.Kind.VOIDED, CommissionEntry.Kind.CLAWED_BACK, CommissionEntry.Kind.DEBT)
    for chunk in _chunks(user_ids):
        created = Commission.objects.filter(order_line__order__buyer_id__in=chunk, created_at__gte=since, created_at__lt=until)
        for buyer, at, amount in created.values_list("order_line__order__buyer_id", "created_at", "amount_fen"):
            yield Happening(buyer, at, -amount)
        back = CommissionEntry.objects.filter(
            commission__order_line__order__buyer_id__in=chunk, kind__in=gone, at__gte=since, at__lt=until
        )
        for buyer, at, amount in back.values_list("commission__order_line__order__buyer_id", "at", "amount_fen"):
            yield Happening(buyer, at, abs(amount))


def _returned(user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    for chunk in _chunks(user_ids):
        bought = OrderLine.objects.filter(order__buyer_id__in=chunk, order__paid_at__gte=since, order__paid_at__lt=until)
        for buyer, at, pieces in bought.values_list("order__buyer_id", "order__paid_at", "quantity"):
            if at:
                yield Happening(buyer, at, 0, pieces)
        back = AfterSale.objects.filter(order_line__order__buyer_id__in=chunk, finished_at__gte=since, finished_at__lt=until)
        back = back.filter(status=AfterSale.Status.DONE).exclude(kind=AfterSale.Kind.EXCHANGE)
        for buyer, at, pieces in back.values_list("order_line__order__buyer_id", "finished_at", "quantity"):
            if at:
                yield Happening(buyer, at, pieces)


def _complained(user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    for chunk in _chunks(user_ids):
        rows = AfterSale.objects.filter(order_line__order__buyer_id__in=chunk, is_quality_issue=True)
        rows = rows.filter(requested_at__gte=since, requested_at__lt=until)
        yield from (Happening(buyer, at, 1) for buyer, at in rows.values_list("order_line__order__buyer_id", "requested_at"))


def _looked(user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    for chunk in _chunks(user_ids):
        rows = View.objects.filter(user_id__in=chunk, at__gte=since, at__lt=until)
        yield from (Happening(user, at, 1) for user, at in rows.values_list("user_id", "at") if user)


def _opened(user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    for chunk in _chunks(user_ids):
        rows = Visit.objects.filter(share__sharer_id__in=chunk, is_valid=True, at__gte=since, at__lt=until)
        yield from (Happening(sharer, at, 1) for sharer, at in rows.values_list("share__sharer_id", "at"))


def _sold(user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    """What others bought through somebody's own links, and what went back on it."""
    for chunk in _chunks(user_ids):
        links = dict(Share.objects.filter(sharer_id__in=chunk).values_list("pk", "sharer_id"))
        through = Share.objects.filter(sharer_id__in=chunk).values("pk")
        orders = Order.objects.filter(share_id__in=through, paid_at__isnull=False, paid_at__lt=until)
        rows = orders.values_list("share_id", *_SOLD)
        sold = {number: (links[share], at, fen) for share, number, buyer, at, fen in rows if links[share] != buyer}
        yield from _money(sold, orders, since, until)


def _muted(user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    for chunk in _chunks(user_ids):
        rows = Feedback.objects.filter(receiver_id__in=chunk, word=Feedback.Word.MUTE, at__gte=since, at__lt=until)
        yield from (Happening(receiver, at, 1) for receiver, at in rows.values_list("receiver_id", "at"))


SHARERS = frozenset({Unit.MEMBER, Unit.AGENT})
MEMBERS = frozenset({Unit.MEMBER})
BROUGHT_WITHIN = timedelta(days=30)
"""Whom somebody brings, and who first buys, within so long after her first time: each then has her own thirty days to come back."""

METRICS: tuple[Metric, ...] = (
    Metric(
        key="bought",
        label=pgettext_lazy("figure", "Bought"),
        definition=_("The share of people who paid at least one order within their window."),
        kind=Kind.RATE,
        unit="share",
        read=_paid,
    ),
    Metric(
        key="bought_again",
        label=_("Bought twice within 30 days"),
        definition=_("The share of people who paid at least two orders within 30 days of their first time."),
        kind=Kind.RATE,
        unit="share",
        read=_paid,
        least=2,
        window_days=30,
    ),
    Metric(
        key="orders",
        label=_("Orders"),
        definition=_("Paid orders per person within her window."),
        kind=Kind.MEAN,
        unit="count",
        read=_paid,
    ),
    Metric(
        key="kept",
        label=_("Kept sales"),
        definition=_("What a person paid within her window, carriage included, less what went back to her within it."),
        kind=Kind.MEAN,
        unit="fen",
        read=_kept,
    ),
    Metric(
        key="margin",
        label=_("Kept sales after commission"),
        definition=_("Kept sales of a person less the commission on them, as it was created and taken back within her window."),
        kind=Kind.MEAN,
        unit="fen",
        read=_margin,
    ),
    Metric(
        key="looks",
        label=_("Products looked at"),
        definition=_("Looks at product pages per person within her window."),
        kind=Kind.MEAN,
        unit="count",
        read=_looked,
    ),
    Metric(
        key="returns",
        label=_("Pieces sent back"),
        definition=_("Pieces for which money went back within their buyer's window, divided by pieces paid in it."),
        kind=Kind.RATIO,
        unit="share",
        read=_returned,
        more_is_better=False,
    ),
    Metric(
        key="complaints",
        label=_("Complained of quality"),
        definition=_("The share of people who claimed a fault of the goods within their window."),
        kind=Kind.RATE,
        unit="share",
        read=_complained,
        more_is_better=False,
    ),
    Metric(
        key="mutes",
        label=_("Muted an agent"),
        definition=_("The share of people who muted somebody within their window, also if they took it back."),
        kind=Kind.RATE,
        unit="share",
        read=_muted,
        more_is_better=False,
    ),
    Metric(
        key="openings",
        label=_("Openings of her links"),
        definition=_("Valid openings of a person's own links by others within her window."),
        kind=Kind.MEAN,
        unit="count",
        read=_opened,
        units=SHARERS,
    ),
    Metric(
        key="sold",
        label=_("Sales through her links"),
        definition=_(
            "What others paid within her window for orders through a person's own links, less what went back on them within it."
        ),
        kind=Kind.MEAN,
        unit="fen",
        read=_sold,
        units=SHARERS,
    ),
)


def campaign_metrics(campaign_id: int) -> tuple[Metric, ...]:
    """Return the figures that are counted within one campaign: of whom its people brought, for the one who brought them."""
    brought = partial(_brought, campaign_id)
    customers = partial(_brought_customers, campaign_id)
    watched = BROUGHT_WITHIN.days + KEPT_AFTER.days
    return (
        Metric(
            key="kept_cost",
            label=_("Cost of a kept customer"),
            definition=_(
                "What the customers cost whom a person brought and who first bought within thirty days of her first time (discounts, rewards, "
                "commission on that first order, as they stand now), divided by those of them who bought again within thirty days and kept it."
            ),
            kind=Kind.RATIO,
            unit="fen",
            read=customers,
            more_is_better=False,
            window_days=watched,
            units=MEMBERS,
        ),
        Metric(
            key="brought",
            label=_("K: others brought by each"),
            definition=_("People who took part in the campaign through a person within seven days of her first time."),
            kind=Kind.MEAN,
            unit="count",
            read=brought,
            window_days=WINDOW.days,
            units=MEMBERS,
        ),
        Metric(
            key="kept_customers",
            label=_("Kept customers of each"),
            definition=_(
                "Customers whom a person brought, who first bought within thirty days of her first time and again within thirty days of that."
            ),
            kind=Kind.MEAN,
            unit="count",
            read=partial(_kept_customers, campaign_id),
            window_days=watched,
            units=MEMBERS,
        ),
    )


def _brought(campaign_id: int, user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    wanted = {person_key(user_id): user_id for user_id in user_ids}
    for member in chains_of(campaign_id, now=clock.now()).members if campaign_id else ():
        if member.parent_key in wanted and since <= member.entered_at < until:
            yield Happening(wanted[member.parent_key], member.entered_at, 1)


def _brought_customers(campaign_id: int, user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    """Each customer's cost, and whether she was kept, at the moment when her thirty days are over: then it is known."""
    if not campaign_id:
        return
    wanted = set(user_ids)
    found = brought_customers(chains_of(campaign_id, now=clock.now()).members, start=since - KEPT_AFTER, end=until - KEPT_AFTER)
    for inviter, customer in found:
        if inviter in wanted:
            yield Happening(inviter, customer.came_at + KEPT_AFTER, customer.cost_fen, is_kept(customer))


def _kept_customers(campaign_id: int, user_ids: Sequence[int], since: datetime, until: datetime) -> Iterator[Happening]:
    for each in _brought_customers(campaign_id, user_ids, since, until):
        if each.base:
            yield Happening(each.user_id, each.at, 1)


def metric(key: str, campaign_id: int = 0) -> Metric:
    """Return a figure, one of a campaign counted in ``campaign_id``. Raises ``experiments.unknown_metric``."""
    found = next((each for each in (*METRICS, *campaign_metrics(campaign_id)) if each.key == key), None)
    if found is None:
        raise DomainError("experiments.unknown_metric")
    return found


def metrics_of(unit: str, campaign_id: int = 0) -> list[Metric]:
    """Return the figures that can be counted for whom is dealt out; with a campaign its own first."""
    own = campaign_metrics(campaign_id) if campaign_id else ()
    return [each for each in (*own, *METRICS) if unit in each.units]
