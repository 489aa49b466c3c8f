"""Trust as an agent reads it of her own customers: how much, what made it, and what one more share costs now.

She never reads who muted her or complained: such a customer looks like one who is tired. So trust is told in four words, not in per cent,
and the ledger leaves these two out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.sharing import queries as sharing
from renmai.sharing.models import Shop
from renmai.trust.models import Entry
from renmai.trust.queries.gating import Offer
from renmai.trust.queries.ties import TieView, ledger_of, ties_of
from renmai.trust.weights import Kind

WORDS: Final[tuple[tuple[float, str, "str | Promise"], ...]] = (
    (0.75, "good", _("Trusts you a lot")),
    (0.6, "good", _("Trusts you")),
    (0.4, "", _("Does not know you well yet")),
    (0.0, "warn", _("Careful with you")),
)
"""From which lower bound of q on which word holds, with the tone of its badge."""

RELEVANCE: Final = 0.3
SECRET: Final = frozenset({Kind.MUTE, Kind.COMPLAINT})
LEDGER_SHOWN: Final = 10
SUGGESTED: Final = 6
TIRED: Final = 1.5
"""From so much pressure on a customer should rest."""


@dataclass(frozen=True)
class Line:
    """One entry of the ledger, in words."""

    title: str
    at: datetime
    is_good: bool
    is_share: bool


@dataclass(frozen=True)
class Trust:
    """What an agent reads of one tie. Money in fen; ``rest_days`` is 0 for a customer who is rested."""

    customer_id: int
    word: str
    tone: str
    cost_fen: int
    worth_fen: int
    rest_days: int
    is_good_moment: bool


@dataclass(frozen=True)
class Toll:
    """What one share to every customer would cost together, and how many of how many are rested."""

    cost_fen: int
    rested: int
    customers: int


@dataclass(frozen=True)
class Spread:
    """How many customers each word holds for, with its badge, and how many of all are rested."""

    rows: tuple[tuple[str, str, int], ...]
    customers: int
    rested: int


def trust_of(shop: Shop, customer_ids: Sequence[int], *, margin_fen: int = 0) -> dict[int, Trust]:
    """Return what the shop's agent reads of her ties to these customers. A fixed number of statements."""
    ties = ties_of(shop.owner_id, customer_ids, offer=Offer(RELEVANCE, margin_fen))
    return {customer_id: _told(tie) for customer_id, tie in ties.items()}


def lines_of(shop: Shop, customer_id: int) -> list[Line]:
    """Return what earned and spent trust last on one tie, the newest first."""
    return [_line(entry) for entry in ledger_of(shop.owner_id, customer_id) if _is_shown(entry)][:LEDGER_SHOWN]


def toll_of(shop: Shop) -> Toll:
    """Return what sharing to everybody at once would cost now."""
    ties = ties_of(shop.owner_id, sharing.customer_ids(shop), offer=Offer(RELEVANCE, 0)).values()
    return Toll(sum(tie.trust_cost_fen for tie in ties), sum(tie.asked.pressure < TIRED for tie in ties), len(ties))


def spread_of(shop: Shop) -> Spread:
    """Return how many of the shop's customers trust its agent how far, the most trusting first; who muted her is among the others."""
    ties = list(ties_of(shop.owner_id, sharing.customer_ids(shop)).values())
    told = [_told(tie) for tie in ties]
    return Spread(
        rows=tuple((str(word), tone, sum(each.word == str(word) for each in told)) for _least, tone, word in WORDS),
        customers=len(told),
        rested=sum(not each.rest_days for each in told),
    )


def suggested(shop: Shop, *, margin_fen: int) -> list[Trust]:
    """Return to whom something is best sent now: for whom it is a good moment first, then who costs least. At most ``SUGGESTED``."""
    ties = ties_of(shop.owner_id, sharing.customer_ids(shop), offer=Offer(RELEVANCE, margin_fen))
    ranked = sorted(
        ties,
        key=lambda customer: (
            not _is_good_moment(ties[customer]),
            ties[customer].asked.pressure >= TIRED,
            ties[customer].trust_cost_fen,
            customer,
        ),
    )
    return [_told(ties[customer]) for customer in ranked[:SUGGESTED]]


def _told(tie: TieView) -> Trust:
    word, tone = next((str(word), tone) for least, tone, word in WORDS if tie.asked.belief.low >= least)
    rest_days = round(tie.asked.rested_in_days) if tie.asked.pressure >= TIRED else 0
    return Trust(
        customer_id=tie.asked.receiver_id,
        word=word,
        tone=tone,
        cost_fen=tie.trust_cost_fen,
        worth_fen=tie.asked.worth_fen,
        rest_days=rest_days,
        is_good_moment=_is_good_moment(tie),
    )


def _is_good_moment(tie: TieView) -> bool:
    return not tie.is_muted and tie.asked.pressure < TIRED and tie.price.is_worth_it()


def _is_shown(entry: Entry) -> bool:
    return entry.kind not in SECRET and not entry.takes_back


def _line(entry: Entry) -> Line:
    return Line(entry.get_kind_display(), entry.at, is_good=entry.good > 0, is_share=entry.pressure > 0)
