"""Ways of sending: every day, once a week, a fixed cap, and the gate of ``trust.gate`` that learns from a small part drawn by lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renmai.trust import fitting
from renmai.trust.gate import LOT_SPAN
from renmai.trust.hazard import BUYING, MUTING
from renmai.trust.simulation.world import MARGIN, Day, Outcome, Ties, live

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from renmai.trust.simulation.world import Floats, Policy, Truths

EXPLORED = 0.08
REFIT_DAYS = 14
FORESIGHT = 1.0
HORIZON_DAYS = 120.0
"""What flows through a tie is counted so many days ahead: the value the receiver would take along."""


def daily(ties: Ties, relevance: Floats, rng: np.random.Generator) -> Truths:
    """Send to everybody every day."""
    return ~ties.muted


def weekly(ties: Ties, relevance: Floats, rng: np.random.Generator) -> Truths:
    """Send to everybody once a week, whatever there is."""
    import numpy as np

    sends: Truths = (np.arange(len(relevance)) + ties.day) % 7 == 0
    return sends


def capped(*, gap_days: int, least_relevance: float) -> Policy:
    """Return a policy that sends what is relevant enough, never two within ``gap_days``."""

    def policy(ties: Ties, relevance: Floats, rng: np.random.Generator) -> Truths:
        sends: Truths = (ties.idle >= gap_days) & (relevance >= least_relevance)
        return sends

    return policy


class Gate:
    """The gate: sends where the margin that is expected exceeds the trust it costs, ``strictness`` times.

    It begins with the starting weights, decides ``EXPLORED`` of the ties of each week by lot, and refits every fortnight on those only.
    The value of a tie is what the policy itself has earned so far per living tie and day, times ``HORIZON_DAYS``, by how likely this
    tie buys compared with all.
    """

    def __init__(self, *, strictness: float = 1.0) -> None:
        self.strictness = strictness
        self.muting, self.buying = MUTING, BUYING
        self._seen: list[tuple[Day, Truths]] = []
        self._lot: Truths | None = None
        self._explores: Truths | None = None
        self._tie_days, self._earned = 1000.0, 30.0

    def __call__(self, ties: Ties, relevance: Floats, rng: np.random.Generator) -> Truths:
        """Decide for one day."""
        import numpy as np

        count = len(relevance)
        if ties.day % 7 == 0 or self._explores is None:
            self._explores = rng.random(count) < EXPLORED
        if ties.day and ties.day % REFIT_DAYS == 0:
            self._refit(count)
        belief = ties.belief
        odds = np.log(belief) - np.log1p(-belief)
        mute = _response(
            self.muting.base
            + self.muting.pressure * ties.pressure
            + self.muting.belief * odds
            + self.muting.relevance * relevance
        )
        buy = _response(
            self.buying.base
            + self.buying.pressure * ties.pressure
            + self.buying.belief * odds
            + self.buying.relevance * relevance
        )
        usual = _response(self.buying.base + self.buying.belief * odds + self.buying.relevance * 0.5)
        worth = self._earned / self._tie_days * HORIZON_DAYS * usual / usual.mean()
        cost = (mute + FORESIGHT * max(0.0, self.muting.pressure) * mute * (1 - mute)) * worth
        lots = np.where(self._explores, 2.0 ** rng.uniform(-LOT_SPAN, LOT_SPAN, count), 1.0)
        sends: Truths = (buy * MARGIN > self.strictness * lots * cost) & ~ties.muted
        self._lot = self._explores & sends
        self._tie_days += float((~ties.muted).sum())
        return sends

    def hear(self, day: Day) -> None:
        """Take in what followed: all of it counts as earned, only what was drawn by lot is fitted on."""
        if self._lot is None:
            raise AssertionError("a day is heard after it was decided")
        self._earned += MARGIN * float(day.bought.sum())
        self._seen.append((day, self._lot[day.sent.astype(int)]))

    def _refit(self, count: int) -> None:
        import numpy as np

        def joined(name: str) -> Floats:
            return np.concatenate([getattr(day, name)[chosen] for day, chosen in self._seen])

        receiver = joined("sent").astype(np.int64)
        columns = {name: joined(name) for name in ("pressure", "belief", "relevance")}
        for name, start in (("muted", MUTING), ("bought", BUYING)):
            observed = fitting.Observed(receiver=receiver, happened=joined(name), **columns)
            fitted = fitting.fit(observed, start=start).weights
            if name == "muted":
                self.muting = fitted
            else:
                self.buying = fitted


def through_gate(*, strictness: float = 1.0, count: int = 6000, days: int = 180, seed: int = 1) -> Outcome:
    """Let the gate live."""
    gate = Gate(strictness=strictness)
    return live(gate, count=count, days=days, seed=seed, heard=gate.hear)


def compared(*, count: int = 6000, days: int = 180, seed: int = 1) -> dict[str, Outcome]:
    """Return what each policy comes to in the same world, by name."""
    fixed: dict[str, Callable[..., Truths]] = {
        "daily": daily,
        "weekly": weekly,
        "capped": capped(gap_days=3, least_relevance=0.4),
    }
    outcomes = {name: live(policy, count=count, days=days, seed=seed) for name, policy in fixed.items()}
    return outcomes | {"gate": through_gate(count=count, days=days, seed=seed)}


def _response(odds: Floats) -> Floats:
    import numpy as np

    chance: Floats = 1.0 / (1.0 + np.exp(-odds))
    return chance
