"""What the figures of spread say in a sentence, and how they are written."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.campaigns.plays import Incentive
from renmai.insight.spread.figures import SpreadFigure
from renmai.insight.spread.queries import Asked, Spread
from renmai.insight.spread.reproduction import Reproduction
from renmai.insight.spread.retention import KeptCost
from renmai.insight.spread.wearing import Wear
from renmai.web.console.charts import day_text
from renmai.web.ui.formats import money_text

DAY_HOURS = 24


@dataclass(frozen=True)
class FigureView:
    """A figure as its tile shows it; ``interval`` is empty for what is counted."""

    figure: SpreadFigure
    text: str
    interval: str


@dataclass(frozen=True)
class CostView:
    """What a kept customer of one incentive costs; ``interval`` is empty while too few were kept."""

    label: "str | Promise"
    row: KeptCost
    kept_share: str
    each: str
    interval: str
    is_own: bool


@dataclass(frozen=True)
class SeedView:
    """Somebody to ask, with the reason in words."""

    asked: Asked
    reason: str


def figure_view(figure: SpreadFigure) -> FigureView:
    """Write one figure."""
    if figure.low is None or figure.high is None:
        return FigureView(figure, number_text(figure.value, figure.unit), "")
    low, high = (number_text(bound, figure.unit, like=figure.value) for bound in (figure.low, figure.high))
    interval = f"{low} – {high}"
    return FigureView(figure, number_text(figure.value, figure.unit), interval)


def number_text(value: float | None, unit: str, *, like: float | None = None) -> str:
    """Write a number in its unit; a span in the unit that fits ``like``."""
    if value is None:
        return "—"
    match unit:
        case "share":
            return f"{value * 100:.1f}%"
        case "count":
            return f"{round(value):,}"
        case "hours":
            return _hours(value, like=value if like is None else like)
        case _:
            return f"{value:.2f}"


def _hours(hours: float, *, like: float) -> str:
    if like >= 2 * DAY_HOURS:
        return _("%(count)s days") % {"count": f"{hours / DAY_HOURS:.1f}"}
    if like >= 1:
        return _("%(count)s h") % {"count": f"{hours:.1f}"}
    return _("%(count)d min") % {"count": round(hours * 60)}


def k_sentence(found: Reproduction) -> str:
    """Say what K means for the campaign."""
    if found.k is None:
        if found.waiting:
            return ngettext(
                "%(count)d person took part in this period, and has not had seven days yet.",
                "%(count)d people took part in this period, and nobody has had seven days yet.",
                found.waiting,
            ) % {"count": found.waiting}
        return _("Nobody took part in this period.")
    said = _("A hundred people who take part bring about %(value)d others, between %(low)d and %(high)d.") % {
        "value": round(found.k.value * 100),
        "low": round(found.k.low * 100),
        "high": round(found.k.high * 100),
    }
    return f"{said} {_meaning(found.k.low, found.k.high)}"


def _meaning(low: float, high: float) -> str:
    if high < 1:
        return _("That is fewer than themselves: it lives on people who come by themselves.")
    if low > 1:
        return _("That is more than themselves: it grows by itself.")
    return _("Whether it grows by itself cannot be said yet.")


def wear_sentence(wear: Wear) -> str:
    """Say that a play is worn out, since when and by how much."""
    return _(
        "Worn out since %(day)s: in %(days)d days %(fall)d%% fewer people came through others than before, for as many who could have "
        "brought them. Change its terms, or end it."
    ) % {"day": day_text(wear.day), "days": wear.window_days, "fall": round(wear.fall * 100)}


def cost_views(spread: Spread) -> list[CostView]:
    """Write what kept customers cost: this campaign's first, then every incentive's."""
    return [
        *(_cost_view(row, is_own=True) for row in spread.costs),
        *(_cost_view(row, is_own=False) for row in spread.incentives),
    ]


def _cost_view(row: KeptCost, *, is_own: bool) -> CostView:
    each = row.each
    return CostView(
        label=_("This campaign") if is_own else Incentive(row.incentive).label,
        row=row,
        kept_share=f"{row.kept / row.ripe * 100:.1f}%" if row.ripe else "—",
        each=money_text(round(each.value)) if each else "—",
        interval=f"{money_text(round(each.low))} – {money_text(round(each.high))}" if each else "",
        is_own=is_own,
    )


def seed_view(asked: Asked) -> SeedView:
    """Say why somebody is to be asked."""
    friends = ngettext(
        "%(count)d person opened her links in the last 90 days",
        "%(count)d people opened her links in the last 90 days",
        asked.seed.friends,
    ) % {"count": asked.seed.friends}
    bought = ngettext(
        "of %(of)d opening %(count)d led to an order", "of %(of)d openings %(count)d led to an order", asked.opened
    ) % {"count": asked.joined, "of": asked.opened}
    return SeedView(asked, f"{friends} · {bought}")
