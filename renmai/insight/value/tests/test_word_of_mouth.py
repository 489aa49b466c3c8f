"""Word of mouth: nothing is counted twice, whatever who brought whom."""

from hypothesis import given
from hypothesis import strategies as st

from renmai.insight.value.word_of_mouth import Shares, shared, without_circles

PEOPLE = st.integers(1, 12)


def test_half_goes_up_step_by_step() -> None:
    found = shared({1: 1000, 2: 400, 3: 200}, {2: 1, 3: 2}, basis_points=5000)
    assert found == {
        3: Shares(200, 100, 0),
        2: Shares(400, 250, 100),
        1: Shares(1000, 0, 250),
    }
    assert [found[person].value_fen for person in (1, 2, 3)] == [1250, 250, 100]


def test_a_circle_is_opened_and_strangers_get_nothing() -> None:
    found = shared({1: 100, 2: 100, 3: 100}, {1: 2, 2: 1, 3: 99}, basis_points=5000)
    assert found == {1: Shares(100, 50, 0), 2: Shares(100, 0, 50), 3: Shares(100, 0, 0)}
    assert without_circles({1: 2, 2: 3, 3: 1, 7: 3}) == {1: 2, 2: 3, 7: 3}


@given(
    st.dictionaries(PEOPLE, st.integers(-(10**9), 10**9)),
    st.dictionaries(PEOPLE, PEOPLE),
    st.integers(0, 10_000),
)
def test_all_together_are_worth_what_their_orders_are(own: dict[int, int], by: dict[int, int], basis_points: int) -> None:
    found = shared(own, by, basis_points=basis_points)
    assert sum(each.value_fen for each in found.values()) == sum(own.values())
    assert sum(each.passed_on_fen for each in found.values()) == sum(each.received_fen for each in found.values())
    assert found.keys() == own.keys()
    for person, each in found.items():
        assert each.own_fen == own[person]
        if person not in by:
            assert each.passed_on_fen == 0
        if person not in by.values():
            assert each.received_fen == 0
    if basis_points == 0:
        assert all(each.value_fen == each.own_fen for each in found.values())


@given(st.dictionaries(PEOPLE, PEOPLE.filter(bool)))
def test_links_end_somewhere_and_only_circles_lose_one(above: dict[int, int]) -> None:
    above = {who: by for who, by in above.items() if who != by}
    kept = without_circles(above)
    for start in kept:
        at, steps = start, 0
        while at in kept:
            at, steps = kept[at], steps + 1
            assert steps <= len(kept)
    assert set(kept.items()) <= set(above.items())
