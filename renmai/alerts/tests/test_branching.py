"""Trees in plain Python answer as those that were grown, and whatever is no forest is none."""

import json

import numpy as np
import pytest

from renmai.alerts.intent import trees
from renmai.alerts.intent.branching import Branching, branching, kept
from renmai.alerts.intent.features import NAMES, Signals

KEPT = {"base": -1.0, "trees": [[[0], [0.5], [-1.0, 1.0]]], "features": list(NAMES), "shift": 0.0, "slope": 1.0}


@pytest.fixture(scope="module")
def grown() -> tuple[trees.Forest, np.ndarray]:
    dice = np.random.default_rng(5)
    rows = np.array([signals(dice).numbers() for _row in range(800)])
    outcome = (dice.random(800) < np.where(rows[:, 1] * rows[:, 5] > 1, 0.7, 0.1)).astype(float)
    return trees.grow(rows, outcome, growth=trees.Growth(rounds=20, depth=3), seed=1), rows


def signals(dice: np.random.Generator) -> Signals:
    views, seconds, scroll, pictures, variants, cart, others = dice.integers(0, [9, 900, 101, 7, 3, 2, 5]).tolist()
    return Signals(
        views=views,
        seconds=seconds,
        scroll_percent=scroll,
        pictures=pictures,
        variants=variants,
        cart_additions=cart,
        other_products=others,
    )


def test_plain_walks_end_where_the_grown_trees_do(grown: tuple[trees.Forest, np.ndarray]) -> None:
    forest, rows = grown
    model = kept(forest, shift=0.0, slope=1.0)
    assert np.allclose([model._odds(row) for row in rows.tolist()], forest.log_odds(rows))


def test_what_a_row_keeps_is_the_same_model(grown: tuple[trees.Forest, np.ndarray]) -> None:
    model = kept(grown[0], shift=0.25, slope=0.5)
    again = branching(json.loads(json.dumps(model.parameters())), number=7)
    assert again == Branching(model.base, model.walks, 0.25, 0.5, 7)


def test_calibration_moves_the_log_odds() -> None:
    walks = branching(KEPT, number=1)
    assert walks is not None
    assert walks.chance(Signals(views=1)) == pytest.approx(0.5)  # -1 + 1
    assert walks.chance(Signals()) == pytest.approx(1 / (1 + np.e**2))
    moved = branching({**KEPT, "shift": 1.0, "slope": 0.5}, number=1)
    assert moved is not None
    assert moved.chance(Signals()) == pytest.approx(0.5)  # 1 + .5 · -2


def test_reasons_are_what_the_chance_would_be_lower_without() -> None:
    walks = branching(KEPT, number=1)
    assert walks is not None
    assert walks.reasons(Signals(views=3, seconds=500)) == ["views"]
    assert walks.reasons(Signals(seconds=500)) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"features": ["moon"]},
        {"base": None},
        {"trees": 7},
        {"trees": [[[0], [0.5], [1.0]]]},
        {"trees": [[[0, 1], [0.5, 0.5], [1.0, 2.0, 3.0]]]},
        {"trees": [[[len(NAMES)], [0.5], [1.0, 2.0]]]},
        {"trees": [[[-1], [0.5], [1.0, 2.0]]]},
        {"trees": [[[0], ["x"], [1.0, 2.0]]]},
        {"trees": [[[0], [0.5], [1.0, None]]]},
    ],
)
def test_a_damaged_forest_is_none(changed: dict[str, object]) -> None:
    assert branching({**KEPT, **changed}, number=1) is None
