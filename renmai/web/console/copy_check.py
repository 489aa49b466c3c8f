"""Copy that somebody wants judged before it goes anywhere: what was typed, and the text with what the linter found marked in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django import forms
from django.utils.translation import gettext_lazy as _

from renmai.policy.channels import Channel
from renmai.policy.linting import TEXT_MAX_LENGTH, Copy, Finding, lint
from renmai.web.console.objections import Objection, objection


class CopyForm(forms.Form):
    """Some words, and where people are to read them."""

    text = forms.CharField(
        label=_("Words to check"),
        max_length=TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("At most 5,000 characters. Nothing of it is kept."),
        error_messages={"required": _("Paste the words that are to be checked.")},
    )
    channels = forms.MultipleChoiceField(
        label=_("Where people read it"),
        choices=Channel.choices,
        initial=Channel.values,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Some words are allowed in one place and not in another."),
        error_messages={"required": _("Choose at least one place.")},
    )

    def clean_text(self) -> str:
        """Return the words with the line ends that everybody counts alike: browsers send two characters for each."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


@dataclass(frozen=True)
class Numbered:
    """One finding with its number, which stands in the text too, and the channels that it holds on; none: all."""

    number: int
    objection: Objection
    channels: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of the text. ``tone`` is that of the hardest finding in it, empty for none; ``numbers`` are the findings that end here."""

    text: str
    tone: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Checked:
    """A text that was read: the hardest outcome is up to ``findings``, in the order in which they begin."""

    pieces: Sequence[Piece]
    found: Sequence[Numbered]
    findings: Sequence[Finding]


def check(text: str, channels: Sequence[str]) -> Checked:
    """Read ``text`` for these channels. The same objection on several channels is one with all their names."""
    findings = sorted(
        lint(Copy(texts=(text,), channels=frozenset(channels))), key=lambda each: (each.start, -each.outcome.severity, each.end)
    )
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        alike.setdefault((each.start, each.end, each.outcome, each.rule_key, str(each.advice)), []).append(each)
    groups = list(alike.values())
    found = [_numbered(number, rows, text) for number, rows in enumerate(groups, 1)]
    return Checked(_pieces(text, [rows[0] for rows in groups], found), found, findings)


def _numbered(number: int, rows: Sequence[Finding], text: str) -> Numbered:
    names = () if any(not row.channel for row in rows) else tuple(str(Channel(row.channel).label) for row in rows)
    return Numbered(number, replace(objection(rows[0], text), channel=""), names)


def _pieces(text: str, findings: Sequence[Finding], found: Sequence[Numbered]) -> list[Piece]:
    """Cut the text wherever a finding begins or ends; findings may overlap."""
    spots = sorted({0, len(text), *(each.start for each in findings), *(each.end for each in findings)})
    pieces = []
    for begin, end in pairwise(spots):
        over = [each for each in findings if each.start <= begin and end <= each.end]
        hardest = max(over, key=lambda each: each.outcome.severity, default=None)
        tone = found[findings.index(hardest)].objection.tone if hardest else ""
        ends = tuple(each.number for each, finding in zip(found, findings, strict=True) if finding.end == end)
        pieces.append(Piece(text[begin:end], tone, ends))
    return pieces
