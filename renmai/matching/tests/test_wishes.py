"""Selection requirements are hard: nothing outside them ever stands on a list."""

from dataclasses import replace
from typing import Any

import numpy as np

from renmai.matching.shelf import Shelf
from renmai.matching.strategies import STRATEGIES, Occasion
from renmai.matching.tests.worlds import made
from renmai.matching.wishes import ANYTHING, JUDGED_ENOUGH, Wishes, allowed


def drawn(rng: np.random.Generator, shelf: Shelf) -> Wishes:
    """Requirements as different as agents are."""

    def some(column: np.ndarray, most: int) -> Any:
        return rng.choice(np.unique(column), int(rng.integers(0, most)), replace=False).tolist()

    low = int(rng.integers(500, 4000))
    return Wishes(
        categories=frozenset(some(np.concatenate([shelf.category, shelf.top]), 8)),
        brands=frozenset(some(shelf.brand, 12)) if rng.random() < 0.2 else frozenset(),
        minimum_fen=low if rng.random() < 0.5 else None,
        maximum_fen=low + int(rng.integers(500, 9000)) if rng.random() < 0.7 else None,
        commission_points=int(rng.choice([0, 500, 1000, 1500])),
        suppliers=frozenset(some(shelf.supplier, 6)) if rng.random() < 0.3 else frozenset(),
        ship_from=frozenset(some(shelf.province, 6)) if rng.random() < 0.3 else frozenset(),
        return_points=int(rng.integers(200, 3000)) if rng.random() < 0.5 else None,
        excluded=frozenset(some(shelf.ids, 50)),
    )


def broken(shelf: Shelf, wishes: Wishes, place: int) -> bool:
    """Whether a product breaks a requirement: one product at a time, in plain words, to check the columns against."""
    judged, returned = int(shelf.judged[place]), int(shelf.returned[place])
    named = {int(shelf.category[place]), int(shelf.top[place])}
    return bool(
        (wishes.categories and not named & wishes.categories)
        or (wishes.brands and str(shelf.brand[place]) not in wishes.brands)
        or (wishes.suppliers and int(shelf.supplier[place]) not in wishes.suppliers)
        or (wishes.ship_from and str(shelf.province[place]) not in wishes.ship_from)
        or (wishes.minimum_fen is not None and shelf.price_fen[place] < wishes.minimum_fen)
        or (wishes.maximum_fen is not None and shelf.price_to_fen[place] > wishes.maximum_fen)
        or (
            wishes.return_points is not None
            and judged >= JUDGED_ENOUGH
            and returned / judged > wishes.return_points / 10_000 + 1e-12
        )
        or shelf.commission_points[place] < wishes.commission_points
        or int(shelf.ids[place]) in wishes.excluded
        or shelf.stock[place] < 1
        or shelf.is_demoted[place]
    )


def test_of_a_hundred_thousand_recommendations_none_breaks_a_requirement() -> None:
    world, rng = made(), np.random.default_rng(3)
    shelf = replace(world.shelf, stock=np.where(world.shelf.ids % 9 == 0, 0, world.shelf.stock))
    shelf = shelf.with_demoted(shelf.ids[::17].tolist())
    given = kept_out = 0
    strategies = list(STRATEGIES.values())
    while given < 100_000:
        wishes = drawn(rng, shelf)
        candidates = allowed(shelf, wishes)
        kept_out += int((~candidates).sum())
        strategy = strategies[int(rng.integers(len(strategies)))]
        crowd = world.crowds[int(rng.integers(len(world.crowds)))]
        places = strategy(shelf, crowd, Occasion(month=3, candidates=candidates, limit=600)).places
        assert not [place for place in places.tolist() if broken(shelf, wishes, place)]
        given += len(places)
    assert kept_out > 100_000


def test_the_filter_keeps_nothing_back_that_meets_the_requirements() -> None:
    world, rng = made(), np.random.default_rng(5)
    for _once in range(50):
        wishes = drawn(rng, world.shelf)
        expected = [not broken(world.shelf, wishes, place) for place in range(len(world.shelf))]
        assert allowed(world.shelf, wishes).tolist() == expected


def test_no_requirement_lets_all_through_that_can_be_bought() -> None:
    shelf = made().shelf
    assert allowed(shelf, ANYTHING).all()


def test_an_agents_list_stays_in_her_price_band() -> None:
    world = made()
    wishes = Wishes(minimum_fen=2000, maximum_fen=6000)
    for crowd in world.crowds:
        occasion = Occasion(month=3, candidates=allowed(world.shelf, wishes), limit=20)
        places = STRATEGIES["personal"](world.shelf, crowd, occasion).places
        assert len(places) == 20
        assert (world.shelf.price_fen[places] >= 2000).all()
        assert (world.shelf.price_to_fen[places] <= 6000).all()
