"""Charts by day, laid out here and drawn as SVG by a template: they need no script, and the numbers stand below as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from renmai.insight.queries import Point
from renmai.web.ui.formats import money_text

WIDTH = 1000
HEIGHT = 260
LINES = 4
LABELS = 7
STEP_TENTHS = (10, 15, 20, 25, 30, 40, 50, 60, 80)
"""What a step between two lines may begin with, times ten."""

HOUR_MINUTES = 60
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Grid:
    """One horizontal line, its height in the drawing and what it stands for."""

    y: float
    label: str


@dataclass(frozen=True)
class Column:
    """One day: where it stands, what it was, and what the same day of the period before was (None without one)."""

    x: float
    left: float
    width: float
    y: float
    day: date
    label: str
    value: str
    before: str


@dataclass(frozen=True)
class Chart:
    """Everything the template needs; coordinates in a drawing of ``WIDTH`` × ``HEIGHT``."""

    line: str
    area: str
    before: str
    grid: tuple[Grid, ...]
    columns: tuple[Column, ...]
    labels: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT


def by_day(points: Sequence[Point], *, before: Sequence[Point] = (), unit: str) -> Chart | None:
    """Lay out a line by day, with the period before as a second one; None for fewer than two days."""
    if len(points) < 2:
        return None
    values = [point.value for point in points]
    earlier = [point.value for point in before][: len(points)]
    step = _step(max([*values, *earlier, 1]), unit=unit)
    top = step * LINES
    xs = [index * WIDTH / (len(points) - 1) for index in range(len(points))]
    spots = [(x, _height(value, top)) for x, value in zip(xs, values, strict=True)]
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    return Chart(
        line=drawn,
        area=f"0,{HEIGHT} {drawn} {WIDTH},{HEIGHT}",
        before=" ".join(f"{x:.1f},{_height(value, top):.1f}" for x, value in zip(xs, earlier, strict=False)),
        grid=tuple(Grid(_height(step * line, top), short_text(step * line, unit)) for line in range(LINES, -1, -1)),
        columns=_columns(points, spots, earlier, unit=unit),
        labels=_labels([point.day for point in points]),
    )


def value_text(value: float | None, unit: str) -> str:
    """Write a figure: ``fen``, ``count``, ``share`` (0…1) or ``minutes``."""
    if value is None:
        return "—"
    if unit == "fen":
        return money_text(round(value))
    if unit == "share":
        return f"{value * 100:.1f}%"
    if unit == "minutes":
        return _duration(value)
    return f"{round(value):,}"


def short_text(value: float, unit: str) -> str:
    """Write a value for the edge of a chart, without fen."""
    return money_text(round(value)).removesuffix(".00") if unit == "fen" else value_text(value, unit)


def _duration(minutes: float) -> str:
    if minutes < HOUR_MINUTES:
        return _("%(count)d min") % {"count": round(minutes)}
    if minutes < 2 * DAY_MINUTES:
        return _("%(count)s h") % {"count": f"{minutes / HOUR_MINUTES:.1f}"}
    return _("%(count)s days") % {"count": f"{minutes / DAY_MINUTES:.1f}"}


def _height(value: float, top: float) -> float:
    return HEIGHT - max(0.0, value) / top * HEIGHT


def _step(largest: float, *, unit: str) -> int:
    """Return the smallest round step whose four multiples reach ``largest``; whole yuan for money."""
    size = 100 if unit == "fen" else 1
    while True:
        for tenths in STEP_TENTHS:
            step, rest = divmod(size * tenths, 10)
            if not rest and step * LINES >= largest:
                return step
        size *= 10


def _columns(
    points: Sequence[Point], spots: Sequence[tuple[float, float]], earlier: Sequence[int], *, unit: str
) -> tuple[Column, ...]:
    xs = [x for x, _y in spots]
    edges = [0.0, *((left + right) / 2 for left, right in pairwise(xs)), float(WIDTH)]
    return tuple(
        Column(
            x=x,
            left=edges[index],
            width=edges[index + 1] - edges[index],
            y=y,
            day=point.day,
            label=day_text(point.day),
            value=value_text(point.value, unit),
            before=value_text(earlier[index], unit) if index < len(earlier) else "",
        )
        for index, (point, (x, y)) in enumerate(zip(points, spots, strict=True))
    )


def day_text(day: date) -> str:
    """Write a day as everybody here reads it."""
    return date_format(day, "m-d")


def _labels(days: Sequence[date]) -> tuple[str, ...]:
    """Return up to ``LABELS`` days, evenly spread, the first and the last among them."""
    count = min(LABELS, len(days))
    chosen = [days[round(index * (len(days) - 1) / (count - 1))] for index in range(count)]
    return tuple(day_text(day) for day in chosen)
