"""Kinds of rewards that nothing hands out now: what the operator is told before a promise is made that would have to wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from renmai.campaigns.plays import Play, giver
from renmai.campaigns.queries.rewards import can_be_given
from renmai.kernel.errors import DomainError


@dataclass(frozen=True)
class Lacking:
    """A kind of reward without a campaign: its name, and where such a campaign is composed."""

    name: str
    url: str


def lacking(play: Play, terms: Mapping[str, Any]) -> Sequence[Lacking]:
    """Return what a campaign with these (checked) terms promises and nothing could hand out now."""
    kinds = sorted(benefit for benefit in play.promises(terms) if not can_be_given(benefit))
    return [Lacking(name_of(benefit), address_of(benefit)) for benefit in kinds]


def name_of(benefit: str) -> str:
    """Return a kind of reward in words: the name of the play that owns it, its code when none does."""
    owner = _owner(benefit)
    return str(owner.title) if owner is not None else benefit


def address_of(benefit: str) -> str:
    """Return where a campaign of the play that owns a kind of reward is composed, "" when none does."""
    owner = _owner(benefit)
    return reverse("console:campaign_new", args=[owner.key]) if owner is not None else ""


def _owner(benefit: str) -> Play | None:
    try:
        return giver(benefit)
    except DomainError:
        return None
