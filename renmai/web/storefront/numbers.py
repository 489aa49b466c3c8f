"""Whole numbers as browsers send them: digits or nothing, never larger than a column can hold."""

from collections.abc import Iterable

LARGEST_DIGITS = 18


def whole(text: str | None) -> int | None:
    """Return the whole number that ``text`` writes in at most 18 ASCII digits, None for anything else."""
    cleaned = (text or "").strip()
    if not cleaned.isascii() or not cleaned.isdecimal() or len(cleaned) > LARGEST_DIGITS:
        return None
    return int(cleaned)


def wholes(texts: Iterable[str]) -> tuple[int, ...]:
    """Return those of ``texts`` that are whole numbers, each once, in their order."""
    found = (whole(text) for text in texts)
    return tuple(dict.fromkeys(number for number in found if number is not None))
