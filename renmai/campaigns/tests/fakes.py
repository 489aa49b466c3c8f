"""A play for tests: gives what it is told to, and remembers what it was told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from renmai.campaigns.models import Campaign, Participation, TermsVersion
from renmai.campaigns.plays import Ask, Choice, Field, Grant, Layer, Play, plays
from renmai.campaigns.queries.running import forget_running
from renmai.kernel import clock, ids, money
from renmai.ordering.models import Order

KEY = "fake"


@dataclass
class FakePlay(Play):
    """Takes ``off_fen`` off the whole order, spread over its lines; ``calls`` are the hooks that were called."""

    off_fen: int = 0
    held: bool = False
    key: str = KEY  # type: ignore[misc]
    layer: Layer = Layer.COUPON  # type: ignore[misc]
    title: str = "Fake"  # type: ignore[misc]
    calls: list[str] = field(default_factory=list)
    fields: tuple[Field, ...] = (Field(name="off_fen", kind="fen", label="Off", default=100, minimum=1, maximum=100_000),)  # type: ignore[misc]

    def grant(self, ask: Ask) -> Grant:
        amounts = [line.amount_fen for line in ask.lines]
        parts = money.split(self.off_fen, amounts) if self.off_fen > 0 else [self.off_fen, *([0] * (len(amounts) - 1))]
        off = {line.sku_id: part for line, part in zip(ask.lines, parts, strict=True)}
        return Grant("减", "Off", off, reference=ask.choice.reference, held=self.held)

    def placed(self, order: Order, part: Participation) -> None:
        self.calls.append("placed")

    def paid(self, order: Order, part: Participation) -> None:
        self.calls.append("paid")

    def cancelled(self, order: Order, part: Participation) -> None:
        self.calls.append("cancelled")

    def released(self, order: Order, part: Participation) -> None:
        self.calls.append("released")

    def settled(self, order: Order, part: Participation) -> None:
        self.calls.append("settled")

    def refunded(self, order: Order, part: Participation) -> None:
        self.calls.append("refunded")


@contextmanager
def installed(fake: FakePlay) -> Iterator[FakePlay]:
    """Let ``fake`` be one of the installed plays inside the block."""
    known = plays()
    assert isinstance(known, dict)
    known[fake.key] = fake
    try:
        yield fake
    finally:
        del known[fake.key]


def running_campaign(play: str = KEY, *, terms: Mapping[str, Any] | None = None, **fields: Any) -> Campaign:
    """Write down a launched campaign without asking anybody: for tests that are not about composing one."""
    now = clock.now()
    base: dict[str, Any] = {
        "number": ids.number("C"),
        "play": play,
        "title_zh": "活动",
        "title_en": "Campaign",
        "status": Campaign.Status.LAUNCHED,
        "channels": ["web"],
        "starts_at": now - timedelta(minutes=1),
        "ends_at": now + timedelta(days=30),
        "launched_at": now - timedelta(minutes=1),
        "terms": dict(terms or {}),
    }
    campaign = Campaign.objects.create(**{**base, **fields})
    TermsVersion.objects.create(campaign=campaign, number=campaign.version, terms=campaign.terms)
    forget_running()
    return campaign


def choice(campaign: Campaign, reference: str = "") -> Choice:
    """Return what a customer of ``campaign`` chooses."""
    return Choice(campaign.play, campaign.pk, reference)
