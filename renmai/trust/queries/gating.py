"""The price of one more share, and whether it may go: what the gate of ``trust.gate`` is asked with, read from the rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.timezone import localtime

from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.accounts.queries import agreed_among
from renmai.kernel import clock
from renmai.policy import queries as policy
from renmai.sharing import queries as sharing
from renmai.trust import gate as rules
from renmai.trust.beliefs import Belief
from renmai.trust.decay import BELIEF_DAYS, PRESSURE_DAYS, days_until, scale
from renmai.trust.gate import Circumstances, Price, Verdict
from renmai.trust.hazard import respond
from renmai.trust.models import Sending, Standing, Tie
from renmai.trust.queries.believing import Known, believed, known, standings

FORESIGHT: Final = 1.0
"""λ: how much the hazard of the following shares counts."""

YEAR_DAYS: Final = 365.0
NEW_TIE_FEN: Final = 3000
"""What is expected to flow through a tie before anything did, in the units of ``flow``: about ¥84 a year."""

HALF_LIFE_FLOW: Final = BELIEF_DAYS / 0.6931471805599453
"""A steady flow of 1 fen a day stands in ``flow`` as so many fen."""

RESTED: Final = 0.5
"""At so little pressure a tie is rested."""


@dataclass(frozen=True)
class Offer:
    """What would be shared: its relevance to the receiver, 0 … 1, and the platform's margin on it before commission, in fen.

    ``worth_fen`` is what the receiver will bring through this tie in a year, where somebody knows better than the tie itself.
    ``purpose`` is what she must have agreed to.
    """

    relevance: float
    margin_fen: int
    worth_fen: int | None = None
    purpose: Purpose = Purpose.MARKETING


@dataclass(frozen=True)
class Asked:
    """What is known of a tie at a moment: q, pressure, the year's worth in fen, and how readily the receiver mutes."""

    sharer_id: int
    receiver_id: int
    belief: Belief
    pressure: float
    worth_fen: int
    temper: float

    @property
    def rested_in_days(self) -> float:
        """After how many days without a share the tie is rested."""
        return days_until(self.pressure, target=RESTED, half_life_days=PRESSURE_DAYS)


def gate(
    sharer: User,
    receiver: User,
    *,
    relevance: float,
    margin_fen: int,
    worth_fen: int | None = None,
    purpose: Purpose = Purpose.MARKETING,
) -> Verdict:
    """Return whether ``sharer`` may push something to ``receiver`` now, why, and what it costs in trust. Reads only.

    ``margin_fen`` is what the platform keeps of a purchase. Whoever then pushes calls ``actions.note_sending``.
    """
    return gates(sharer, [(receiver.pk, Offer(relevance, margin_fen, worth_fen, purpose))])[0]


def gates(sharer: User, offers: Sequence[tuple[int, Offer]]) -> list[Verdict]:
    """Return the verdict on each of these offers, in their order: to the receiver of that id, as if it were the only one. Reads only.

    Seven statements however many there are, one more for each further purpose; none for none.
    """
    if not offers:
        return []
    receivers = sorted({receiver_id for receiver_id, _offer in offers})
    about = known()
    asked = ask(sharer.pk, receivers, about=about)
    around = {
        purpose: _circumstances(sharer, receivers, purpose) for purpose in dict.fromkeys(offer.purpose for _id, offer in offers)
    }
    today, share = localtime(clock.now()).date(), policy.integer("trust.explored_basis_points") / 10_000
    return [
        rules.judge(
            around[offer.purpose][receiver_id],
            price_of(asked[receiver_id], offer, about=about),
            lot=rules.drawn(sharer.pk, receiver_id, day=today, share=share),
        )
        for receiver_id, offer in offers
    ]


def ask(sharer_id: int, receiver_ids: list[int], *, about: Known | None = None) -> dict[int, Asked]:
    """Return what is known of a sharer's ties to these receivers now, also where there is no tie yet. Three statements at most."""
    if not receiver_ids:
        return {}
    now = clock.now()
    about = about or known()
    ties = {tie.receiver_id: tie for tie in Tie.objects.filter(sharer=sharer_id, receiver__in=receiver_ids)}
    found = standings([sharer_id], receiver_ids)
    return {
        receiver_id: _asked(ties.get(receiver_id) or Tie(sharer_id=sharer_id, receiver_id=receiver_id), found, about, now)
        for receiver_id in receiver_ids
    }


def price_of(asked: Asked, offer: Offer, *, about: Known | None = None) -> Price:
    """Return what one more share on a tie brings and takes, in fen."""
    weights = about or known()
    response = respond(
        pressure=asked.pressure,
        belief=asked.belief.mean,
        relevance=offer.relevance,
        temper=asked.temper,
        weights=(weights.muting, weights.buying),
    )
    worth_fen = asked.worth_fen if offer.worth_fen is None else offer.worth_fen
    return rules.price(response, margin_fen=offer.margin_fen, worth_fen=worth_fen, foresight=FORESIGHT)


def _asked(tie: Tie, found: dict[tuple[int, str], Standing], about: Known, now: datetime) -> Asked:
    receiver = found.get((tie.receiver_id, Standing.Role.RECEIVER))
    flow = tie.flow / scale(now, BELIEF_DAYS) + NEW_TIE_FEN
    return Asked(
        sharer_id=tie.sharer_id,
        receiver_id=tie.receiver_id,
        belief=believed(tie, found, about=about, now=now),
        pressure=tie.pressure / scale(now, PRESSURE_DAYS),
        worth_fen=round(flow / HALF_LIFE_FLOW * YEAR_DAYS * kept_share()),
        temper=receiver.temper if receiver else 0.0,
    )


def _circumstances(sharer: User, receivers: Sequence[int], purpose: Purpose) -> dict[int, Circumstances]:
    """Return what was decided for each of these receivers before any price. Four statements."""
    now = clock.now()
    today, is_paused = localtime(now).date(), sharing.pause_of(sharer.pk) is not None
    agreed, muted = agreed_among(receivers, purpose), sharing.who_muted(sharer.pk, among=receivers)
    week = Sending.objects.filter(receiver__in=receivers, at__gt=now - timedelta(days=7))
    sent: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    rows = week.filter(Q(sharer=sharer) | Q(at__gt=now - timedelta(days=1))).values_list("receiver_id", "sharer_id", "at")
    for receiver_id, sharer_id, at in rows[: 1000 * len(receivers)]:
        sent[receiver_id].append((sharer_id, at))
    return {
        receiver_id: Circumstances(
            has_consent=receiver_id in agreed,
            is_muted=receiver_id in muted,
            is_paused=is_paused,
            is_quiet=is_quiet(now),
            received_today=sum(localtime(at).date() == today for _sharer, at in sent[receiver_id]),
            receiver_cap=policy.integer("trust.receiver_cap"),
            sent_this_week=sum(sharer_id == sharer.pk for sharer_id, _at in sent[receiver_id]),
            tie_cap=policy.integer("trust.tie_cap"),
        )
        for receiver_id in receivers
    }


def kept_share() -> float:
    """Return which part of a sale the shop keeps, before freight: what neither the supplier nor the agent gets."""
    gone = policy.integer("value.goods_basis_points") + policy.integer("commission.default_basis_points")
    return max(0, 10_000 - gone) / 10_000


def is_quiet(at: datetime) -> bool:
    """Whether nobody is written to at this moment: within the quiet hours of the settings, in the shop's time."""
    hour, begins, ends = localtime(at).hour, policy.integer("trust.quiet_from"), policy.integer("trust.quiet_until")
    return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends
