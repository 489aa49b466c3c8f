"""Reads copy against the patterns, hears what they miss, and holds settings against the rules."""

import re
from collections.abc import Iterator, Mapping, Sequence

from renmai.policy import rules
from renmai.policy.channels import EVERYWHERE
from renmai.policy.linting import reader, settings
from renmai.policy.linting.excuses import is_honest, sentence_around
from renmai.policy.linting.normalising import Plain, disguise, plain_forms
from renmai.policy.linting.patterns import DISGUISE, PATTERNS, Pattern, Row
from renmai.policy.linting.types import Copy, Finding
from renmai.policy.rules import Outcome

TEXT_MAX_LENGTH = 5000
"""Characters of one text that are read; copy is shorter, and what is longer is cut rather than let a request take for ever."""

TRIES = 40


def lint(copy: Copy) -> tuple[Finding, ...]:
    """Return every objection to ``copy`` on its channels, the hardest first; nothing for what is honest.

    A pattern bound to channels is one finding per channel of the copy, any other is one finding without a channel. A row of the
    pattern table whose rule is not in force today finds nothing.
    """
    found: list[Finding] = []
    if copy.facts is not None:
        found.extend(settings.findings(copy.facts, copy.channels))
    for index, text in enumerate(copy.texts):
        found.extend(_in_text(text[:TEXT_MAX_LENGTH], index, copy.channels))
    found.sort(key=lambda finding: (-finding.outcome.severity, finding.text_index, finding.start))
    return tuple(_without_repetition(found))


def worst(findings: Sequence[Finding]) -> Outcome:
    """Return the hardest outcome among ``findings``; *allow* for none."""
    return max((finding.outcome for finding in findings), key=lambda outcome: outcome.severity, default=Outcome.ALLOW)


def _without_repetition(found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield ``found`` without what says again, of the same words, what a finding at least as hard has said for the same channel."""
    told: list[Finding] = []
    for finding in found:
        if not any(_repeats(finding, other) for other in told):
            told.append(finding)
            yield finding


def _repeats(finding: Finding, other: Finding) -> bool:
    is_same_place = finding.text_index == other.text_index >= 0 and finding.start < other.end and other.start < finding.end
    return is_same_place and finding.advice == other.advice and other.channel in {"", finding.channel}


def _in_text(text: str, index: int, channels: frozenset[str]) -> Iterator[Finding]:
    """Yield what the patterns find, as far as they are trusted or the reader agrees; where nothing is left, what the reader finds."""
    forms = plain_forms(text)
    bare = forms[-1]
    if not bare.text or bare.text.isspace():
        return
    readings = reader.read(bare.text, channels)
    is_silent = True
    for row, place in offences(text, forms, channels):
        for channel in sorted(row.channels & channels) if row.channels != EVERYWHERE else ("",):
            if row.code in reader.TRUSTED or any(readings[name].agrees for name in ((channel,) if channel else channels)):
                yield from _finding(row, text, index, place, channel)
                is_silent = False
    if is_silent:
        yield from _between_the_lines(text, index, bare, readings)


def _between_the_lines(text: str, index: int, bare: Plain, readings: Mapping[str, reader.Reading]) -> Iterator[Finding]:
    """Yield the reader's own objection: once where it holds on every channel of the copy, else for each channel on which it does."""
    if not any(reading.stands(0) for reading in readings.values()):
        return
    excuses = excuses_heard(bare, frozenset(readings))
    held = {channel: reading for channel, reading in readings.items() if reading.stands(excuses)}
    if not held:
        return
    family = max(held.values(), key=lambda reading: reading.margin).family
    place = bare.origin(*reader.weightiest(bare.text, family))
    for channel in ("",) if len(held) == len(readings) else sorted(held):
        yield from _finding(reader.ROWS[family], text, index, place, channel)


def _finding(row: Row, text: str, index: int, place: tuple[int, int], channel: str) -> Iterator[Finding]:
    """Yield the finding that ``row`` makes of ``text`` at ``place``; nothing if its rule is not in force."""
    source = next((rule.source for rule in rules.in_force() if rule.key == row.rule_key), None)
    if source is None:
        return
    start, end = place
    yield Finding(
        code=row.code,
        family=row.family,
        outcome=row.outcome,
        fragment=text[start:end],
        text_index=index,
        start=start,
        end=end,
        channel=channel,
        rule_key=row.rule_key,
        source=source,
        advice=row.advice,
    )


def offences(text: str, forms: Sequence[Plain], channels: frozenset[str]) -> Iterator[tuple[Row, tuple[int, int]]]:
    """Yield each row of the pattern table that finds something in ``text``, once, with where it stands; ``forms`` are its plain forms."""
    hidden = disguise(text) if not DISGUISE.channels.isdisjoint(channels) else None
    if hidden is not None:
        yield DISGUISE, hidden
    seen: set[str] = set()
    for plain in forms:
        for row in PATTERNS:
            if row.code in seen or row.channels.isdisjoint(channels):
                continue
            span = offence(row, plain)
            if span is not None:
                seen.add(row.code)
                yield row, plain.origin(*span)


def excuses_heard(plain: Plain, channels: frozenset[str]) -> int:
    """Return how many rows for ``channels`` would find something in ``plain``, were it not excused where it first stands."""
    heard = 0
    for row in PATTERNS:
        match = None if row.channels.isdisjoint(channels) else row.finds.search(plain.text)
        if match and _is_meant(row, match):
            heard += is_honest(plain.text, *match.span(), is_literal=row.is_literal)
    return heard


def offence(row: Pattern, plain: Plain) -> tuple[int, int] | None:
    """Return where ``row`` first finds something in ``plain`` that nothing excuses, or None.

    After an excused match the search goes on one character later: "no need to share, but share and win" has two.
    """
    position = 0
    for _attempt in range(TRIES):
        match = row.finds.search(plain.text, position)
        if match is None:
            return None
        if match.end() == match.start():
            raise ValueError(f"pattern {row.code} matches nothing at all")
        if _is_meant(row, match) and not is_honest(plain.text, match.start(), match.end(), is_literal=row.is_literal):
            return match.span()
        # Two on: the rest of a word of two characters must not be found as if it stood alone.
        position = match.start() + 2
    return None


def _is_meant(row: Pattern, match: re.Match[str]) -> bool:
    """Whether none of the row's own exceptions speaks against the match."""
    if row.is_excluded_by is not None and row.is_excluded_by.search(match.group()):
        return False
    if row.is_excluded_near is not None and row.is_excluded_near.search(sentence_around(match.string, *match.span())):
        return False
    return row.only_if is None or row.only_if(match)
