"""The play for programs: one's level and the published conditions."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.api.answers import Listed, Out, Paged, whole
from renmai.api.callers import ANYONE, PERSON, user_or_guest
from renmai.plays.levels import queries

router = Router(tags=["Plays"], auth=PERSON)


class TierOut(Out):
    """One level: from what spending, and what it takes off (1/10,000)."""

    key: str
    title: str
    from_fen: int
    basis_points: int


class LevelOut(Out):
    """A campaign's levels, with the caller's own; for a guest nothing is kept and no level reached."""

    campaign: str = Field(alias="campaign.title")
    window_days: int
    tiers: list[TierOut]
    kept_fen: int
    tier: TierOut | None
    next_tier: TierOut | None
    first_leaves_at: datetime | None


@router.get("", response=Paged[LevelOut], auth=ANYONE)
def list_levels(request: HttpRequest) -> Listed[Any]:
    """The open campaigns' levels. The conditions are the same for everybody."""
    user = user_or_guest(request)
    return whole(queries.my_levels(user) if user else queries.published())
