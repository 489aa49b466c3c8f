"""The logs that are evaluated, from files plain or packed with xz.

A line is one happening; its fields are whole numbers parted by tabs, commas or blanks. What the fields mean follows from the kind of evaluation and from
how many there are: see ``read_groups``, ``read_items``, ``read_steps`` and ``read_ties``. Ids need not be dense; goods and people that occur in no training
file are known to no model, yet they stay in the test (with whatever a model says of a stranger).
"""

import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from renmai.matching.recommenders.base import Index, Matrix, Pairs, Past, Practice, matrix_of, ones

PUT_ASIDE: Final = 0.15
MOST_ASIDE: Final = 15_000
MOST_LINES: Final = 20_000_000


class UnreadableLog(Exception):
    """A file is not in the format that was expected; the sentence says which line."""


@dataclass(frozen=True)
class Log:
    """What a run is made of: the past to learn from, and the pairs to predict, both in dense numbers."""

    past: Past
    test: Pairs

    @property
    def people(self) -> int:
        """How many people occur anywhere."""
        return self.past.people

    @property
    def goods(self) -> int:
        """How many goods occur anywhere."""
        return self.past.goods


@dataclass(frozen=True)
class Group:
    """Several people who took one good together; the first launched it."""

    people: tuple[int, ...]
    good: int


def lines(path: Path) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of each line that is not empty. Raises ``UnreadableLog``."""
    opened = lzma.open if path.suffix == ".xz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as text:
            for number, line in enumerate(text, start=1):
                if number > MOST_LINES:
                    raise UnreadableLog(f"{path.name} has more than {MOST_LINES} lines.")
                fields = line.replace(",", " ").split()
                if fields:
                    yield _numbers(fields, path, number)
    except (OSError, UnicodeDecodeError, lzma.LZMAError, EOFError) as error:
        raise UnreadableLog(f"{path.name} cannot be read ({error}).") from error


def _numbers(fields: Sequence[str], path: Path, number: int) -> tuple[int, ...]:
    try:
        return tuple(map(int, fields))
    except ValueError as error:
        raise UnreadableLog(f"{path.name}, line {number}: fields are whole numbers, not {' '.join(fields)[:60]!r}.") from error


def read_groups(files: Iterable[Path]) -> tuple[list[Group], list[tuple[int, int]]]:
    """Return the groups (initiator, good, participant…) and the launches that failed (initiator, good)."""
    groups, failed = [], []
    for path in files:
        for number, fields in enumerate(lines(path), start=1):
            if len(fields) == 2:
                failed.append((fields[0], fields[1]))
            elif len(fields) > 2:
                groups.append(Group((fields[0], *fields[2:]), fields[1]))
            else:
                raise UnreadableLog(f"{path.name}, line {number}: initiator, good and participants are expected.")
    return groups, failed


def read_items(files: Iterable[Path]) -> list[tuple[int, int]]:
    """Return who took what (person, good; further fields are left alone)."""
    found = []
    for path in files:
        for number, fields in enumerate(lines(path), start=1):
            if len(fields) < 2:
                raise UnreadableLog(f"{path.name}, line {number}: person and good are expected.")
            found.append((fields[0], fields[1]))
    return found


def read_steps(files: Iterable[Path]) -> list[tuple[int, int]]:
    """Return who touched what, oldest first (person, good, perhaps more, and last when); what has the same time stays in the order of the file."""
    found = []
    for path in files:
        for number, fields in enumerate(lines(path), start=1):
            if len(fields) < 3:
                raise UnreadableLog(f"{path.name}, line {number}: person, good and time are expected.")
            found.append(fields)
    found.sort(key=itemgetter(-1))
    return [(fields[0], fields[1]) for fields in found]


def read_ties(files: Iterable[Path]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return who knows whom (person, person) and what one shared with the other (…, good) as a wish of both."""
    ties, wishes = [], []
    for path in files:
        for number, fields in enumerate(lines(path), start=1):
            if len(fields) not in (2, 3):
                raise UnreadableLog(f"{path.name}, line {number}: two people and perhaps a good are expected.")
            ties.append((fields[0], fields[1]))
            wishes += [(person, fields[2]) for person in fields[:2] if len(fields) == 3]
    return ties, wishes


