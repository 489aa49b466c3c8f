"""Words of experiments: variants, figures and their differences, what may be read from an interval."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from renmai.insight.experiments.metrics import Metric
from renmai.insight.experiments.models import Experiment
from renmai.insight.experiments.queries import HELD, OPEN
from renmai.insight.experiments.switches import switches
from renmai.web.ui.formats import money_text

if TYPE_CHECKING:
    from renmai.insight.experiments.results import Estimate

TONES: Mapping[str, str] = {
    Experiment.Status.RUNNING: "good",
    Experiment.Status.STOPPED: "warn",
    Experiment.Status.DECIDED: "info",
}
KIND_LABELS: Mapping[str, str | Promise] = {
    "none": pgettext_lazy("people by orders before", "Never bought before"),
    "one": pgettext_lazy("people by orders before", "Bought once before"),
    "more": pgettext_lazy("people by orders before", "Bought more often before"),
}


def variant_text(row: Experiment, variant: str) -> str:
    """Name a variant by the options it is made of."""
    if row.is_holdout:
        return {HELD: pgettext("holdout", "Kept from everything"), OPEN: pgettext("holdout", "Everything")}.get(variant, variant)
    return " + ".join(_option_text(key, option) for key, option in zip(row.switches, variant.split("+"), strict=False))


def switch_text(keys: Sequence[str]) -> str:
    """Name switches, those that work together joined."""
    titles = {each.key: str(each.title) for each in switches()}
    return " × ".join(titles.get(key, key) for key in keys)


def about_text(row: Experiment) -> str:
    """Say what is tried: the switches, or that it is a holdout."""
    if row.is_holdout:
        return _("Holdout: is all of it together worth it?")
    words = switch_text(row.switches)
    return f"{words} · {row.campaign.title}" if row.campaign is not None else words


def value_text(value: float | None, metric: Metric) -> str:
    """Write a figure in its unit."""
    if value is None:
        return "—"
    if metric.unit == "fen":
        return money_text(round(value))
    return f"{value * 100:.1f} %" if metric.unit == "share" else f"{value:.2f}"


def difference_text(value: float | None, metric: Metric) -> str:
    """Write a difference with its sign: of shares in percentage points."""
    if value is None:
        return "—"
    sign = "−" if value < 0 else "+"
    size = abs(value)
    if metric.unit == "fen":
        return f"{sign}{money_text(round(size))}"
    if metric.unit == "share":
        return _("%(points)s points") % {"points": f"{sign}{size * 100:.2f}"}
    return f"{sign}{size:.3f}"


def interval_text(estimate: "Estimate", metric: Metric) -> str:
    """Write an interval; empty while nothing can be said."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{difference_text(estimate.low, metric)} … {difference_text(estimate.high, metric)}"


def verdict(estimate: "Estimate", metric: Metric) -> tuple[str, str]:
    """Say what may be read from an interval, and in which tone."""
    if estimate.low is None or estimate.high is None:
        return _("Too few people yet"), ""
    if not estimate.is_certain:
        return _("Chance alone can explain it"), ""
    is_more = estimate.low > 0
    words = _("More than chance") if is_more else _("Less than chance")
    return words, "good" if is_more == metric.more_is_better else "bad"


def _option_text(switch_key: str, option_key: str) -> str:
    found = next((each.option(option_key) for each in switches() if each.key == switch_key), None)
    return str(found.label) if found else option_key
