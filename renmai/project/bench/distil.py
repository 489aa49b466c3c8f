"""From what a purchase sent to the database to a script that writes the same again, as often as one likes, and reads nothing.

Two purchases are compared statement by statement. What is the same in both stays as it is; what differs is a moment, a row that the
purchase made itself, the member or the goods it was about, or a text made up for it. Ids tell what they are: the bench lets the tables
number their rows from far apart (``recording.spread_ids``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from renmai.project.problems import Problem

WRITES = ("INSERT", "UPDATE", "DELETE")
PROVIDERS_BOOK = "payments_sandbox"


class JsonText(str):
    """A text that goes into a column of JSON: a database that tells the two apart must be told."""

    __slots__ = ()


Plain = None | bool | int | str | datetime | UUID | Sequence["Plain"]
Kind = Literal["null", "bool", "int", "text", "uuid", "moment", "input", "made", "fresh", "fresh uuid", "joined", "array", "json"]


@dataclass(frozen=True)
class Recorded:
    """One statement as it was sent: in which transaction (None: alone), with which values, and the ids of the rows it made."""

    sql: str
    values: tuple[Plain, ...]
    transaction: str | None
    made: tuple[int, ...] = ()

    @property
    def is_write(self) -> bool:
        """Whether it changes something."""
        return self.sql.startswith(WRITES)

    @property
    def is_providers(self) -> bool:
        """Whether it concerns only the sandbox's own book, which stands for another company's database."""
        return PROVIDERS_BOOK in self.sql


@dataclass(frozen=True)
class Value:
    """A value of a script. What ``text``, ``number`` and ``parts`` mean depends on ``kind``.

    ``moment``: so many milliseconds from now. ``input``: of the member or goods, by name. ``made``: the ``number``-th row that step ``text``
    made. ``fresh``: a new text of ``number`` letters called ``text``. ``joined``: ``parts`` as one text. ``array``: ``parts`` as an array.
    ``json``: its one part, for a column of JSON.
    """

    kind: Kind
    text: str = ""
    number: int = 0
    parts: tuple["Value", ...] = ()


@dataclass(frozen=True)
class Step:
    """One statement of a script, with ``%s`` where its values go. ``makes`` says how many rows with ids it makes."""

    sql: str
    values: tuple[Value, ...]
    makes: int


@dataclass(frozen=True)
class Script:
    """The writes of one purchase: transactions of steps. Steps are counted through all of them."""

    transactions: tuple[tuple[Step, ...], ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in order."""
        return tuple(step for steps in self.transactions for step in steps)


def distil(first: Sequence[Recorded], second: Sequence[Recorded], inputs: Mapping[str, Plain]) -> Script:
    """Return the script of two recordings of the same act; ``inputs`` are what the first one was about, by name.

    The provider's own book is left out. Raises ``Problem`` when the two do not do the same.
    """
    ours, others = ([row for row in rows if row.is_write and not row.is_providers] for rows in (first, second))
    if [row.sql for row in ours] != [row.sql for row in others]:
        raise Problem("two purchases did not send the same statements.")
    known = Known(inputs, began=first_moment(value for row in ours for value in row.values))
    groups: list[tuple[str | None, list[Step]]] = []
    for number, (row, other) in enumerate(zip(ours, others, strict=True)):
        values = tuple(known.value(mine, theirs) for mine, theirs in zip(row.values, other.values, strict=True))
        step = Step(row.sql, values, len(row.made))
        for place, made in enumerate(row.made):
            known.name(made, Value("made", str(number), place))
        if groups and row.transaction is not None and groups[-1][0] == row.transaction:
            groups[-1][1].append(step)
        else:
            groups.append((row.transaction, [step]))
    return Script(tuple(tuple(steps) for _transaction, steps in groups))


def count(recorded: Sequence[Recorded]) -> int:
    """Return how many statements a recording has, without the provider's own book. Savepoints are not recorded."""
    return sum(not row.is_providers for row in recorded)


def first_moment(values: Iterable[Plain]) -> datetime | None:
    """Return the earliest moment among ``values``, None when there is none."""
    return min((value for value in values if isinstance(value, datetime)), default=None)


class Known:
    """What the values of the first of two acts are, as far as one has read. ``originals`` are the texts and UUIDs made up for it, by name."""

    def __init__(self, inputs: Mapping[str, Plain], *, began: datetime | None) -> None:
        self.originals: dict[str, str | UUID] = {}
        self._names: dict[Plain, Value] = {}
        self._words: dict[str, Value] = {}
        self._began = began
        for name, value in inputs.items():
            self.name(value, Value("input", name))

    def name(self, value: Plain, meaning: Value) -> None:
        """Take ``value`` for ``meaning`` from now on, also where it stands within a text."""
        self._names[value] = self._words[str(value)] = meaning

    def value(self, mine: Plain, theirs: Plain) -> Value:
        """Return what a value is, given what stands in its place in the other recording."""
        match mine:
            case None:
                return Value("null")
            case bool():
                return Value("bool", number=int(mine))
            case int():
                return self._names.get(mine) or Value("int", number=mine)
            case UUID():
                return self._names.get(mine) or (Value("uuid", str(mine)) if mine == theirs else self._fresh(mine))
            case datetime():
                return Value("moment", number=round((mine - (self._began or mine)).total_seconds() * 1000))
            case JsonText():
                return Value("json", parts=(self.value(str(mine), str(theirs)),))
            case str():
                return self._names.get(mine) or (self._text(mine) if mine != theirs else Value("text", mine))
        theirs_ = theirs if isinstance(theirs, list | tuple) else ()
        return Value("array", parts=tuple(self.value(one, other) for one, other in zip(mine, theirs_, strict=True)))

    def _text(self, mine: str) -> Value:
        parts = self._split(mine)
        return self._fresh(mine) if all(part.kind == "text" for part in parts) else Value("joined", parts=tuple(parts))

    def _split(self, text: str) -> list[Value]:
        """Cut a text at the words one knows, the longest first."""
        for word in sorted(self._words, key=len, reverse=True):
            before, found, after = text.partition(word)
            if found:
                return [*self._split(before), self._words[word], *self._split(after)]
        return [Value("text", text)] if text else []

    def _fresh(self, mine: str | UUID) -> Value:
        name = f"fresh{len(self.originals)}"
        self.originals[name] = mine
        made = Value("fresh uuid", name) if isinstance(mine, UUID) else Value("fresh", name, len(mine))
        self.name(mine, made)
        return made
