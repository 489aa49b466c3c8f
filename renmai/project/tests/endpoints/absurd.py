"""Absurd values: numbers that are none, texts that break things, addresses that lead elsewhere. For every field of every form and query."""

import os
import random
from collections.abc import Sequence
from typing import Final, TypeVar

One = TypeVar("One")

TIMES: Final = "BAD_INPUT_TIMES"
"""A number in the environment: so many times as many values are tried, chosen by pytest-randomly's seed. Some hundred are all there are."""

NUMBERS: Final = (
    "-1",
    "0",
    str(2**31),
    str(2**63),
    str(2**64),
    "9" * 30,
    "9" * 5000,
    "1e400",
    "1e5",
    "NaN",
    "Infinity",
    "-Infinity",
    "1.5",
    "１２",
    "٣",
    "²",
    " 1 ",
    "0x10",
    "1_000",
    "+1",
    "true",
    "null",
    "[]",
    "[1,2]",
    "{}",
    "",
)
DAYS: Final = ("0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-W01-1", "-2026-01-01", "20260101")
TEXTS: Final = (
    "a\x00b",
    "\x00",
    "\ud800",
    "\udfff tail",
    "\u202eexe.txt\u202c",
    "\u200f\u200e",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 3,
    "\U0010ffff\ufffe",
    "é" * 300,
    "长" * 20_000,
    "\r\nSet-Cookie: a=b",
    "\x1b[31m\x07\x08",
    "%s%n%(x)s{0}{x.__class__}",
    "{{ 7*7 }}{% load static %}",
    "../../../etc/passwd",
    "C:\\Windows\\win.ini",
    "//evil.example/",
    "javascript:alert(1)",
)
SQL: Final = (
    "'",
    "' OR '1'='1",
    '";--',
    "1; DROP TABLE accounts_user",
    "x') UNION SELECT password FROM accounts_user --",
    "-id); DELETE FROM ordering_order; --",
    "%",
    "_%\\",
    "\\",
    '"unbalanced',
    "(((((",
    "*",
    "tea*",
    "NEAR(a b)",
    "a AND OR NOT b",
    "a:*",
    "a & | ! b",
    "<->",
    "title:x",
    "^tea",
    "{a b}",
    "id__gt",
    "password",
    "-price,(SELECT 1)",
    "owner__password",
    "?",
)
SCRIPTS: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></textarea></script><svg onload=alert(1)>",
)
EVERYTHING: Final = (*NUMBERS, *DAYS, *TEXTS, *SQL, *SCRIPTS)


def some(values: Sequence[One], few: int) -> Sequence[One]:
    """Return ``few`` of ``values``, or as many times as many as the environment asks for."""
    return random.sample(values, min(few * int(os.environ.get(TIMES, "1")), len(values)))
