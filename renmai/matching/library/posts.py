"""All published posts as columns, and what people read of them, so that a whole library is weighed at once."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from renmai.matching.shelf import Flags, Floats, Ints, Texts


@dataclass(frozen=True, kw_only=True)
class Posts:
    """``m`` published posts; every field has one entry, or one row, for each.

    ``goods`` (m × n) marks its goods that stand on the shelf, ``has_goods`` whether it ever had any. ``topics`` (m × t) marks what it is
    about, ``topic_ids`` say which. ``looks`` says how often it was opened, ``opened`` how often one of its goods
    from it. ``by_band`` (m × 7) and ``by_day`` (m × 2) are its looks by part of the day and by kind of day.
    """

    ids: Ints
    numbers: Texts
    source: Texts
    author: Ints
    age_days: Floats
    goods: sparse.csr_array
    has_goods: Flags
    topics: sparse.csr_array
    topic_ids: Ints
    looks: Ints
    opened: Ints
    by_band: Floats
    by_day: Floats

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, kw_only=True)
class Readers:
    """What a crowd read: ``topics`` (t) their looks by topic, everybody counting alike; ``had`` (m) the share of ``people`` to whom a post
    is nothing new or not welcome, because they opened it or muted its author; ``topic_people`` (t) how many read about each topic.
    """

    topics: Floats
    topic_people: Ints
    had: Floats
    people: int


def nobody(posts: Posts) -> Readers:
    """Return the readers of whom nothing is known."""
    topics = len(posts.topic_ids)
    return Readers(topics=np.zeros(topics), topic_people=np.zeros(topics, dtype=np.int64), had=np.zeros(len(posts)), people=0)
