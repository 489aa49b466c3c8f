"""What the reader finds in the copy of authors that they have not learned from, and where the line is drawn."""

import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from renmai.policy.linting.reader.reading import head_values, score
from renmai.policy.linting.reader.trusted import TRUSTED
from renmai.policy.linting.reader.weights import Weights
from tools.linter_training.copies import TUNED_ON, Lesson

FALSE_ALARMS_AT_MOST = 0.04
"""Of the reader alone; the aim for reader and patterns together is a twentieth. Trusted rows and patterns that it nearly agrees with add the
rest; ``BENEFIT_OF_PATTERNS`` was drawn together with this line."""

LANGUAGES = ("zh", "en")
EXCUSE_STEP = 1.0
"""Lets a denial outweigh the words of the offence that it denies; half of it found no more and heard fewer denials."""

Blend = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Line:
    """Where the line is drawn: how the heads are added, the threshold of each language, and what an excused pattern adds to it."""

    blend: Blend
    thresholds: dict[str, float]
    excuse_step: float


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One text of an author whose copy was held back, the values of the heads, and whether a trusted row finds something in it."""

    lesson: Lesson
    values: list[float]
    likeliest: str
    is_found_by_patterns: bool

    @property
    def language(self) -> str:
        """The language whose threshold holds."""
        return "zh" if self.lesson.is_chinese else "en"


def judged(lessons: Sequence[Lesson], fit: Callable[[Sequence[Lesson]], Weights]) -> list[Judged]:
    """Return every text of every independent author as a reader judges it that learned from all the others."""
    found = []
    for author in sorted({lesson.author for lesson in lessons} - {TUNED_ON}):
        others = [lesson for lesson in lessons if lesson.author != author]
        learned = fit(others)
        for lesson in lessons:
            if lesson.author != author:
                continue
            values = head_values(lesson.features, [lesson.channel], learned)[lesson.channel]
            found.append(
                Judged(
                    lesson=lesson,
                    values=values,
                    likeliest=learned.families[max(range(1, len(values)), key=values.__getitem__) - 1],
                    is_found_by_patterns=bool(lesson.patterns & TRUSTED),
                )
            )
    return found


def mix(found: Sequence[Judged]) -> Blend:
    """Return how the first head and the highest family are added: each by its own spread, so that neither drowns the other."""
    first, second = [one.values[0] for one in found], [max(one.values[1:]) for one in found]
    scales = 1 / statistics.pstdev(first), 1 / statistics.pstdev(second)
    return (*scales, -statistics.fmean(first) * scales[0] - statistics.fmean(second) * scales[1])


def line(found: Sequence[Judged]) -> Line:
    """Return the line at which the reader alone sounds no more than ``FALSE_ALARMS_AT_MOST`` false alarms in each language.

    The patterns have no say in it: most were written with this copy in sight and would make it look easier than it is.
    """
    blend = mix(found)
    return Line(blend=blend, thresholds=_thresholds(found, blend, EXCUSE_STEP), excuse_step=EXCUSE_STEP)


def crosses(one: Judged, drawn: Line) -> bool:
    """Whether the reader holds a text for an offence."""
    return _surety(one, drawn.blend, drawn.excuse_step) > drawn.thresholds[one.language]


def _surety(one: Judged, blend: Blend, excuse_step: float) -> float:
    """Return the score of a text less what its excuses ask for."""
    return score(one.values, blend) - excuse_step * one.lesson.excuses


def _thresholds(found: Sequence[Judged], blend: Blend, excuse_step: float) -> dict[str, float]:
    """Return the lowest threshold of each language that no more of its honest texts cross than may."""
    chosen = {}
    for language in LANGUAGES:
        honest = [_surety(one, blend, excuse_step) for one in found if one.language == language and not one.lesson.is_bad]
        chosen[language] = sorted(honest, reverse=True)[math.floor(FALSE_ALARMS_AT_MOST * len(honest))]
    return chosen


def with_lines_drawn(learned: Weights, found: Sequence[Judged], digest: str) -> Weights:
    """Return ``learned`` with what the held-back authors say about where the line is, and the ``digest`` of the training copy."""
    drawn = line(found)
    return replace(learned, mix=drawn.blend, thresholds=drawn.thresholds, excuse_step=drawn.excuse_step, digest=digest)


def report(found: Sequence[Judged]) -> str:
    """Return recall and false alarms of the reader alone, the trusted patterns alone, and both, by author, family and language."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in found:
        for group in ("all", f"language {one.language}", f"author {one.lesson.author}", f"family {one.lesson.family}"):
            groups[group].append(one)
    drawn = line(found)
    rules: tuple[Callable[[Judged], bool], ...] = (
        lambda one: crosses(one, drawn),
        lambda one: one.is_found_by_patterns,
        lambda one: one.is_found_by_patterns or crosses(one, drawn),
    )
    lines = [f"{'':<28}" + "".join(f"{name:>16}" for name in ("reader", "trusted rows", "together"))]
    lines += [f"{group:<28}" + "".join(f"{_rates(groups[group], rule):>16}" for rule in rules) for group in sorted(groups)]
    bad = [one for one in found if one.lesson.is_bad]
    right = sum(one.likeliest == one.lesson.family for one in bad)
    return "\n".join([*lines, f"the likeliest family is right for {right / len(bad):.3f} of the bad texts"])


def _rates(group: Sequence[Judged], is_found: Callable[[Judged], bool]) -> str:
    """Return recall and false alarms in ``group``; a dash where it has no such texts."""
    parts = []
    for is_bad in (True, False):
        chosen = [one for one in group if one.lesson.is_bad is is_bad]
        parts.append(f"{sum(map(is_found, chosen)) / len(chosen):.3f}" if chosen else "-")
    return " / ".join(parts)
