"""The arms of an experiment on a campaign's terms, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from renmai.insight.experiments.incentives import ArmSpread
from renmai.insight.experiments.models import Experiment
from renmai.insight.spread.estimates import Estimate
from renmai.web.console.experiment_words import variant_text
from renmai.web.console.spread_words import number_text
from renmai.web.ui.formats import money_text


@dataclass(frozen=True)
class Measured:
    """A figure and its interval, as text; the interval is empty where nothing can be said."""

    text: str
    interval: str


@dataclass(frozen=True)
class ArmView:
    """One arm: K and what it is made of, and the cost of a kept customer."""

    name: str
    arm: ArmSpread
    k: Measured
    invitations: Measured
    conversion: Measured
    cycle: Measured
    each: Measured


def arm_views(row: Experiment, arms: Sequence[ArmSpread]) -> list[ArmView]:
    """Write the arms, the control first."""
    return [
        ArmView(
            name=variant_text(row, arm.variant),
            arm=arm,
            k=_measured(arm.reproduction.k, "times"),
            invitations=_measured(arm.reproduction.invitations, "times"),
            conversion=_measured(arm.reproduction.conversion, "share"),
            cycle=_measured(arm.reproduction.cycle_hours, "hours"),
            each=_cost(arm.kept.each),
        )
        for arm in arms
    ]


def _measured(found: Estimate | None, unit: str) -> Measured:
    if found is None:
        return Measured("—", "")
    high = min(found.high, 1.0) if unit == "share" else found.high
    low_text, high_text = (number_text(bound, unit, like=found.value) for bound in (found.low, high))
    return Measured(number_text(found.value, unit), f"{low_text} – {high_text}")


def _cost(found: Estimate | None) -> Measured:
    if found is None:
        return Measured("—", "")
    return Measured(money_text(round(found.value)), f"{money_text(round(found.low))} – {money_text(round(found.high))}")
