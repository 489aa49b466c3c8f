"""The claims of docs/trust.md about simulated worlds, each in a world of fixed chances."""

import pytest

from renmai.trust.simulation.outcomes import foretell
from renmai.trust.simulation.policies import capped, compared, through_gate
from renmai.trust.simulation.world import live


def test_forgetting_foretells_better_and_what_is_said_is_meant() -> None:
    """At least 3 % less log-loss than without decay where ties change; q is calibrated; knowing the two people helps as well."""
    decayed = foretell(seed=1)
    undecayed = foretell(seed=1, half_life_days=1e9)
    strangers = foretell(seed=1, knows_people=False)
    assert decayed.log_loss <= 0.97 * undecayed.log_loss
    assert decayed.calibration_error <= 0.05
    assert decayed.log_loss < strangers.log_loss


@pytest.mark.parametrize("seed", [1, 2])
def test_the_gate_earns_more_than_any_fixed_rhythm(seed: int) -> None:
    found = compared(seed=seed)
    assert found["gate"].margin_per_tie > 1.1 * found["capped"].margin_per_tie
    assert found["capped"].margin_per_tie > found["weekly"].margin_per_tie > found["daily"].margin_per_tie
    assert found["daily"].muted_share > 0.9


@pytest.mark.parametrize("seed", [1, 2])
def test_at_no_less_margin_than_a_cap_the_gate_is_muted_less(seed: int) -> None:
    """The stricter gate that still earns what the cap earns."""
    cap = live(capped(gap_days=3, least_relevance=0.4), seed=seed)
    gates = [through_gate(strictness=strictness, seed=seed) for strictness in (1.0, 1.5, 2.0, 2.5)]
    as_good = [gate for gate in gates if gate.margin_per_tie >= cap.margin_per_tie]
    assert as_good
    assert min(gate.muted_share for gate in as_good) < cap.muted_share
