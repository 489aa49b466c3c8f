"""A result in words, for the template: every figure already written in its unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.insight.experiments.metrics import Metric, metric
from renmai.insight.experiments.models import Experiment
from renmai.insight.experiments.switches import UNIT_LABELS, Unit
from renmai.web.console.amounts import percent
from renmai.web.console.experiment_charts import IntervalChart, by_evening
from renmai.web.console.experiment_words import (
    KIND_LABELS,
    difference_text,
    interval_text,
    switch_text,
    value_text,
    variant_text,
    verdict,
)

if TYPE_CHECKING:
    from renmai.insight.experiments.results import Comparison, Estimate, Guardrail, Result


@dataclass(frozen=True)
class Reading:
    """One line of a table: what it is about, its figures, and what may be read from them."""

    label: str
    people: int | None
    value: str
    control: str
    difference: str
    interval: str
    verdict: str
    tone: str
    definition: str = ""


@dataclass(frozen=True)
class Headline:
    """A variant against the control by what decides: one sentence, and the line of what was known when."""

    sentence: str
    reading: Reading
    chart: IntervalChart | None


def readings(row: Experiment, result: "Result") -> dict[str, Any]:
    """Return what the page shows of a result."""
    deciding = metric(row.metric)
    return {
        "arms": [(variant_text(row, arm.variant), arm, value_text(arm.value, deciding)) for arm in result.arms],
        "most_dealt": max((arm.dealt for arm in result.arms), default=0),
        "headlines": [_headline(row, compared) for compared in result.comparisons],
        "guardrails": [_guardrail(row, rail) for rail in result.guardrails],
        "others": [_compared(str(each.metric.label), each) for each in result.others],
        "segments": [_line(str(KIND_LABELS[each.kind]), deciding, each.estimate, people=each.people) for each in result.segments],
        "effects": [_line(switch_text(each.switches), deciding, each.estimate) for each in result.effects],
        "qini_sentence": _qini_sentence(result),
        "deal_percent": _percent(result.deal_chance),
    }


def about(row: Experiment) -> list[tuple[str, str]]:
    """Return what was agreed beforehand, name and words."""
    agreed = [
        (_("What decides"), str(metric(row.metric).label)),
        (_("Smallest effect worth having"), f"{percent(row.lift_basis_points)} %"),
        (_("Who is dealt out"), str(UNIT_LABELS[Unit(row.unit)])),
        (
            _("Whom it is for"),
            _("Segment: %(name)s") % {"name": row.segment["name"]} if row.segment else row.get_audience_display(),
        ),
        (_("Watched for"), ngettext("%(count)d day", "%(count)d days", row.window_days) % {"count": row.window_days}),
        (_("People planned in each variant"), f"{row.planned_units:,}"),
    ]
    if not row.is_holdout:
        agreed.append((_("Part of the people of the page"), f"{percent(row.layer_basis_points)} %"))
        agreed.append((_("Of them take part"), f"{percent(row.traffic_basis_points)} %"))
    rails = [f"{metric(key).label} {percent(bound)} %" for key, bound in row.guardrails]
    return [*agreed, (_("Stops when worse than the control by more than"), " · ".join(rails) or "—")]


def _headline(row: Experiment, compared: "Comparison") -> Headline:
    name = variant_text(row, compared.variant)
    reading = _compared(name, compared)
    words = {"variant": name, "metric": compared.metric.label, "difference": reading.difference, "interval": reading.interval}
    if not reading.interval:
        sentence = _("%(variant)s: too few people count yet to say anything.") % words
    elif compared.now.is_certain:
        sentence = _("%(variant)s changes “%(metric)s” by %(difference)s; the truth lies within %(interval)s.") % words
    else:
        sentence = (
            _("%(variant)s: no difference in “%(metric)s” beyond chance so far; the truth lies within %(interval)s.") % words
        )
    return Headline(sentence, reading, by_evening(compared))


def _compared(label: str, compared: "Comparison") -> Reading:
    value = None if compared.now.value is None or compared.control is None else compared.control + compared.now.value
    people = compared.looks[-1].people if compared.looks else None
    return _line(label, compared.metric, compared.now, people=people, pair=(value, compared.control))


def _line(
    label: str,
    wanted: Metric,
    estimate: "Estimate",
    *,
    people: int | None = None,
    pair: Sequence[float | None] = (None, None),
) -> Reading:
    words, tone = verdict(estimate, wanted)
    return Reading(
        label=label,
        people=people,
        value=value_text(pair[0], wanted),
        control=value_text(pair[1], wanted),
        difference=difference_text(estimate.value, wanted),
        interval=interval_text(estimate, wanted),
        verdict=words,
        tone=tone,
        definition=str(wanted.definition),
    )


def _guardrail(row: Experiment, rail: "Guardrail") -> Reading:
    words, tone = (_("Over its bound: the experiment stops"), "bad") if rail.is_broken else (_("Within its bound"), "good")
    if rail.excess.low is None:
        words, tone = _("Too few people yet"), ""
    elif not rail.is_broken and (rail.excess.value or 0) > 0:
        words, tone = _("Over it, perhaps by chance"), "warn"
    label = f"{rail.metric.label} · {variant_text(row, rail.variant)}"
    bound = _("at most %(bound)s %% worse") % {"bound": percent(rail.bound_basis_points)}
    return Reading(
        label, None, value_text(rail.value, rail.metric), value_text(rail.control, rail.metric), bound, "", words, tone
    )


def _percent(chance: float) -> str:
    """Write a chance in percent, a tiny one too."""
    return f"{chance * 100:.1f}" if chance >= 0.001 else f"{chance * 100:.1g}"


def _qini_sentence(result: "Result") -> str:
    if result.qini is None:
        return ""
    if result.qini.low > 0:
        return _(
            "It works for some people more than for others: those with the highest predicted uplift first is better than anybody first."
        )
    return _("Nothing shows that it works for some people more than for others.")
