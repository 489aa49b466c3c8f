"""Amounts as the staff types them: yuan with two decimals, percentages, pieces; and back again. No float is involved."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from renmai.kernel.money import MAX_FEN

_AMOUNT: Final = re.compile(r"(\d{1,12})(?:[.](\d{1,2}))?", re.ASCII)
_NOISE: Final = re.compile(r"[\s,¥￥%]")
BAD_AMOUNT: Final = _("Please write an amount in yuan, such as 12.80.")
BAD_PERCENT: Final = _("Please write a percentage, such as 8 or 7.5.")
BAD_NUMBER: Final = _("Please write a whole number between %(minimum)s and %(maximum)s.")


def hundredths(text: str) -> int | None:
    """Return a written number in hundredths: ``12.8`` → 1280; None for anything that is none, or that has more decimals."""
    found = _AMOUNT.fullmatch(_NOISE.sub("", text))
    if found is None:
        return None
    amount = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return amount if amount <= MAX_FEN else None


def yuan(amount_fen: int | None) -> str:
    """Return an amount as a field shows it: ``12.80``; nothing for None."""
    return "" if amount_fen is None else f"{amount_fen // 100}.{amount_fen % 100:02d}"


def percent(basis_points: int | None) -> str:
    """Return basis points as a field shows them: ``7.5``; nothing for None."""
    return "" if basis_points is None else yuan(basis_points).rstrip("0").rstrip(".")


def whole(text: str, *, minimum: int = 0, maximum: int) -> int | None:
    """Return a written whole number within its bounds, None for anything else."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(maximum))):
        return None
    return int(text) if minimum <= int(text) <= maximum else None


class FenField(forms.CharField):
    """An amount in yuan; its value is fen (None when it may be left out)."""

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attributes), **options)

    def clean(self, value: Any) -> Any:
        """Return fen."""
        text = super().clean(value)
        if not text:
            return None
        amount = hundredths(text)
        if amount is None:
            raise ValidationError(BAD_AMOUNT)
        return amount

    def prepare_value(self, value: Any) -> Any:
        """Show fen as yuan, and what was typed as it was typed."""
        return yuan(value) if isinstance(value, int) else value


class PercentField(forms.CharField):
    """A percentage; its value is basis points."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=8, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **options)

    def clean(self, value: Any) -> Any:
        """Return basis points."""
        text = super().clean(value)
        if not text:
            return None
        basis_points = hundredths(text)
        if basis_points is None:
            raise ValidationError(BAD_PERCENT)
        return basis_points

    def prepare_value(self, value: Any) -> Any:
        """Show basis points as a percentage, and what was typed as it was typed."""
        return percent(value) if isinstance(value, int) else value
