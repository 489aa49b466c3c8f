"""Counts how much of a file of labelled copy the linter gets right."""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from renmai.policy.channels import Channel
from renmai.policy.linting import Copy, Family, lint, worst
from renmai.policy.rules import Outcome

FOLDER = Path(__file__).parent / "lint_examples"
FAMILIES = frozenset({*(family.value for family in Family), "none"})


@dataclass(frozen=True)
class Example:
    """One labelled piece of copy."""

    text: str
    channel: str
    is_bad: bool
    family: str


@dataclass
class Score:
    """Flagged and all examples by family (``none``: honest copy), and what was judged wrongly."""

    flagged: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list, repr=False)

    @property
    def recall(self) -> float:
        """The part of the bad examples that is flagged."""
        bad = sum(self.total.values()) - self.total["none"]
        return (sum(self.flagged.values()) - self.flagged["none"]) / bad

    @property
    def false_alarms(self) -> float:
        """The part of the honest examples that is flagged."""
        return self.flagged["none"] / self.total["none"]

    def table(self, name: str) -> str:
        """Return the figures as lines of text."""
        rows = [f"  {family:<16} {self.flagged[family]:>4} of {self.total[family]:>4} flagged" for family in sorted(self.total)]
        head = f"{name}: recall {self.recall:.3f}, false alarms {self.false_alarms:.3f}"
        return "\n".join([head, *rows])


def examples(name: str) -> list[Example]:
    """Return the examples of ``name``; raises ``ValueError`` for a channel, label or family that does not exist."""
    with (FOLDER / name).open("rb") as file:
        rows = tomllib.load(file)["example"]
    found = []
    for row in rows:
        if row["channel"] not in Channel.values or row["family"] not in FAMILIES or row["label"] not in {"good", "bad"}:
            raise ValueError(f"{name}: {row}")
        found.append(
            Example(row["text"], row["channel"], row["label"] == "bad", row["family"] if row["label"] == "bad" else "none")
        )
    return found


def score(name: str) -> Score:
    """Return how the linter judges the examples of ``name``: whatever is not allowed counts as flagged."""
    result = Score()
    for example in examples(name):
        found = lint(Copy(texts=(example.text,), channels=frozenset({example.channel})))
        is_flagged = worst(found) is not Outcome.ALLOW
        result.total[example.family] += 1
        result.flagged[example.family] += is_flagged
        if is_flagged is not example.is_bad:
            result.wrong.append(f"{example.family} on {example.channel}: {example.text} {[one.code for one in found]}")
    return result
