"""What lifetime value, funnels and coming back say in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from renmai.insight.spread.estimates import Estimate
from renmai.insight.value.cohorts import Window
from renmai.insight.value.models import FittedModel
from renmai.insight.value.queries import Band, Channel, Decile, Funnel, Search, Searches, Standing, Step
from renmai.kernel.money import BASIS_POINTS
from renmai.ordering.models import Order
from renmai.web.console.charts import value_text
from renmai.web.console.value_charts import interval_text, percent_text
from renmai.web.ui.formats import money_text

DAYS_A_WEEK = 7
WAYS: Final[dict[str, "str | Promise"]] = {
    "search": gettext_lazy("Search: need, then touch, then trust. She looks for something."),
    "content": gettext_lazy("Content: touch, then need, then trust. Something she reads makes her want it."),
    "social": gettext_lazy("Social: trust, then need, then touch. Somebody she knows shows it to her."),
}
STEPS: Final[dict[str, "str | Promise"]] = {
    "searched": gettext_lazy("Searched"),
    "opened": gettext_lazy("Opened somebody's link"),
    "looked": gettext_lazy("Looked at goods"),
    "carted": gettext_lazy("Put them in the cart"),
    "ordered": gettext_lazy("Placed an order"),
    "paid": pgettext_lazy("step", "Paid it"),
    "kept": pgettext_lazy("step", "Kept something of it"),
}
PARAMETERS: Final[dict[str, "str | Promise"]] = {
    "r": gettext_lazy("how alike customers order (shape of their rates)"),
    "alpha": gettext_lazy("how rarely they order (weeks; rate of their rates)"),
    "a": gettext_lazy("how many leave (first parameter of leaving)"),
    "b": gettext_lazy("how many stay (second parameter of leaving)"),
    "p": gettext_lazy("how alike one customer's orders are in value"),
    "q": gettext_lazy("how alike customers are in what they spend"),
    "gamma": gettext_lazy("how much they spend (scale, in fen)"),
}


@dataclass(frozen=True)
class StepView:
    """One step of a funnel as its table shows it."""

    label: "str | Promise"
    people: int
    of_before: str
    interval: str
    unknown: str


@dataclass(frozen=True)
class FunnelView:
    """One funnel: its name, which way it is, its steps and the whole way in a sentence."""

    title: str
    way: "str | Promise"
    steps: tuple[StepView, ...]
    most: int
    sentence: str


@dataclass(frozen=True)
class ChannelView:
    """One channel as its table shows it."""

    title: str
    row: Channel
    part: str
    first_look: str
    interval: str


@dataclass(frozen=True)
class WindowView:
    """One window of repurchase as its tile shows it."""

    row: Window
    value: str
    interval: str


def band_text(band: Band) -> str:
    """Write the limits of a band in whole yuan."""
    if band.low_fen is None:
        return _("below %(high)s") % {"high": _yuan(band.high_fen or 0)}
    if band.high_fen is None:
        return _("%(low)s and more") % {"low": _yuan(band.low_fen)}
    return f"{_yuan(band.low_fen)} – {_yuan(band.high_fen)}"


def spread_sentence(tenths: Sequence[Decile]) -> str:
    """Say how unevenly value is spread."""
    if not tenths:
        return _("Too few customers to speak of tenths.")
    return _("The tenth of customers who are worth most are worth %(part)s of all; one of them %(mean)s on average.") % {
        "part": percent_text(tenths[0].part),
        "mean": money_text(tenths[0].value_fen // tenths[0].customers),
    }


def quality_sentence(model: FittedModel) -> str:
    """Say how well the model foresaw days it had not seen; empty when nothing was held out."""
    if not model.held_out_days:
        return ""
    if not model.held_out_actual:
        return _("Fitted without the last %(days)s days, the model expected %(expected)s orders in them; none was placed.") % {
            "days": model.held_out_days,
            "expected": value_text(model.held_out_expected, "count"),
        }
    said = {
        "days": model.held_out_days,
        "expected": value_text(model.held_out_expected, "count"),
        "actual": value_text(model.held_out_actual, "count"),
        "error": f"{(model.held_out_expected / model.held_out_actual - 1) * 100:+.1f}%".replace("-", "\N{MINUS SIGN}"),
        "rate": f"{(model.held_out_by_rate / model.held_out_actual - 1) * 100:+.1f}%".replace("-", "\N{MINUS SIGN}"),
    }
    return (
        _(
            "Fitted without the last %(days)s days, the model expected %(expected)s orders in them; %(actual)s were placed (%(error)s). The mean "
            "rate of all customers would have been off by %(rate)s."
        )
        % said
    )


def notices(found: Standing) -> list[tuple[str, str]]:
    """Return what one must know before reading: (kind, sentence)."""
    said = []
    if found.is_stale:
        said.append(("warn", _("The model has not been renewed for more than three days: is the worker running?")))
    if found.is_still:
        day = found.model.until.isoformat()
        said.append(("info", _("Nobody bought anything after %(day)s: everything here is as it was on that day.") % {"day": day}))
    if found.is_renewing:
        said.append(("info", _("Customers are being worked out anew; for some minutes old and new values stand side by side.")))
    if found.model.kind == FittedModel.Kind.MEAN:
        said.append(
            (
                "info",
                _(
                    "Too few customers came back to fit a model. Until then everybody is expected to order as often as all customers did "
                    "together."
                ),
            )
        )
    elif found.model.is_steadied:
        said.append(
            (
                "info",
                _(
                    "The orders alone do not determine every parameter (hardly anybody seems to leave, for instance). A mild belief steadies "
                    "the model; intervals that are very wide say so."
                ),
            )
        )
    if found.model.margin_basis_points <= 0:
        said.append(("warn", _("Nothing is left of what customers pay: check the costs in the settings.")))
    return said


def rate_by_year(model: FittedModel) -> str:
    """Write how often the mean customer orders again in a year."""
    return f"{model.mean_rate * 365 / DAYS_A_WEEK:.2f}"


def basis_points_text(basis_points: int) -> str:
    """Write parts of 10,000 as a percentage."""
    return f"{basis_points * 100 / BASIS_POINTS:.1f}%".replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True)
class SearchView:
    """One search in words."""

    row: Search
    empty: str
    loosened: str
    opened: str
    interval: str

    @property
    def is_wanting(self) -> bool:
        """Whether it found nothing, or only something like it, at some time."""
        return bool(self.row.empty or self.row.loosened)


def search_view(row: Search) -> SearchView:
    """Write one search: shares of its times, a dash where nothing can be said."""
    return SearchView(
        row=row,
        empty=_part_of(row.empty, row.times),
        loosened=_part_of(row.loosened, row.times),
        opened=percent_text(row.opened.value) if row.opened else "—",
        interval=interval_text(row.opened) or "—",
    )


def searches_sentence(found: Searches) -> str:
    """Say how many of all searches found nothing; empty before they are counted."""
    if found.whole is None:
        return ""
    if not found.whole.times:
        return _("Nobody searched in this period.")
    said = ngettext(
        "%(times)s search; %(part)s found nothing, %(loosely)s only something like it.",
        "%(times)s searches; %(part)s found nothing, %(loosely)s only something like it.",
        found.whole.times,
    )
    whole = found.whole
    parts = {"part": percent_text(whole.empty / whole.times), "loosely": percent_text(whole.loosened / whole.times)}
    return said % {"times": f"{whole.times:,}", **parts}


def other_searches(found: Searches) -> str:
    """Say what is not listed word by word; empty for nothing."""
    times, empty = found.others
    if not times:
        return ""
    said = ngettext(
        "%(times)s search of fewer than five people is not listed; %(empty)s found nothing.",
        "%(times)s searches, each of fewer than five people, are not listed; %(empty)s found nothing.",
        times,
    )
    return said % {"times": f"{times:,}", "empty": f"{empty:,}"}


def _part_of(count: int, times: int) -> str:
    return percent_text(count / times) if count else "—"


def funnel_view(found: Funnel) -> FunnelView:
    """Write one funnel."""
    title = str(Order.Funnel(found.kind).label)
    return FunnelView(
        title=title,
        way=WAYS[found.kind],
        steps=tuple(
            StepView(
                STEPS[step.key],
                step.people,
                percent_text(step.of_before.value) if step.of_before else "",
                interval_text(step.of_before),
                _unknown(step),
            )
            for step in found.steps
        ),
        most=max((step.people for step in found.steps), default=0),
        sentence=_whole_sentence(found),
    )


def _unknown(step: Step) -> str:
    """Say how often a step was taken by whom nobody knows; empty for never. Paying and keeping are of the same orders as placing."""
    if not step.unknown or step.key in {"paid", "kept"}:
        return ""
    count = {"count": f"{step.unknown:,}"}
    if step.key == "ordered":
        return (
            ngettext(
                "+ %(count)s order of this way, of whose buyer nobody saw how she came",
                "+ %(count)s orders of this way, of whose buyers nobody saw how they came",
                step.unknown,
            )
            % count
        )
    return (
        ngettext(
            "+ %(count)s time by somebody who is not followed", "+ %(count)s times by people who are not followed", step.unknown
        )
        % count
    )


def _whole_sentence(found: Funnel) -> str:
    if found.whole is None:
        return _("Nobody came this way in the period.")
    first = found.steps[0].people
    return ngettext(
        "Of %(count)s person who came this way %(part)s bought and kept something (%(interval)s).",
        "Of %(count)s people who came this way %(part)s bought and kept something (%(interval)s).",
        first,
    ) % {"count": f"{first:,}", "part": percent_text(found.whole.value), "interval": interval_text(found.whole)}


def channel_view(row: Channel) -> ChannelView:
    """Write one channel."""
    wait = row.first_look_minutes
    return ChannelView(
        title=str(Order.Funnel(row.kind).label),
        row=row,
        part=percent_text(row.part) if row.part is not None else "—",
        first_look=value_text(wait.value if wait else None, "minutes"),
        interval=f"{value_text(wait.low, 'minutes')} – {value_text(wait.high, 'minutes')}" if wait else "",
    )


def channels_sentence(rows: Sequence[Channel], through: Estimate | None) -> str:
    """Say how much the new channel sells, and how many orders came through people."""
    if through is None:
        return _("No order was paid in this period.")
    new = sum(row.part or 0.0 for row in rows if row.is_new)
    return _(
        "The new channel, where goods find people, made %(new)s of sales; %(through)s of orders came through people (%(interval)s)."
    ) % {
        "new": percent_text(new),
        "through": percent_text(through.value),
        "interval": interval_text(through),
    }


def window_view(row: Window) -> WindowView:
    """Write one window of repurchase."""
    return WindowView(row, percent_text(row.rate.value) if row.rate else "—", interval_text(row.rate))


def cohort_sentence(windows: Sequence[Window], customers: int) -> str:
    """Say who came and how many came back, by the shortest window."""
    first = windows[0]
    if first.rate is None:
        return ngettext(
            "%(count)s customer came in this period, and has not had thirty days yet.",
            "%(count)s customers came in this period, and nobody has had thirty days yet.",
            customers,
        ) % {"count": f"{customers:,}"}
    return ngettext(
        "%(count)s customer came in this period; of those who had thirty days %(part)s bought again within them.",
        "%(count)s customers came in this period; of those who had thirty days %(part)s bought again within them.",
        customers,
    ) % {"count": f"{customers:,}", "part": percent_text(first.rate.value)}


def _yuan(fen: int) -> str:
    return money_text(fen).removesuffix(".00")
