"""How well posts suit a crowd, and a moment: factors as for goods (``matching.scoring``), each asking one question of what is known.

The fit of its goods is the score that the same crowd gives to goods. A factor without evidence is equal for all posts and changes nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from renmai.matching import scoring
from renmai.matching.library.moments import Moment
from renmai.matching.library.posts import Posts, Readers
from renmai.matching.shelf import MONTHS, Flags, Floats, Shelf
from renmai.matching.strategies import SEASON

WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "goods": 0.6,
        "topic": 0.6,
        "read": 0.8,
        "fresh": 0.5,
        "moment": 1.0,
        "season": 0.2,
    }
)
"""What each factor counts for, in standard deviations of the posts that are to be ranked. Chosen on seeded libraries 31 to 38.

Orders that came from a post and how many of the crowd had it already brought nothing there beside these: the first is no factor, the second a
rule (``HAD_MOST``)."""

HAD_MOST: Final = 0.5
"""What so great a part of a crowd had already is not told it again."""

FRESH_DAYS: Final = 14.0
SHRINK_READ: Final = 30.0
SHRINK_MOMENT: Final = 20.0
SHRINK_SEASON: Final = 10.0


def factors(
    shelf: Shelf, posts: Posts, readers: Readers, *, fits: Floats, buyable: Flags, moment: Moment | None = None
) -> dict[str, Floats]:
    """Return what each factor says of every post (m each). ``fits`` (n) scores goods for the crowd, ``buyable`` (n) those that count."""
    best, mean = _of_goods(posts, fits, buyable)
    found = {
        "goods": (best + mean) / 2.0,
        "topic": _of_topics(posts, readers),
        "read": np.log(_rate(posts.opened, posts.looks, SHRINK_READ)),
        "fresh": np.exp(-posts.age_days / FRESH_DAYS),
    }
    if moment is not None:
        found["moment"] = _lift(posts, posts.by_band, moment.band) + _lift(posts, posts.by_day, moment.day)
        found["season"] = _of_season(shelf, posts, moment.month, buyable)
    return found


def weighed(
    parts: Mapping[str, Floats], candidates: Flags, weights: Mapping[str, float] = WEIGHTS
) -> tuple[Floats, dict[str, Floats]]:
    """Return the score of every post, and how much each factor added to it."""
    added = scoring.contributions(parts, candidates, weights)
    return scoring.total(added, len(candidates)), added


def share_at(posts: Posts, counts: Floats, at: int) -> Floats:
    """Return, for each post, which part of the looks at posts like it came in one column of ``counts``: its topics', then its own (m)."""
    whole = _share_of_all(counts, at)
    of_topics = posts.topics.T @ counts
    by_topic = (of_topics[:, at] + SHRINK_MOMENT * whole) / (of_topics.sum(axis=1) + SHRINK_MOMENT)
    topics = np.asarray(posts.topics.sum(axis=1)).ravel()
    prior = np.where(topics > 0, (posts.topics @ by_topic) / np.maximum(topics, 1), whole)
    found: Floats = (counts[:, at] + SHRINK_MOMENT * prior) / (counts.sum(axis=1) + SHRINK_MOMENT)
    return found


def best_good(posts: Posts, place: int, *, fits: Floats, buyable: Flags) -> int | None:
    """Return the place on the shelf of the best of a post's goods for the crowd; None for a post without any that can be bought."""
    at = posts.goods[[place]].indices
    at = at[buyable[at]]
    return int(at[np.argmax(fits[at])]) if len(at) else None


def _of_goods(posts: Posts, fits: Floats, buyable: Flags) -> tuple[Floats, Floats]:
    """Return the best and the mean of each post's goods; posts without goods stand at the mean of the others."""
    row, column = posts.goods.nonzero()
    counts = buyable[column]
    row, scores = row[counts], fits[column[counts]]
    number = np.bincount(row, minlength=len(posts)).astype(np.float64)
    best = np.full(len(posts), -np.inf)
    np.maximum.at(best, row, scores)
    mean = np.bincount(row, weights=scores, minlength=len(posts)) / np.maximum(number, 1.0)
    some = number > 0
    if not some.any():
        return np.zeros(len(posts)), np.zeros(len(posts))
    return np.where(some, best, best[some].mean()), np.where(some, mean, mean[some].mean())


def _of_topics(posts: Posts, readers: Readers) -> Floats:
    """Return which part of what the crowd read was about a post's topics, the best of them."""
    shares = readers.topics / (readers.topics.sum() or 1.0)
    weighted = posts.topics.multiply(shares[None, :]).tocsr()
    return np.asarray(weighted.max(axis=1).todense()).ravel() if weighted.shape[1] else np.zeros(len(posts))


def _rate(part: np.ndarray, of: np.ndarray, shrink: float) -> Floats:
    """Return a share of looks shrunk to the share of all posts; never zero."""
    total = float(of.sum())
    mean = (float(part.sum()) + 1.0) / (total + 100.0)
    found: Floats = (part + shrink * mean) / (of + shrink)
    return found


def _lift(posts: Posts, counts: Floats, at: int) -> Floats:
    """Return the logarithm of how much more of its looks come in this column than of all looks."""
    found: Floats = np.log(share_at(posts, counts, at) / _share_of_all(counts, at))
    return found


def _share_of_all(counts: Floats, at: int) -> float:
    return (float(counts[:, at].sum()) + 1.0) / float(counts.sum() + counts.shape[1])


def _of_season(shelf: Shelf, posts: Posts, month: int, buyable: Flags) -> Floats:
    """Return the logarithm of how much more its goods sell around this month than the whole shelf does (mean of its goods)."""
    months = [(month - 1 + step) % MONTHS for step in (-1, 0, 1)]
    around = shelf.by_month[:, months] @ np.array(SEASON)
    whole = (float(around.sum()) + 1.0) / (float(shelf.by_month.sum()) + MONTHS)
    lifts = np.log((around + SHRINK_SEASON * whole) / (shelf.by_month.sum(axis=1) + SHRINK_SEASON) / whole)
    return _of_goods(posts, lifts, buyable)[1]
