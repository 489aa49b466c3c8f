"""No text of somebody else's is a formula in a spreadsheet."""

import pytest

from renmai.kernel.spreadsheets import plain


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "\ufeff=1", "＝1", "＋1", "－1", "＠x"]
)
def test_formulas_become_texts(cell: str) -> None:
    assert plain(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=1", "水蜜桃 2kg", "1-2", "'=1", "13800138000", "a@b.example"])
def test_texts_stay(cell: str) -> None:
    assert plain(cell) == cell
