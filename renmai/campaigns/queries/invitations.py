"""Who brought whom, as the rewards for it say: what ``fraud`` needs to see around one of them."""

from renmai.campaigns.models import Reward
from renmai.fraud.cases import InviteEdge

STEPS = 3
ROWS = 200


def invitations_around(people: set[int]) -> tuple[InviteEdge, ...]:
    """Return the invitations within three steps of ``people``, at most ``ROWS`` in each step. Three statements.

    An invitation counts with the first order it earned a reward for, whatever became of that reward.
    """
    found: dict[tuple[int, int], InviteEdge] = {}
    near = set(people)
    for _step in range(STEPS):
        rows = Reward.objects.filter(brought__isnull=False, order__paid_at__isnull=False)
        touching = rows.filter(beneficiary__in=near) | rows.filter(brought__in=near)
        columns = "beneficiary_id", "brought_id", "created_at", "order__paid_at"
        for inviter, invited, at, paid_at in touching.order_by("pk").values_list(*columns)[:ROWS]:
            earlier = found.get((inviter, invited))
            if invited is not None and paid_at is not None and (earlier is None or paid_at < earlier.first_order_at):
                found[inviter, invited] = InviteEdge(inviter, invited, at, paid_at)
        near = {pk for pair in found for pk in pair} | near
    return tuple(sorted(found.values()))
