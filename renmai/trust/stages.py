"""Relationship, trust, exchange: how far a tie has come, each step with the first thing that proves it.

A tie begins when the receiver is reached. It is trusted when she comes back by herself on another day, or calls something useful; it is
an exchange when she buys and keeps; and lasting when she does so again. A mute or a complaint ends it, from wherever it was.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from renmai.trust.weights import Kind


class Stage(TextChoices):
    """How far a tie has come."""

    MET = "met", pgettext_lazy("stage", "Met")
    TRUSTED = "trusted", pgettext_lazy("stage", "Trusted")
    EXCHANGE = "exchange", pgettext_lazy("stage", "Bought and kept")
    LASTING = "lasting", pgettext_lazy("stage", "Bought again")
    LOST = "lost", pgettext_lazy("stage", "Lost")


ORDER: tuple[str, ...] = (Stage.MET, Stage.TRUSTED, Stage.EXCHANGE, Stage.LASTING)


@dataclass(frozen=True)
class Happened:
    """One entry of a tie's ledger, as far as stages care."""

    kind: str
    evidence: str
    at: datetime


@dataclass(frozen=True)
class Step:
    """A stage that a tie reached, when, and by which evidence."""

    stage: str
    at: datetime
    evidence: str


def steps(happened: Sequence[Happened]) -> list[Step]:
    """Return the stages of one tie in the order it reached them. A stage that was passed over is not made up.

    ``happened`` is its ledger without what was taken back, in order of time. After ``LOST`` a new exchange begins where it is proved.
    """
    found: list[Step] = []
    opened_on: set[object] = set()
    for each in happened:
        reached = _reached(each, opened_on)
        if each.kind == Kind.OPENED:
            opened_on.add(each.at.date())
        if _goes_on(found[-1].stage if found else None, reached):
            found.append(Step(reached, each.at, each.evidence))
    return found


def moves(ties: Iterable[Sequence[Step]]) -> Counter[tuple[str, str]]:
    """Return how often ties went from one stage to the next: ``("", first)`` counts beginnings."""
    counted: Counter[tuple[str, str]] = Counter()
    for each in ties:
        before = ""
        for step in each:
            counted[before, step.stage] += 1
            before = step.stage
    return counted


def _reached(each: Happened, opened_on: set[object]) -> str:
    if each.kind in {Kind.MUTE, Kind.COMPLAINT}:
        return Stage.LOST
    if each.kind == Kind.REPEAT:
        return Stage.LASTING
    if each.kind in {Kind.KEPT, Kind.REVIEW, Kind.QUALITY_RETURN}:
        return Stage.EXCHANGE
    came_back = each.kind == Kind.OPENED and bool(opened_on) and each.at.date() not in opened_on
    return Stage.TRUSTED if came_back or each.kind == Kind.USEFUL else Stage.MET


def _goes_on(now: str | None, reached: str) -> bool:
    """Whether a stage is further than where the tie stands; from lost, only a proof of trust leads back."""
    if now is None or reached == Stage.LOST:
        return now != reached
    if now == Stage.LOST:
        return reached != Stage.MET
    return ORDER.index(reached) > ORDER.index(now)
