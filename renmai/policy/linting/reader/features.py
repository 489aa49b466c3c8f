"""What the reader sees of a text: short runs of Chinese characters, English words and their neighbours. Training sees the same."""

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator

from renmai.policy.linting.reader.concepts import CONCEPTS

CHINESE = re.compile(r"[一-鿿]")
HASH_MASK = 0xFFFFFF
"""Features are known by 24 bits: among a hundred thousand, one unknown feature in 170 is taken for another. That costs nothing measurable."""

_ENGLISH = re.compile(r"[a-z']+(?:[ ,.!?;:]+[a-z']+)*")
_WORD = re.compile(r"[a-z']+|[¥$%€£]|\d+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCE = re.compile(r"[。!?;\n]|\.\s")
_FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "is",
        "are",
        "was",
        "be",
        "it",
        "this",
        "that",
        "and",
        "or",
        "for",
        "with",
        "as",
        "by",
        "from",
    ]
)
_ENDINGS = ("'s", "ing", "ed", "es", "s", "ly", "e")
_CHARACTERS = (1, 2, 3, 4)
_WORDS = (1, 2, 3)
_PAIR_REACH = 6
_CONCEPT_REACH = 5


def features(text: str) -> dict[int, float]:
    """Return the features of ``text`` (in plain form), by their hash: 1 plus the logarithm of how often each occurs."""
    counts = Counter(_characters(text))
    counts.update(_words(text))
    return {hashed(name): 1.0 + math.log(count) if count > 1 else 1.0 for name, count in counts.items()}


def channel_feature(channel: str) -> int:
    """Return the feature that stands for a text on ``channel``: what is fine in the shop may be banned in WeChat."""
    return hashed(f"ch:{channel}")


def hashed(name: str) -> int:
    """Return the number by which a feature is known, the same in every process and on every machine."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) & HASH_MASK


def is_chinese(text: str) -> bool:
    """Whether ``text`` has a Chinese character: the reader has one threshold for such texts and another for the rest."""
    return CHINESE.search(text) is not None


def _characters(text: str) -> list[str]:
    """Return runs of up to four characters of a Chinese text; figures count by their length, English is left to ``_words``."""
    if not is_chinese(text):
        return []
    chinese = _FIGURE.sub(lambda match: "0" * min(4, len(match.group())), _ENGLISH.sub(" ", text))
    framed = f"^{chinese}$"
    runs = [f"c{framed[start : start + size]}" for size in _CHARACTERS for start in range(len(framed) - size + 1)]
    return [run for run in runs if not run[1:].isspace()]


def _words(text: str) -> Iterator[str]:
    """Yield runs of words, of stems without fillers, pairs of stems with a gap, and concepts."""
    words = [_figure_or_word(word) for word in _WORD.findall(text)]
    if not words:
        return
    yield from _runs("w", words)
    stems = [_stem(word) for word in words if word not in _FILLERS]
    yield from _runs("s", stems)
    for first, stem in enumerate(stems):
        for other in stems[first + 2 : first + 1 + _PAIR_REACH]:
            yield f"k{stem} {other}"
    for sentence in _SENTENCE.split(text):
        yield from _concepts([_figure_or_word(word) for word in _WORD.findall(sentence)])


def _runs(prefix: str, words: list[str]) -> Iterator[str]:
    for size in _WORDS:
        for start in range(len(words) - size + 1):
            yield f"{prefix}{' '.join(words[start : start + size])}"


def _concepts(words: list[str]) -> Iterator[str]:
    """Yield which concepts a sentence speaks of, and each word with the concepts that stand near it, before or after."""
    meant = [CONCEPTS.get(word, ()) for word in words]
    for concept in sorted({concept for concepts in meant for concept in concepts}):
        yield f"K{concept}"
    pairs: set[str] = set()
    for place, word in enumerate(words):
        if word in _FILLERS:
            continue
        stem = _stem(word)
        for concepts in meant[max(0, place - _CONCEPT_REACH) : place]:
            pairs.update([f"X{stem}<{concept}" for concept in concepts])
        for concepts in meant[place + 1 : place + 1 + _CONCEPT_REACH]:
            pairs.update([f"X{stem}>{concept}" for concept in concepts])
    yield from pairs


def _figure_or_word(word: str) -> str:
    return "0" * min(6, len(word)) if word.isdigit() else word


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
