"""How what is shared was received: what the people whom it reached said of it, whoever shared it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Count, Q

from renmai.kernel import clock
from renmai.trust.models import Feedback

REMEMBERED: Final = timedelta(days=365)
LEAST_PEOPLE: Final = 5
LEAST_SHARERS: Final = 3
"""So many different people must have shared it before words about it count: else they may be about who shares, not about what, and
whose they are could be guessed."""

UNDECIDED: Final = 4.0
"""It begins as if so many people had been half for and half against it."""

WELL, MIXED = 0.7, 0.45
Word = Feedback.Word


@dataclass(frozen=True)
class Reception:
    """Of how many people how many called it useful, called it useless, or muted or complained; 0 throughout while it is too few to say."""

    people: int = 0
    useful: int = 0
    not_useful: int = 0
    mutes: int = 0

    @property
    def score(self) -> float:
        """The share of people to whom it was welcome, 0 … 1, drawn towards a half by ``UNDECIDED``; a half while too few have spoken."""
        return (self.useful + UNDECIDED / 2) / (self.people + UNDECIDED)

    @property
    def word(self) -> str:
        """``well``, ``mixed`` or ``badly``; ``unknown`` while too few have spoken."""
        if not self.people:
            return "unknown"
        return "well" if self.score >= WELL else "mixed" if self.score >= MIXED else "badly"


def receptions(product_ids: Collection[int]) -> dict[int, Reception]:
    """Return how shares of these goods were received within a year, each of them. Everybody counts once, and for the worst that she said.

    One statement.
    """
    rows = Feedback.objects.filter(product_id__in=product_ids, undone_at__isnull=True, at__gt=clock.now() - REMEMBERED)
    counted = rows.values("product_id").annotate(**_COUNTS).order_by("product_id")
    found = {row[0]: _reception(*row[1:]) for row in counted.values_list("product_id", *_COUNTS)}
    return {product_id: found.get(product_id, Reception()) for product_id in product_ids}


def reception_of_page(path: str) -> Reception:
    """Return how shares of one of our own pages, of a post or a campaign, were received within a year. One statement."""
    rows = Feedback.objects.filter(share__page=path, undone_at__isnull=True, at__gt=clock.now() - REMEMBERED)
    return _reception(**rows.aggregate(**_COUNTS))


def _people(words: Collection[str]) -> Count:
    return Count("receiver", distinct=True, filter=Q(word__in=words))


_COUNTS: Final = {
    "people": Count("receiver", distinct=True),
    "sharers": Count("sharer", distinct=True),
    "against": _people([Word.NOT_USEFUL, Word.MUTE, Word.COMPLAINT]),
    "muted": _people([Word.MUTE, Word.COMPLAINT]),
}


def _reception(people: int, sharers: int, against: int, muted: int) -> Reception:
    if people < LEAST_PEOPLE or sharers < LEAST_SHARERS:
        return Reception()
    return Reception(people, useful=people - against, not_useful=against - muted, mutes=muted)
