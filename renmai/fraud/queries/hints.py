"""What two people have in common, read from the rows themselves: for a look before anything is promised."""

from renmai.fraud.cases import Kind, Mark
from renmai.fraud.sources import SOURCES

TELLING = frozenset({Kind.DEVICE, Kind.PHONE, Kind.PAYOUT})
"""What one person has for herself; an address or a network is shared by whoever lives or works there."""

ROWS = 500


def in_common(one_id: int, other_id: int) -> frozenset[Kind]:
    """Return in which ways two people look like one: the same browser, phone or payout account. Five statements.

    No proof: a family shares a tablet. A reason to look, never to refuse.
    """
    seen: dict[int, set[Mark]] = {one_id: set(), other_id: set()}
    for source in SOURCES:
        rows = source.rows().filter(**{f"{source.owner}__in": [one_id, other_id]}).order_by("-pk")
        for sighting in source.read(list(rows[:ROWS])):
            seen[sighting.user_id].add(sighting.mark)
    return frozenset(mark.kind for mark in seen[one_id] & seen[other_id] if mark.kind in TELLING)
