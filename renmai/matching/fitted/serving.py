"""The model at work: loaded when lists are made, asked about whoever the list is for, and set aside, aloud, when it cannot serve."""

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from renmai.kernel.outbox import raise_alert, resolve_alerts
from renmai.matching.fitted import files
from renmai.matching.fitted.choosing import lineup
from renmai.matching.fitted.files import Contents, Fault, Manifest, Unusable
from renmai.matching.fitted.pasts import known, level, ranks
from renmai.matching.reading import Acts
from renmai.matching.recommenders.base import BATCH, Past, Portable, ones
from renmai.matching.shelf import Floats, Ints, Shelf

logger = logging.getLogger(__name__)

KNOWN_GOODS: Final = 0.5
"""The least share of the goods on sale that a model must know: one that knows fewer would hold the others back."""

PEOPLE_MOST: Final = 300
QUIET: Final = frozenset({Fault.NONE_YET, Fault.NONE_CHOSEN, Fault.OTHER_SHOP})
"""Nothing for anybody to look at: a young shop, one where popularity says as much, a folder that was there before the shop."""


@dataclass(frozen=True)
class Serving:
    """A model on today's shelf. ``of_model`` has, for each place on the shelf, the model's number of the good; -1 for what it does not know."""

    model: Portable
    goods: int
    of_model: Ints

    @classmethod
    def on(cls, model: Portable, goods: Ints, shelf: Shelf) -> "Serving":
        """Return the model, which was fitted on the goods of these ids, on this shelf."""
        at = np.minimum(np.searchsorted(goods, shelf.ids), max(len(goods) - 1, 0))
        is_known = goods[at] == shelf.ids if len(goods) else np.zeros(len(shelf), dtype=np.bool_)
        return cls(model, len(goods), np.where(is_known, at, -1))

    def asked(self, acts: Acts) -> "Asked":
        """Ask about the people of these acts, of whom nothing is kept."""
        return Asked(self, acts)


@dataclass(frozen=True)
class Asked:
    """The model's word on a crowd, worked out when it is wanted."""

    serving: Serving
    acts: Acts

    def suits(self) -> Floats | None:
        """Return how well each good on the shelf suits the crowd (n): minus the logarithm of its place among all goods that the model knows.

        The place is that of the mean over the crowd's people, each in her own standard deviations; of a large crowd the ``PEOPLE_MOST``
        who did most speak. It was chosen by what was new to people, so what somebody has stands level with the best that is new to her: it
        shall not push out what people buy again. Goods that it does not know stand at the mean of the others. None when it has nothing to
        say: nobody took anything that it knows.
        """
        past = self._past
        if not past.people:
            return None
        model = self.serving.model.about(past)
        said = np.zeros(self.serving.goods)
        for start in range(0, past.people, BATCH):
            rows = np.arange(start, min(start + BATCH, past.people), dtype=np.int32)
            is_new = past.taken[rows].toarray() == 0
            hers = level(model.scores(rows).astype(np.float64), among=is_new)
            said += np.where(is_new, hers, hers.max(axis=1, keepdims=True)).sum(axis=0)
        if not said.any():
            return None
        places = self.serving.of_model
        known_ones = places >= 0
        worth = -np.log(ranks(said))[places[known_ones]]
        found = np.full(len(places), float(worth.mean()))
        found[known_ones] = worth
        return found

    def because(self, place: int) -> Ints:
        """Return the places of those goods of the crowd's past that, to the model, speak for the good at ``place``, the strongest first."""
        good = int(self.serving.of_model[place])
        if good < 0 or not self._past.people:
            return np.zeros(0, dtype=np.int64)
        named = [at for reason in self._together.explain(0, good) for at in reason.goods]
        return np.array([self._on_shelf[at] for at in dict.fromkeys(named)], dtype=np.int64)

    @cached_property
    def _past(self) -> Past:
        """The past of those who did most, in the model's numbers."""
        places = self.serving.of_model[self.acts.place]
        seen = self.acts.of(places >= 0)
        people, rows = np.unique(seen.person, return_inverse=True)
        if len(people) > PEOPLE_MOST:
            loudest = np.argsort(-np.bincount(rows, weights=seen.weight), kind="stable")[:PEOPLE_MOST]
            seen = seen.of(np.isin(rows, loudest))
        numbered = Acts(
            person=seen.person,
            shop=seen.shop,
            place=self.serving.of_model[seen.place],
            weight=seen.weight,
            is_order=seen.is_order,
        )
        return known(numbered, self.serving.goods).past

    @cached_property
    def _together(self) -> Portable:
        """The model asked about all of them as if they were one."""
        past = self._past
        taken, wished = (ones(matrix.sum(axis=0)) for matrix in (past.taken, past.wished))
        return self.serving.model.about(Past(taken=taken, aimed=taken, wished=wished, ties=past.ties[:1, :1]))

    @cached_property
    def _on_shelf(self) -> dict[int, int]:
        return {int(good): place for place, good in enumerate(self.serving.of_model.tolist()) if good >= 0}


def ready(shelf: Shelf) -> Serving | None:
    """Return the model that serves this shelf; None when none can, and then it is said: in the log, and as an alert unless nobody is to blame."""
    try:
        found = _usable(shelf)
    except Unusable as unusable:
        if unusable.fault in QUIET:
            resolve_alerts(files.ALERT, [files.SUBJECT])
        else:
            logger.warning("no model serves the lists, the other factors do: %s (%s)", unusable.fault, unusable)
            raise_alert(files.ALERT, files.SUBJECT, f"{unusable.fault}: {unusable}")
        return None
    resolve_alerts(files.ALERT, [files.SUBJECT])
    return found


def _usable(shelf: Shelf) -> Serving:
    said = files.manifest()
    files.check(said)
    contents = _contents(said)
    unfitted = lineup(len(contents.goods)).get(said.model)
    if unfitted is None:
        raise Unusable(Fault.OTHER_VERSION, f"there is no model {said.model!r} here")
    try:
        model = unfitted.relearn(contents.learnt)
    except KeyError as error:
        raise Unusable(Fault.CORRUPT, f"{said.file} lacks {error}") from error
    serving = Serving.on(model, contents.goods, shelf)
    share = float((serving.of_model >= 0).mean())
    if share < KNOWN_GOODS:
        raise Unusable(Fault.OTHER_GOODS, f"it knows {share:.0%} of the goods on sale")
    return serving


def _contents(said: Manifest) -> Contents:
    """Return what the file holds, read again only when it is another one, or gone."""
    kept = _read.get("now")
    if kept is None or kept[0] != said.checksum:
        _read["now"] = kept = (said.checksum, files.read(said))
    return kept[1]


_read: dict[str, tuple[str, Contents]] = {}
