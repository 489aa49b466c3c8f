"""How a campaign spreads, as the API answers it."""

from datetime import date
from typing import Any

from pydantic import Field

from renmai.api.answers import Out, Text
from renmai.insight.spread.figures import spread_figures


class EstimateOut(Out):
    """An estimate with the interval that holds the truth about 95 times in 100, and from how many people it comes."""

    value: float
    low: float
    high: float
    count: int


class SpreadFigureOut(Out):
    """One figure with its definition; ``unit`` is times, share (0…1), hours or count. Without bounds it is counted, not estimated."""

    key: str
    label: Text
    definition: Text
    unit: str
    value: float | None
    low: float | None
    high: float | None
    count: int


class StepsOut(Out):
    """Different people who made a link, opened one, took part, were brought by somebody; and orders."""

    sharers: int
    invited: int
    joined: int
    brought: int
    placed: int
    paid: int


class WeekOut(Out):
    """K of those who took part in one week; ``is_whole`` when all of them have had seven days."""

    first: date
    k: EstimateOut | None = Field(alias="reproduction.k")
    people: int = Field(alias="reproduction.people")
    is_whole: bool


class BandOut(Out):
    """Trees of ``least`` to ``most`` people; no end when ``most`` is missing."""

    least: int
    most: int | None
    trees: int
    people: int


class WearOut(Out):
    """A fall in how many people are brought per exposed person and day, from ``before`` to ``lately``."""

    day: date
    before: float
    lately: float
    window_days: int
    deviations: float


class KeptCostOut(Out):
    """What customers of one incentive cost, and each that was kept (in fen; missing while fewer than five were)."""

    incentive: str
    ripe: int
    waiting: int
    kept: int
    cost_fen: int
    each: EstimateOut | None


class SpreadOut(Out):
    """How a campaign spreads: figures, steps, K by week, trees, wear, and what kept customers cost here and elsewhere."""

    first: date = Field(alias="period.first")
    last: date = Field(alias="period.last")
    figures: list[SpreadFigureOut]
    steps: StepsOut = Field(alias="chains.steps")
    is_cut: bool = Field(alias="chains.is_cut", description="So many people took part that only the newest were counted.")
    people: int = Field(alias="reproduction.people", description="Who had her seven days.")
    waiting: int = Field(alias="reproduction.waiting", description="Who came too lately to be counted.")
    weeks: list[WeekOut]
    generations: list[int] = Field(alias="forest.generations", description="People by steps from whoever began.")
    sizes: list[BandOut] = Field(alias="forest.sizes")
    wear: WearOut | None
    costs: list[KeptCostOut]
    incentives: list[KeptCostOut]

    @staticmethod
    def resolve_figures(spread: Any) -> Any:
        """In the order in which one reads them."""
        return spread_figures(spread)


class SeedOut(Out):
    """Somebody to ask: how many she would add to those before her, and all up to her; who opened her links, and how often that sold."""

    user_id: int = Field(alias="user.pk")
    name: str = Field(alias="user.display_name")
    gain: float = Field(alias="seed.gain")
    reach: float = Field(alias="seed.reach")
    friends: int = Field(alias="seed.friends")
    opened: int
    joined: int
