"""Whom to ask first: better than asking anybody, on graphs of our own and on a real one."""

import lzma
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from renmai.insight.spread.seeds import Contact, Edge, Seed, edges_of, pick, reach
from renmai.insight.spread.tests.processes import dice_of, popular, villages

REAL = Path(__file__).parents[5] / "shared" / "data" / "beibei_social" / "social.xz"
BETTER = 1.5


def times_random(edges: Sequence[Edge], count: int, *, runs: int = 20) -> tuple[float, list[Seed]]:
    """Return how many times further the chosen reach than as many drawn at random, by playing cascades forward."""
    chosen = pick(edges, count, seed=1)
    assert len(chosen) == count
    dice = dice_of(5)
    people = sorted({person for edge in edges for person in (edge.source, edge.target)})
    anybody = [reach(edges, dice.sample(people, count), runs=2, seed=draw) for draw in range(8)]
    ours = reach(edges, [each.person for each in chosen], runs=runs, seed=6)
    assert chosen[-1].reach == pytest.approx(ours, rel=0.15)
    times = ours / (sum(anybody) / len(anybody))
    print(f"{len(people)} people, {len(edges)} edges, {count} asked: {ours:.0f} reached, {times:.2f} times random")
    return times, chosen


@pytest.mark.parametrize("probability", [0.02, 0.05, 0.1])
def test_where_some_are_known_by_many(probability: float) -> None:
    edges = popular(dice_of(51), people=1500, links=4, probability=probability)
    assert times_random(edges, 15)[0] >= BETTER


def test_in_circles_it_does_not_ask_twice_in_one() -> None:
    edges = villages(dice_of(52), count=40, size=25, probability=0.15)
    times, chosen = times_random(edges, 20)
    assert times >= BETTER
    assert len({each.person // 25 for each in chosen}) >= 18


@pytest.mark.parametrize("weighted", [False, True])
def test_on_a_real_circle_of_friends(weighted: bool) -> None:
    if not REAL.exists():
        pytest.skip("the real friends are not on this machine (shared/data/beibei_social beside the project)")
    pairs = set()
    with lzma.open(REAL, "rt", encoding="ascii") as lines:
        for line in lines:
            one, other = map(int, line.split())
            if one != other:
                pairs |= {(one, other), (other, one)}
    friends = Counter(other for _one, other in pairs)
    edges = [Edge(one, other, 1 / friends[other] if weighted else 0.01) for one, other in sorted(pairs)]
    assert times_random(edges, 50, runs=8)[0] >= BETTER


def test_a_star_is_asked_at_its_middle() -> None:
    edges = [Edge(0, leaf, 1.0) for leaf in range(1, 10)] + [Edge(20, 21, 1.0)]
    first, second = pick(edges, 2, seed=3)
    assert (first.person, first.friends, second.person, second.friends) == (0, 9, 20, 1)
    assert first.gain == pytest.approx(10, rel=0.05)
    assert second.reach == pytest.approx(12, rel=0.01)


def test_who_does_not_want_to_be_asked_is_not_but_word_passes_through_her() -> None:
    edges = [Edge(1, 0, 1.0), *(Edge(0, leaf, 1.0) for leaf in range(2, 10))]
    (found,) = pick(edges, 1, seed=3, barred={0})
    assert found.person == 1
    assert found.reach == pytest.approx(10, rel=0.05)
    assert pick(edges, 1, seed=3, barred=set(range(10))) == []
    assert pick([], 3, seed=3) == []


def test_the_same_graph_gives_the_same_people() -> None:
    edges = popular(dice_of(53), people=300, links=3, probability=0.05)
    assert pick(edges, 5, seed=7) == pick(edges, 5, seed=7)


def test_few_openings_are_drawn_to_the_average() -> None:
    contacts = [Contact(1, 2, opened=1, joined=1), Contact(1, 3, opened=200, joined=100), Contact(4, 5, opened=200, joined=0)]
    lucky, sure, never = edges_of(contacts)
    assert 0.3 < lucky.probability < 0.55
    assert sure.probability == pytest.approx(0.49, abs=0.02)
    assert 0 < never.probability < 0.02
    assert edges_of([]) == []
    (alone,) = edges_of([Contact(1, 2, opened=3, joined=3)])
    assert alone.probability < 1
