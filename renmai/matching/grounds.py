"""Why a product stands on a list: the factors that raised it most, each with a fact that is true and can be opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from scipy import sparse

from renmai.matching.scoring import Crowd
from renmai.matching.selections import MOST_REASONS, Why
from renmai.matching.shelf import Floats, Ints, Shelf

LEAST: Final = 0.05
"""A factor that adds less than this many standard deviations is no reason to name."""

ENOUGH_JUDGED: Final = 10
ENOUGH_HEARD: Final = 5
PUNCTUAL: Final = 0.05


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What reasons are drawn from. ``known`` are the places of what the crowd bought or looked at, the dearest to it first."""

    shelf: Shelf
    crowd: Crowd
    added: Mapping[str, Floats]
    known: Ints
    people_in: Mapping[int, int]
    """How many different people of the crowd bought or looked at something in each category, by its id."""

    likeness: sparse.csr_array | None = None
    """Which goods are bought together, as ``neighbours`` counts them."""

    because: Callable[[int], Ints] | None = None
    """The places of the goods that, to the model that serves, speak for the one at a place, the strongest first."""


def reasons(grounds: Grounds, place: int) -> tuple[Why, ...]:
    """Return at most ``MOST_REASONS`` reasons for the product at ``place``, the strongest first; only those whose fact is true."""
    strongest = sorted(grounds.added, key=lambda name: -float(grounds.added[name][place]))
    found = (_reason(grounds, name, place) for name in strongest if grounds.added[name][place] > LEAST)
    once: dict[str, Why] = {}
    for why in found:
        if why is not None:
            once.setdefault(why.code, why)
    return tuple(once.values())[:MOST_REASONS]


def _reason(grounds: Grounds, factor: str, place: int) -> Why | None:
    say = _SAYINGS.get(factor)
    return say(grounds, place) if say else None


def _of_brand(grounds: Grounds, place: int) -> Why | None:
    return _of_known(grounds, grounds.shelf.brand[grounds.known] == grounds.shelf.brand[place], "brand")


def _of_series(grounds: Grounds, place: int) -> Why | None:
    if not len(grounds.known):
        return None
    tags = grounds.shelf.tags
    shared = np.asarray((tags[grounds.known] @ tags[[place]].T).todense()).ravel()
    return _of_known(grounds, shared > 0, "series")


def _of_price(grounds: Grounds, _place: int) -> Why | None:
    middle = _usual_fen(grounds.shelf, grounds.crowd)
    return Why("habits", 0, middle) if middle else None


def _of_sales(grounds: Grounds, place: int) -> Why | None:
    category = grounds.shelf.category
    orders = int(grounds.crowd.bought[category == category[place]].sum())
    return Why("selling", int(category[place]), orders) if orders else None


def _of_supply(grounds: Grounds, place: int) -> Why | None:
    late = float(grounds.shelf.late[place])
    return Why("supply", 0, round(late * 10_000)) if late <= PUNCTUAL else None


def _of_quality(grounds: Grounds, place: int) -> Why | None:
    judged, returned = int(grounds.shelf.judged[place]), int(grounds.shelf.returned[place])
    return Why("quality", returned, judged) if judged >= ENOUGH_JUDGED and returned * 10 <= judged else None


def _of_words(grounds: Grounds, place: int) -> Why | None:
    heard, unwelcome = int(grounds.shelf.heard[place]), int(grounds.shelf.unwelcome[place])
    return Why("welcome", heard - unwelcome, heard) if heard >= ENOUGH_HEARD and unwelcome * 4 <= heard else None


def _of_popularity(grounds: Grounds, place: int) -> Why | None:
    pieces = int(grounds.shelf.recent[place])
    return Why("popular", 0, pieces) if pieces else None


def _of_warehouse(grounds: Grounds, place: int) -> Why | None:
    return Why("tail", 0, int(grounds.shelf.stock[place]))


def _of_category(grounds: Grounds, place: int) -> Why | None:
    for column in (grounds.shelf.category, grounds.shelf.top):
        people = grounds.people_in.get(int(column[place]), 0)
        if people:
            return Why("taste", int(column[place]), people)
    return None


def _of_known(grounds: Grounds, flags: np.ndarray, code: str) -> Why | None:
    among = grounds.known[flags]
    return Why(code, int(grounds.shelf.ids[among[0]])) if len(among) else None


def _most_alike(grounds: Grounds, place: int) -> Why | None:
    if not len(grounds.known):
        return None
    alike = grounds.shelf.vectors[grounds.known] @ grounds.shelf.vectors[place]
    nearest = int(np.argmax(alike))
    return Why("likeness", int(grounds.shelf.ids[grounds.known[nearest]])) if alike[nearest] > 0.5 else None


def _often_with(grounds: Grounds, place: int) -> Why | None:
    if grounds.likeness is None or not len(grounds.known):
        return None
    row = np.asarray(grounds.likeness[[place]].todense()).ravel()[grounds.known]
    best = int(np.argmax(row))
    return Why("together", int(grounds.shelf.ids[grounds.known[best]])) if row[best] > 0 else None


def _of_model(grounds: Grounds, place: int) -> Why | None:
    """Say what the model's reason comes to in facts: a good of theirs that it names and that is truly bought with this one, else the category."""
    if grounds.because is None:
        return None
    named = grounds.because(place)
    if grounds.likeness is not None and len(named):
        row = np.asarray(grounds.likeness[[place]].todense()).ravel()[named]
        if row.any():
            return Why("together", int(grounds.shelf.ids[named[np.flatnonzero(row)[0]]]))
    return _of_category(grounds, place) if len(named) else None


def _usual_fen(shelf: Shelf, crowd: Crowd) -> int:
    """Return the price in the middle of what the crowd takes, half of its interest below and half above; 0 for no interest."""
    weights = np.maximum(crowd.interest, 0.0)
    if not weights.any():
        return 0
    order = np.argsort(shelf.price_fen, kind="stable")
    return int(shelf.price_fen[order][np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2.0)])


_SAYINGS: Final[Mapping[str, Callable[[Grounds, int], Why | None]]] = MappingProxyType(
    {
        "taste": _of_category,
        "brand": _of_brand,
        "likeness": _most_alike,
        "series": _of_series,
        "habits": _of_price,
        "selling": _of_sales,
        "supply": _of_supply,
        "quality": _of_quality,
        "welcome": _of_words,
        "popular": _of_popularity,
        "together": _often_with,
        "model": _of_model,
        "tail": _of_warehouse,
        "season": lambda _grounds, _place: Why("season"),
        "fixed": lambda _grounds, _place: Why("fixed"),
    }
)
