"""Tax on commissions: cumulative withholding on income from services earned through a platform. Pure arithmetic, a versioned table.

Tax to date = (income of the year − 20 % expenses − ¥ 5,000 × months) × rate − quick deduction; what is withheld now is the tax to date
less what was withheld already, never below zero. Source: 个人所得税法 (2018) Arts. 3, 6; 国家税务总局公告 2018 年第 61 号, withholding
table 1; 国家税务总局公告 2025 年第 16 号 (platform workers, from 2025-10-01). Lawyers must confirm before the first payment.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from renmai.kernel.money import share_of

CHINA = timezone(timedelta(hours=8), "UTC+8")


@dataclass(frozen=True)
class Bracket:
    """One step of the tariff: up to ``upper_fen`` (inclusive, None for no end) of taxable income of the year."""

    upper_fen: int | None
    basis_points: int
    quick_deduction_fen: int


@dataclass(frozen=True)
class Tariff:
    """The tariff in force from a date on."""

    valid_from: date
    expenses_basis_points: int
    monthly_allowance_fen: int
    brackets: tuple[Bracket, ...]
    source: str


@dataclass(frozen=True)
class Withholding:
    """What one payment costs in tax, and the figures it follows from."""

    tax_fen: int
    taxable_fen: int
    tax_to_date_fen: int
    basis_points: int


TARIFFS = (
    Tariff(
        valid_from=date(2019, 1, 1),
        expenses_basis_points=2_000,
        monthly_allowance_fen=500_000,
        brackets=(
            Bracket(3_600_000, 300, 0),
            Bracket(14_400_000, 1_000, 252_000),
            Bracket(30_000_000, 2_000, 1_692_000),
            Bracket(42_000_000, 2_500, 3_192_000),
            Bracket(66_000_000, 3_000, 5_292_000),
            Bracket(96_000_000, 3_500, 8_592_000),
            Bracket(None, 4_500, 18_192_000),
        ),
        source="个人所得税法; 国家税务总局公告 2018 年第 61 号; 2025 年第 16 号",
    ),
)
"""Oldest first. A change of the law is a further row; payments keep the tax they were made with."""


def tariff_on(day: date) -> Tariff:
    """Return the tariff in force on ``day``."""
    in_force = [tariff for tariff in TARIFFS if tariff.valid_from <= day]
    return (in_force or list(TARIFFS[:1]))[-1]


def china_date(moment: datetime) -> date:
    """Return the date in China at ``moment``: tax years and ages follow it."""
    return moment.astimezone(CHINA).date()


def year_began(year: int) -> datetime:
    """Return the moment, in UTC, at which ``year`` begins in China."""
    return datetime(year, 1, 1, tzinfo=CHINA).astimezone(UTC)


def months_worked(joined_on: date, *, on: date) -> int:
    """Return the months of the year of ``on`` in which she worked here, from the month she joined, both ends counted."""
    first = joined_on.month if joined_on.year == on.year else 1
    return max(on.month - first + 1, 1)


def withholding(income_fen: int, *, income_before_fen: int, withheld_before_fen: int, months: int, on: date) -> Withholding:
    """Return the tax on a payment of ``income_fen`` after ``income_before_fen`` of the same year; amounts in fen, rounded down."""
    tariff = tariff_on(on)
    income = income_before_fen + income_fen
    expenses = share_of(income, basis_points=tariff.expenses_basis_points)
    taxable = max(income - expenses - tariff.monthly_allowance_fen * months, 0)
    bracket = next(step for step in tariff.brackets if step.upper_fen is None or taxable <= step.upper_fen)
    to_date = max(share_of(taxable, basis_points=bracket.basis_points) - bracket.quick_deduction_fen, 0)
    return Withholding(max(to_date - withheld_before_fen, 0), taxable, to_date, bracket.basis_points)