class Numbers:
    """Dense numbers for ids, in ascending order of id."""

    def __init__(self, ids: Iterable[int]) -> None:
        self.ids = np.unique(np.fromiter(ids, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ids)

    def of(self, ids: Sequence[int]) -> Index:
        """Return the numbers of ids that are known to be there."""
        return np.searchsorted(self.ids, np.asarray(ids, dtype=np.int64)).astype(np.int32)


def groups_log(train: Sequence[Path], test: Path, friends: Sequence[Path], *, seed: int) -> Log:
    """Read a log of group buys; the pairs to predict are the initiators of ``test`` and what they launched with success."""
    groups, failed = read_groups(train)
    asked, _ = read_groups([test])
    ties, _ = read_ties(friends)
    people = Numbers([*(who for one in (*groups, *asked) for who in one.people), *(who for who, _ in failed), *_flat(ties)])
    goods = Numbers([*(one.good for one in (*groups, *asked)), *(good for _, good in failed)])
    known = _Groups(people, goods, failed=failed, ties=ties)
    past = known.past(groups)
    aside = np.random.default_rng(seed).random(len(groups)) < min(PUT_ASIDE, MOST_ASIDE / max(len(groups), 1))
    put_aside = [one for one, out in zip(groups, aside, strict=True) if out]
    practice = Practice(known.past([one for one, out in zip(groups, aside, strict=True) if not out]), known.launched(put_aside))
    return _log(past, practice, known.launched(asked))


class _Groups:
    def __init__(self, people: Numbers, goods: Numbers, *, failed: list[tuple[int, int]], ties: list[tuple[int, int]]) -> None:
        self.people, self.goods = people, goods
        self.shape = (len(people), len(goods))
        self.failed = matrix_of(_pairs(failed, people, goods), self.shape)
        self.ties = ties

    def launched(self, groups: Sequence[Group]) -> Pairs:
        return _pairs([(one.people[0], one.good) for one in groups], self.people, self.goods)

    def past(self, groups: Sequence[Group]) -> Past:
        joined = _pairs([(who, one.good) for one in groups for who in one.people[1:]], self.people, self.goods)
        aimed = matrix_of(self.launched(groups), self.shape)
        bought_with = [(one.people[0], who) for one in groups for who in one.people[1:]]
        return Past(
            taken=ones(aimed + matrix_of(joined, self.shape)),
            aimed=aimed,
            wished=self.failed,
            ties=_ties([*bought_with, *self.ties], self.people),
        )


def items_log(train: Sequence[Path], test: Path, friends: Sequence[Path], *, seed: int) -> Log:
    """Read a log of purchases; the pairs to predict are those of ``test``."""
    taken, asked = read_items(train), read_items([test])
    ties, wishes = read_ties(friends)
    people = Numbers([*(who for who, _ in (*taken, *asked, *wishes)), *_flat(ties)])
    goods = Numbers(good for _, good in (*taken, *asked, *wishes))
    shape = (len(people), len(goods))
    pairs, wished = _pairs(taken, people, goods), matrix_of(_pairs(wishes, people, goods), shape)
    known = _ties(ties, people)

    def past(some: Pairs) -> Past:
        matrix = matrix_of(some, shape)
        return Past(taken=matrix, aimed=matrix, wished=wished, ties=known)

    aside = one_of_each(pairs, len(people), seed=seed)
    practice = Practice(past(pairs.part(~aside)), pairs.part(aside))
    return _log(past(pairs), practice, _pairs(asked, people, goods))


def steps_log(train: Sequence[Path], test: Path, friends: Sequence[Path], *, seed: int) -> Log:
    """Read a log of steps; the pairs to predict are what people touch in ``test`` and did not touch before.

    Of each person the good that she came to last is put aside for practice, with all her steps on it.
    """
    steps, asked = read_steps(train), read_steps([test])
    ties, _ = read_ties(friends)
    people = Numbers([*(who for who, _ in (*steps, *asked)), *_flat(ties)])
    goods = Numbers(good for _, good in (*steps, *asked))
    walked, known = _pairs(steps, people, goods), _ties(ties, people)
    new = sorted(set(asked) - set(steps))

    def past(some: Pairs) -> Past:
        matrix = matrix_of(some, (len(people), len(goods)))
        ends = np.searchsorted(some.people, np.arange(len(people) + 1))
        tracks = [some.goods[start:end] for start, end in pairwise(ends.tolist())]
        return Past(taken=matrix, aimed=matrix, wished=sp.csr_matrix(matrix.shape, dtype=np.float32), ties=known, tracks=tracks)

    walked = walked.part(np.argsort(walked.people, kind="stable"))
    last = last_new(walked)
    aside = Pairs(walked.people[last], walked.goods[last])
    is_aside = np.isin(
        walked.people.astype(np.int64) * len(goods) + walked.goods, aside.people.astype(np.int64) * len(goods) + aside.goods
    )
    return _log(past(walked), Practice(past(walked.part(~is_aside)), aside), _pairs(new, people, goods))


def last_new(walked: Pairs) -> NDArray[np.int64]:
    """Return, for each person who touched two goods or more, the position of the first step on the good that she came to last.

    ``walked`` is ordered by person and within her by time.
    """
    _, first = np.unique(np.stack([walked.people, walked.goods]), axis=1, return_index=True)
    first = np.sort(first)
    who = walked.people[first]
    is_last = np.append(who[1:] != who[:-1], True)
    has_two = np.append(False, who[1:] == who[:-1])
    found: NDArray[np.int64] = first[is_last & has_two]
    return found


def one_of_each(pairs: Pairs, people: int, *, seed: int) -> NDArray[np.bool_]:
    """Return a mask with one pair at random of each person who has at least two, of at most ``MOST_ASIDE`` people."""
    dice = np.random.default_rng(seed)
    order = dice.permutation(len(pairs))
    _, first = np.unique(pairs.people[order], return_index=True)
    chosen = order[first]
    chosen = chosen[np.bincount(pairs.people, minlength=people)[pairs.people[chosen]] >= 2]
    mask = np.zeros(len(pairs), dtype=np.bool_)
    mask[dice.permutation(chosen)[:MOST_ASIDE]] = True
    return mask


def _log(past: Past, practice: Practice, test: Pairs) -> Log:
    if not len(practice.pairs):
        raise UnreadableLog("The training files have too few people who took two goods: there is nothing to learn on.")
    if not len(test):
        raise UnreadableLog("The test file has nothing to predict.")
    return Log(replace(past, practice=practice), test)


def _flat(ties: Iterable[tuple[int, int]]) -> Iterator[int]:
    for one, other in ties:
        yield one
        yield other


def _pairs(rows: Sequence[tuple[int, int]], people: Numbers, goods: Numbers) -> Pairs:
    return Pairs(people.of([who for who, _ in rows]), goods.of([good for _, good in rows]))


def _ties(rows: Sequence[tuple[int, int]], people: Numbers) -> Matrix:
    one, other = people.of([one for one, _ in rows]), people.of([other for _, other in rows])
    values = np.ones(len(rows), dtype=np.float32)
    half = sp.csr_matrix((values, (one, other)), shape=(len(people), len(people)))
    whole = sp.csr_matrix(half + half.T)
    whole.setdiag(0)
    return ones(whole)
