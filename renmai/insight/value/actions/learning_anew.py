"""Learning the model of lifetime value from all purchases, once a day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from renmai.insight.value import means
from renmai.insight.value.margins import Margin, margin_between
from renmai.insight.value.models import KEPT_MODELS, FittedModel, FittedParameter, HeldOutGroup
from renmai.insight.value.purchases import Row, day_of, end_of, rows_until, told_until
from renmai.kernel import clock
from renmai.kernel.money import BASIS_POINTS, share_of
from renmai.policy import queries as policy

if TYPE_CHECKING:
    from renmai.insight.value.learning import HeldOut, Terms
    from renmai.insight.value.lifetime import Lifetime

LEARNED_FOR = timedelta(hours=20)
FEWEST_REPEATERS = 20
MARGIN_DAYS = 365
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class _Told:
    """What the purchases say without any model."""

    customers: int
    repeaters: int
    orders: int
    rate_by_week: float
    mean_order_fen: int


@dataclass(frozen=True)
class _Learned:
    """A fitted model with what it foresaw and what it says all and a newcomer are worth."""

    model: "Lifetime"
    held_out: "HeldOut | None"
    total_fen: tuple[int, int, int]
    newcomer_fen: int


def learn_anew(_limit: int) -> int:
    """Learn from every purchase until yesterday, unless that was done today; return 1 when a model was learned. A timer.

    A shop that stands still is learned as of its last purchase. With too few customers who came back, or when nothing can be fitted, the model is the mean rate of all, and says why. What customers are worth
    is worked out from it by ``work_out``. The reading and the arithmetic happen before the transaction that keeps the result.
    """
    if FittedModel.objects.filter(fitted_at__gt=clock.now() - LEARNED_FOR).exists():
        return 0
    until = day_of(clock.now()) - timedelta(days=1)
    rows = rows_until(until)
    if not rows:
        return 0
    until = told_until(until, date.fromordinal(max(day for _buyer, day, _fen in rows)))
    margin = margin_between(end_of(until) - timedelta(days=MARGIN_DAYS), end_of(until))
    told = _tell(rows, until)
    row = _row(told, margin, until)
    learned, why = _try(rows, until, row) if told.repeaters >= FEWEST_REPEATERS else (None, "too few customers came back")
    if learned is None:
        _as_mean(row, told, why)
    _keep(row, learned)
    return 1


def _tell(rows: Sequence[Row], until: date) -> _Told:
    days: dict[int, set[int]] = {}
    for buyer, day, _fen in rows:
        days.setdefault(buyer, set()).add(day)
    orders = sum(map(len, days.values()))
    rate = means.rate_by_day([min(each) for each in days.values()], orders - len(days), until.toordinal())
    return _Told(
        customers=len(days),
        repeaters=Counter(len(each) > 1 for each in days.values())[True],
        orders=orders,
        rate_by_week=rate * DAYS_A_WEEK,
        mean_order_fen=sum(fen for _buyer, _day, fen in rows) // orders,
    )


def _row(told: _Told, margin: Margin, until: date) -> FittedModel:
    return FittedModel(
        kind=FittedModel.Kind.FITTED,
        fitted_at=clock.now(),
        until=until,
        customers=told.customers,
        repeaters=told.repeaters,
        orders=told.orders,
        mean_rate=told.rate_by_week,
        mean_order_fen=told.mean_order_fen,
        horizon_days=policy.integer("value.horizon_days"),
        discount_basis_points=policy.integer("value.discount_basis_points"),
        word_of_mouth_basis_points=policy.integer("value.word_of_mouth_basis_points"),
        suggestion_basis_points=policy.integer("value.suggestion_basis_points"),
        margin_basis_points=margin.basis_points,
        kept_fen=margin.kept_fen,
        commission_fen=margin.commission_fen,
        rewards_fen=margin.rewards_fen,
        parcels_fen=margin.parcels_fen,
        goods_fen=margin.goods_fen,
    )


def terms_of(row: FittedModel) -> "Terms":
    """Return what counts, as it was when the model was learned."""
    from renmai.insight.value.learning import Terms

    return Terms(row.horizon_days, row.discount_basis_points / BASIS_POINTS, row.margin_basis_points / BASIS_POINTS)


def _try(rows: Sequence[Row], until: date, row: FittedModel) -> tuple[_Learned | None, str]:
    from renmai.insight.value import learning
    from renmai.insight.value.fitting import UnfitError

    purchases, day, terms = learning.as_purchases(rows), until.toordinal(), terms_of(row)
    try:
        model = learning.learn(purchases, day)
    except UnfitError as error:
        return None, str(error)
    return _Learned(
        model,
        learning.held_out(purchases, day),
        learning.total_fen(model, purchases, day, terms),
        learning.newcomer_fen(model, terms),
    ), ""


def _as_mean(row: FittedModel, told: _Told, why: str) -> None:
    """Make the row say what the mean rate says of all and of a newcomer, for whom it is the same."""
    row.kind, row.why_mean = FittedModel.Kind.MEAN, why
    row.newcomer_fen = mean_value_fen(row)
    row.total_fen = row.newcomer_fen * told.customers
    row.total_low_fen = row.total_high_fen = row.total_fen


def mean_value_fen(row: FittedModel) -> int:
    """Return what each customer is worth at the mean rate of all."""
    orders = row.mean_rate * row.horizon_days / DAYS_A_WEEK
    counted = orders * means.discount_factor(row.horizon_days, row.discount_basis_points / BASIS_POINTS)
    return share_of(round(counted * row.mean_order_fen), basis_points=row.margin_basis_points)


def _keep(row: FittedModel, learned: _Learned | None) -> None:
    if learned is not None:
        _describe(row, learned)
    with transaction.atomic():
        _forget_old()
        row.save()
        if learned is not None:
            _keep_parts(row, learned)


def _keep_parts(row: FittedModel, learned: _Learned) -> None:
    fits = (learned.model.orders, learned.model.spending)
    found = [each for fit in fits if fit is not None for each in fit.parameters]
    FittedParameter.objects.bulk_create(
        FittedParameter(model=row, name=each.name, value=each.value, error=each.error, low=each.low, high=each.high)
        for each in found
    )
    seen = learned.held_out.groups if learned.held_out else ()
    HeldOutGroup.objects.bulk_create(
        HeldOutGroup(model=row, repeated=each.repeated, customers=each.customers, expected=each.expected, actual=each.actual)
        for each in seen
    )


def _describe(row: FittedModel, learned: _Learned) -> None:
    model, seen = learned.model, learned.held_out
    row.is_steadied = model.orders.is_steadied or (model.spending is not None and model.spending.is_steadied)
    row.orders_log_likelihood = model.orders.log_likelihood
    row.orders_covariance = [list(line) for line in model.orders.covariance]
    if model.spending is not None:
        row.spending_log_likelihood = model.spending.log_likelihood
        row.spending_covariance = [list(line) for line in model.spending.covariance]
    else:
        row.mean_order_fen = round(model.mean_order)
    row.total_fen, row.total_low_fen, row.total_high_fen = learned.total_fen
    row.newcomer_fen = learned.newcomer_fen
    if seen is not None:
        row.held_out_days, row.held_out_expected, row.held_out_actual = seen.days, seen.expected, seen.actual
        row.held_out_by_rate = seen.by_rate


def _forget_old() -> None:
    """Keep the last models only, and any that a customer was worked out by."""
    kept = FittedModel.objects.order_by("-fitted_at").values_list("pk", flat=True)[: KEPT_MODELS - 1]
    FittedModel.objects.exclude(pk__in=list(kept)).filter(worths__isnull=True).delete()
