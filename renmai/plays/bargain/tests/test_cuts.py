"""The arithmetic of cuts: whatever the sizes, the seed and the order of helpers, the floor is reached exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.plays.bargain import cuts

SEEDS = st.text(alphabet="0123456789ABCDEF", min_size=1, max_size=20)


@st.composite
def ways(draw: st.DrawFn) -> tuple[int, int]:
    """The way from a price to its floor, long enough for the helpers, often only just."""
    helpers = draw(st.integers(1, 100))
    return helpers + draw(st.one_of(st.integers(0, 3), st.integers(0, 10_000_000))), helpers


@given(
    way=ways(),
    kind=st.sampled_from([cuts.EQUAL, cuts.RANDOM]),
    seed=SEEDS,
    bounds=st.tuples(st.integers(0, 9000), st.integers(0, 9000)),
)
def test_every_path_lands_on_the_floor(way: tuple[int, int], kind: str, seed: str, bounds: tuple[int, int]) -> None:
    length, helpers = way
    least, most = sorted(bounds)
    first = cuts.first_cut(length, helpers=helpers, least=least, most=most, seed=seed)
    assert min(length * least // 10_000, length - helpers) <= first <= length * most // 10_000
    left, taken = length - first, []
    for helpers_left in range(helpers, 0, -1):
        assert left >= helpers_left
        taken.append(cuts.cut(left, helpers_left=helpers_left, kind=kind, seed=seed))
        assert taken[-1] >= 1
        left -= taken[-1]
    assert left == 0
    assert first + sum(taken) == length


@given(way=ways(), seed=SEEDS)
def test_a_cut_can_be_worked_out_again(way: tuple[int, int], seed: str) -> None:
    left, helpers = way
    one = cuts.cut(left, helpers_left=helpers, kind=cuts.RANDOM, seed=seed)
    assert cuts.cut(left, helpers_left=helpers, kind=cuts.RANDOM, seed=seed) == one
    assert one <= left - (helpers - 1)


def test_equal_cuts_differ_by_at_most_one_fen() -> None:
    left, taken = 103, []
    for helpers_left in range(10, 0, -1):
        taken.append(cuts.cut(left, helpers_left=helpers_left, kind=cuts.EQUAL, seed="s"))
        left -= taken[-1]
    assert sorted(taken) == [10] * 7 + [11] * 3


def test_random_cuts_differ_from_seed_to_seed() -> None:
    drawn = {cuts.cut(10_000, helpers_left=10, kind=cuts.RANDOM, seed=str(seed)) for seed in range(50)}
    assert len(drawn) > 40
    assert max(drawn) <= 2000


def test_too_little_for_everybody_is_our_own_bug() -> None:
    for left, helpers in ((4, 5), (0, 1), (10, 0)):
        with pytest.raises(AssertionError):
            cuts.cut(left, helpers_left=helpers, kind=cuts.RANDOM, seed="s")
    assert not cuts.has_room(1000, 996, helpers=5)
    assert cuts.has_room(1000, 995, helpers=5)
