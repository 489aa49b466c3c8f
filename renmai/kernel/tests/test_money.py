"""Integer money: no fen appears or vanishes, whatever is split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.kernel.errors import DomainError
from renmai.kernel.money import MAX_FEN, check_fen, part_of_lot, share_of, split

amounts = st.integers(min_value=0, max_value=MAX_FEN)


@given(amounts, st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=40))
def test_a_split_sums_to_the_total_and_is_fair_to_one_fen(total: int, weights: list[int]) -> None:
    parts = split(total, weights)
    assert sum(parts) == total
    effective = weights if any(weights) else [1] * len(weights)
    for part, weight in zip(parts, effective, strict=True):
        assert abs(part * sum(effective) - total * weight) < sum(effective)


def test_a_split_hands_the_remainder_to_the_largest_fractions_first() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(5, [3, 1, 1]) == [3, 1, 1]
    assert split(1, [1, 2]) == [0, 1]
    assert split(7, [0, 0]) == [4, 3]


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_a_split_needs_sane_weights(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split(10, weights)


@given(amounts, st.lists(st.integers(min_value=1, max_value=50), min_size=1, max_size=20))
def test_a_lot_taken_apart_piece_by_piece_sums_exactly(total: int, takes: list[int]) -> None:
    quantity, before, money = sum(takes), 0, 0
    for taken in takes:
        money += part_of_lot(total, quantity=quantity, before=before, taken=taken)
        before += taken
    assert money == total


def test_more_than_the_lot_is_refused() -> None:
    with pytest.raises(ValueError, match="lot"):
        part_of_lot(100, quantity=2, before=1, taken=2)


def test_a_share_is_rounded_down() -> None:
    assert share_of(999, basis_points=500) == 49
    assert share_of(0, basis_points=3000) == 0


@pytest.mark.parametrize("bad", [-1, 1.0, True, "5", None, MAX_FEN + 1, float("nan")])
def test_what_is_not_a_whole_number_of_fen_is_refused(bad: object) -> None:
    with pytest.raises(DomainError) as refused:
        check_fen(bad)
    assert (refused.value.code, refused.value.status) == ("money.amount", 400)


def test_the_bounds_are_accepted() -> None:
    assert (check_fen(0), check_fen(MAX_FEN), check_fen(1, minimum=1)) == (0, MAX_FEN, 1)
