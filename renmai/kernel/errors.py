"""Refusals: what a person is told when the answer is no.

Every refusal has a stable code, an HTTP status and a sentence. Codes are declared in the room that raises them with ``refusals``,
so one table per room says everything it can refuse. Assertions are for our own bugs, never for a person's input.
"""

from collections.abc import Mapping
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import ngettext

TOO_MANY = 429

_sentences: dict[str, tuple[int, "str | Promise"]] = {}


def refusals(room: str, table: Mapping[str, tuple[int, "str | Promise"]]) -> None:
    """Declare the refusals of ``room``: code (without the room) → (HTTP status, lazy sentence with ``%(name)s`` fields)."""
    for code, entry in table.items():
        full = f"{room}.{code}"
        if _sentences.get(full, entry) != entry:
            raise ValueError(f"refusal {full} is declared twice")
        _sentences[full] = entry


class DomainError(Exception):
    """A refusal with ``code`` (``room.name``), ``status`` (HTTP), ``sentence`` and the ``field`` it belongs to, if any."""

    def __init__(self, code: str, *, field: str = "", **details: object) -> None:
        status, sentence = _sentences[code]
        self.code = code
        self.status = status
        self.field = field
        self.details = details
        self._sentence = sentence
        super().__init__(code, details)

    @property
    def sentence(self) -> str:
        """The sentence in the language that is active now."""
        text = str(self._sentence)
        if self.retry_after_seconds:
            return text % {**self.details, "wait": waiting(self.retry_after_seconds)}
        return text % self.details if self.details else text

    @property
    def retry_after_seconds(self) -> int:
        """How long to wait before trying again is worth it: what a refusal of the kind "too many" says; 0 for all others."""
        if self.status != TOO_MANY:
            return 0
        seconds, minutes = self.details.get("seconds"), self.details.get("minutes")
        return seconds if isinstance(seconds, int) else minutes * 60 if isinstance(minutes, int) else 0

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


def waiting(seconds: int) -> str:
    """Return a time to wait in words, never shorter than it is: ``40 seconds``, ``15 minutes``, ``3 hours``."""
    if seconds < 2 * 60:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    if seconds < 2 * 3600:
        minutes = ceil(seconds / 60)
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = ceil(seconds / 3600)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def told_of(error: Exception) -> str:
    """Return an error nobody expected in one line, for what is kept of it: its kind and the first line of what it says.

    Below that PostgreSQL quotes the row that it refused, and with it somebody's name, phone and street.
    """
    first, _newline, _quoted = str(error).partition("\n")
    return f"{type(error).__name__}: {first}"


def declared() -> dict[str, tuple[int, str]]:
    """Return every declared refusal, for the generated documentation."""
    return {code: (status, str(sentence)) for code, (status, sentence) in sorted(_sentences.items())}
