"""The forest in figures, against a plain recount."""

from hypothesis import given
from hypothesis import strategies as st

from renmai.fraud.pyramid.forest import circles, lines_of

TOWER = [(1, None), (2, 1), (3, 2), (4, 3)]
STAR = [(10, None), *((number, 10) for number in range(11, 15))]


def test_a_tower_and_a_star() -> None:
    star, tower = lines_of([*TOWER, *STAR, (99, None)])
    assert (star.root_id, star.people, star.levels, star.mean_depth_hundredths, star.top_share_basis_points) == (
        10,
        5,
        2,
        100,
        10_000,
    )
    assert (tower.root_id, tower.people, tower.levels, tower.mean_depth_hundredths) == (1, 4, 4, 200)
    assert tower.members == (1, 2, 3, 4)
    assert tower.top_share_basis_points == 10_000
    assert lines_of([(1, None), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5)])[0].top_share_basis_points == 6000


def test_nobody_is_no_line() -> None:
    assert lines_of([]) == []
    assert lines_of([(1, None)]) == []


def test_circles_are_found_and_counted_from_their_oldest() -> None:
    rows = [*TOWER, (20, 21), (21, 20), (22, 20)]
    assert circles(rows) == frozenset({20, 21, 22})
    assert [(line.root_id, line.people, line.levels) for line in lines_of(rows)] == [(1, 4, 4), (20, 3, 2)]
    assert circles(TOWER) == frozenset()


def test_whoever_leads_a_team_stands_above_it_too() -> None:
    # 3 leads 11 and 12, whom 10 introduced: they count in both lines; 4 leads nobody and hangs at the end of the tower.
    tower, star = lines_of([*TOWER, *STAR, (11, 3), (12, 3)])
    assert (tower.root_id, tower.people, tower.levels) == (1, 6, 4)
    assert (star.root_id, star.people, star.levels) == (10, 5, 2)
    # Somebody who leads her own introducer takes nobody out of the count.
    (line,) = lines_of([*TOWER, (1, 4)])
    assert (line.root_id, line.people, line.levels) == (1, 4, 4)


@given(st.lists(st.integers(0, 40), max_size=40), st.randoms(use_true_random=False))
def test_figures_are_those_of_a_plain_recount(choices: list[int], dice: object) -> None:
    rows: list[tuple[int, int | None]] = [
        (number, None if choice >= number else choice) for number, choice in enumerate(choices, 1) if choice != number
    ]
    known = {pk for pk, _introducer in rows}
    rows = [(pk, introducer if introducer in known else None) for pk, introducer in rows]
    above = dict(rows)

    def depth(agent: int) -> tuple[int, int]:
        steps, at = 0, agent
        while (introducer := above[at]) is not None:
            steps, at = steps + 1, introducer
        return at, steps

    expected: dict[int, list[int]] = {}
    for agent in known:
        root, steps = depth(agent)
        expected.setdefault(root, []).append(steps)
    shuffled = list(rows)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    found = lines_of(shuffled)
    assert {line.root_id: (line.people, line.levels) for line in found} == {
        root: (len(depths), max(depths) + 1) for root, depths in expected.items() if len(depths) > 1
    }
    for line in found:
        depths = expected[line.root_id]
        assert line.mean_depth_hundredths == 100 * sum(depths) // (len(depths) - 1)
    assert found == lines_of(rows)
