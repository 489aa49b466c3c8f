"""``python -m tools.scorecard``: fit the points of ``renmai/fraud/scorecard.py`` on invented towns, and print them for pasting.

A logistic regression with a ridge over the card's rows, by Newton's method in plain Python. Rows that would count the wrong way round
(a shared device as a good sign) are taken out and the rest is fitted again: a card that nobody could defend is not worth its recall.
The seeds are not those of the tests.
"""

import math
import os
import secrets
from collections.abc import Iterable, Sequence

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renmai.project.settings")
os.environ.setdefault("RENMAI_SECRET_KEY", secrets.token_hex())  # digests need a key, whichever
django.setup()

from renmai.fraud.features import measure  # noqa: E402
from renmai.fraud.scorecard import CARD, POINTS_PER_DOUBLING, Row  # noqa: E402
from renmai.fraud.tests.rings import town_with_rings  # noqa: E402

TRAINING_SEEDS = range(9001, 9013)
TOWN_SIZE = 8_000
RINGS_PER_THOUSAND = 6
"""Many more than there are: the rare ways have to be seen often enough to be learnt."""

RIDGE = 2.0
ROUNDS = 12
MOST = 60
"""No single sign may hold a reward by itself, however rare it is among invented people."""

GOOD_SIGNS = frozenset({"inviter_known", "came_back"})
HELD_AT_MOST = 0.035
"""Of honest rewards in training: less than what is allowed, because other towns differ."""

Case = tuple[list[int], bool]


def main() -> None:
    """Fit and print."""
    cases = list(_cases())
    kept = list(range(len(CARD)))
    while True:
        weights = fit(cases, kept)
        wrongness = {number: weights[number] * (1 if CARD[number].feature in GOOD_SIGNS else -1) for number in kept}
        worst = max(kept, key=lambda number: wrongness[number])
        if wrongness[worst] <= 0:
            break
        kept.remove(worst)
    scale = POINTS_PER_DOUBLING / math.log(2)
    steps = [weights.get(number, 0.0) * scale for number in range(len(CARD))]
    points = [min(MOST, round(sum(steps[other] for other in reached(row)))) for row in CARD]
    for row, value in zip(CARD, points, strict=True):
        print(f'    Row("{row.feature}", {row.minimum}, {value}),')
    tops = [({CARD[number].feature: number for number in active}.values(), is_ring) for active, is_ring in cases]
    scores = [(sum(points[number] for number in active), is_ring) for active, is_ring in tops]
    print(f"HOLD_FROM = {threshold(scores)}  ({len(scores)} rewards)")


def _cases() -> Iterable[Case]:
    """The rows that apply to every due reward of the training towns, and whether a ring is behind it."""
    for seed in TRAINING_SEEDS:
        town = town_with_rings(seed, TOWN_SIZE, per_thousand=RINGS_PER_THOUSAND)
        for world, due in town.weeks():
            for edge in due:
                features = measure(world, edge)
                yield [number for number, row in enumerate(CARD) if features[row.feature] >= row.minimum], edge in town.rings


def reached(row: Row) -> list[int]:
    """Return which rows apply when ``row`` does: itself and the lower ones of its feature, each of which adds a step."""
    return [number for number, other in enumerate(CARD) if other.feature == row.feature and other.minimum <= row.minimum]


def fit(cases: Sequence[Case], kept: Sequence[int]) -> dict[int, float]:
    """Return the weight of every row in ``kept``, and the constant under -1."""
    place = {number: index for index, number in enumerate([-1, *kept])}
    rows = [([0, *(place[number] for number in active if number in place)], is_ring) for active, is_ring in cases]
    weights = [0.0] * len(place)
    for _round in range(ROUNDS):
        slope = [0.0 if index == 0 else -RIDGE * value for index, value in enumerate(weights)]
        curve = [[(RIDGE if i == j and i else 1e-9 if i == j else 0.0) for j in range(len(place))] for i in range(len(place))]
        for active, is_ring in rows:
            chance = 1 / (1 + math.exp(-sum(weights[index] for index in active)))
            for index in active:
                slope[index] += is_ring - chance
                for other in active:
                    curve[index][other] += chance * (1 - chance)
        weights = [value + step for value, step in zip(weights, solve(curve, slope), strict=True)]
    return {number: weights[index] for number, index in place.items()}


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Return x of ``matrix`` · x = ``right`` by elimination with pivots."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        best = max(range(column, size), key=lambda index: abs(rows[index][column]))
        rows[column], rows[best] = rows[best], rows[column]
        for index in range(size):
            if index != column and rows[index][column]:
                factor = rows[index][column] / rows[column][column]
                rows[index] = [value - factor * other for value, other in zip(rows[index], rows[column], strict=True)]
    return [rows[index][size] / rows[index][index] for index in range(size)]


def threshold(scores: Sequence[tuple[int, bool]]) -> int:
    """Return the lowest score from which on at most ``HELD_AT_MOST`` of the honest are held."""
    honest = [score for score, is_ring in scores if not is_ring]
    allowed = int(len(honest) * HELD_AT_MOST)
    return sorted(honest, reverse=True)[allowed] + 1


if __name__ == "__main__":
    main()
