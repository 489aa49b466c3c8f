"""Integer money: checks, splits and the only rounding of the product.

Every amount is an ``int`` in the minor unit of its currency. The name ends in ``_fen`` whatever the currency, so ``_fen`` reads
"minor units": fen for CNY, pence for GBP.
"""

from collections.abc import Sequence

from renmai.kernel.errors import DomainError

MAX_FEN = 10**13
"""Largest amount accepted anywhere: a hundred thousand million yuan, far inside a 64-bit integer after any sum."""

BASIS_POINTS = 10_000
SYMBOLS = {"CNY": "¥", "GBP": "£"}


def check_fen(amount_fen: object, *, minimum: int = 0) -> int:
    """Return ``amount_fen`` when it is a whole number within ``minimum`` … ``MAX_FEN``; raise ``money.amount`` otherwise.

    Floats and booleans are refused even when they are whole: a float has already lost its fen.
    """
    if type(amount_fen) is not int or not minimum <= amount_fen <= MAX_FEN:
        raise DomainError("money.amount")
    return amount_fen


def share_of(amount_fen: int, *, basis_points: int) -> int:
    """Return ``basis_points`` (1/10,000) of ``amount_fen``, rounded down so that shares never exceed the whole."""
    return amount_fen * basis_points // BASIS_POINTS


def split(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Split ``total_fen`` in proportion to ``weights`` by largest remainder; the parts always sum to the total.

    Ties go to the earlier part. Weights that are all zero split evenly. Raises ``ValueError`` for no or negative weights.
    """
    if not weights or min(weights) < 0:
        raise ValueError("a split needs non-negative weights")
    effective = list(weights) if any(weights) else [1] * len(weights)
    whole = sum(effective)
    parts = [total_fen * weight // whole for weight in effective]
    remainders = sorted(range(len(effective)), key=lambda i: (-(total_fen * effective[i] % whole), i))
    for index in remainders[: total_fen - sum(parts)]:
        parts[index] += 1
    return parts


def part_of_lot(total_fen: int, *, quantity: int, before: int, taken: int) -> int:
    """Return the money of ``taken`` pieces of a lot of ``quantity`` worth ``total_fen``, after ``before`` pieces went already.

    Cumulative rounding: however a lot is taken apart, its parts sum to ``total_fen`` exactly.
    """
    if not 0 <= before <= before + taken <= quantity:
        raise ValueError("more pieces than the lot holds")
    return total_fen * (before + taken) // quantity - total_fen * before // quantity


def spell(amount_fen: int, currency: str = "CNY") -> str:
    """Return an amount for sentences, the same in every language: ``¥1,234.50``, ``-£0.05``, ``USD 3.00``."""
    sign = "-" if amount_fen < 0 else ""
    whole, part = divmod(abs(amount_fen), 100)
    return f"{sign}{SYMBOLS.get(currency, f'{currency} ')}{whole:,}.{part:02d}"
