"""From happenings to interests, in arrays: the same arithmetic for one event that just came and for everything there ever was."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from renmai.insight.portraits.facets import CHINA, FACETS, SIGNALS, WHOLE, Facet, Source, Traits, half_life, part_of_hour
from renmai.insight.portraits.fading import BEGINNING, days_of, scores_by_group

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHINA_OFFSET_DAYS = days_of(BEGINNING.replace(tzinfo=CHINA)) * -1
"""China has one time and no summer time: eight hours, in days."""

NAMES = tuple(SIGNALS)


@dataclass(frozen=True)
class Happenings:
    """Things that people did with products, as columns of one length n.

    ``users`` and ``products`` are ids, ``names`` are places in ``NAMES``, ``days`` are moments as ``fading.days_of`` counts them.
    """

    users: "NDArray[np.int64]"
    products: "NDArray[np.int64]"
    names: "NDArray[np.int64]"
    days: "NDArray[np.float64]"

    def __len__(self) -> int:
        return len(self.users)

    def of_users(self, low: int, high: int) -> "Happenings":
        """Return those of the people with ``low ≤ id < high``; the columns must be sorted by user."""
        import numpy as np

        begin, end = np.searchsorted(self.users, [low, high])
        part = slice(int(begin), int(end))
        return Happenings(self.users[part], self.products[part], self.names[part], self.days[part])

    def sorted(self) -> "Happenings":
        """Return the same, by user."""
        import numpy as np

        order = np.argsort(self.users, kind="stable")
        return Happenings(self.users[order], self.products[order], self.names[order], self.days[order])


@dataclass(frozen=True)
class Parts:
    """Interests of one facet, as columns of one length; ``values`` are their words."""

    facet: Facet
    users: "NDArray[np.int64]"
    values: list[str]
    scores: "NDArray[np.float64]"
    counts: "NDArray[np.int64]"
    first: "NDArray[np.float64]"
    last: "NDArray[np.float64]"


def happenings_of(rows: Iterable[tuple[int, int, str, float]]) -> Happenings:
    """Return happenings from rows of user id, product id, name and days; names without a signal are left out."""
    import numpy as np

    places = {name: place for place, name in enumerate(NAMES)}
    kept = [(user, product, places[name], days) for user, product, name, days in rows if name in places]
    users, products, names, days = zip(*kept, strict=True) if kept else ((), (), (), ())
    return Happenings(
        np.array(users, np.int64), np.array(products, np.int64), np.array(names, np.int64), np.array(days, np.float64)
    )


def gather(happenings: Happenings, traits: Mapping[int, Traits], *, source: Source) -> Iterator[Parts]:
    """Yield what the happenings come to, one facet after the other. Happenings with products without traits count nowhere."""
    for facet in FACETS:
        weights = _weights(facet)
        if weights.any():
            yield from _gather(happenings, traits, weights, facet=facet, source=source)


def _gather(
    happenings: Happenings, traits: Mapping[int, Traits], weights: "NDArray[np.float64]", *, facet: Facet, source: Source
) -> Iterator[Parts]:
    import numpy as np

    weight = weights[happenings.names]
    counted = np.flatnonzero(weight > 0)
    words, codes, begins, lengths = _words_of(facet, happenings, traits, counted)
    # Each happening stands once for each of its values, and once for the whole (code 0) when it has any.
    lengths_with_whole = np.where(lengths > 0, lengths + 1, 0)
    row = np.repeat(np.arange(len(counted)), lengths_with_whole)
    if not len(row):
        return
    place = np.arange(len(row)) - np.repeat(np.cumsum(lengths_with_whole) - lengths_with_whole, lengths_with_whole)
    value = np.where(place == 0, 0, codes[np.minimum(begins[row] + place - 1, len(codes) - 1)])
    at = counted[row]
    people, person = np.unique(happenings.users[at], return_inverse=True)
    group = person * len(words) + value
    order = np.argsort(group, kind="stable")
    group, at = group[order], at[order]
    days = happenings.days[at]
    starts, scores = scores_by_group(group, np.log2(weight[at]) + days / half_life(facet, source))
    keys = group[starts]
    yield Parts(
        facet=facet,
        users=people[keys // len(words)],
        values=[words[code] for code in (keys % len(words)).tolist()],
        scores=scores,
        counts=np.diff(np.append(starts, len(group))),
        first=np.minimum.reduceat(days, starts),
        last=np.maximum.reduceat(days, starts),
    )


def _weights(facet: Facet) -> "NDArray[np.float64]":
    import numpy as np

    return np.array([SIGNALS[name].get(facet, 0.0) for name in NAMES])


def _words_of(
    facet: Facet, happenings: Happenings, traits: Mapping[int, Traits], counted: "NDArray[np.intp]"
) -> "tuple[list[str], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]":
    """Return the words of a facet ("" first), and for each counted happening where its codes begin in the list of codes, and how many."""
    import numpy as np

    if facet is Facet.HOUR:
        words = [WHOLE, *dict.fromkeys(part_of_hour(hour) for hour in range(24))]
        by_hour = np.array([words.index(part_of_hour(hour)) for hour in range(24)], np.int64)
        local = happenings.days[counted] + CHINA_OFFSET_DAYS
        hours = np.minimum(((local - np.floor(local)) * 24 + 1e-9).astype(np.int64), 23)
        return words, by_hour, hours, np.ones(len(counted), np.int64)
    seen, place = np.unique(happenings.products[counted], return_inverse=True)
    codes_of: dict[str, int] = {WHOLE: 0}
    codes: list[int] = []
    begins: list[int] = []
    for product_id in seen.tolist():
        begins.append(len(codes))
        found = traits.get(product_id)
        codes += [codes_of.setdefault(word, len(codes_of)) for word in (found.values.get(facet, ()) if found else ())]
    begins.append(len(codes))
    starts = np.array(begins, np.int64)
    lengths = np.diff(starts)
    return list(codes_of), np.array(codes or [0], np.int64), starts[:-1][place], lengths[place]


def without(parts: Parts, corrected: Collection[tuple[int, str, str]]) -> Parts:
    """Return the parts without what people took out of their portraits: tuples of user id, facet and value."""
    import numpy as np

    of_facet = {(user, value) for user, facet, value in corrected if facet == parts.facet}
    if not of_facet:
        return parts
    pairs = zip(parts.users.tolist(), parts.values, strict=True)
    keep = np.fromiter((pair not in of_facet for pair in pairs), bool, len(parts.values))
    return Parts(
        facet=parts.facet,
        users=parts.users[keep],
        values=[value for value, kept in zip(parts.values, keep.tolist(), strict=True) if kept],
        scores=parts.scores[keep],
        counts=parts.counts[keep],
        first=parts.first[keep],
        last=parts.last[keep],
    )
