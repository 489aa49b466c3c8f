"""Writes text in one plain form, so that a pattern need not know how a word was dressed up, and remembers where each character came from."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from renmai.policy.linting.spelling import BROKEN, INNOCENT, PICTURES, PLAIN_CHARACTERS, SPELLINGS

CHINESE = "一-鿿〇"
PICTURE = "\ue000"
"""Stands for a drawing without a word of its own until it is known whether it stood inside a word."""

_NOISE = rf"[ {PICTURE}.·•・*_\-~|/\\^`'+=<>\u3000]"
_INSIDE = re.compile(rf"(?<=[{CHINESE}]){_NOISE}+(?=[{CHINESE}])")
_BESIDE_DIGITS = re.compile(
    rf"(?<=[{CHINESE}]) +(?=\d)|(?<=\d) +(?=[{CHINESE}])|(?<=\d) (?=\d(?:[ {CHINESE}]|$))|(?<=[{CHINESE}])[a-z](?=[{CHINESE}])"
)
_SINGLES = re.compile(rf"(?<![{CHINESE}])(?:[{CHINESE}][,。、!:;]){{3,}}[{CHINESE}](?![{CHINESE}])")
_SPELT_OUT = re.compile(r"(?<![a-z])(?:[a-z][ .\-_*]){3,}[a-z](?![a-z])")
_PUNCTUATION = re.compile(r"[,。、!:; .\-_*]")


@dataclass(frozen=True)
class Plain:
    """Text in plain form; ``starts[i]`` and ``ends[i]`` are where in the original the i-th character came from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original from which ``text[start:end]`` was made; the part must not be empty."""
        return min(self.starts[start:end]), max(self.ends[start:end])


def plain_forms(text: str) -> tuple[Plain, ...]:
    """Return ``text`` as a reader may take it: with pictures read as words, and with everything between characters dropped.

    Both are in small letters, half width and simplified characters, with disguised words written out. The second differs only where
    something stood between Chinese characters.
    """
    read = _spelled(_joined(_singles_joined(_characters(text, with_words=True)), only_single=True))
    bare = _spelled(_joined(_singles_joined(_characters(text, with_words=False)), only_single=False))
    return (read,) if read.text == bare.text else (read, bare)


def disguise(text: str) -> tuple[int, int] | None:
    """Return where ``text`` first hides a word that checks look for, by sound, by look or by marks between its characters, or None."""
    plain = _characters(text, with_words=False)
    broken = BROKEN.search(plain.text)
    if broken:
        return plain.origin(*broken.span())
    for expression, word in SPELLINGS:
        for match in expression.finditer(plain.text):
            if match.group() != word and word not in INNOCENT:
                return plain.origin(*match.span())
    return None


def _characters(text: str, *, with_words: bool) -> Plain:
    cells: list[tuple[str, int, int]] = []
    for index, original in enumerate(text):
        if with_words and original in PICTURES:
            cells.extend((char, index, index + 1) for char in PICTURES[original])
            continue
        if original in PLAIN_CHARACTERS:
            cells.append((PLAIN_CHARACTERS[original], index, index + 1))
            continue
        for char in unicodedata.normalize("NFKC", original).lower():
            kind = unicodedata.category(char)
            if kind in {"Cf", "Mn", "Me"}:
                continue
            if kind in {"So", "Sk", "Co", "Cn"}:
                char = PICTURE  # noqa: PLW2901  what follows must see the sentinel
            elif kind in {"Zs", "Cc"} and char != "\n":
                char = " "  # noqa: PLW2901  a tab separates as a space does
            cells.append((PLAIN_CHARACTERS.get(char, char), index, index + 1))
    return _from_cells(cells)


def _singles_joined(plain: Plain) -> Plain:
    """Join 分,享,领,红,包 and s.h.a.r.e: marks after every single character separate nothing."""
    dropped = {
        index
        for expression in (_SINGLES, _SPELT_OUT)
        for match in expression.finditer(plain.text)
        for index in range(match.start(), match.end())
        if _PUNCTUATION.fullmatch(plain.text[index])
    }
    return _without(plain, dropped)


def _joined(plain: Plain, *, only_single: bool) -> Plain:
    """Drop what stands between Chinese characters: everywhere, or only beside a character that stands alone (分 享).

    Pictures that stay separate like a space does.
    """
    dropped: set[int] = set()
    text = plain.text
    for match in _INSIDE.finditer(text):
        start, end = match.span()
        is_beside_single = _is_single(text, start - 1) or _is_single(text, end)
        if not only_single or is_beside_single:
            dropped.update(range(start, end))
    if not only_single:
        dropped.update(index for match in _BESIDE_DIGITS.finditer(text) for index in range(*match.span()))
    kept = _without(plain, dropped)
    return Plain(kept.text.replace(PICTURE, " "), kept.starts, kept.ends)


def _is_single(text: str, index: int) -> bool:
    """Whether the Chinese character at ``index`` has no other beside it."""
    before = index > 0 and _is_chinese(text[index - 1])
    after = index + 1 < len(text) and _is_chinese(text[index + 1])
    return not before and not after


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _spelled(plain: Plain) -> Plain:
    for expression, word in SPELLINGS:
        cells: list[tuple[str, int, int]] = []
        last = 0
        for match in expression.finditer(plain.text):
            if match.group() == word:
                continue
            cells.extend(_cells(plain, last, match.start()))
            start, end = plain.origin(*match.span())
            cells.extend((char, start, end) for char in word)
            last = match.end()
        if last:
            cells.extend(_cells(plain, last, len(plain.text)))
            plain = _from_cells(cells)
    return plain


def _cells(plain: Plain, start: int, end: int) -> Iterable[tuple[str, int, int]]:
    return zip(plain.text[start:end], plain.starts[start:end], plain.ends[start:end], strict=True)


def _without(plain: Plain, dropped: set[int]) -> Plain:
    if not dropped:
        return plain
    return _from_cells([cell for index, cell in enumerate(_cells(plain, 0, len(plain.text))) if index not in dropped])


def _from_cells(cells: list[tuple[str, int, int]]) -> Plain:
    return Plain("".join(cell[0] for cell in cells), tuple(cell[1] for cell in cells), tuple(cell[2] for cell in cells))
