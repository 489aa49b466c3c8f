"""What was foreseen beside what happened, and how many came back by month, laid out for a template. See ``charts`` and decision 15."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from renmai.insight.spread.estimates import Estimate
from renmai.insight.value.cohorts import MOST_STEPS, Cohort
from renmai.insight.value.models import HeldOutGroup
from renmai.web.console.charts import HEIGHT, WIDTH, Grid

LINES = 4
BAR_SHARE = 0.5
"""So much of its slot a bar takes."""

SHADES = 9


@dataclass(frozen=True)
class Pair:
    """One group: the bar of what happened, the line of what was expected, and both in numbers (orders by customer)."""

    left: float
    width: float
    top: float
    height: float
    expected_left: float
    expected_right: float
    expected_y: float
    label: str
    customers: int
    actual: str
    expected: str


@dataclass(frozen=True)
class PairChart:
    """Everything the template needs; coordinates in a drawing of ``width`` × ``height``."""

    pairs: tuple[Pair, ...]
    grid: tuple[Grid, ...]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class HeatCell:
    """One cell of the table of cohorts: its text, how dark it is (0 … 9), and what it counts. Empty while nobody has had the time."""

    text: str
    shade: int
    active: int
    customers: int
    interval: str


@dataclass(frozen=True)
class HeatRow:
    """The customers of one month."""

    month: date
    customers: int
    cells: tuple[HeatCell | None, ...]


def calibration(groups: Sequence[HeldOutGroup]) -> PairChart | None:
    """Lay out orders by customer, expected and placed, by how often they had come back; None for fewer than two groups."""
    if len(groups) < 2:
        return None
    means = [(group.actual / group.customers, group.expected / group.customers) for group in groups]
    top = max(max(pair) for pair in means) * 1.1 or 1.0
    slot = WIDTH / len(groups)
    return PairChart(
        pairs=tuple(
            _pair(group, means[index], index * slot, slot, top, is_last=index == len(groups) - 1)
            for index, group in enumerate(groups)
        ),
        grid=tuple(Grid(_y(top * line / LINES, top), f"{top * line / LINES:.1f}") for line in range(LINES, -1, -1)),
    )


def heat(cohorts: Sequence[Cohort]) -> tuple[list[HeatRow], int]:
    """Return the table of cohorts, and how many stretches of thirty days it has. The darkest cell is the largest share of the table."""
    rates = [cell.rate.value for cohort in cohorts for cell in cohort.cells if cell.rate]
    most = max(rates, default=0.0)
    steps = max((len(cohort.cells) for cohort in cohorts), default=0)
    rows = [
        HeatRow(
            cohort.month,
            cohort.customers,
            tuple(
                _heat(cohort.cells[index].rate, cohort.cells[index].active, most) if index < len(cohort.cells) else None
                for index in range(min(steps, MOST_STEPS))
            ),
        )
        for cohort in cohorts
    ]
    return rows, steps


def percent_text(share: float) -> str:
    """Write a share without more digits than it has meaning."""
    return f"{share * 100:.1f}%" if share < 0.0995 else f"{share * 100:.0f}%"


def interval_text(found: Estimate | None) -> str:
    """Write the interval of a share."""
    return f"{percent_text(found.low)} – {percent_text(found.high)}" if found else ""


def _heat(rate: Estimate | None, active: int, most: float) -> HeatCell | None:
    if rate is None:
        return None
    shade = round(rate.value / most * SHADES) if most else 0
    return HeatCell(percent_text(rate.value), shade, active, rate.count, interval_text(rate))


def _pair(group: HeldOutGroup, means: tuple[float, float], begin: float, slot: float, top: float, *, is_last: bool) -> Pair:
    actual, expected = means
    width = slot * BAR_SHARE
    left = begin + (slot - width) / 2
    return Pair(
        left=left,
        width=width,
        top=_y(actual, top),
        height=HEIGHT - _y(actual, top),
        expected_left=left - slot * 0.08,
        expected_right=left + width + slot * 0.08,
        expected_y=_y(expected, top),
        label=f"{group.repeated}+" if is_last else str(group.repeated),
        customers=group.customers,
        actual=f"{actual:.2f}",
        expected=f"{expected:.2f}",
    )


def _y(value: float, top: float) -> float:
    return HEIGHT - value / top * HEIGHT
