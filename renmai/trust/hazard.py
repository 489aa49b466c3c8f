"""How likely one more share is to be the one after which the receiver mutes, or buys.

h = σ(θ0 + θ1·E − θ2·logit q − θ3·relevance + u): E is the pressure on the tie, q its belief, u the receiver's own temper. Buying has
the same form with its own numbers. ``fitting`` estimates both from what followed shares whose moment was drawn by lot.
"""

from dataclasses import dataclass
from typing import Final

from renmai.trust.beliefs import logit, sigmoid


@dataclass(frozen=True)
class Weights:
    """θ0 … θ3 of a logistic response, as they are added: ``belief`` and ``relevance`` are negative for muting."""

    base: float
    pressure: float
    belief: float
    relevance: float

    def odds(self, *, pressure: float, belief: float, relevance: float, temper: float = 0.0) -> float:
        """Return the log odds of the response."""
        return self.base + self.pressure * pressure + self.belief * logit(belief) + self.relevance * relevance + temper

    def chance(self, *, pressure: float, belief: float, relevance: float, temper: float = 0.0) -> float:
        """Return the probability of the response."""
        return sigmoid(self.odds(pressure=pressure, belief=belief, relevance=relevance, temper=temper))


MUTING: Final = Weights(base=-4.6, pressure=0.45, belief=-0.5, relevance=-1.0)
"""Where muting begins, before enough was observed: careful, so that a new platform sends too little rather than too much."""

BUYING: Final = Weights(base=-4.2, pressure=-0.05, belief=0.5, relevance=2.2)
"""Where buying begins."""


@dataclass(frozen=True)
class Response:
    """What one more share of this relevance does on a tie: the chances of muting and buying, and how muting grows with pressure."""

    mute: float
    buy: float
    mute_slope: float
    """∂h/∂E: what this share's pressure adds to the hazard of the next one, per share."""


def respond(*, pressure: float, belief: float, relevance: float, temper: float, weights: tuple[Weights, Weights]) -> Response:
    """Return what one more share does. ``weights`` are those of muting and of buying."""
    muting, buying = weights
    mute = muting.chance(pressure=pressure, belief=belief, relevance=relevance, temper=temper)
    buy = buying.chance(pressure=pressure, belief=belief, relevance=relevance)
    return Response(mute, buy, max(0.0, muting.pressure) * mute * (1.0 - mute))
