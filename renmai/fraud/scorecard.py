"""The scorecard: what counts against a reward, and how much. A sum, so that everybody can check it by hand.

The points were fitted by ``python -m tools.scorecard`` on invented towns (docs/fraud.md); ten more points double the odds that a ring
is behind the invitation. Of the rows of one feature only the highest that is reached counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from renmai.fraud.cases import InviteEdge, Outcome, Reason, Review
from renmai.fraud.features import World, measure

HOLD_FROM = 90
POINTS_PER_DOUBLING = 10


@dataclass(frozen=True)
class Row:
    """One line of the card: from ``minimum`` of its feature on it adds ``points``."""

    feature: str
    minimum: int
    points: int


CARD: tuple[Row, ...] = (
    Row("device_apart", 1, 9),
    Row("device_apart", 3, 44),
    Row("device", 4, 12),
    Row("device", 8, 26),
    Row("payout_apart", 1, 11),
    Row("payout_apart", 3, 47),
    Row("payout", 3, 5),
    Row("phone_apart", 3, 25),
    Row("phone", 5, 24),
    Row("block", 1, 32),
    Row("block", 3, 60),
    Row("newcomers", 4, 14),
    Row("newcomers", 8, 31),
    Row("newcomers", 15, 42),
    Row("burst", 2, 40),
    Row("burst", 4, 50),
    Row("burst", 10, 60),
    Row("all_at_once", 3, 26),
    Row("all_at_once", 6, 55),
    Row("came_once", 3, 21),
    Row("came_once", 6, 24),
    Row("went_back", 2, 38),
    Row("went_back", 4, 57),
    Row("green", 4, 57),
    Row("green", 7, 60),
    Row("inviter_known", 1, -26),
    Row("came_back", 1, -6),
)
SELF = Review(Outcome.HOLD, 100, (Reason("self", 100),))
"""Somebody who brought herself needs no card."""


def matching(features: Mapping[str, int], card: Sequence[Row] = CARD) -> list[Row]:
    """Return the rows that apply: of each feature the highest reached."""
    found = []
    for name, rows in groupby(card, key=lambda row: row.feature):
        reached = [row for row in rows if features[name] >= row.minimum]
        if reached:
            found.append(max(reached, key=lambda row: row.minimum))
    return found


def judge(features: Mapping[str, int]) -> Review:
    """Return the advice on what was measured, with the reasons that weigh most first."""
    reasons = [Reason(row.feature, row.points, features[row.feature]) for row in matching(features) if row.points]
    score = sum(reason.points for reason in reasons)
    ordered = tuple(sorted(reasons, key=lambda reason: (-reason.points, reason.code)))
    return Review(Outcome.HOLD if score >= HOLD_FROM else Outcome.PAY, score, ordered)


def judge_all(world: World, edges: Iterable[InviteEdge]) -> list[Review]:
    """Return the advice on every edge, in their order. An edge with somebody unknown to the world is held by nobody: it is paid."""
    return [judge_edge(world, edge) for edge in edges]


def judge_edge(world: World, edge: InviteEdge) -> Review:
    """Return the advice on one edge."""
    if edge.inviter_id == edge.invited_id:
        return SELF
    if edge.inviter_id not in world.people or edge.invited_id not in world.people:
        return Review(Outcome.PAY, 0)
    return judge(measure(world, edge))
