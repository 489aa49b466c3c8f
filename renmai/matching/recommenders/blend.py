"""Several models as one: a log-linear blend whose weights are learnt on a part of the past that was put aside for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from renmai.matching.recommenders.base import BATCH, Index, Matrix, Past, Practice, Reason, Recommender, Scores, Why, sums

SEED: Final = 1
MOST_PAIRS: Final = 12_000
AGAINST: Final = 150
"""Pairs to learn from, and goods at random against each: 60 features of them are 450 MB for a moment."""
RIDGE: Final = 10.0
"""How strongly weights are held to 0, shared by all pairs: with few of them a blend stays near its start."""
RARE: Final = 3.0
"""Added to how often a good was taken before a score is divided by it: a good that one person took is not lifted to the skies."""

Features: TypeAlias = NDArray[np.float32]


class Blend(Recommender):
    """Adds up, per good, weighted logarithms of what its parts say: p(good | person) ∝ exp(w · features).

    The features of each part are its score, its score by how often the good is taken, and whether it says anything; and the popularity of
    the good, its square and how it meets the person's taste for the popular. The weights maximise the likelihood of the pairs of ``past.practice``
    against goods drawn at random, so a blend orders goods by how probable they are.
    """

    def __init__(self, parts: Sequence[Recommender], *, name: str = "blend") -> None:
        self.parts = tuple(parts)
        self.name = name

    def fit(self, past: Past) -> Self:
        """Learn the weights, then fit the parts on the whole past. ``past.practice`` must be there."""
        self.learn(past)
        for part in self.parts:
            part.fit(past)
        return self

    def learn(self, past: Past) -> None:
        """Fit the parts on the practice's past and learn what they are worth; leaves the parts in need of a fit on ``past``."""
        if past.practice is None or not len(past.practice.pairs):
            raise ValueError("a blend learns on past.practice, and there is none")
        practice = _fewer(past.practice)
        for part in self.parts:
            part.fit(practice.past)
        ground = Ground.of(practice.past)
        people = practice.pairs.people
        evenly, popularly = against(practice, np.ones(past.goods)), against(practice, ground.count + 1)
        said = of_parts(self.parts, people, np.concatenate([evenly, popularly], axis=1))
        width = evenly.shape[1]
        self.scales = [_scales(one[:, :width], ground.count[evenly]) for one in said]
        self.weights = fit_weights(self._columns(ground, people, evenly, [one[:, :width] for one in said]))
        self.level_weights = fit_weights(self._columns(ground, people, popularly, [one[:, width:] for one in said]))
        self.ground = Ground.of(past)

    def scores(self, people: Index) -> Scores:
        """Return the logarithm of the odds of every good."""
        every = np.broadcast_to(np.arange(len(self.ground.count), dtype=np.int32), (len(people), len(self.ground.count)))
        return self.mix(people, every, [part.scores(people) for part in self.parts])

    def mix(self, people: Index, candidates: NDArray[np.int32], said: Sequence[Scores], *, level: bool = False) -> Scores:
        """Return the scores of some goods per person, from what the parts say of them; with ``level`` those of ``Level``."""
        mixed = np.zeros(candidates.shape, dtype=np.float32)
        weights = self.level_weights if level else self.weights
        for weight, feature in zip(weights, self._features(self.ground, people, candidates, said), strict=True):
            mixed += weight * feature
        return mixed

    def explain(self, person: int, good: int) -> tuple[Reason, ...]:
        """Give the reasons of the parts, those of the part that weighs most first."""
        found: list[Reason] = []
        for part in sorted(self.parts, key=self._worth, reverse=True):
            found += [reason for reason in part.explain(person, good) if reason.why not in {one.why for one in found}]
        return tuple(found)

    def worths(self) -> Mapping[str, float]:
        """Return how much each part moves a score, by its name: the sum of the absolute weights of its features."""
        return {part.name: self._worth(part) for part in self.parts}

    def _worth(self, part: Recommender) -> float:
        place = self.parts.index(part) * PER_PART + len(GROUND)
        return float(np.abs(self.weights[place : place + PER_PART]).sum())

    def _columns(
        self, ground: "Ground", people: Index, candidates: NDArray[np.int32], said: Sequence[Scores]
    ) -> NDArray[np.float32]:
        return np.stack(list(self._features(ground, people, candidates, said)), axis=-1, dtype=np.float32)

    def _features(
        self, ground: "Ground", people: Index, candidates: NDArray[np.int32], said: Sequence[Scores]
    ) -> Iterator[Scores]:
        yield from ground.features(people, candidates)
        rare = ground.count[candidates] + RARE
        for (plain, lifted), one in zip(self.scales, said, strict=True):
            positive = np.maximum(one, 0)
            yield np.log1p(positive / plain)
            yield np.log1p(positive / rare / lifted)
            yield (positive > 0).astype(np.float32)


class Level(Recommender):
    """The other weights of a blend, learnt against goods drawn by how often they are taken (+ 1): popularity earns nothing there.

    So it orders goods by p(good | person) ÷ how common the good is: what is *more* probable for this person than for the others.
    """

    def __init__(self, blend: Blend, *, name: str = "blend, level") -> None:
        self.blend = blend
        self.name = name

    def fit(self, past: Past) -> Self:
        """Fit the blend."""
        self.blend.fit(past)
        return self

    def scores(self, people: Index) -> Scores:
        """Return the logarithm of the lift of every good."""
        every = np.broadcast_to(
            np.arange(len(self.blend.ground.count), dtype=np.int32), (len(people), len(self.blend.ground.count))
        )
        return self.blend.mix(people, every, [part.scores(people) for part in self.blend.parts], level=True)

    def explain(self, person: int, good: int) -> tuple[Reason, ...]:
        """Give the blend's reasons but that others take it too."""
        return tuple(reason for reason in self.blend.explain(person, good) if reason.why is not Why.POPULAR)


