"""The levels of a campaign: from what spending, and what they take off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Line
from renmai.kernel.money import share_of

NAMES: dict[str, tuple[Promise, str, str]] = {
    "silver": (_("Silver member"), "银卡会员", "Silver member"),
    "gold": (_("Gold member"), "金卡会员", "Gold member"),
    "honey": (_("Honey member"), "蜜卡会员", "Honey member"),
}
"""By key, the lowest first: the title, and how a price's breakdown names it in both languages."""


@dataclass(frozen=True)
class Tier:
    """One level: whoever has kept goods worth ``from_fen`` has ``basis_points`` off."""

    key: str
    from_fen: int
    basis_points: int

    @property
    def title(self) -> str:
        """Its name in the active language."""
        return str(NAMES[self.key][0])

    def off(self, lines: Sequence[Line]) -> dict[int, int]:
        """Return what it takes off each SKU, rounded down line by line."""
        return {line.sku_id: share_of(line.amount_fen, basis_points=self.basis_points) for line in lines}

    @property
    def percent(self) -> str:
        """What it takes off, in percent."""
        return f"{self.basis_points / 100:g}"

    @property
    def tenths(self) -> str:
        """What is paid, as Chinese shops say it (9.5 折)."""
        return f"{(10_000 - self.basis_points) / 1000:g}"


def tiers_of(terms: Mapping[str, Any]) -> tuple[Tier, ...]:
    """Return the levels of a campaign, the lowest first."""
    return tuple(Tier(key, terms[f"{key}_fen"], terms[f"{key}_basis_points"]) for key in NAMES)


def reached(tiers: tuple[Tier, ...], kept_fen: int) -> Tier | None:
    """Return the highest level that so much spending reaches, None below the first."""
    return next((tier for tier in reversed(tiers) if kept_fen >= tier.from_fen), None)


def following(tiers: tuple[Tier, ...], kept_fen: int) -> Tier | None:
    """Return the next level, None on the highest."""
    return next((tier for tier in tiers if kept_fen < tier.from_fen), None)
