"""What a suggestion that was taken up is worth is shared with who made it, and never counted twice.

A product was changed by somebody's suggestion; who buys it afterwards pays for that too. So of what a buyer is worth, the part that her
orders of that product after the change have in all that she kept paying rests on it, and a share of that part counts for who suggested it. Whatever
one gets a buyer gives, so all together are worth exactly what their own orders are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from renmai.kernel.money import share_of, split


@dataclass(frozen=True)
class Bought:
    """What a buyer kept paying for goods that were changed by the suggestions of ``authors``, in fen. Each author stands there once."""

    buyer: int
    authors: tuple[int, ...]
    kept_fen: int


@dataclass(frozen=True)
class Credit:
    """One person's balance: what she passes on to who suggested what she buys, and what she gets for what she suggested."""

    passed_on_fen: int = 0
    received_fen: int = 0


def credited(
    own_fen: Mapping[int, int], kept_fen: Mapping[int, int], bought: Iterable[Bought], *, basis_points: int
) -> dict[int, Credit]:
    """Return everybody's balance; Σ passed on = Σ received, to the fen.

    ``own_fen`` is what each person's own orders are worth, ``kept_fen`` all she kept paying. Who is not in ``own_fen`` gets and gives nothing,
    nobody gives herself anything, and whose orders are worth nothing has nothing to give. Several authors share evenly.
    """
    passed: dict[int, int] = dict.fromkeys(own_fen, 0)
    received: dict[int, int] = dict.fromkeys(own_fen, 0)
    left = dict(kept_fen)
    for each in sorted(bought, key=lambda one: (one.buyer, one.authors)):
        own, kept = own_fen.get(each.buyer, 0), kept_fen.get(each.buyer, 0)
        part = min(each.kept_fen, left.get(each.buyer, 0))
        if own <= 0 or part <= 0:
            continue
        left[each.buyer] -= part
        share = share_of(own * part // kept, basis_points=basis_points)
        for author, fen in zip(each.authors, split(share, [1] * len(each.authors)), strict=True):
            if author in own_fen and author != each.buyer:
                passed[each.buyer] += fen
                received[author] += fen
    return {person: Credit(passed[person], received[person]) for person in own_fen}
