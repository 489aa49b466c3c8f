"""What somebody is worth is shared with who brought her, and never counted twice.

Somebody who came through another's link would not have come without her. So a part of what she is worth goes to who brought her; of what comes in
that way, the same part goes on to who brought that one, and so on up. Whatever one gets another gives, so all together are worth exactly what
their own orders are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from renmai.kernel.money import share_of


@dataclass(frozen=True)
class Shares:
    """One person's balance: her value is own − passed on + received."""

    own_fen: int
    passed_on_fen: int
    received_fen: int

    @property
    def value_fen(self) -> int:
        """What she is worth with word of mouth."""
        return self.own_fen - self.passed_on_fen + self.received_fen


def shared(own_fen: Mapping[int, int], brought_by: Mapping[int, int], *, basis_points: int) -> dict[int, Shares]:
    """Return everybody's balance; Σ value = Σ own, to the fen, whatever the links.

    ``own_fen`` is what each person's own orders are worth, ``brought_by`` who brought whom; who is not in ``own_fen`` gets and gives
    nothing. A circle (she brought who brought her) is opened at its largest number: nobody is paid by herself.
    """
    above = without_circles({who: by for who, by in brought_by.items() if who in own_fen and by in own_fen and who != by})
    passed: dict[int, int] = dict.fromkeys(own_fen, 0)
    received: dict[int, int] = dict.fromkeys(own_fen, 0)
    for person in _furthest_first(above):
        part = share_of(own_fen[person] + received[person], basis_points=basis_points)
        passed[person] = part
        received[above[person]] += part
    return {person: Shares(own, passed[person], received[person]) for person, own in own_fen.items()}


def without_circles(above: Mapping[int, int]) -> dict[int, int]:
    """Return the same links without the one in each circle that starts at its largest number."""
    kept = dict(above)
    done: set[int] = set()
    for start in above:
        path: list[int] = []
        at = start
        while at in kept and at not in done:
            done.add(at)
            path.append(at)
            at = kept[at]
        if at in path:
            del kept[max(path[path.index(at) :])]
    return kept


def _furthest_first(above: Mapping[int, int]) -> list[int]:
    """Return who passes something on, everybody after all those whom she brought."""
    waiting: dict[int, int] = {}
    for by in above.values():
        waiting[by] = waiting.get(by, 0) + 1
    ready = [person for person in above if person not in waiting]
    order: list[int] = []
    while ready:
        person = ready.pop()
        order.append(person)
        by = above[person]
        waiting[by] -= 1
        if not waiting[by] and by in above:
            ready.append(by)
    return order
