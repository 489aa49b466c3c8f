"""Scores a text with what was learned."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from operator import mul

from renmai.policy.linting.reader.features import channel_feature, features, is_chinese
from renmai.policy.linting.reader.weights import Weights, weights
from renmai.policy.linting.types import Family

BENEFIT_OF_PATTERNS = 0.2
"""How far below the line a pattern still counts; scores of a language's texts spread over about two on either side of it.

Of texts by authors whose copy no row was written for, patterns were right about 7 of 11 that lay less than 0.3 below it, and about 5 of 12 that lay
0.3 to 0.6 below: no better than a coin.
"""

_CLAUSE = re.compile(r"[^,。!?;:\n]+")
_CLAUSE_MIN_LENGTH = 4


@dataclass(frozen=True)
class Reading:
    """What the reader makes of a text on one channel.

    ``margin`` is the score less the threshold of its language: positive for a text that is held for an offence. ``family`` is the
    likeliest.
    """

    margin: float
    family: Family

    @property
    def agrees(self) -> bool:
        """Whether a pattern that finds something here may be believed: the text crosses the line, or nearly so."""
        return self.margin > -BENEFIT_OF_PATTERNS

    def stands(self, excuses: int) -> bool:
        """Whether the reader objects where no pattern does.

        The more patterns found something that was excused, the surer it must be: "no need to share" has the words of an offence.
        """
        return self.margin > excuses * weights().excuse_step


def read(text: str, channels: Iterable[str]) -> dict[str, Reading]:
    """Return how ``text`` (in plain form) reads on each of ``channels``."""
    learned = weights()
    found = features(text)
    language = "zh" if is_chinese(text) else "en"
    readings = {}
    for channel, values in head_values(found, channels, learned).items():
        best = max(range(1, len(values)), key=values.__getitem__)
        margin = score(values, learned.mix) - learned.thresholds[language]
        readings[channel] = Reading(margin, Family(learned.families[best - 1]))
    return readings


def score(values: list[float], mix: tuple[float, float, float]) -> float:
    """Return the score that head ``values`` (bad, then one per family) amount to."""
    return mix[0] * values[0] + mix[1] * max(values[1:]) + mix[2]


def weightiest(text: str, family: Family) -> tuple[int, int]:
    """Return the clause of ``text`` that speaks most for ``family``, without the space around it; all of a text without clauses."""
    learned = weights()
    head = learned.families.index(family) + 1
    clauses = [match for match in _CLAUSE.finditer(text) if len(match.group().strip()) >= _CLAUSE_MIN_LENGTH]
    if not clauses:
        return 0, len(text)
    heaviest = max(clauses, key=lambda match: _weight(match.group(), head, learned))
    inside = heaviest.group()
    return heaviest.start() + len(inside) - len(inside.lstrip()), heaviest.end() - len(inside) + len(inside.rstrip())


def head_values(found: dict[int, float], channels: Iterable[str], learned: Weights) -> dict[str, list[float]]:
    """Return the value of each head for each of ``channels``: one pass over the text, then what the channel adds."""
    places, counts = _known(found, learned)
    sums = [sum(map(mul, counts, map(levels.__getitem__, places))) for levels in learned.levels]
    square = sum(map(mul, counts, counts))
    values = {}
    for channel in channels:
        place = learned.places.get(channel_feature(channel))
        own = learned.rarity[place] if place is not None else 0.0
        norm = max(math.sqrt(square + own * own), learned.norm_floor)
        values[channel] = [
            (total + (own * levels[place] if place is not None else 0.0)) * step / norm + intercept
            for total, levels, step, intercept in zip(sums, learned.levels, learned.steps, learned.intercepts, strict=True)
        ]
    return values


def _weight(clause: str, head: int, learned: Weights) -> float:
    """Return what the features of ``clause`` add to the first head and to ``head``."""
    places, counts = _known(features(clause), learned)
    first, second = learned.levels[0], learned.levels[head]
    steps = learned.steps[0] * learned.mix[0], learned.steps[head] * learned.mix[1]
    return sum(count * (first[place] * steps[0] + second[place] * steps[1]) for place, count in zip(places, counts, strict=True))


def _known(found: dict[int, float], learned: Weights) -> tuple[list[int], list[float]]:
    """Return the places of those features that were learned, and how much each counts here."""
    places = [place for place in map(learned.places.get, found) if place is not None]
    counts = [count for number, count in found.items() if number in learned.places]
    return places, list(map(mul, counts, map(learned.rarity.__getitem__, places)))
