"""The bench of the models, on a small town."""

import numpy as np
import pytest

from renmai.project.bench import matching


def test_the_town_holds_what_it_says() -> None:
    past = matching.town(200)
    assert past.taken.shape == (200, matching.GOODS)
    assert past.practice is not None
    assert len(past.practice.pairs) == 200
    own = past.taken[7, 7 % matching.CIRCLES * 100 : (7 % matching.CIRCLES + 1) * 100]
    assert own.nnz > past.taken[7].nnz / 2
    assert past.practice.past.taken.nnz < past.taken.nnz


def test_every_model_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "QUICK_PEOPLE", 200)
    monkeypatch.setattr(matching, "GOODS", 500)
    monkeypatch.setattr(matching, "ASKED", 50)
    monkeypatch.setattr(matching, "MEMBERS", 20)
    fit, *lists, refit, asked = matching.run(is_quick=True)
    assert fit.unit == "s"
    assert [row.what for row in lists] == [f"lists of 20 by {name}" for name in ("item neighbours", "graph filter", "blend")]
    assert np.min([row.figure for row in lists]) > 0
    assert (refit.unit, asked.unit) == ("s", "/s")
    assert refit.figure > 0
    assert "chosen: " in refit.detail
    assert not refit.detail.endswith("chosen: ")
