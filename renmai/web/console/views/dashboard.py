"""The first page: what waits, and the figures; each figure opens into its definition, its days and its rows."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.insight import queries as insight
from renmai.insight.queries import Figure, Period
from renmai.kernel.errors import DomainError
from renmai.web.console import charts, periods, requests
from renmai.web.console.charts import day_text, value_text
from renmai.web.console.navigation import show
from renmai.web.console.work import Work, waiting
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

SPLIT = "new_channel"
"""Drawn as a bar of its own, not as a tile."""

FALLING_IS_GOOD = frozenset({"first_view", "entry_gini", "returned", "complained"})
SERIES: dict[str, tuple["str | Promise", str]] = {
    "sales": (gettext_lazy("Sales by day"), "fen"),
    "net_sales": (gettext_lazy("Kept sales by day"), "fen"),
    "orders": (gettext_lazy("Paid orders by day"), "count"),
    "conversion": (gettext_lazy("Paid orders by day"), "count"),
    "social_share": (gettext_lazy("Sales through people by day"), "fen"),
    "new_channel": (gettext_lazy("Sales of the new channel by day"), "fen"),
}
"""What the line of a figure shows, and in which unit; a figure that cannot be split by day is not named."""


@dataclass(frozen=True)
class Tile:
    """A figure as the first page shows it."""

    figure: Figure
    value: str
    change: str
    change_kind: str
    url: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Task:
    """Something to do now."""

    icon: str
    text: str
    url: str
    count: int
    late: str = ""


@staff()
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person and, if she may see them, the figures of a period."""
    user = member_of(request)
    work = waiting(user)
    context: dict[str, object] = {"work": work, "tasks": _tasks(work)}
    if Permission.FIGURES_VIEW in permissions_of(user):
        chosen = periods.chosen(request)
        figures = insight.dashboard(chosen.period)
        drawn = {figure.key: _tile(figure, chosen.query) for figure in figures}
        star, *beside = (drawn.pop(key) for key in insight.NORTH_STAR)
        del drawn[SPLIT]
        by_key = {figure.key: figure for figure in figures}
        before = insight.figure("sales", chosen.period.before)
        context |= {
            "chosen": chosen,
            "choices": periods.CHOICES,
            "star": star,
            "beside": beside,
            "tiles": list(drawn.values()),
            "new_channel": by_key[SPLIT],
            "old_share": 1 - (by_key[SPLIT].value or 0),
            **_drawn(by_key["sales"], before, chosen.period),
        }
    return show(request, "console/selling/dashboard.html", context)


@staff(Permission.FIGURES_VIEW)
@require_safe
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """Show one figure: definition, course by day, and the orders it was counted from."""
    chosen = periods.chosen(request)
    found = insight.figure(key, chosen.period)
    if found is None:
        raise DomainError("request.not_found")
    before = insight.figure(key, chosen.period.before) if found.series else None
    may_open = Permission.ORDERS_VIEW in permissions_of(member_of(request))
    context = {
        "figure": found,
        "tile": _tile(found, chosen.query),
        "chosen": chosen,
        "choices": periods.CHOICES,
        "rows": insight.figure_rows(key, chosen.period, page=requests.page_number(request)),
        "may_open": may_open,
        "crumbs": [
            Crumb(pgettext("navigation", "Figures"), f"{reverse('console:dashboard')}?{chosen.query}"),
            Crumb(found.label),
        ],
        **_drawn(found, before, chosen.period),
    }
    return show(request, "console/selling/figure.html", context)


def _drawn(found: Figure, before: Figure | None, period: Period) -> dict[str, object]:
    if found.key not in SERIES:
        return {"chart": None, "sentence": ""}
    title, unit = SERIES[found.key]
    drawn = charts.by_day(found.series, before=before.series if before else (), unit=unit)
    return {"chart": drawn, "sentence": _sentence(str(title), found, period, unit) if drawn else ""}


def _sentence(title: str, found: Figure, period: Period, unit: str) -> str:
    best = max(found.series, key=lambda point: point.value)
    span = {"title": title, "first": day_text(period.first), "last": day_text(period.last)}
    if not best.value:
        return _("%(title)s, %(first)s to %(last)s: nothing yet.") % span
    return _(
        "%(title)s, %(first)s to %(last)s. The best day was %(day)s with %(value)s; the dashed line is the period before."
    ) % {
        **span,
        "day": day_text(best.day),
        "value": value_text(best.value, unit),
    }


def _tile(found: Figure, query: str) -> Tile:
    change, kind = _change(found)
    return Tile(
        figure=found,
        value=value_text(found.value, found.unit),
        change=change,
        change_kind=kind,
        url=f"{reverse('console:figure', args=[found.key])}?{query}",
        values=tuple(point.value for point in found.series),
    )


def _change(found: Figure) -> tuple[str, str]:
    """Return how the figure changed against the period before, in words, and whether that is good."""
    if found.value is None or found.previous is None or (found.unit != "share" and not found.previous):
        return _("Nothing to compare with"), "muted"
    difference = found.value - found.previous
    if found.unit == "share":
        points = difference * 100
        text = _("%(change)s points") % {"change": f"{points:+.1f}"}
        rounded = round(points, 1)
    else:
        rounded = round(difference / found.previous * 100)
        text = f"{rounded:+d}%"
    if not rounded:
        return _("As before"), "muted"
    is_good = (rounded > 0) != (found.key in FALLING_IS_GOOD)
    return _("%(change)s against the period before") % {
        "change": text.replace("-", "\N{MINUS SIGN}")
    }, "good" if is_good else "bad"


def _tasks(work: Work) -> list[Task]:
    """Return what waits, in the order in which it hurts."""
    return [task for task in (*_tasks_of_orders(work), *_tasks_of_withdrawals(work)) if task.count]


def _tasks_of_orders(work: Work) -> list[Task]:
    orders = work.orders
    to_send = ngettext("%(count)d parcel to send", "%(count)d parcels to send", orders.parcels)
    to_hand_over = ngettext("%(count)d pickup to hand over", "%(count)d pickups to hand over", orders.pickups)
    to_answer = ngettext("%(count)d claim to answer", "%(count)d claims to answer", orders.claims)
    coming_back = ngettext("%(count)d return on its way back", "%(count)d returns on their way back", orders.returns)
    parcels, claims = reverse("console:shipments"), reverse("console:after_sales")
    return [
        Task("truck", to_send % {"count": orders.parcels}, parcels, orders.parcels, _late(orders.parcels_late)),
        Task("pickup", to_hand_over % {"count": orders.pickups}, f"{parcels}?view=pickups", orders.pickups),
        Task("refund", to_answer % {"count": orders.claims}, claims, orders.claims, _late(orders.claims_late)),
        Task("box", coming_back % {"count": orders.returns}, f"{claims}?status=returning", orders.returns),
    ]


def _tasks_of_withdrawals(work: Work) -> list[Task]:
    first, second = work.withdrawals_new, work.withdrawals_second
    to_review = ngettext("%(count)d withdrawal to review", "%(count)d withdrawals to review", first)
    to_approve = ngettext("%(count)d withdrawal for the second approval", "%(count)d withdrawals for the second approval", second)
    address = reverse("console:withdrawals")
    return [
        Task("wallet", to_review % {"count": first}, f"{address}?status=requested", first),
        Task("shield", to_approve % {"count": second}, f"{address}?status=reviewed", second),
    ]


def _late(count: int) -> str:
    return _("%(count)d late") % {"count": count} if count else ""
