"""Amounts of money in copy: 五万元, 8.8万, ¥88,888, 100,000 yuan."""

import re

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_ARABIC = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*(k|thousand|million|十|百|千|万|亿|w(?![a-z]))?")
_CHINESE = re.compile(r"[零一二三四五六七八九两〇十百千万亿]+")
_FACTORS = {"k": 1000, "thousand": 1000, "million": 1_000_000, "w": 10_000, "": 1} | _UNITS
FEN = 100


def fen_of(text: str) -> int:
    """Return the amount that ``text`` begins with, taken as yuan, in fen; 0 when it begins with none."""
    arabic = _ARABIC.match(text)
    if arabic:
        factor = _FACTORS[arabic[2] or ""]
        whole, _dot, part = arabic[1].replace(",", "").partition(".")
        return (int(whole) * FEN + int((part + "00")[:2])) * factor
    chinese = _CHINESE.match(text)
    return _chinese(chinese[0]) * FEN if chinese else 0


def _chinese(numeral: str) -> int:
    """Return the value of a numeral such as 十二万三千; a unit without a digit before it counts once."""
    total = section = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif _UNITS[char] >= _UNITS["万"]:
            total = (total + section + digit or 1) * _UNITS[char]
            section = digit = 0
        else:
            section += (digit or 1) * _UNITS[char]
            digit = 0
    return total + section + digit
