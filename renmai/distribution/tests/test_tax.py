"""Cumulative withholding against examples worked out by hand."""

from datetime import UTC, date, datetime

import pytest

from renmai.distribution.tax import TARIFFS, china_date, months_worked, tariff_on, withholding, year_began

DAY = date(2026, 3, 15)


def tax_of(income_fen: int, *, before: int = 0, withheld: int = 0, months: int = 1) -> int:
    return withholding(income_fen, income_before_fen=before, withheld_before_fen=withheld, months=months, on=DAY).tax_fen


def test_small_income_is_free_of_tax() -> None:
    # ¥6,250 − 20 % = ¥5,000, and the first month is free up to ¥5,000.
    assert tax_of(625_000) == 0
    # One yuan more: ¥6,251 − 1,250.20 − 5,000 = ¥0.80 taxable, 3 % of it are 2.4 fen, rounded down.
    assert tax_of(625_100) == 2


def test_the_first_bracket() -> None:
    # ¥10,000 − 2,000 − 5,000 = 3,000 × 3 % = ¥90.
    assert tax_of(1_000_000) == 9_000


def test_the_second_month_continues_from_the_first() -> None:
    # January: ¥30,000 − 6,000 − 5,000 = 19,000 × 3 % = ¥570.
    assert tax_of(3_000_000) == 57_000
    # January and February: ¥60,000 − 12,000 − 10,000 = 38,000 × 10 % − 2,520 = ¥1,280; less ¥570 withheld = ¥710.
    assert tax_of(3_000_000, before=3_000_000, withheld=57_000, months=2) == 71_000
    # March without February's work: ¥60,000 + 10,000 − 14,000 − 15,000 = 41,000 × 10 % − 2,520 = 1,580; less 1,280 = ¥300.
    assert tax_of(1_000_000, before=6_000_000, withheld=128_000, months=3) == 30_000


def test_a_quiet_month_makes_the_tax_to_date_fall_and_nothing_is_withheld() -> None:
    # ¥30,000 in January (¥570 withheld), ¥1,000 in March: 31,000 − 6,200 − 15,000 = 9,800 × 3 % = ¥294 < ¥570.
    assert tax_of(100_000, before=3_000_000, withheld=57_000, months=3) == 0


@pytest.mark.parametrize(
    ("taxable_yuan", "tax_yuan"),
    [
        (36_000, 1_080),
        (144_000, 11_880),
        (300_000, 43_080),
        (420_000, 73_080),
        (660_000, 145_080),
        (960_000, 250_080),
        (1_000_000, 268_080),
    ],
)
def test_each_bracket_at_its_upper_end(taxable_yuan: int, tax_yuan: int) -> None:
    # Income such that income × 80 % − 5,000 is exactly the taxable amount.
    income_fen = (taxable_yuan + 5_000) * 100 * 100 // 80
    found = withholding(income_fen, income_before_fen=0, withheld_before_fen=0, months=1, on=DAY)
    assert (found.taxable_fen, found.tax_fen) == (taxable_yuan * 100, tax_yuan * 100)


def test_the_brackets_join_without_a_jump() -> None:
    for tariff in TARIFFS:
        for lower, upper in zip(tariff.brackets, tariff.brackets[1:], strict=False):
            assert lower.upper_fen is not None
            at_seam = [lower.upper_fen * each.basis_points // 10_000 - each.quick_deduction_fen for each in (lower, upper)]
            assert at_seam[0] == at_seam[1]


def test_every_tariff_names_its_source_and_they_follow_in_time() -> None:
    assert all(tariff.source for tariff in TARIFFS)
    assert [tariff.valid_from for tariff in TARIFFS] == sorted(tariff.valid_from for tariff in TARIFFS)
    assert tariff_on(date(2026, 1, 1)) is TARIFFS[-1]


def test_months_count_from_the_month_she_joined() -> None:
    assert months_worked(date(2026, 3, 31), on=date(2026, 3, 31)) == 1
    assert months_worked(date(2026, 1, 31), on=date(2026, 3, 1)) == 3
    assert months_worked(date(2024, 7, 1), on=date(2026, 3, 1)) == 3


def test_the_year_is_chinas() -> None:
    assert china_date(datetime(2025, 12, 31, 16, 0, tzinfo=UTC)) == date(2026, 1, 1)
    assert china_date(datetime(2025, 12, 31, 15, 59, tzinfo=UTC)) == date(2025, 12, 31)
    assert year_began(2026) == datetime(2025, 12, 31, 16, 0, tzinfo=UTC)
