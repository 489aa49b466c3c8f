"""The terms of a group buy as its code reads them, made of what the operator's editor keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import Any, Literal

Late = Literal["refund", "new"]
"""What a payer wants who comes when the group is full or over: her money back, or a group of her own."""


@dataclass(frozen=True)
class Tier:
    """From so many people on, a piece costs so much."""

    people: int
    price_fen: int


@dataclass(frozen=True)
class Terms:
    """One version of a campaign's terms. ``limit`` and ``threshold`` 0: none. Money in fen a piece."""

    sku_id: int
    tiers: tuple[Tier, ...]
    leader_off_fen: int
    timer: timedelta
    most_pieces: int
    limit: int
    threshold: int
    late: Late
    is_listed: bool

    @property
    def size(self) -> int:
        """How many people fill a group."""
        return self.tiers[-1].people

    @property
    def paid_fen(self) -> int:
        """What a piece costs while the group is open: the dearest tier. The difference comes back."""
        return self.tiers[0].price_fen

    def price_to_pay(self, *, opens: bool) -> int:
        """Return what a piece costs whoever opens a group, or joins one."""
        return self.paid_fen - (self.leader_off_fen if opens else 0)

    def reached(self, people: int) -> Tier:
        """Return the tier that so many people have reached; the first one is the least there is."""
        return [self.tiers[0], *takewhile(lambda tier: tier.people <= people, self.tiers)][-1]


def terms_of(raw: Mapping[str, Any]) -> Terms:
    """Return terms that were checked when they were written down."""
    return Terms(
        sku_id=raw["sku"],
        tiers=tuple(Tier(people, price_fen) for people, price_fen in raw["tiers"]),
        leader_off_fen=raw["leader_off_fen"],
        timer=timedelta(minutes=raw["timer_minutes"]),
        most_pieces=raw["most_pieces"],
        limit=raw["limit"],
        threshold=raw["threshold"],
        late=raw["late"],
        is_listed=raw["is_listed"],
    )
