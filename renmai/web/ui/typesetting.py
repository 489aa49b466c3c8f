"""Breaks text into lines that fit, in the packaged font, for pictures that carry text."""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont, features

FONT_FILE = next(Path(str(files("cvttf_NotoSansCJK_Medium"))).glob("*.otf"))
LANGUAGE = "zh-Hans" if features.check("raqm") else None
"""Asks the font for the letter forms of the mainland; without the shaping library its default forms are used."""

ELLIPSIS = "…"
MEASURE_SIZE = 100
NEVER_FIRST = frozenset("，。、；：？！）】》”’,.;:?!)%…")
MAX_TEXT = 400


@lru_cache(maxsize=12)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the packaged font at ``size`` pixels."""
    return ImageFont.truetype(str(FONT_FILE), size)


def width_of(text: str, size: int) -> float:
    """Return the width of ``text`` at ``size`` pixels."""
    return font(MEASURE_SIZE).getlength(text, language=LANGUAGE) * size / MEASURE_SIZE


def pieces(text: str) -> list[str]:
    """Return what may not be broken: Latin words with the space after them, single Chinese characters with their punctuation."""
    found: list[str] = []
    for letter in text:
        joins = bool(found) and (
            letter in NEVER_FIRST or letter == " " or (letter.isascii() and found[-1][-1].isascii() and found[-1][-1] != " ")
        )
        if joins:
            found[-1] += letter
        else:
            found.append(letter)
    return found


def wrap(text: str, *, size: int, width: float, lines: int) -> list[str]:
    """Return at most ``lines`` lines of ``text`` no wider than ``width``; what does not fit ends in an ellipsis."""
    rest = pieces(" ".join(text.split())[:MAX_TEXT])
    done: list[str] = []
    while rest and len(done) < lines:
        line = ""
        while rest and (not line or width_of((line + rest[0]).rstrip(), size) <= width):
            line += rest.pop(0)
        done.append(line.strip())
    if done and (rest or width_of(done[-1], size) > width):
        done[-1] = _shorten(done[-1] + (ELLIPSIS if rest else ""), size, width)
    return done


def _shorten(line: str, size: int, width: float) -> str:
    text = line.rstrip(ELLIPSIS)
    while text and width_of(text + ELLIPSIS, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
