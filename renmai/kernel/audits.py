"""What an audit finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """One broken invariant: its number in ``docs/money.md``, the object, and what was expected against what is."""

    invariant: str
    subject: str
    detail: str

    def __str__(self) -> str:
        return f"[{self.invariant}] {self.subject}: {self.detail}"
