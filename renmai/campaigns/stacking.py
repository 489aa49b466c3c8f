"""Which layers of a price may be used together: one table, read by the quote, the editor and the documentation."""

from collections.abc import Sequence
from typing import Final

from renmai.campaigns.plays import Layer, Line
from renmai.kernel import money
from renmai.kernel.errors import DomainError

ORDER: Final = (Layer.PRICE, Layer.LEVEL, Layer.COUPON, Layer.RED_PACKET, Layer.POINTS)
"""How a price is worked out: each layer sees what those before it have left."""

TOGETHER: Final[dict[Layer, frozenset[Layer]]] = {
    Layer.PRICE: frozenset({Layer.RED_PACKET, Layer.POINTS}),
    Layer.LEVEL: frozenset({Layer.COUPON, Layer.RED_PACKET, Layer.POINTS}),
    Layer.COUPON: frozenset({Layer.LEVEL, Layer.RED_PACKET, Layer.POINTS}),
    Layer.RED_PACKET: frozenset({Layer.PRICE, Layer.LEVEL, Layer.COUPON, Layer.POINTS}),
    Layer.POINTS: frozenset({Layer.PRICE, Layer.LEVEL, Layer.COUPON, Layer.RED_PACKET}),
}
"""What may stand beside what. A play's price is the lowest there is: neither a membership's price nor a coupon comes on top of it."""


def check(layers: Sequence[Layer]) -> None:
    """Refuse layers that do not go together: ``campaigns.once`` for one that is there twice, ``campaigns.not_together``."""
    seen: list[Layer] = []
    for layer in layers:
        if layer is Layer.NONE:
            continue
        if layer in seen:
            raise DomainError("campaigns.once", first=layer.label)
        for other in seen:
            if other not in TOGETHER[layer]:
                raise DomainError("campaigns.not_together", first=other.label, second=layer.label)
        seen.append(layer)


def gives_way(automatic: Layer, chosen: Sequence[Layer]) -> bool:
    """Whether what is granted without asking steps back, because the customer chose something that it cannot stand beside."""
    return any(layer is automatic or (layer is not Layer.NONE and layer not in TOGETHER[automatic]) for layer in chosen)


def spread(off_fen: int, lines: Sequence[Line]) -> dict[int, int]:
    """Share ``off_fen`` among lines by what they cost still, by SKU: to the fen, and no line below zero while all together cost as much."""
    parts = money.split(off_fen, [line.amount_fen for line in lines])
    return {line.sku_id: part for line, part in zip(lines, parts, strict=True)}
