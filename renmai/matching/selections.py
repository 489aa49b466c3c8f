"""Lists made ahead: what an entry of a list says, as data, and how lists are kept and read back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from renmai.kernel import clock
from renmai.matching.models import Selection
from renmai.sharing.models import Binding

DEFAULT_STRATEGY: Final = "personal"
FRESH_FOR: Final = timedelta(hours=12)
MOST_REASONS: Final = 3
GROUP_LEAST: Final = 3
"""A group is at least so many customers: a list for one would tell what that one looks at."""

Audience = Selection.Audience
OF_AGENTS: Final = (
    Audience.AGENT,
    Audience.SHARE,
    Audience.GROUP,
    Audience.CUSTOMER,
    Audience.LIBRARY,
    Audience.MOMENT,
    Audience.TELL,
)
"""Lists that are an agent's, so that ``subject_id`` is her user; all of them are made together."""

OF_ONE: Final = (Audience.CUSTOMER, Audience.TELL)
"""Those of a single customer of hers, who is their ``part``."""

OF_POSTS: Final = (Audience.LIBRARY, Audience.MOMENT, Audience.TELL)
OF_GOODS: Final = tuple(each for each in Audience if each not in OF_POSTS)


@dataclass(frozen=True)
class Why:
    """One reason as data: its ``code`` (see ``reasons``), the thing it speaks of by its id (0: none) and a number."""

    code: str
    about: int = 0
    number: int = 0


@dataclass(frozen=True)
class Entry:
    """One product on a list: why it stands there, the strongest reason first, and for whom of an agent's customers above all.

    On the lists of the library it is a post, and ``product_id`` its id: only ``matching.library`` writes and reads these.
    """

    product_id: int
    why: tuple[Why, ...] = ()
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A list as it was kept. ``is_due`` says that it is to be made anew."""

    audience: str
    subject_id: int
    part: int
    strategy: str
    entries: tuple[Entry, ...]
    people: int
    made_at: datetime
    is_due: bool
    experiment_id: int = 0


def as_rows(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return entries as they are stored."""
    return [
        {"p": entry.product_id, "w": [[why.code, why.about, why.number] for why in entry.why], "c": list(entry.people)}
        for entry in entries
    ]


def as_entries(rows: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Return stored entries as values."""
    return tuple(
        Entry(int(row["p"]), tuple(Why(*why) for why in row.get("w", ())), tuple(int(person) for person in row.get("c", ())))
        for row in rows
    )


def kept(row: Selection) -> Kept:
    """Return a stored list as a value."""
    return Kept(
        audience=row.audience,
        subject_id=row.subject_id,
        part=row.part,
        strategy=row.strategy,
        entries=as_entries(row.entries),
        people=row.people,
        made_at=row.made_at,
        is_due=row.due_at <= clock.now(),
        experiment_id=row.experiment_id,
    )


def keep(audience: str, subject_id: int, entries: Sequence[Entry], *, strategy: str, part: int = 0, people: int = 0) -> None:
    """Keep a list in place of the one before. One upsert: two workers side by side leave one of their two lists."""
    _write([_row(audience, subject_id, entries, strategy=strategy, part=part, people=people)])


def renew(audience: str, subject_id: int, entries: Sequence[Entry], *, strategy: str, people: int) -> bool:
    """Put a list in place of the one that is kept; False when there is none any more, because somebody gave it up meanwhile."""
    row = _row(audience, subject_id, entries, strategy=strategy, people=people)
    changed = {name: getattr(row, name) for name in ("strategy", "entries", "people", "made_at", "due_at")}
    return bool(Selection.objects.filter(audience=audience, subject_id=subject_id, part=0).update(**changed))


def keep_parts(audience: str, subject_id: int, lists: Mapping[int, tuple[Sequence[Entry], int]], *, strategy: str) -> None:
    """Keep several lists of one subject, each by its part, with how many people's acts it was made from. One upsert, none for none."""
    _write(
        [
            _row(audience, subject_id, entries, strategy=strategy, part=part, people=people)
            for part, (entries, people) in lists.items()
        ]
    )


def keep_many(audience: str, lists: Iterable[tuple[int, Sequence[Entry]]], *, strategy: str) -> None:
    """Keep the lists of many subjects."""
    _write([_row(audience, subject_id, entries, strategy=strategy) for subject_id, entries in lists])


def _row(audience: str, subject_id: int, entries: Sequence[Entry], *, strategy: str, part: int = 0, people: int = 0) -> Selection:
    now = clock.now()
    return Selection(
        audience=audience,
        subject_id=subject_id,
        part=part,
        strategy=strategy,
        entries=as_rows(entries),
        people=people,
        made_at=now,
        due_at=now + FRESH_FOR,
    )


def _write(rows: Sequence[Selection]) -> None:
    Selection.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["audience", "subject_id", "part"],
        update_fields=["strategy", "experiment_id", "entries", "people", "made_at", "due_at"],
    )


def note_experiments(audience: str, dealt: Mapping[int, int]) -> None:
    """Remember which experiment had a hand in lists that were made just now, by subject. One statement for each experiment."""
    for experiment_id in sorted(set(dealt.values()) - {0}):
        subjects = [subject_id for subject_id, by in dealt.items() if by == experiment_id]
        Selection.objects.filter(audience=audience, subject_id__in=subjects).update(experiment_id=experiment_id)


def make_due(**of: Any) -> int:
    """Let the lists of these columns be made anew as soon as the worker comes by; return how many there are."""
    now = clock.now()
    return Selection.objects.filter(**of, due_at__gt=now).update(due_at=now)


def make_agents_due(customer_id: int) -> int:
    """Let the lists of a customer's agent be made anew soon; return how many there are."""
    return make_due(audience__in=OF_AGENTS, subject_id__in=_agents_of(customer_id))


def _agents_of(customer_id: int) -> QuerySet[Binding, Any]:
    return Binding.objects.filter(customer_id=customer_id, status=Binding.Status.ACTIVE).values("shop__owner_id")


def forget_one(customer_id: int) -> int:
    """Delete what agents were advised to tell this one customer; return how many lists went."""
    return Selection.objects.filter(audience__in=OF_ONE, part=customer_id).delete()[0]


def unname(customer_id: int) -> None:
    """Take a customer's name from beside the goods that her agent may share. One statement, one more for each list that names her."""
    for row in Selection.objects.filter(audience=Audience.SHARE, subject_id__in=_agents_of(customer_id)):
        entries = [entry | {"c": [person for person in entry["c"] if person != customer_id]} for entry in row.entries]
        if entries != row.entries:
            # A list that the worker has made anew meanwhile knows better.
            Selection.objects.filter(pk=row.pk, made_at=row.made_at).update(entries=entries)


def take_out(product_id: int, **of: Any) -> None:
    """Take a product out of these lists at once; they are made anew soon."""
    for row in Selection.objects.filter(**of).iterator(chunk_size=200):
        entries = [entry for entry in row.entries if entry["p"] != product_id]
        if len(entries) < len(row.entries):
            # A list that the worker has made anew meanwhile knows better.
            Selection.objects.filter(pk=row.pk, made_at=row.made_at).update(entries=entries, due_at=clock.now())
