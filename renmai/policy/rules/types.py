"""The shape of a rule and of a decision."""

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

    ``value`` is in ``unit``; dates are days in China, ``valid_until`` is the first day on which the row no longer holds.
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
