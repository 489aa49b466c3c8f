"""Whether one more share may go to one receiver: first what she decided, then what it would cost.

Consent, mutes, pauses, quiet hours and caps come first; none of them can be outweighed. What is left is a price: send only if
P(buy) · margin > (h + λ · ∂h/∂E) · W. h is the chance that she mutes, W the value that flows through the tie, λ how much the hazard of
the following shares counts. A small part of ties, drawn anew each week, is decided by lot, so that the numbers can be fitted.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Final

from renmai.trust.hazard import Response

LOT_SPAN: Final = 2.0
"""The lot makes a share up to 2² times dearer or cheaper: how often such a tie is reached is chance, what it is sent still makes sense."""


class Reason(StrEnum):
    """Why a share may go, or may not."""

    WORTH_IT = "worth_it"
    NO_CONSENT = "no_consent"
    MUTED = "muted"
    PAUSED = "paused"
    QUIET_HOURS = "quiet_hours"
    RECEIVER_CAP = "receiver_cap"
    TIE_CAP = "tie_cap"
    TOO_DEAR = "too_dear"


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What was decided before any price: by the receiver, by the platform, by the clock. Shares are counted, not weighed."""

    has_consent: bool
    is_muted: bool
    is_paused: bool
    is_quiet: bool
    received_today: int
    receiver_cap: int
    sent_this_week: int
    tie_cap: int


@dataclass(frozen=True, kw_only=True)
class Price:
    """What a share would bring and take, in fen: margin that is expected, and h · W with what it adds to later shares."""

    gain_fen: int
    cost_fen: int
    """h · W: what the sharer is shown."""

    later_fen: int
    """λ · ∂h/∂E · W."""

    def is_worth_it(self, *, strictness: float = 1.0) -> bool:
        """Whether it brings more than it takes, ``strictness`` times."""
        return self.gain_fen > strictness * (self.cost_fen + self.later_fen)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer: whether, why, at which price. ``is_exploring``: decided by lot, so what follows may be used to fit."""

    allowed: bool
    reason: Reason
    price: Price
    is_exploring: bool = False

    @property
    def trust_cost_fen(self) -> int:
        """What the share costs in trust, in fen."""
        return self.price.cost_fen


def price(response: Response, *, margin_fen: int, worth_fen: int, foresight: float) -> Price:
    """Return what one more share brings and takes. ``foresight`` is λ."""
    return Price(
        gain_fen=round(response.buy * margin_fen),
        cost_fen=round(response.mute * worth_fen),
        later_fen=round(foresight * response.mute_slope * worth_fen),
    )


def judge(around: Circumstances, found: Price, *, lot: float | None = None) -> Verdict:
    """Return the verdict. ``lot`` is the strictness drawn for this tie and day, None for a tie that is decided by its price."""
    stopped = _forbidden(around)
    if stopped is not None:
        return Verdict(allowed=False, reason=stopped, price=found)
    is_worth_it = found.is_worth_it(strictness=1.0 if lot is None else lot)
    reason = Reason.WORTH_IT if is_worth_it else Reason.TOO_DEAR
    return Verdict(allowed=is_worth_it, reason=reason, price=found, is_exploring=lot is not None)


def drawn(sharer_id: int, receiver_id: int, *, day: date, share: float) -> float | None:
    """Return the strictness that the lot gives a tie on a day: None when the tie is not among the ``share`` that is drawn this week.

    The same question has the same answer: nobody can ask again until she likes it.
    """
    year, week, _weekday = day.isocalendar()
    if _fraction(f"week:{sharer_id}:{receiver_id}:{year}:{week}") >= share:
        return None
    return float(2.0 ** (LOT_SPAN * (2 * _fraction(f"day:{sharer_id}:{receiver_id}:{day.toordinal()}") - 1)))


def _forbidden(around: Circumstances) -> Reason | None:
    if not around.has_consent:
        return Reason.NO_CONSENT
    if around.is_muted:
        return Reason.MUTED
    if around.is_paused:
        return Reason.PAUSED
    if around.is_quiet:
        return Reason.QUIET_HOURS
    if around.received_today >= around.receiver_cap:
        return Reason.RECEIVER_CAP
    if around.sent_this_week >= around.tie_cap:
        return Reason.TIE_CAP
    return None


def _fraction(text: str) -> float:
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest()) / 2**48
