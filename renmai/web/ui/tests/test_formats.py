from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from renmai.kernel import clock
from renmai.web.ui import formats

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fen", "currency", "text"),
    [
        (0, "CNY", "¥0.00"),
        (5, "CNY", "¥0.05"),
        (129_900, "CNY", "¥1,299.00"),
        (-12_345, "CNY", "−¥123.45"),
        (2_550, "GBP", "£25.50"),
        (10**13, "CNY", "¥100,000,000,000.00"),
        (100, "CHF", "CHF 1.00"),
    ],
)
def test_money(fen: int, currency: str, text: str) -> None:
    assert formats.money_text(fen, currency) == text


def test_gains_carry_a_plus() -> None:
    assert formats.money_text(1, signed=True) == "+¥0.01"
    assert formats.money_text(0, signed=True) == "¥0.00"


def test_price_is_written_in_three_sizes() -> None:
    html = Template('{% load ui %}{% price 3990 "CNY" size="large" %}').render(Context())
    assert html == (
        '<span class="price price-large"><span class="price-sign">¥</span><span class="price-major">39</span>'
        '<span class="price-minor">.90</span></span>'
    )
    assert "price-minor" in html
    assert ".00" not in Template("{% load ui %}{% price 3900 short=True %}").render(Context())


def test_reference_price_says_what_it_refers_to() -> None:
    with translation.override("zh-hans"):
        html = Template("{% load ui %}{% reference_price 5000 %}").render(Context())
    assert html == '<span class="price-note">近 30 天最低价 <del>¥50.00</del></span>'


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=30), "10-23 12:00"),
        (timedelta(days=-1), "11-23 12:00"),
        (timedelta(days=400), "2025-10-18 12:00"),
    ],
)
def test_ago(before: timedelta, text: str) -> None:
    with clock.travel(NOON), translation.override("en"):
        assert formats.ago_text(NOON - before) == text


def test_moments_are_shown_in_chinas_time() -> None:
    with clock.travel(NOON):
        assert formats.moment_text(datetime(2026, 11, 21, 17, 30, tzinfo=UTC)) == "11-22 01:30"
