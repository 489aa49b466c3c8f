"""What customers are worth 终身价值: spread, tenths, who is worth most, how good the model is, and what it is made of."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.insight.queries import Period
from renmai.insight.value import queries
from renmai.insight.value.models import FittedModel
from renmai.insight.value.queries import Standing
from renmai.web.console import periods, requests, value_charts, value_words
from renmai.web.console.files import MOST_ROWS, csv_file
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of

CHOICES: Final = (90, 180, 365)
HEADER = (
    "customer",
    "orders",
    "kept_fen",
    "first_paid",
    "last_paid",
    "expected_orders",
    "alive",
    "order_fen",
    "own_fen",
    "low_fen",
    "high_fen",
    "passed_on_fen",
    "received_fen",
    "credited_fen",
    "suggested_fen",
    "value_fen",
)


@staff(Permission.FIGURES_VIEW)
@require_safe
def value(request: HttpRequest) -> HttpResponse:
    """Show what customers are worth; names only to whoever may see customers."""
    came = _came(request)
    found = queries.standing(came.period if came else None)
    context = {
        "standing": found,
        "may_see_people": Permission.CUSTOMERS_VIEW in permissions_of(member_of(request)),
        "chosen": came,
        "choices": CHOICES,
        **(_figures(request, found, came.period if came else None) if found else {}),
    }
    return show(request, "console/insight/value.html", context)


@staff(Permission.FIGURES_VIEW)
@require_safe
def value_file(request: HttpRequest) -> HttpResponse:
    """Hand out the customers behind the figures, by number and without names, who is worth most first."""
    came = _came(request)
    rows = (
        (
            row.user_id,
            row.orders,
            row.kept_fen,
            f"{row.first_paid_at:%Y-%m-%d}",
            f"{row.last_paid_at:%Y-%m-%d}",
            round(row.expected_orders, 4),
            "" if row.alive is None else round(row.alive, 4),
            row.order_fen,
            row.own_fen,
            row.low_fen,
            row.high_fen,
            row.passed_on_fen,
            row.received_fen,
            row.credited_fen,
            row.suggested_fen,
            row.value_fen,
        )
        for row in queries.all_customers(came.period if came else None, limit=MOST_ROWS)
    )
    return csv_file("customers", HEADER, rows)


def _came(request: HttpRequest) -> periods.Chosen | None:
    """Return when the customers who are asked for came first; None for all of them."""
    if not {"days", "from", "to"} & request.GET.keys():
        return None
    return periods.chosen(request, choices=CHOICES, default=CHOICES[-1])


def _model(request: HttpRequest, days: Sequence[FittedModel], current: FittedModel) -> FittedModel:
    """Return the model of the day that is asked for, the one in use when it names none."""
    wanted = requests.number(request, "model")
    return next((each for each in days if each.pk == wanted), current)


def _figures(request: HttpRequest, found: Standing, came: Period | None) -> dict[str, object]:
    days = queries.model_days()
    model = _model(request, days, found.model)
    bands, tenths = queries.bands(came), queries.deciles(came)
    parameters = [(value_words.PARAMETERS[each.name], each) for each in model.parameters.order_by("pk")]
    return {
        "model": model,
        "days": [(each, value_words.basis_points_text(each.margin_basis_points)) for each in days],
        "is_older": model.pk != found.model.pk,
        "notices": value_words.notices(found),
        "bands": [(value_words.band_text(band), band) for band in bands],
        "most_in_band": max((band.customers for band in bands), default=0),
        "tenths": [(tenth, value_charts.percent_text(tenth.part)) for tenth in tenths],
        "most_in_tenth": max((tenth.value_fen for tenth in tenths), default=0),
        "spread_sentence": value_words.spread_sentence(tenths),
        "quality_sentence": value_words.quality_sentence(model),
        "calibration": value_charts.calibration(list(model.held_out.order_by("repeated"))),
        "parameters": parameters,
        "margin": value_words.basis_points_text(model.margin_basis_points),
        "discount": value_words.basis_points_text(model.discount_basis_points),
        "suggested": value_words.basis_points_text(model.suggestion_basis_points),
        "passed_on": value_words.basis_points_text(model.word_of_mouth_basis_points),
        "rate_by_year": value_words.rate_by_year(model),
        "rows": queries.customers(came, page=requests.page_number(request)),
    }
