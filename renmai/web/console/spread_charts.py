"""K by week with its intervals, laid out for an SVG; and rows with bars. See ``charts`` and decision 15."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from django.utils.translation import gettext as _

from renmai.insight.spread.queries import Week
from renmai.insight.spread.trees import Band
from renmai.web.console.charts import HEIGHT, WIDTH, Grid, day_text
from renmai.web.console.spread_words import number_text

LINES = 4
LABELS = 5
LEAST_TOP = 1.2
"""The line at 1 always stands within the drawing."""

TOP_TIMES = 2.5
"""An interval that reaches far above every value is cut off rather than pressing all the others flat."""


@dataclass(frozen=True)
class WeekMark:
    """One week: where it stands, its value and interval in the drawing, and in words; ``y`` is None for a week without anybody."""

    x: float
    left: float
    right: float
    y: float | None
    top: float
    bottom: float
    label: str
    value: str
    interval: str
    people: int
    is_whole: bool


@dataclass(frozen=True)
class WeekChart:
    """Everything the template needs; coordinates in a drawing of ``width`` × ``height``. ``one`` is the height of K = 1."""

    marks: tuple[WeekMark, ...]
    grid: tuple[Grid, ...]
    one: float
    labels: tuple[str, ...]
    line: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class SizeRow:
    """One band of tree sizes."""

    label: str
    trees: int
    people: int


def by_week(weeks: Sequence[Week]) -> WeekChart | None:
    """Lay out K by week, from the first week on in which anybody took part; None when fewer than two weeks have anybody."""
    weeks = list(dropwhile(lambda week: not week.reproduction.people and not week.reproduction.waiting, weeks))
    known = [week.reproduction.k for week in weeks if week.reproduction.k is not None]
    if len(known) < 2:
        return None
    highest = max(found.value for found in known)
    top = max(LEAST_TOP, min(max(found.high for found in known), TOP_TIMES * highest))
    step = WIDTH / len(weeks)
    marks = tuple(_mark(week, (index + 0.5) * step, step / 5, top) for index, week in enumerate(weeks))
    return WeekChart(
        marks=marks,
        grid=tuple(Grid(_height(top * line / LINES, top), f"{top * line / LINES:.2f}") for line in range(LINES, -1, -1)),
        one=_height(1, top),
        labels=tuple(mark.label if index % -(-len(marks) // LABELS) == 0 else "" for index, mark in enumerate(marks)),
        line=" ".join(f"{mark.x:.1f},{mark.y:.1f}" for mark in marks if mark.y is not None),
    )


def size_rows(bands: Sequence[Band]) -> list[SizeRow]:
    """Write the bands of tree sizes."""
    return [SizeRow(_size(band), band.trees, band.people) for band in bands]


def _mark(week: Week, x: float, reach: float, top: float) -> WeekMark:
    found = week.reproduction.k
    return WeekMark(
        x=x,
        left=x - reach,
        right=x + reach,
        y=_height(found.value, top) if found else None,
        top=_height(found.high, top) if found else HEIGHT,
        bottom=_height(found.low, top) if found else HEIGHT,
        label=day_text(week.first),
        value=number_text(found.value if found else None, "times"),
        interval=f"{number_text(found.low, 'times')} – {number_text(found.high, 'times')}" if found else "",
        people=week.reproduction.people,
        is_whole=week.is_whole,
    )


def _height(value: float, top: float) -> float:
    return HEIGHT - min(max(value, 0.0), top) / top * HEIGHT


def _size(band: Band) -> str:
    if band.most is None:
        return _("%(least)d and more") % {"least": band.least}
    return str(band.least) if band.least == band.most else f"{band.least} – {band.most}"
