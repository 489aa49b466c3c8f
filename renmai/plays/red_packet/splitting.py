"""How the money of a pool is shared among its packets."""

import random
from functools import lru_cache

POOLS_KEPT = 32


@lru_cache(maxsize=POOLS_KEPT)
def shares(total_fen: int, packets: int, *, is_random: bool, seed: int) -> tuple[int, ...]:
    """Return what is in each packet, in the order in which they are opened: at least 1 fen each, and ``total_fen`` together.

    Equal packets differ by at most 1 fen. Random ones are drawn one after the other between 1 fen and twice the average of what is left,
    so that the first and the last opener can expect the same. The same seed gives the same packets. Raises ``ValueError`` for less
    than a fen each.
    """
    if not 1 <= packets <= total_fen:
        raise ValueError("every packet needs a fen")
    if not is_random:
        whole, rest = divmod(total_fen, packets)
        return tuple(whole + (place < rest) for place in range(packets))
    chance = random.Random(seed)  # noqa: S311  a game with published rules; nobody sees the seed before it is over  # nosec B311
    left_fen, found = total_fen, []
    for still in range(packets, 1, -1):
        # Whoever comes later must find a fen too: that is the second bound.
        most_fen = min(2 * left_fen // still - 1, left_fen - (still - 1))
        found.append(chance.randint(1, max(1, most_fen)))
        left_fen -= found[-1]
    return (*found, left_fen)
