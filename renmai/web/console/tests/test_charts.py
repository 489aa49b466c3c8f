"""Charts are laid out inside their frame, and their numbers can be read without a drawing."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from renmai.insight.queries import Point
from renmai.web.console import charts

BEGIN = date(2026, 3, 1)


def points(values: list[int]) -> list[Point]:
    return [Point(BEGIN + timedelta(days=index), value) for index, value in enumerate(values)]


@given(st.lists(st.integers(0, 10**12), min_size=2, max_size=366), st.lists(st.integers(0, 10**12), max_size=366))
def test_everything_stays_in_the_frame(values: list[int], before: list[int]) -> None:
    chart = charts.by_day(points(values), before=points(before), unit="fen")
    assert chart is not None
    for column in chart.columns:
        assert 0 <= column.left <= column.x <= column.left + column.width <= charts.WIDTH + 1e-6
        assert 0 <= column.y <= charts.HEIGHT
    assert sum(column.width for column in chart.columns) == pytest.approx(charts.WIDTH)
    assert [line.y for line in chart.grid] == sorted(line.y for line in chart.grid)
    assert chart.grid[-1].label == "¥0"


@pytest.mark.parametrize(
    ("largest", "unit", "step"),
    [
        (1, "count", 1),
        (4, "count", 1),
        (5, "count", 2),
        (9, "count", 3),
        (41, "count", 15),
        (460_000, "fen", 150_000),
        (1, "fen", 100),
    ],
)
def test_lines_stand_at_round_values(largest: int, unit: str, step: int) -> None:
    assert charts._step(largest, unit=unit) == step


def test_one_day_is_no_line() -> None:
    assert charts.by_day(points([5]), unit="count") is None


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "fen", "—"),
        (1234.0, "fen", "¥12.34"),
        (0.471, "share", "47.1%"),
        (1234567, "count", "1,234,567"),
        (23.4, "minutes", "23 分钟"),
        (90, "minutes", "1.5 小时"),
        (4 * 1440, "minutes", "4.0 天"),
    ],
)
def test_figures_are_written_in_their_unit(value: float | None, unit: str, text: str) -> None:
    assert charts.value_text(value, unit) == text


def test_the_numbers_stand_in_a_table_too() -> None:
    chart = charts.by_day(points([100, 12_300]), before=points([50]), unit="fen")
    html = render_to_string("console/parts/chart.html", {"chart": chart, "sentence": "<sales>"})
    assert "&lt;sales&gt;" in html
    assert "<td>2026-03-02</td>" in html
    assert html.count("¥123.00") >= 2
