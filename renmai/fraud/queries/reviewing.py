"""How suspicious a reward is: the people around it are read with a bounded number of statements and judged by the scorecard."""

from collections.abc import Sequence
from datetime import datetime

from renmai.fraud.cases import InviteEdge, Outcome, Person, Review
from renmai.fraud.features import REACH, World, measure
from renmai.fraud.queries.surroundings import surroundings
from renmai.fraud.scorecard import SELF, judge, judge_all
from renmai.ordering.models import Order

EDGES_AT_ONCE = 200
JUDGED_AT_ONCE = 50


def review(
    beneficiary_id: int,
    *,
    brought_id: int | None,
    order_id: int | None,
    at: datetime,
    edges: Sequence[InviteEdge] = (),
) -> Review:
    """Advise on one reward that is due at ``at``. At most sixteen statements.

    ``brought_id`` is whom the beneficiary brought (None when the reward is for nobody else's purchase), ``order_id`` the order that
    earned it, ``edges`` other invitations near theirs, as far as the caller knows them: without them half of the evidence is missing.
    """
    if brought_id == beneficiary_id:
        return SELF
    known = sorted(set(edges))[:EDGES_AT_ONCE]
    two = {beneficiary_id, brought_id or beneficiary_id}
    world = surroundings(two | {pk for edge in known for pk in (edge.inviter_id, edge.invited_id)}, known, at)
    invited = world.people.get(brought_id or beneficiary_id)
    if invited is None or beneficiary_id not in world.people:
        return Review(Outcome.PAY, 0)
    mine = [edge for edge in known if (edge.inviter_id, edge.invited_id) == (beneficiary_id, brought_id)]
    edge = mine[0] if mine else _edge(beneficiary_id, invited, _bought_at(order_id, invited, at))
    if brought_id is not None and not mine:
        world = World(world.people, (*known, edge), at)
    return judge(measure(world, edge))


def review_many(edges: Sequence[InviteEdge], *, at: datetime, around: Sequence[InviteEdge] = ()) -> list[Review]:
    """Advise on the reward of every edge as of ``at``, in their order; ``around`` are further invitations near them.

    Fifteen statements for every ``JUDGED_AT_ONCE`` edges; the invitations of all of them count for each.
    """
    everything = [*edges, *around]
    found: list[Review] = []
    for start in range(0, len(edges), JUDGED_AT_ONCE):
        part = edges[start : start + JUDGED_AT_ONCE]
        near = _near(part, everything)
        people = {pk for edge in near for pk in (edge.inviter_id, edge.invited_id)}
        found += judge_all(surroundings(people, near, at), part)
    return found


def _near(part: Sequence[InviteEdge], everything: Sequence[InviteEdge]) -> list[InviteEdge]:
    """Return ``part`` and the invitations within ``REACH`` steps of it."""
    found: set[InviteEdge] = set(part)
    for _step in range(REACH):
        people = {pk for edge in found for pk in (edge.inviter_id, edge.invited_id)}
        found |= {edge for edge in everything if edge.inviter_id in people or edge.invited_id in people}
    return sorted(found)


def _edge(beneficiary_id: int, invited: Person, bought_at: datetime) -> InviteEdge:
    return InviteEdge(beneficiary_id, invited.person_id, invited.joined_at, bought_at)


def _bought_at(order_id: int | None, invited: Person, at: datetime) -> datetime:
    """Return when the invited first bought: the order that earned the reward when nothing earlier is known."""
    moments = [row.paid_at for row in invited.purchases]
    if not moments and order_id is not None:
        moments = [row for row in Order.objects.filter(pk=order_id).values_list("paid_at", flat=True) if row]
    return min(moments, default=at)
