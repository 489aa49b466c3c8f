"""What customers are worth, as it was worked out last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum

from renmai.insight.queries.periods import Period
from renmai.insight.value.models import KEPT_MODELS, FittedModel, Worth
from renmai.insight.value.purchases import STILL_AFTER, day_of
from renmai.kernel import clock
from renmai.ordering.queries import SuggestionCounts, suggestion_counts

PAGE_SIZE = 20
STALE_AFTER = timedelta(days=3)
DECILES = 10
BAND_EDGES_FEN = (0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)


@dataclass(frozen=True)
class Standing:
    """The model in use, whether a newer one is being worked out, and whether it is older than three days.

    ``customers`` have been worked out; together they are worth ``value_fen``, of which ``shared_fen`` went to who brought others and
    ``suggested_fen`` to who suggested what is bought.
    """

    model: FittedModel
    is_stale: bool
    is_renewing: bool
    customers: int
    value_fen: int
    shared_fen: int
    suggested_fen: int

    @property
    def is_still(self) -> bool:
        """Whether nobody had bought for long when the model was learned: it is as of the last purchase."""
        return day_of(self.model.fitted_at) - self.model.until > STILL_AFTER


@dataclass(frozen=True)
class Band:
    """Customers worth from ``low_fen`` on and less than ``high_fen`` (None: anything less, or more), and what they are worth together."""

    low_fen: int | None
    high_fen: int | None
    customers: int
    value_fen: int


@dataclass(frozen=True)
class Decile:
    """A tenth of all customers by what they are worth, the first the most."""

    number: int
    customers: int
    value_fen: int
    least_fen: int
    most_fen: int
    orders: float
    part: float


@dataclass(frozen=True)
class CustomerWorth:
    """What one customer is worth, and by what. ``row`` is None for somebody not worked out yet: then ``value_fen`` is a newcomer's.

    ``suggestions`` is how many she made, and how many of them changed something.
    """

    row: Worth | None
    model: FittedModel
    value_fen: int
    is_stale: bool
    suggestions: SuggestionCounts

    @property
    def is_newcomer(self) -> bool:
        """Whether nothing is known of her but that she is new."""
        return self.row is None

    @property
    def is_mean(self) -> bool:
        """Whether no model could be fitted: everybody is expected to order as all do together."""
        return self.model.kind == FittedModel.Kind.MEAN


def current_model() -> FittedModel | None:
    """Return the model in use, None before the first was worked out. One statement."""
    return FittedModel.objects.filter(status=FittedModel.Status.COMPLETE).order_by("-fitted_at", "-pk").first()


def model_days() -> tuple[FittedModel, ...]:
    """Return the models that were in use, the newest first, at most as many as are kept. One statement."""
    rows = FittedModel.objects.filter(status=FittedModel.Status.COMPLETE).order_by("-fitted_at", "-pk")
    return tuple(rows[:KEPT_MODELS])


def standing(came: Period | None = None) -> Standing | None:
    """Return how the models stand; None before the first. Three statements.

    The sums are of all customers, or of those whose first purchase lies in ``came``.
    """
    model = current_model()
    if model is None:
        return None
    sums = _of(came).aggregate(
        customers=Count("pk"), value=Sum("value_fen"), shared=Sum("received_fen"), suggested=Sum("suggested_fen")
    )
    return Standing(
        model=model,
        is_stale=_is_stale(model),
        is_renewing=FittedModel.objects.filter(status=FittedModel.Status.LEARNED, fitted_at__gt=model.fitted_at).exists(),
        customers=sums["customers"],
        value_fen=sums["value"] or 0,
        shared_fen=sums["shared"] or 0,
        suggested_fen=sums["suggested"] or 0,
    )


def worth(user_id: int) -> CustomerWorth | None:
    """Return what a customer is worth; None before any model was worked out. Three statements, nothing is computed."""
    model = current_model()
    if model is None:
        return None
    row = Worth.objects.select_related("brought_by").filter(user=user_id).first()
    return CustomerWorth(
        row=row,
        model=model,
        value_fen=model.newcomer_fen if row is None else row.value_fen,
        is_stale=_is_stale(model),
        suggestions=suggestion_counts(user_id),
    )


def customers(came: Period | None = None, *, page: int = 1) -> Page[Worth]:
    """Return one page of customers (those who first bought in ``came``), who is worth most first."""
    return Paginator(_of(came).select_related("user", "brought_by").order_by("-value_fen", "pk"), PAGE_SIZE).get_page(page)


def all_customers(came: Period | None = None, *, limit: int) -> Iterator[Worth]:
    """Yield customers (those who first bought in ``came``), who is worth most first, at most ``limit``. One statement."""
    return _of(came).order_by("-value_fen", "pk")[:limit].iterator(chunk_size=2_000)


def bands(came: Period | None = None) -> tuple[Band, ...]:
    """Return how customers (those who first bought in ``came``) are spread over bands of value. One statement."""
    pairs = list(pairwise((None, *BAND_EDGES_FEN, None)))
    counts = {f"n{index}": Count("pk", filter=_between(*pair)) for index, pair in enumerate(pairs)}
    sums = {f"s{index}": Sum("value_fen", filter=_between(*pair)) for index, pair in enumerate(pairs)}
    found = _of(came).aggregate(**counts, **sums)
    made = [Band(low, high, found[f"n{index}"], found[f"s{index}"] or 0) for index, (low, high) in enumerate(pairs)]
    return tuple(band for band in made if band.customers or band.low_fen is not None)


def deciles(came: Period | None = None) -> tuple[Decile, ...]:
    """Return the tenths of all customers (of those who first bought in ``came``) by value; none for fewer than ten. One statement; a hundred thousand rows take a sixth of a second."""
    rows = list(_of(came).order_by("-value_fen", "pk").values_list("value_fen", "expected_orders"))
    if len(rows) < DECILES:
        return ()
    whole = sum(fen for fen, _orders in rows)
    edges = [len(rows) * number // DECILES for number in range(DECILES + 1)]
    return tuple(_decile(number, rows[low:high], whole) for number, (low, high) in enumerate(pairwise(edges), start=1))


def _of(came: Period | None) -> QuerySet[Worth]:
    if came is None:
        return Worth.objects.all()
    return Worth.objects.filter(first_paid_at__gte=came.start, first_paid_at__lt=came.end)


def _decile(number: int, rows: Sequence[tuple[int, float]], whole: int) -> Decile:
    value = sum(fen for fen, _orders in rows)
    return Decile(
        number=number,
        customers=len(rows),
        value_fen=value,
        least_fen=rows[-1][0],
        most_fen=rows[0][0],
        orders=sum(orders for _fen, orders in rows) / len(rows),
        part=value / whole if whole else 0.0,
    )


def _between(low: int | None, high: int | None) -> Q:
    condition = Q()
    if low is not None:
        condition &= Q(value_fen__gte=low)
    if high is not None:
        condition &= Q(value_fen__lt=high)
    return condition


def _is_stale(model: FittedModel) -> bool:
    return clock.now() - model.fitted_at > STALE_AFTER
