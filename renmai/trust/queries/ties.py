"""Ties as people may read them: what is believed, why, what it costs to share now, and what it was made of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from renmai.kernel import clock
from renmai.sharing import queries as sharing
from renmai.trust.gate import Price
from renmai.trust.models import Entry, Tie
from renmai.trust.queries.believing import believed, known, standings
from renmai.trust.queries.gating import Asked, Offer, ask, price_of
from renmai.trust.stages import Happened, Step, steps

LEDGER_SIZE = 50
PAGE_SIZE = 20
MOST_RANKED = 2000


@dataclass(frozen=True)
class TieView:
    """One tie explained: what is known, what one more usual share costs, whether she muted, and the stages it went through."""

    asked: Asked
    price: Price
    is_muted: bool
    steps: tuple[Step, ...]

    @property
    def trust_cost_fen(self) -> int:
        """What one more share of usual relevance costs in trust, in fen."""
        return self.price.cost_fen


USUAL = Offer(relevance=0.3, margin_fen=0)
"""A share of usual relevance; what it might bring is not asked."""


def tie(sharer_id: int, receiver_id: int, *, offer: Offer = USUAL) -> TieView:
    """Return one tie explained, also where there is none yet: then it says what is expected."""
    asked = ask(sharer_id, [receiver_id])[receiver_id]
    return TieView(
        asked=asked,
        price=price_of(asked, offer),
        is_muted=sharing.is_muted(receiver_id=receiver_id, sharer_id=sharer_id),
        steps=tuple(steps(_happened(Tie.objects.filter(sharer=sharer_id, receiver=receiver_id).first()))),
    )


def ties_of(sharer_id: int, receiver_ids: Collection[int], *, offer: Offer = USUAL) -> dict[int, TieView]:
    """Return a sharer's ties to these receivers, without their stages. A fixed number of statements."""
    if not receiver_ids:
        return {}
    about = known()
    muted = sharing.who_muted(sharer_id, among=receiver_ids)
    return {
        receiver_id: TieView(asked, price_of(asked, offer, about=about), receiver_id in muted, ())
        for receiver_id, asked in ask(sharer_id, list(receiver_ids), about=about).items()
    }


def ties_by_trust(sharer_id: int, receiver_ids: Collection[int]) -> list[int]:
    """Return these receivers, those first who surely trust the sharer most: by the lower bound of q. At most ``MOST_RANKED``."""
    found = ask(sharer_id, list(receiver_ids)[:MOST_RANKED])
    return sorted(found, key=lambda receiver_id: (-found[receiver_id].belief.low, receiver_id))


def trust_in(sharer_ids: Collection[int], receiver_id: int) -> dict[int, float]:
    """Return the lower bound of q of one receiver's ties to these sharers: what ranks what they share. Three statements."""
    now, about = clock.now(), known()
    found = standings(sharer_ids, [receiver_id])
    rows = {row.sharer_id: row for row in Tie.objects.filter(receiver=receiver_id, sharer__in=sharer_ids)}
    ties = {sharer: rows.get(sharer) or Tie(sharer_id=sharer, receiver_id=receiver_id) for sharer in sharer_ids}
    return {sharer: believed(each, found, about=about, now=now).low for sharer, each in ties.items()}


def latest_ties(limit: int) -> list[Tie]:
    """Return the ties that moved last, with both people; at most ``MOST_RANKED``."""
    rows = Tie.objects.select_related("sharer", "receiver").order_by("-moved_at", "-pk")
    return list(rows[: min(limit, MOST_RANKED)])


def ledger_of(sharer_id: int, receiver_id: int, *, page: int = 1) -> list[Entry]:
    """Return one page of what earned and spent trust on a tie, the newest first."""
    start = (min(max(page, 1), 500) - 1) * LEDGER_SIZE
    rows = Entry.objects.filter(tie__sharer=sharer_id, tie__receiver=receiver_id).order_by("-at", "-pk")
    return list(rows[start : start + LEDGER_SIZE])


def happened(entries: Sequence[Entry]) -> list[Happened]:
    """Return a ledger as stages read it: in order of time, without what was taken back."""
    gone = {(entry.evidence, entry.kind) for entry in entries if entry.takes_back}
    standing = [entry for entry in entries if (entry.evidence, entry.kind) not in gone]
    return [Happened(entry.kind, entry.evidence, entry.at) for entry in sorted(standing, key=lambda entry: (entry.at, entry.pk))]


def _happened(row: Tie | None) -> list[Happened]:
    if row is None:
        return []
    return happened(list(Entry.objects.filter(tie=row).order_by("at", "pk")[:MOST_RANKED]))
