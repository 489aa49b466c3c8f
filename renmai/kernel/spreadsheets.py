"""Texts in files that people open with a spreadsheet."""

from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a cell a formula; spreadsheets set up for Chinese take the full-width forms too."""


def plain(cell: str) -> str:
    """Return ``cell`` as a text that no spreadsheet takes for a formula: somebody else may have written it."""
    return f"'{cell}" if cell.lstrip(" \u3000\ufeff").startswith(FORMULA_STARTS) else cell
