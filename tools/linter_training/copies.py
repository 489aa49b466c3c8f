"""The labelled copy that the reader learns from."""

import hashlib
from dataclasses import dataclass

from renmai.policy.linting.engine import excuses_heard, offences
from renmai.policy.linting.normalising import plain_forms
from renmai.policy.linting.reader.features import channel_feature, features, is_chinese
from renmai.policy.tests.scoring import FOLDER, examples

TUNED_ON = "known"
"""The copy that the patterns were written against: learned from, but no witness for how well anything reads."""


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One labelled text, read: its features without its channel's, the codes of the patterns that find something in it, and how many
    were excused.
    """

    author: str
    channel: str
    is_bad: bool
    family: str
    is_chinese: bool
    features: dict[int, float]
    patterns: frozenset[str]
    excuses: int

    @property
    def all_features(self) -> dict[int, float]:
        """The features of the text and of its channel."""
        return {**self.features, channel_feature(self.channel): 1.0}


def names() -> tuple[str, ...]:
    """Return the names of the files, without their ending, relative to the folder of examples."""
    return (TUNED_ON, *sorted(f"authors/{path.stem}" for path in (FOLDER / "authors").glob("*.toml")))


def digest() -> str:
    """Return what tells this training copy from any other: a hash over the files' names and content."""
    whole = hashlib.sha256()
    for name in names():
        whole.update(name.encode() + b"\0" + (FOLDER / f"{name}.toml").read_bytes() + b"\0")
    return whole.hexdigest()


def lessons() -> list[Lesson]:
    """Return all labelled texts, read, in the order of the files. Raises ``ValueError`` for a label that does not exist."""
    found = []
    for name in names():
        for example in examples(f"{name}.toml"):
            forms = plain_forms(example.text)
            plain = forms[-1].text
            channels = frozenset({example.channel})
            found.append(
                Lesson(
                    author=name.removeprefix("authors/"),
                    channel=example.channel,
                    is_bad=example.is_bad,
                    family=example.family,
                    is_chinese=is_chinese(plain),
                    features=features(plain),
                    patterns=frozenset(row.code for row, _place in offences(example.text, forms, channels)),
                    excuses=excuses_heard(forms[-1], channels),
                )
            )
    return found
