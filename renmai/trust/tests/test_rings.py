"""Praise that was arranged: invented receivers, swaps of good reviews, and rings move a rank by 5 % of the list at most."""

import numpy as np
import pytest

from renmai.trust.beliefs import Tally, belief, prior, rank_value, receiver_mean, sharer_mean
from renmai.trust.standing import Pair, apart, circles, votes

SHARERS, RECEIVERS, TIES_EACH = 200, 1500, 6
PLATFORM = 0.8
CHEATS = range(10)
INVENTED = 1_000_000
Ties = dict[Pair, Tally]


def _honest(seed: int = 5) -> Ties:
    """Return a world in which sharers differ, receivers have ties to some of them, and a tie has a few outcomes."""
    rng = np.random.default_rng(seed)
    quality = 1 / (1 + np.exp(-rng.normal(1.4, 0.7, SHARERS)))
    ties: Ties = {}
    for receiver in range(RECEIVERS):
        for sharer in rng.choice(SHARERS, TIES_EACH, replace=False):
            count = int(rng.integers(1, 6))
            good = int(rng.binomial(count, quality[sharer]))
            ties[int(sharer), SHARERS + receiver] = Tally(good, count - good)
    return ties


def _ranks(ties: Ties) -> dict[int, int]:
    """Return where each sharer stands for somebody who has heard of none of them, all goods being equally relevant."""
    severity = receiver_mean(Tally(), platform=PLATFORM)
    value = {}
    for circle in circles(ties):
        mean = sharer_mean(votes(circle), platform=PLATFORM)
        prior_mean = prior(sharer=mean, receiver=severity, platform=PLATFORM)
        value[circle.sharer] = rank_value(0.5, belief(Tally(), prior_mean=prior_mean))
    order = sorted(range(SHARERS), key=lambda sharer: (-value[sharer], sharer))
    return {sharer: place for place, sharer in enumerate(order)}


def _invented_receivers(ties: Ties) -> Ties:
    """Each cheat has a hundred customers nobody else has ever seen, delighted ten times each."""
    fakes = {(cheat, INVENTED + 100 * cheat + number): Tally(good=10.0) for cheat in CHEATS for number in range(100)}
    return ties | fakes


def _swap(ties: Ties) -> Ties:
    """The cheats buy from one another and praise it."""
    return ties | {(one, other): Tally(good=10.0) for one in CHEATS for other in CHEATS if one != other}


def _ring(ties: Ties) -> Ties:
    """The cheats share a hundred invented customers, so that each of these is known elsewhere: to the other cheats."""
    return ties | {(cheat, INVENTED + number): Tally(good=10.0) for cheat in CHEATS for number in range(100)}


def _circle(ties: Ties) -> Ties:
    """Each praises the next one, so that nobody praises back."""
    return ties | {(one, (one + step) % len(CHEATS)): Tally(good=10.0) for one in CHEATS for step in (1, 2, 3)}


@pytest.mark.parametrize("attack", [_invented_receivers, _swap, _ring, _circle])
@pytest.mark.parametrize("seed", [5, 6])
def test_arranged_praise_moves_no_rank_by_more_than_a_twentieth(attack: object, seed: int) -> None:
    honest = _honest(seed)
    before, after = _ranks(honest), _ranks(attack(honest))  # type: ignore[operator]
    gained = max(before[cheat] - after[cheat] for cheat in CHEATS)
    assert gained <= SHARERS * 0.05


def test_honest_praise_by_people_known_elsewhere_does_move_a_rank() -> None:
    """The defence is no wall: forty customers who also buy from others count."""
    honest = _honest()
    before = _ranks(honest)
    middle = next(sharer for sharer, place in before.items() if place == SHARERS // 2)
    others = [receiver for receiver in range(SHARERS, SHARERS + 200) if (middle, receiver) not in honest][:40]
    after = _ranks(honest | {(middle, receiver): Tally(good=5.0) for receiver in others})
    assert before[middle] - after[middle] > SHARERS * 0.2


def test_the_more_two_circles_have_in_common_the_less_one_says_of_the_other() -> None:
    assert [apart(count) for count in (1, 2, 3, 4, 12)] == [1.0, 1.0, 1.0, 0.25, 0.01]
