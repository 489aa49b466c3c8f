"""A platform whose reliability differs from agent to agent and turns now and then: how well q of ``trust.pledges`` foretells it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from renmai.trust.decay import LANDMARK
from renmai.trust.pledges import Calibration, Outcome, Pledge, foretold

if TYPE_CHECKING:
    from collections.abc import Iterator

AGENTS = 120
YEARS = 1.5
MEAN, AGENT_SPREAD, KIND_SPREAD = 1.6, 0.8, 0.5
TURN_DAYS = 120.0
"""How the platform treats an agent is drawn anew this often on average: another warehouse, another person who answers."""

GAP_DAYS = {Pledge.PAYOUT: 30.0, Pledge.CLAIM: 45.0, Pledge.GOODS: 8.0, Pledge.PARCEL: 6.0}


def foretell_pledges(*, seed: int = 1, agents: int = AGENTS) -> Calibration:
    """Return how well each next pledge was foretold from those before it. Laws that ``trust.pledges`` does not know: a logit per agent and kind."""
    found = foretold(sorted(_lived(seed, agents), key=lambda outcome: (outcome.at, outcome.evidence)))
    if found is None:
        raise ValueError("nothing was pledged")
    return found


def _lived(seed: int, agents: int) -> Iterator[Outcome]:
    import numpy as np

    dice = np.random.default_rng(seed)
    kinds = {pledge: dice.normal(0.0, KIND_SPREAD) for pledge in Pledge}
    for agent in range(agents):
        for pledge in Pledge:
            day, turn, quality = dice.exponential(GAP_DAYS[pledge]), dice.exponential(TURN_DAYS), dice.normal(MEAN, AGENT_SPREAD)
            while day < YEARS * 365:
                while turn < day:
                    turn, quality = turn + dice.exponential(TURN_DAYS), dice.normal(MEAN, AGENT_SPREAD)
                is_kept = bool(dice.random() < 1 / (1 + np.exp(-(quality + kinds[pledge]))))
                at = LANDMARK + timedelta(days=float(day))
                yield Outcome(pledge, f"{pledge}:{agent}:{day:.6f}", agent, is_kept, at)
                day += dice.exponential(GAP_DAYS[pledge])
