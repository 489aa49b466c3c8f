"""The page of the documentation about prices with several layers: the table, and an example that the plays' own code works out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from renmai.campaigns.plays import Layer, Line
from renmai.campaigns.stacking import ORDER, TOGETHER, spread
from renmai.kernel import money
from renmai.kernel.money import spell
from renmai.plays.coupon.conditions import Conditions
from renmai.plays.levels.tiers import Tier
from renmai.plays.points.rates import Rates

GOODS = (("Longjing tea", 12_800, 1), ("Peaches", 1_999, 3), ("Towel", 990, 1))
"""Title, price and pieces; the first two are what the coupon holds for."""

LEVEL = Tier("gold", 300_000, 500)
COUPON = Conditions("fixed", 2_000, 1_000, 5_000, 15_000, "products", frozenset({0, 1}), "")
PACKET_FEN = 333
RATES = Rates(earned_per_yuan=1, points_per_yuan=100, most_basis_points=2_000, minimum_points=100, valid_days=365)
POINTS = 1_000
PLAYS = {
    Layer.PRICE: "group buy, bargain, flash sale, pre-sale",
    Layer.LEVEL: "membership levels",
    Layer.COUPON: "coupon",
    Layer.RED_PACKET: "red packet",
    Layer.POINTS: "points",
}


@dataclass(frozen=True)
class Step:
    """One layer of the example: what it took off each line, and what the lines cost then."""

    title: str
    off: Mapping[int, int]
    lines: tuple[Line, ...]


def steps() -> list[Step]:
    """Work the example out, layer by layer."""
    lines = tuple(Line(number, number, pieces, price, price * pieces) for number, (_title, price, pieces) in enumerate(GOODS))
    done = [Step("price × quantity", {}, lines)]
    done.append(_after(done, f"gold member, {LEVEL.percent} % off", LEVEL.off(lines)))
    done.append(
        _after(
            done,
            f"coupon, {spell(COUPON.off_fen)} off from {spell(COUPON.threshold_fen)} of tea and peaches",
            COUPON.off(done[-1].lines, {0, 1}),
        )
    )
    done.append(_after(done, f"red packet of {spell(PACKET_FEN)}", spread(PACKET_FEN, done[-1].lines)))
    off_fen = RATES.most_off(POINTS, sum(line.amount_fen for line in done[-1].lines))
    done.append(_after(done, f"{RATES.needed(off_fen)} points", spread(off_fen, done[-1].lines)))
    return done


def documentation() -> tuple[str, ...]:
    """Return the parts of the page, in English."""
    return (
        (
            "A price is worked out in layers. Each sees what those before it have left, and an order has at most one of each. A campaign of "
            "another layer is chosen at the checkout; a membership's price comes by itself, and gives way to a play's price."
        ),
        _table(("Layer, in this order", "Plays", "May stand beside"), _rules()),
        (
            "So a play's price is the lowest there is: neither a membership's price nor a coupon comes on top of it, but what the customer "
            "owns already, her red packets and points, may pay for it. `campaigns/stacking.py` is the one place where this stands; the quote, "
            "the order and this page read it."
        ),
        "## How fen are shared",
        (
            "A membership takes its percentage off each line, rounded down. Everything else takes an amount off the order and shares it among "
            "the lines it holds for, in proportion to what they cost still, by the largest remainder: the parts sum to the amount, and no line "
            "falls below zero. Freight is never discounted."
        ),
        "## An example",
        _table(("", *(f"{title} × {pieces}" for title, _price, pieces in GOODS), "Together"), _example()),
        "The customer's page, the order's adjustments and the rows of the campaigns say the same: each layer is one line of the sum.",
        "## What comes back",
        (
            "A line is refunded piece by piece, by cumulative rounding: however it is taken apart, its pieces sum to what it cost. The coupon "
            "and the red packet come back when the last piece has gone back, before their own end; points come back with each piece, in "
            "proportion to the goods' price, and sum to those that were spent."
        ),
        _table(("Peaches", "Refund"), _refunds()),
    )


def _rules() -> Iterator[tuple[str, ...]]:
    for layer in ORDER:
        beside = ", ".join(PLAYS[other] for other in ORDER if other in TOGETHER[layer])
        yield str(layer.label), PLAYS[layer], beside


def _example() -> Iterator[tuple[str, ...]]:
    for step in steps():
        if step.off:
            off = [step.off.get(number, 0) for number in range(len(GOODS))]
            yield (step.title, *(f"−{spell(fen)}" if fen else "" for fen in off), f"−{spell(sum(off))}")
        amounts = [line.amount_fen for line in step.lines]
        yield ("" if step.off else step.title, *map(spell, amounts), spell(sum(amounts)))


def _refunds() -> Iterator[tuple[str, ...]]:
    line = steps()[-1].lines[1]
    for before in range(line.quantity):
        back = money.part_of_lot(line.amount_fen, quantity=line.quantity, before=before, taken=1)
        yield f"piece {before + 1} of {line.quantity}", spell(back)
    yield "together", spell(line.amount_fen)


def _after(done: Sequence[Step], title: str, off: Mapping[int, int]) -> Step:
    left = tuple(replace(line, amount_fen=line.amount_fen - off.get(line.sku_id, 0)) for line in done[-1].lines)
    return Step(title, off, left)


def _table(head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [tuple(head), ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
