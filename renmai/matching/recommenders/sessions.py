"""What comes next: models that look at the order in which somebody did things (``Past.tracks``).

``Successors`` counts what followed what; ``TrackNeighbours`` finds the tracks that look like hers (V-SKNN of Ludewig and Jannach 2018: her latest steps
count most, and rare goods more than common ones).
"""

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
import scipy.sparse as sp

from renmai.matching.recommenders.base import Index, Matrix, Past, Recommender, Scores, sums

STEP: Final = 0.9
"""What a step counts against the one after it: somebody's last steps say most."""

LOOKED_BACK: Final = 40
REACH: Final = 5
LIKE_HER: Final = 150


class Successors(Recommender):
    """What followed what within ``REACH`` steps, each pair counted as 1/distance; asked by her last steps."""

    name = "what follows what"

    def fit(self, past: Past) -> Self:
        """Count the steps. ``past.tracks`` must be there."""
        tracks = tracks_of(past)
        self.last = last_steps(tracks, past.goods)
        after = sp.csr_matrix((past.goods, past.goods), dtype=np.float32)
        for distance in range(1, REACH + 1):
            one = np.concatenate([track[:-distance] for track in tracks])
            other = np.concatenate([track[distance:] for track in tracks])
            weights = np.full(len(one), 1 / distance, dtype=np.float32)
            after += sp.csr_matrix((weights, (one, other)), shape=after.shape)
        self.after = sp.csr_matrix(after)
        return self

    def scores(self, people: Index) -> Scores:
        """Return what followed the last steps of each person."""
        return np.asarray((self.last[people] @ self.after).toarray(), dtype=np.float32)


class TrackNeighbours(Recommender):
    """What is in the ``LIKE_HER`` tracks most like hers, which are other people's."""

    name = "tracks like hers"

    def fit(self, past: Past) -> Self:
        """Keep the tracks. ``past.tracks`` must be there."""
        self.last = last_steps(tracks_of(past), past.goods)
        self.taken = past.taken
        self.rarity = np.log((past.people + 1) / (sums(past.taken, 0) + 1)).astype(np.float32)
        self.length = np.sqrt(np.maximum(sums(past.taken, 1), 1)).astype(np.float32)
        return self

    def scores(self, people: Index) -> Scores:
        """Return the goods of their nearest neighbours' tracks."""
        likeness = (self.last[people].multiply(self.rarity).tocsr() @ self.taken.T).toarray() / self.length
        likeness[np.arange(len(people)), people] = 0
        if likeness.shape[1] > LIKE_HER:
            bar = np.partition(likeness, -LIKE_HER, axis=1)[:, -LIKE_HER, None]
            likeness[likeness < bar] = 0
        return np.asarray((sp.csr_matrix(likeness) @ self.taken).toarray() * self.rarity, dtype=np.float32)


def tracks_of(past: Past) -> Sequence[Index]:
    """Return what each person touched in order. Raises ``ValueError`` for a past that does not know the order."""
    if past.tracks is None:
        raise ValueError("this model needs past.tracks, and there are none")
    return past.tracks


def last_steps(tracks: Sequence[Index], goods: int) -> Matrix:
    """Return people × goods: ``STEP`` to the power of how many steps ago somebody touched a good last, of her last ``LOOKED_BACK``."""
    last = [track[-LOOKED_BACK:] for track in tracks]
    lengths = [len(track) for track in last]
    ago = np.concatenate([np.arange(length)[::-1] for length in lengths])
    rows, columns = np.repeat(np.arange(len(tracks)), lengths), np.concatenate(last)
    order = np.lexsort((ago, columns, rows))
    rows, columns, ago = rows[order], columns[order], ago[order]
    latest = np.ones(len(rows), dtype=np.bool_)
    latest[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    weights = (STEP ** ago[latest]).astype(np.float32)
    return sp.csr_matrix((weights, (rows[latest], columns[latest])), shape=(len(tracks), goods))
