"""The shape of a rule and of a decision."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Value = int | bool | str


class Outcome(StrEnum):
    """What the engine answers, from mildest to hardest."""

    ALLOW = "allow"
    REVIEW = "review"
    REFUSE = "refuse"

    @property
    def severity(self) -> int:
        """A number that grows with the hardness of the answer."""
        return list(Outcome).index(self)

    @property
    def label(self) -> Promise:
        """The answer in a word."""
        return _OUTCOME_LABELS[self]


_OUTCOME_LABELS = {Outcome.ALLOW: _("allowed"), Outcome.REVIEW: _("needs a look"), Outcome.REFUSE: _("not allowed")}


class Kind(StrEnum):
    """How a rule compares a value with its own."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    EXACTLY = "exactly"
    NONE_OF = "none_of"

    @property
    def label(self) -> Promise:
        """The comparison in words."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    Kind.AT_MOST: _("at most"),
    Kind.AT_LEAST: _("at least"),
    Kind.EXACTLY: _("always"),
    Kind.NONE_OF: _("none of"),
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row: ``value`` is compared by ``kind`` with what somebody wants; breaking it gives ``breach``.

    ``value`` is in ``unit``; dates are days in China, ``valid_until`` is the first day on which the row no longer holds. A rule of a
    platform names the ``channels`` it speaks for; without any it speaks for all.
    """

    key: str
    kind: Kind
    value: Value | frozenset[str]
    unit: str = ""
    breach: Outcome = Outcome.REFUSE
    source: str
    says: str | Promise
    jurisdiction: str = "CN"
    valid_from: date
    valid_until: date | None = None
    channels: frozenset[str] = frozenset()

    def speaks_for(self, channels: Collection[str] | None) -> bool:
        """Whether the row is asked about something that runs on ``channels`` (None: not known, so it is)."""
        return channels is None or not self.channels or not self.channels.isdisjoint(channels)

    def is_valid_on(self, day: date) -> bool:
        """Whether the row holds on ``day``."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def is_kept_by(self, value: Value) -> bool:
        """Whether ``value`` keeps the rule. Raises ``TypeError`` when it is not of the rule's type: a bug of the caller."""
        match self.kind:
            case Kind.NONE_OF:
                if not isinstance(self.value, frozenset) or not isinstance(value, str):
                    raise TypeError(f"rule {self.key} judges names, not {value!r}")
                return value not in self.value
            case Kind.EXACTLY:
                if type(value) is not type(self.value):
                    raise TypeError(f"rule {self.key} judges {type(self.value).__name__}, not {value!r}")
                return value == self.value
        if type(value) is not int or type(self.value) is not int:
            raise TypeError(f"rule {self.key} judges whole numbers, not {value!r}")
        return value <= self.value if self.kind is Kind.AT_MOST else value >= self.value

    @property
    def shown_value(self) -> str:
        """The value for people and documents: ``30``, ``yes``, ``student, teacher``."""
        if isinstance(self.value, frozenset):
            return ", ".join(sorted(self.value))
        if isinstance(self.value, bool):
            return str(_("yes")) if self.value else str(_("no"))
        return str(self.value)


@dataclass(frozen=True)
class Decision:
    """The answer to "may this value be?": the outcome, and the rule that caused it with its source (none when nothing speaks)."""

    outcome: Outcome
    rule: Rule | None
    source: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether the answer is no."""
        return self.outcome is Outcome.REFUSE


@dataclass(frozen=True)
class Verdict:
    """The answer to many wishes at once: the hardest outcome, and every decision that is not *allow*, the hardest first."""

    outcome: Outcome
    decisions: tuple[Decision, ...]

    @property
    def is_refused(self) -> bool:
        """Whether the answer is no."""
        return self.outcome is Outcome.REFUSE
