"""What was known on each evening of an experiment, and a Qini curve, laid out for an SVG. See ``charts`` and decision 15."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from renmai.insight.experiments.metrics import Metric
from renmai.web.console.charts import HEIGHT, LABELS, WIDTH, Grid, day_text
from renmai.web.console.experiment_words import difference_text, interval_text

if TYPE_CHECKING:
    from renmai.insight.experiments.results import Comparison, Look
    from renmai.insight.experiments.statistics.uplift import Qini

HALF_LINES = 2
REACH = 3.0
"""The drawing reaches so many times the newest interval: the first evenings know nothing, and would press all others flat."""


@dataclass(frozen=True)
class Evening:
    """One look in words, and where it stands."""

    x: float
    left: float
    width: float
    label: str
    value: str
    interval: str
    people: int


@dataclass(frozen=True)
class IntervalChart:
    """Everything the template needs; coordinates in a drawing of ``width`` × ``height``. ``zero`` is the height of no difference."""

    band: str
    line: str
    zero: float
    grid: tuple[Grid, ...]
    evenings: tuple[Evening, ...]
    labels: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class GainChart:
    """A Qini curve against the straight line of a random order."""

    curve: str
    straight: str
    zero: float
    grid: tuple[Grid, ...]
    labels: tuple[str, ...] = ("0 %", "25 %", "50 %", "75 %", "100 %")
    width: int = WIDTH
    height: int = HEIGHT


def by_evening(comparison: "Comparison") -> IntervalChart | None:
    """Lay out a difference with its interval by evening; None for fewer than two evenings on which anything was known."""
    looks = comparison.looks
    known = [look.estimate for look in looks if look.estimate.low is not None and look.estimate.high is not None]
    if len(known) < 2:
        return None
    newest = known[-1]
    half = ((newest.high or 0) - (newest.low or 0)) / 2
    top = max(abs(newest.low or 0), abs(newest.high or 0), abs(newest.value or 0), REACH * half) or 1.0
    step = WIDTH / (len(looks) - 1)
    above = [(index * step, _height(look.estimate.high, top, outside=top)) for index, look in enumerate(looks)]
    below = [(index * step, _height(look.estimate.low, top, outside=-top)) for index, look in enumerate(looks)]
    values = [(index * step, _height(look.estimate.value, top, outside=0)) for index, look in enumerate(looks)]
    return IntervalChart(
        band=_points([*above, *reversed(below)]),
        line=_points([spot for spot, look in zip(values, looks, strict=True) if look.estimate.value is not None]),
        zero=_height(0, top, outside=0),
        grid=_grid(top, comparison.metric),
        evenings=tuple(_evening(look, index, step, comparison.metric) for index, look in enumerate(looks)),
        labels=_days(looks),
    )


def gains(found: "Qini", metric: Metric) -> GainChart:
    """Lay out a Qini curve."""
    top = max(float(abs(found.gains).max()), 1e-9)
    end = float(found.gains[-1])
    return GainChart(
        curve=_points(
            [(share * WIDTH, _height(gain, top, outside=0)) for share, gain in zip(found.shares, found.gains, strict=True)]
        ),
        straight=_points([(0.0, _height(0, top, outside=0)), (WIDTH, _height(end, top, outside=0))]),
        zero=_height(0, top, outside=0),
        grid=_grid(top, metric),
    )


def _grid(top: float, metric: Metric) -> tuple[Grid, ...]:
    values = [top * line / HALF_LINES for line in range(HALF_LINES, -HALF_LINES - 1, -1)]
    return tuple(Grid(_height(value, top, outside=0), difference_text(value, metric) if value else "0") for value in values)


def _height(value: float | None, top: float, *, outside: float) -> float:
    """Return the height of a value between −top and top; what is unknown stands at ``outside``."""
    seen = outside if value is None else min(max(float(value), -top), top)
    return HEIGHT / 2 * (1 - seen / top)


def _points(spots: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)


def _evening(look: "Look", index: int, step: float, metric: Metric) -> Evening:
    left = max(0.0, (index - 0.5) * step)
    return Evening(
        x=index * step,
        left=left,
        width=min(WIDTH, (index + 0.5) * step) - left,
        label=day_text(look.day),
        value=difference_text(look.estimate.value, metric),
        interval=interval_text(look.estimate, metric),
        people=look.people,
    )


def _days(looks: "Sequence[Look]") -> tuple[str, ...]:
    count = min(LABELS, len(looks))
    return tuple(day_text(looks[round(index * (len(looks) - 1) / (count - 1))].day) for index in range(count))
