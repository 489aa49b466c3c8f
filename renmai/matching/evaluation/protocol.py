"""How a model is asked: each pair of the test stands among other goods, and where the model puts it is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from renmai.matching.evaluation.logs import Log
from renmai.matching.recommenders.base import BATCH, Index, Matrix, Pairs, Past, Recommender, Scores, matrix_of, ones, sums
from renmai.matching.recommenders.blend import Blend, Level

Negatives: TypeAlias = Literal["random", "popular", "all"]

CUT: Final = 10
GAINS: Final = np.concatenate([[0.0], np.cumsum(1 / np.log2(np.arange(CUT) + 2))])
"""GAINS[k] is what the first k places are worth together."""


@dataclass(frozen=True)
class Places:
    """Where a model put each pair of the test: how many goods stand above it, and how many have the very same score."""

    above: NDArray[np.int64]
    level: NDArray[np.int64]

    @property
    def hits(self) -> NDArray[np.float64]:
        """Recall@10 per pair; goods with the same score stand in any order, so this is the chance of being among ten."""
        hits: NDArray[np.float64] = np.clip((CUT - self.above) / (self.level + 1), 0, 1)
        return hits

    @property
    def gains(self) -> NDArray[np.float64]:
        """NDCG@10 per pair (one good is right, so the ideal is 1), as expected over the orders of equal scores."""
        last = np.minimum(self.above + self.level + 1, CUT)
        gains: NDArray[np.float64] = (GAINS[last] - GAINS[np.minimum(self.above, CUT)]) / (self.level + 1)
        return gains


@dataclass(frozen=True)
class Question:
    """What the models are asked: the pairs, ordered by person, and the kind and number of goods each one stands among."""

    log: Log
    pairs: Pairs
    negatives: Negatives
    per_positive: int
    seed: int


def question(log: Log, negatives: Negatives, *, per_positive: int, seed: int, most: int | None) -> Question:
    """Make a question; with ``most`` of that many pairs at random instead of all."""
    pairs = log.test
    if most is not None and most < len(pairs):
        pairs = pairs.part(np.random.default_rng(seed).choice(len(pairs), most, replace=False))
    pairs = pairs.part(np.argsort(pairs.people, kind="stable"))
    return Question(log, pairs, negatives, min(per_positive, log.goods - 1), seed)


def ask(models: Sequence[Recommender], asked: Question) -> dict[str, Places]:
    """Return where each model puts each pair, by its name; all models are asked about the same goods."""
    known = known_of(asked.log)
    dice = np.random.default_rng(asked.seed)
    found: dict[str, list[Places]] = {model.name: [] for model in models}
    for start in range(0, len(asked.pairs), BATCH):
        pairs = asked.pairs.part(np.arange(start, min(start + BATCH, len(asked.pairs))))
        candidates = None if asked.negatives == "all" else draw(asked, pairs, known, dice)
        for name, scores in said(models, pairs, candidates).items():
            found[name].append(_places(scores, pairs, known, is_drawn=candidates is not None))
    return {name: _joined(parts) for name, parts in found.items()}


def known_of(log: Log) -> Matrix:
    """Return what each person took or is to take: none of it may stand against a pair of hers."""
    return ones(log.past.taken + matrix_of(log.test, (log.people, log.goods)))


def draw(asked: Question, pairs: Pairs, known: Matrix, dice: np.random.Generator) -> NDArray[np.int32]:
    """Return per pair its good and after it the goods it stands among, none of which the person took.

    ``random``: each good with the same chance, none twice. ``popular``: with a chance in proportion to how often it was taken in training + 1, with
    repetition (without, the few most popular would run out and the others come instead); so popularity alone says nothing.
    """
    goods = asked.log.goods
    bad = known[pairs.people].toarray() > 0
    if asked.negatives == "popular":
        drawn = _draw_popular(asked.log.past, dice, (len(pairs), asked.per_positive * 2 + 50))
        fits = ~np.take_along_axis(bad, drawn, axis=1)
    elif asked.per_positive * 3 > goods:
        drawn = np.argsort(dice.random((len(pairs), goods), dtype=np.float32), axis=1).astype(np.int32)
        fits = ~np.take_along_axis(bad, drawn, axis=1)
    else:
        drawn = dice.integers(0, goods, (len(pairs), int(asked.per_positive * 1.4) + 60), dtype=np.int32)
        fits = ~np.take_along_axis(bad, drawn, axis=1) & ~_repeated(drawn)
    order = np.argsort(~fits, axis=1, kind="stable")[:, : asked.per_positive]
    return np.concatenate([pairs.goods[:, None], np.take_along_axis(drawn, order, axis=1)], axis=1).astype(np.int32)


def _draw_popular(past: Past, dice: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.int32]:
    heap = np.cumsum(sums(past.aimed, 0) + 1)
    drawn: NDArray[np.int32] = np.searchsorted(heap, dice.random(shape) * heap[-1], side="right").astype(np.int32)
    return drawn


def _repeated(drawn: NDArray[np.int32]) -> NDArray[np.bool_]:
    order = np.argsort(drawn, axis=1, kind="stable")
    row = np.take_along_axis(drawn, order, axis=1)
    again = np.zeros(drawn.shape, dtype=np.bool_)
    np.put_along_axis(again, order[:, 1:], row[:, 1:] == row[:, :-1], axis=1)
    return again


def said(models: Sequence[Recommender], pairs: Pairs, candidates: NDArray[np.int32] | None) -> dict[str, Scores]:
    """Return what each model says of the candidates, or of every good; what several blends share is computed once."""
    people, rows = np.unique(pairs.people, return_inverse=True)
    memory: dict[int, Scores] = {}

    def of(model: Recommender) -> Scores:
        if id(model) not in memory:
            memory[id(model)] = fresh(model)
        return memory[id(model)]

    def fresh(model: Recommender) -> Scores:
        if isinstance(model, Blend):
            return model.mix(who, asked, [of(part) for part in model.parts])
        if isinstance(model, Level):
            return model.blend.mix(who, asked, [of(part) for part in model.blend.parts], level=True)
        scores = model.scores(people)
        return scores if candidates is None else np.take_along_axis(scores[rows], candidates, axis=1)

    if candidates is None:
        goods = models[0].scores(people[:1]).shape[1]
        who, asked = people, np.broadcast_to(np.arange(goods, dtype=np.int32), (len(people), goods))
        return {model.name: of(model)[rows] for model in models}
    who, asked = pairs.people, candidates
    return {model.name: of(model) for model in models}


def _places(scores: Scores, pairs: Pairs, known: Matrix, *, is_drawn: bool) -> Places:
    if is_drawn:
        right, others = scores[:, :1], scores[:, 1:]
        return Places((others > right).sum(axis=1), (others == right).sum(axis=1))
    right = np.take_along_axis(scores, pairs.goods[:, None].astype(np.int64), axis=1)
    free = known[pairs.people].toarray() == 0
    return Places(((scores > right) & free).sum(axis=1), ((scores == right) & free).sum(axis=1))


def _joined(parts: Sequence[Places]) -> Places:
    return Places(np.concatenate([part.above for part in parts]), np.concatenate([part.level for part in parts]))


def interval(values: NDArray[np.float64], people: Index, *, seed: int, rounds: int = 400) -> tuple[float, float]:
    """Return the 95 % interval of a mean by drawing people (not pairs: one person's pairs are alike) again and again."""
    _, rows = np.unique(people, return_inverse=True)
    total, count = np.bincount(rows, weights=values), np.bincount(rows)
    dice = np.random.default_rng(seed)
    means = np.empty(rounds)
    for number in range(rounds):
        drawn = dice.integers(0, len(count), len(count))
        means[number] = total[drawn].sum() / count[drawn].sum()
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
