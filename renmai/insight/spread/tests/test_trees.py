"""Trees whose figures are counted by hand."""

from collections.abc import Hashable

import pytest

from renmai.insight.spread.tests.processes import dice_of
from renmai.insight.spread.trees import Band, bands, forest


def test_no_tree() -> None:
    found = forest({})
    assert (found.trees, found.people, found.largest, found.generations, found.sizes) == (0, 0, 0, (), ())


def test_a_star_a_chain_and_somebody_alone() -> None:
    star: dict[Hashable, Hashable | None] = {"s": None, **{f"s{number}": "s" for number in range(4)}}
    chain: dict[Hashable, Hashable | None] = {"a": "somebody unknown", "b": "a", "c": "b", "d": "c"}
    found = forest({**star, **chain, "alone": None})
    assert (found.trees, found.people, found.largest, found.depth) == (3, 10, 5, 3)
    assert found.generations == (3, 5, 1, 1)
    assert found.mean_size == pytest.approx(10 / 3)
    assert found.mean_depth == pytest.approx(4 / 3)
    assert found.virality_of_largest == pytest.approx(8 / 5)
    assert found.mean_virality == pytest.approx((8 / 5 + 5 / 3) / 2)
    assert found.sizes == (Band(1, 1, 1, 1), Band(2, 2, 0, 0), Band(3, 4, 1, 4), Band(5, 9, 1, 5))


def test_virality_is_the_mean_distance_counted_the_slow_way() -> None:
    dice = dice_of(3)
    for size in (2, 7, 40):
        parents: dict[Hashable, Hashable | None] = {0: None} | {person: dice.randrange(person) for person in range(1, size)}
        assert forest(parents).virality_of_largest == pytest.approx(mean_distance(parents))


def mean_distance(parents: dict[Hashable, Hashable | None]) -> float:
    def line(person: Hashable) -> list[Hashable]:
        found = [person]
        while (above := parents[found[-1]]) is not None:
            found.append(above)
        return found

    lines = {person: line(person) for person in parents}
    distances = [len(set(lines[one]) ^ set(lines[other])) for one in parents for other in parents if one != other]
    return sum(distances) / len(distances)


def test_a_long_chain_is_no_trouble() -> None:
    found = forest({person: person - 1 if person else None for person in range(100_000)})
    assert (found.depth, found.largest) == (99_999, 100_000)
    assert found.virality_of_largest == pytest.approx(100_001 / 3)


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        forest({"a": "b", "b": "a"})


def test_bands_hold_everybody() -> None:
    found = bands([1, 1, 2, 12, 5000])
    assert sum(band.trees for band in found) == 5
    assert sum(band.people for band in found) == 5016
    assert found[-1] == Band(1000, None, 1, 5000)
