"""Which models are compared: the baselines, what the blend is made of, and the blend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from renmai.matching.recommenders.base import Past, Recommender
from renmai.matching.recommenders.blend import Blend, Level
from renmai.matching.recommenders.factors import Ease, LeastSquares
from renmai.matching.recommenders.filtering import GraphFilter
from renmai.matching.recommenders.friends import Friends, FriendsTaste, Joined
from renmai.matching.recommenders.neighbours import PLAIN_COSINE, ItemNeighbours, Likeness
from renmai.matching.recommenders.popularity import Popularity
from renmai.matching.recommenders.sessions import Successors, TrackNeighbours

EASE_GOODS: Final = 8_000
"""With more goods than this EASE is left out: its dense inverse would see only a part of them."""

WIDE: Final = Likeness(shrink=30.0, lean=0.3)


@dataclass(frozen=True)
class Lineup:
    """The models of one run. ``parts`` are compared alone and make up ``blend``; ``extra`` are made of the blend's own parts."""

    baselines: Sequence[Recommender]
    parts: Sequence[Recommender]
    blend: Blend
    level: Level

    @property
    def models(self) -> tuple[Recommender, ...]:
        """All of them, in the order of the table."""
        return (*self.baselines, *self.parts, self.blend, self.level)


def lineup(past: Past, *, wishes_are_hers: bool) -> Lineup:
    """Return the models that make sense for a past: those of friends where there are ties, of order where it is known.

    ``wishes_are_hers``: a wish is her own doing (a launch that failed), so every model takes it for half a purchase; otherwise it
    came from others (they shared it with her), and only the models named for it look at it.
    """
    parts: list[Recommender] = [
        ItemNeighbours(Likeness(), name="neighbours, damped", with_wishes=wishes_are_hers),
        ItemNeighbours(WIDE, name="neighbours, wide", with_wishes=wishes_are_hers),
        LeastSquares(with_wishes=wishes_are_hers),
        GraphFilter(rank=16, ideal=3.0, with_wishes=wishes_are_hers),
        GraphFilter(name="taste", rank=64, linear=False, with_wishes=wishes_are_hers),
    ]
    if past.wished.nnz and not wishes_are_hers:
        parts.append(ItemNeighbours(Likeness(), name="neighbours + wishes"))
    if past.ties.nnz:
        parts += [
            Friends(),
            Friends(busy=0.5, name="friends, damped"),
            Friends(hops=2, busy=0.5, name="friends of friends"),
            FriendsTaste(Likeness()),
            FriendsTaste(WIDE, name="circle's taste", own=1.0),
        ]
    if past.aimed.nnz < past.taken.nnz:
        parts.append(Joined())
    if past.tracks is not None:
        parts += [Successors(), TrackNeighbours()]
    if past.goods <= EASE_GOODS:
        parts.append(Ease(with_wishes=wishes_are_hers))
    blend = Blend(parts)
    plain = ItemNeighbours(PLAIN_COSINE, name="item neighbours", with_wishes=False)
    return Lineup((Popularity(), plain), tuple(parts), blend, Level(blend))
