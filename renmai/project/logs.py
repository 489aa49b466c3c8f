"""What stands in the log, and what never does: phones, codes, keys, cookies, query strings, rows that a database quotes.

Our own lines name things by number; what gives people away comes from elsewhere: a database that quotes the row it refuses, a library
that logs an address with its query. The formatter looks at the finished line, tracebacks included, so nothing gets past it by the way it
was logged. Names and streets cannot be told from other words; they are kept out by silencing what would print them.
"""

import logging
import re
from typing import Any, Final

HIDDEN: Final = "***"

# Names of what is hidden; the second kind are words of everyday use, hidden only where they stand alone.
_NAMES: Final = (
    r"(?:passw(?:or)?d|secret|token|signature|openid|authorization|cookie|sessionid|csrf)\w{0,20}|\b(?:code|key|otp|totp|session)"
)
_RULES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), shown)
    for pattern, shown in (
        # A database quotes the row that it refuses and the key that is taken, Python what it could not read.
        (r"(Failing row contains )\(.*\)", rf"\1({HIDDEN})"),
        (r"(Key \([^)]*\)=)\(.*?\)(?= |\.|$)", rf"\1({HIDDEN})"),
        (r"(invalid (?:input syntax|input value|byte sequence|literal)[^:]*: ).*", rf"\1{HIDDEN}"),
        (r"(expected a number but got ).*", rf"\1{HIDDEN}"),
        # Keys of programs, whoever quotes them; queries of addresses; whatever calls itself a secret.
        (r"\b(Bearer|Basic)\s+[^\s\"',;]+", rf"\1 {HIDDEN}"),
        (r"\brm_[0-9A-Za-z]{6,}", f"rm_{HIDDEN}"),
        (r"([?&][\w.\-\[\]]{1,60}=)[^&\s\"'<>)\]]+", rf"\1{HIDDEN}"),
        (rf"((?:{_NAMES})[\"']?\s{{0,3}}[=:]\s{{0,3}}(?:b?[\"'])?)(?!\*\*\*)[^\s\"',;&)}}\]]+", rf"\1{HIDDEN}"),
        # Phones: mainland ones keep what their owner needs to know her own again, others their country.
        (r"(?<![\d.])((?:\+?86[ -]?)?1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)", r"\1****\2"),
        (r"(?<![\w.])\+(?!86)(\d{1,3})[ -]?\d{5,12}(?!\d)", rf"+\1{HIDDEN}"),
    )
)


def masked(text: str) -> str:
    """Return ``text`` without what gives people or secrets away, as far as it can be told from other text."""
    for pattern, shown in _RULES:
        text = pattern.sub(shown, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Formats a line, its traceback included, and masks the result."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line as it may be kept."""
        return masked(super().format(record))


def configuration(level: str) -> dict[str, Any]:
    """Return Django's ``LOGGING`` for ``level``: everything to the standard error, masked.

    Three loggers stay above it, whatever it is: statements with their parameters, templates with their contexts, and every header of
    every call to the outside are not for any log.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "renmai.project.logs.MaskingFormatter",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": level},
            "django.db.backends": {"level": "INFO"},
            "django.template": {"level": "INFO"},
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
        },
    }