PER_PART: Final = 3
GROUND: Final = (
    "popular",
    "popular²",
    "wished",
    "wished × popular",
    "meets her taste for the popular",
    "knows nothing of her",
    "she wished it",
)


@dataclass(frozen=True)
class Ground:
    """What every blend knows without its parts: how popular goods are, and how popular what each person took."""

    count: NDArray[np.float32]
    wished: NDArray[np.float32]
    taste: NDArray[np.float32]
    blank: NDArray[np.float32]
    wishes: Matrix

    @classmethod
    def of(cls, past: Past) -> "Ground":
        """Count a past."""
        count = sums(past.aimed, 0).astype(np.float32)
        signs = past.signs
        many = sums(signs, 1)
        level = signs @ np.log1p(count) / np.maximum(many, 1)
        usual = float(level[many > 0].mean()) if (many > 0).any() else 0.0
        return cls(
            count=count,
            wished=sums(past.wished, 0).astype(np.float32),
            taste=np.where(many > 0, level - usual, 0).astype(np.float32),
            blank=(many == 0).astype(np.float32),
            wishes=past.wished,
        )

    def features(self, people: Index, candidates: NDArray[np.int32]) -> Iterator[Scores]:
        """Yield the features of ``GROUND``."""
        popular, wished = np.log1p(self.count)[candidates], np.log1p(self.wished)[candidates]
        yield popular
        yield popular**2
        yield wished
        yield wished * popular
        yield popular * self.taste[people][:, None]
        yield popular * self.blank[people][:, None]
        yield np.concatenate(
            [
                np.take_along_axis(self.wishes[people[at : at + BATCH]].toarray(), candidates[at : at + BATCH], axis=1)
                for at in range(0, len(people), BATCH)
            ]
        )


def against(practice: Practice, chances: NDArray[Any]) -> NDArray[np.int32]:
    """Return one row per pair: its good first, then ``AGAINST`` drawn by ``chances`` that the person had not taken, perhaps one twice.

    What she has taken must stay out: models score it high, nobody will be asked about it, and a blend that saw it would learn to distrust them.
    """
    dice, pairs, heap = np.random.default_rng(SEED), practice.pairs, np.cumsum(chances, dtype=np.float64)
    rows = []
    for start in range(0, len(pairs), BATCH):
        part = pairs.part(np.arange(start, min(start + BATCH, len(pairs))))
        drawn = np.searchsorted(heap, dice.random((len(part), AGAINST * 2)) * heap[-1], side="right").astype(np.int32)
        taken = np.take_along_axis(practice.past.taken[part.people].toarray() > 0, drawn, axis=1) | (drawn == part.goods[:, None])
        first = np.argsort(taken, axis=1, kind="stable")[:, :AGAINST]
        rows.append(np.concatenate([part.goods[:, None], np.take_along_axis(drawn, first, axis=1)], axis=1))
    return np.concatenate(rows)


def of_parts(parts: Sequence[Recommender], people: Index, candidates: NDArray[np.int32]) -> list[Scores]:
    """Return what each part says of the candidates, one row per person."""
    said = [np.empty(candidates.shape, dtype=np.float32) for _part in parts]
    for start in range(0, len(people), BATCH):
        rows = slice(start, start + BATCH)
        for part, into in zip(parts, said, strict=True):
            into[rows] = np.take_along_axis(part.scores(people[rows]), candidates[rows], axis=1)
    return said


def fit_weights(features: Features) -> NDArray[np.float32]:
    """Return the weights that make the first candidate of each row most likely among its row (conditional logit, by L-BFGS)."""
    from scipy.optimize import minimize

    spread = features.std(axis=(0, 1), dtype=np.float64).astype(np.float32)
    spread[spread < 1e-6] = np.inf  # a feature that never changes says nothing
    relative = (features - features[:, :1]) / spread
    ridge = RIDGE / len(features)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = relative @ weights.astype(np.float32)
        top = logits.max(axis=1, keepdims=True)
        odds = np.exp(logits - top)
        total = odds.sum(axis=1, keepdims=True)
        odds /= total
        slope = np.tensordot(odds, relative, axes=([0, 1], [0, 1])) / len(relative)
        value = float((top + np.log(total)).mean()) + ridge / 2 * float(weights @ weights)
        return value, slope.astype(np.float64) + ridge * weights

    found = minimize(loss, np.zeros(features.shape[-1]), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    weights: NDArray[np.float32] = np.asarray(found.x, dtype=np.float32) / spread
    return weights


def _scales(said: Scores, count: NDArray[np.float32]) -> tuple[float, float]:
    speaks = said > 0
    if not speaks.any():
        return 1.0, 1.0
    return float(np.median(said[speaks])), float(np.median((said / (count + RARE))[speaks]))


def _fewer(practice: Practice) -> Practice:
    if len(practice.pairs) <= MOST_PAIRS:
        return practice
    kept = np.random.default_rng(SEED).choice(len(practice.pairs), MOST_PAIRS, replace=False)
    return Practice(practice.past, practice.pairs.part(kept))
