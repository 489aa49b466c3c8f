"""How a price comes down: pure arithmetic in fen, drawn from a bargain's own seed, so that every cut can be worked out again.

While helpers are still to come, each cut leaves at least one fen for each of them; the last one takes all that is left. So every
path lands on the floor exactly, whoever helps and in whatever order.
"""

from hashlib import sha256

from renmai.kernel.money import BASIS_POINTS

EQUAL, RANDOM = "equal", "random"
LEAST_FEN = 1


def has_room(start_fen: int, floor_fen: int, *, helpers: int) -> bool:
    """Whether every helper's cut can be worth at least one fen."""
    return start_fen - floor_fen >= helpers * LEAST_FEN


def first_cut(way_fen: int, *, helpers: int, least: int, most: int, seed: str) -> int:
    """Return the starter's own cut of the ``way_fen`` between price and floor: between ``least`` and ``most`` basis points of it.

    Never so much that a helper's cut would be worth nothing. In fen, 0 when both bounds are.
    """
    share = least + draw(seed, 0, most - least + 1)
    return min(way_fen * share // BASIS_POINTS, way_fen - helpers * LEAST_FEN)


def cut(left_fen: int, *, helpers_left: int, kind: str, seed: str) -> int:
    """Return the next helper's cut of the ``left_fen`` above the floor, with ``helpers_left`` to come, this one counted.

    ``kind`` ``equal`` shares evenly, ``random`` draws up to twice the even share. At least one fen, if there is one for each.
    """
    if helpers_left < 1 or left_fen < helpers_left * LEAST_FEN:
        raise AssertionError(f"{left_fen} fen for {helpers_left} helpers")
    if helpers_left == 1:
        return left_fen
    even = left_fen // helpers_left
    if kind == EQUAL:
        return even
    most = min(2 * even, left_fen - (helpers_left - 1) * LEAST_FEN)
    return LEAST_FEN + draw(seed, helpers_left, most)


def draw(seed: str, number: int, below: int) -> int:
    """Return a whole number from 0 to ``below`` − 1, the same for ever for the same seed and number."""
    return int.from_bytes(sha256(f"{seed}:{number}".encode()).digest()[:8]) % below
