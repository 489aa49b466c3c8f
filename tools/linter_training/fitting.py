"""Fits the reader's heads: logistic regressions over rare-word-weighted features of length one."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from renmai.policy.linting.reader.weights import Weights, quantised, rarity
from renmai.policy.linting.types import Family
from tools.linter_training.copies import Lesson

LEAST_TEXTS = 2
"""A feature of one text only says more about its author than about the offence."""

INVERSE_REGULARISATION = 100.0
SHORT_TEXTS_PERCENT = 5
"""Texts with fewer features than this part of the training copy weigh less: one word alone is no offence."""

TOLERANCE = 0.01
ROUNDS = 300
FAMILIES = tuple(sorted(family.value for family in Family))


def fit(lessons: Sequence[Lesson]) -> Weights:
    """Return a scorer of ``lessons``: bad against honest, and each family against honest. Without mix, thresholds and digest."""
    found = [lesson.all_features for lesson in lessons]
    counts = Counter(number for features in found for number in features)
    hashes = tuple(sorted(number for number, count in counts.items() if count >= LEAST_TEXTS))
    document_counts = tuple(counts[number] for number in hashes)
    rows = _rows(found, hashes, [rarity(count, len(lessons)) for count in document_counts])
    norms = [math.sqrt(sum(value * value for value in row.values())) for row in rows]
    floor = float(np.percentile(norms, SHORT_TEXTS_PERCENT))
    matrix = _matrix(rows, [max(norm, floor) for norm in norms], len(hashes))
    is_bad = np.array([lesson.is_bad for lesson in lessons])
    family = np.array([lesson.family for lesson in lessons])
    heads = [_head(matrix, is_bad)]
    for name in FAMILIES:
        chosen = (family == name) | ~is_bad
        heads.append(_head(matrix[chosen], is_bad[chosen]))
    levels = [quantised(values) for values, _intercept in heads]
    return Weights(
        families=FAMILIES,
        documents=len(lessons),
        norm_floor=floor,
        hashes=hashes,
        document_counts=document_counts,
        heads=tuple(level for level, _step in levels),
        steps=tuple(step for _level, step in levels),
        intercepts=tuple(intercept for _values, intercept in heads),
        mix=(1.0, 1.0, 0.0),
        thresholds={"zh": 0.0, "en": 0.0},
        excuse_step=0.0,
        digest="",
    )


def _rows(found: Iterable[dict[int, float]], hashes: Sequence[int], weights: Sequence[float]) -> list[dict[int, float]]:
    """Return the weighted features of each text by their place; features that are not learned are left out."""
    places = {number: place for place, number in enumerate(hashes)}
    return [
        {places[number]: count * weights[places[number]] for number, count in features.items() if number in places}
        for features in found
    ]


def _matrix(rows: Sequence[dict[int, float]], norms: Sequence[float], width: int) -> "csr_matrix":
    values = [value / norm for row, norm in zip(rows, norms, strict=True) for value in row.values()]
    columns = [place for row in rows for place in row]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    return csr_matrix((values, columns, starts), shape=(len(rows), width))


def _head(matrix: "csr_matrix", is_bad: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> tuple[list[float], float]:
    """Return the weights and the intercept that tell the bad rows of ``matrix`` from the others."""
    model = LogisticRegression(
        C=INVERSE_REGULARISATION, solver="liblinear", dual=True, tol=TOLERANCE, max_iter=ROUNDS, random_state=0
    )
    model.fit(matrix, is_bad)
    return [float(value) for value in model.coef_[0]], float(model.intercept_[0])
