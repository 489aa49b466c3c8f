"""What the linter says of a campaign, laid beside what it says it about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.policy.channels import Channel
from renmai.policy.linting import Finding
from renmai.policy.rules import Outcome

AROUND = 12
"""How many characters are shown on each side of the words that are objected to."""

VERDICTS: Mapping[Outcome, tuple["str | Promise", str]] = {
    Outcome.REFUSE: (_("Not allowed"), "bad"),
    Outcome.REVIEW: (_("Somebody else must look"), "warn"),
    Outcome.ALLOW: (_("A hint"), "info"),
}
SETTINGS = "settings"


@dataclass(frozen=True)
class Objection:
    """One finding: the words in question within what stands around them, the verdict, what to change, and the rule behind it."""

    verdict: "str | Promise"
    tone: str
    before: str
    fragment: str
    after: str
    advice: "str | Promise"
    rule: str
    source: str
    channel: "str | Promise"


@dataclass(frozen=True)
class Objections:
    """All of them by the name of the field; under ``settings`` what is about the terms and the channels."""

    by_place: Mapping[str, Sequence[Objection]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(found) for found in self.by_place.values())

    @property
    def refused(self) -> int:
        """How many of them forbid a launch."""
        return sum(each.tone == "bad" for found in self.by_place.values() for each in found)


def beside(findings: Sequence[Finding], texts: Sequence[tuple[str, str]]) -> Objections:
    """Return the findings under the fields in which they were found. ``texts`` are what was linted, in that order, with their fields."""
    found: dict[str, list[Objection]] = {}
    for finding in findings:
        place, text = texts[finding.text_index] if 0 <= finding.text_index < len(texts) else (SETTINGS, "")
        found.setdefault(place, []).append(objection(finding, text))
    return Objections(found)


def objection(finding: Finding, text: str) -> Objection:
    """Return one finding as it is shown beside ``text``."""
    verdict, tone = VERDICTS[finding.outcome]
    begin, end = max(0, finding.start - AROUND), min(len(text), finding.end + AROUND)
    return Objection(
        verdict=verdict,
        tone=tone,
        before=("…" if begin else "") + text[begin : finding.start],
        fragment=text[finding.start : finding.end],
        after=text[finding.end : end] + ("…" if end < len(text) else ""),
        advice=finding.advice,
        rule=finding.rule_key or finding.code,
        source=finding.source,
        channel=Channel(finding.channel).label if finding.channel else "",
    )
