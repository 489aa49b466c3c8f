"""Experiments and their results, as the API answers them."""

from datetime import date, datetime

from pydantic import Field

from renmai.api.answers import Out


class VariantOut(Out):
    """One variant and the share of people who are dealt it."""

    variant: str
    share_basis_points: int


class GuardrailTermOut(Out):
    """A figure that may be so much worse than the control's before the experiment stops by itself."""

    metric: str
    bound_basis_points: int


class ExperimentOut(Out):
    """What was agreed beforehand, and how far it is. ``lift_basis_points`` is the smallest effect worth having."""

    id: int
    number: str
    title: str
    hypothesis: str
    status: str
    is_holdout: bool
    unit: str
    audience: str
    switches: list[str]
    campaign_id: int | None = Field(description="The campaign whose terms are varied; null when it is about the product itself.")
    variants: list[VariantOut]
    metric: str
    lift_basis_points: int
    guardrails: list[GuardrailTermOut]
    window_days: int
    layer: str
    layer_basis_points: int
    traffic_basis_points: int
    started_at: datetime | None
    stopped_at: datetime | None
    stop_reason: str
    decision: str
    decision_reason: str

    @staticmethod
    def resolve_variants(row: object) -> list[VariantOut]:
        """Name the parts of a pair."""
        return [VariantOut(variant=key, share_basis_points=share) for key, share in row.variants]  # type: ignore[attr-defined]

    @staticmethod
    def resolve_guardrails(row: object) -> list[GuardrailTermOut]:
        """Name the parts of a pair."""
        return [GuardrailTermOut(metric=key, bound_basis_points=bound) for key, bound in row.guardrails]  # type: ignore[attr-defined]


class DifferenceOut(Out):
    """A difference to the control with its always-valid interval; without bounds nothing can be said yet."""

    value: float | None
    low: float | None
    high: float | None


class ArmOut(Out):
    """One variant: how many were dealt it, how many of them count already, and the figure that decides."""

    variant: str
    dealt: int
    counted: int
    value: float | None


class LookOut(Out):
    """What was known in the evening of a day."""

    day: date
    people: int
    estimate: DifferenceOut


class ComparisonOut(Out):
    """A figure of a variant less the control's, evening by evening."""

    metric: str = Field(alias="metric.key")
    unit: str = Field(alias="metric.unit")
    variant: str
    control: float | None
    looks: list[LookOut]


class GuardrailOut(Out):
    """How a variant stands against a bound; ``excess`` above zero is beyond it."""

    metric: str = Field(alias="metric.key")
    variant: str
    bound_basis_points: int
    value: float | None
    control: float | None
    excess: DifferenceOut
    is_broken: bool


class KindOut(Out):
    """The difference among people who had bought nothing (``none``), once (``one``) or more often (``more``) before."""

    kind: str
    people: int
    estimate: DifferenceOut


class EffectOut(Out):
    """What one switch does, or several together."""

    switches: list[str]
    estimate: DifferenceOut


class ArmFigureOut(Out):
    """A figure with the interval that holds the truth about 95 times in 100, good for one look, and from how many people it comes."""

    value: float
    low: float
    high: float
    count: int


class IncentiveOut(Out):
    """One promise of a campaign, with whom it was dealt to and whom they brought: K = invitations × conversion in their first seven days.

    ``spent_fen`` was given on the first orders of all ``customers``; of the ``ripe`` ones (thirty days over) ``kept`` bought again.
    """

    variant: str
    version: int
    people: int
    counted: int = Field(alias="reproduction.people")
    invitations: ArmFigureOut | None = Field(alias="reproduction.invitations")
    conversion: ArmFigureOut | None = Field(alias="reproduction.conversion")
    k: ArmFigureOut | None = Field(alias="reproduction.k")
    cycle_hours: ArmFigureOut | None = Field(alias="reproduction.cycle_hours")
    customers: int
    spent_fen: int
    ripe: int = Field(alias="kept.ripe")
    kept: int = Field(alias="kept.kept")
    kept_customer_cost: ArmFigureOut | None = Field(
        alias="kept.each", description="Fen for each kept customer: an estimate; null below five kept ones."
    )


class ResultOut(Out):
    """What came of an experiment. ``deal_chance`` is the always-valid p-value of how people were dealt out; see ``docs/experiments.md``."""

    arms: list[ArmOut]
    comparisons: list[ComparisonOut]
    others: list[ComparisonOut]
    guardrails: list[GuardrailOut]
    segments: list[KindOut]
    effects: list[EffectOut]
    incentives: list[IncentiveOut]
    deal_chance: float
    deal_is_broken: bool
    crossed: int
