"""Bad weather between the shop and its payment provider: time-outs, 5xx, and notices that are lost, doubled, late, forged or cut short.

``storm`` puts ``StormyProvider`` in the place of the sandbox and ``door`` in front of the shop's own door for notices; both ask the
``Weather`` of the moment. What is forged must be refused with exactly the code that says why: the door checks it on the spot.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import TypeVar

from django.conf import settings

from renmai.journeys import paying
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.payments.models import Payment, Payout, Refund
from renmai.payments.providers.base import Answer, ProviderUnavailableError
from renmai.payments.providers.sandbox import signing
from renmai.payments.providers.sandbox.provider import SandboxProvider
from tools.torture.model import must

Result = TypeVar("Result")
Headers = Mapping[str, str]

UNHEARD, UNANSWERED = 0.06, 0.06
"""How often a question never reaches the provider, and how often its answer never reaches us."""

FATES = {
    "arrives": 60,
    "lost": 6,
    "twice": 8,
    "signed anew": 6,
    "held back": 6,
    "tampered": 4,
    "cut short": 4,
    "of another amount": 4,
    "of an hour ago": 2,
}

LATE = {"", "payments.stale", "payments.mismatch"}
"""What becomes of a notice that was held back; the last is the cashier's own, of a wrong amount."""


class Weather:
    """What may happen to what is said, drawn from ``draw``; ``is_calm`` lets everything through."""

    def __init__(self, draw: Random, seen: Counter[str]) -> None:
        self.draw = draw
        self.seen = seen
        self.is_calm = False
        self.held_back: list[tuple[str, Headers, bytes]] = []

    def ask(self, question: Callable[[], Result]) -> Result:
        """Ask the provider something. Raises ``ProviderUnavailableError`` when the question or the answer is lost."""
        fate = self.draw.random()
        if not self.is_calm and fate < UNHEARD:
            self.seen["questions unheard"] += 1
            raise ProviderUnavailableError("no route to the provider")
        answer = question()
        if not self.is_calm and fate > 1 - UNANSWERED:
            self.seen["answers lost"] += 1
            raise ProviderUnavailableError("502")
        return answer

    def release(self) -> None:
        """Let the notices that were held back arrive, in any order: each is taken, or is too old, or was wrong from the start."""
        waiting, self.held_back = self.held_back, []
        self.draw.shuffle(waiting)
        for provider, headers, body in waiting:
            refused = _refusal(lambda provider=provider, headers=headers, body=body: _take(provider, headers, body))  # type: ignore[misc]
            must(refused in LATE, f"a late notice was refused with {refused}")
            self.seen["notices late"] += 1


_now: list[Weather] = []


class StormyProvider(SandboxProvider):
    """The sandbox behind the weather."""

    def create_trade(self, payment: Payment, return_url: str) -> str:
        """Open a trade."""
        return _now[-1].ask(lambda: SandboxProvider.create_trade(self, payment, return_url))

    def query_trade(self, payment: Payment) -> Answer:
        """Ask about a trade."""
        return _now[-1].ask(lambda: SandboxProvider.query_trade(self, payment))

    def refund(self, refund: Refund) -> Answer:
        """Give back."""
        return _now[-1].ask(lambda: SandboxProvider.refund(self, refund))

    def query_refund(self, refund: Refund) -> Answer:
        """Ask about a refund."""
        return _now[-1].ask(lambda: SandboxProvider.query_refund(self, refund))

    def pay_out(self, payout: Payout) -> Answer:
        """Pay a person."""
        return _now[-1].ask(lambda: SandboxProvider.pay_out(self, payout))

    def query_payout(self, payout: Payout) -> Answer:
        """Ask about a payout."""
        return _now[-1].ask(lambda: SandboxProvider.query_payout(self, payout))


@contextmanager
def storm(draw: Random, seen: Counter[str]) -> Iterator[Weather]:
    """Let ``Weather`` stand between the shop and its provider inside the block; what happens is counted in ``seen``."""
    providers, doors = settings.RENMAI_PAYMENT_PROVIDERS, settings.RENMAI_PAYMENT_NOTIFICATION
    settings.RENMAI_PAYMENT_PROVIDERS = providers | {"sandbox": f"{__name__}.StormyProvider"}
    settings.RENMAI_PAYMENT_NOTIFICATION = f"{__name__}.door"
    weather = Weather(draw, seen)
    _now.append(weather)
    try:
        yield weather
    finally:
        _now.pop()
        settings.RENMAI_PAYMENT_PROVIDERS, settings.RENMAI_PAYMENT_NOTIFICATION = providers, doors


def door(provider: str, headers: Headers, body: bytes) -> None:
    """Take a notice, as the weather has it. The provider believes that it arrived."""
    weather = _now[-1]
    fate = "arrives" if weather.is_calm else weather.draw.choices(list(FATES), weights=list(FATES.values()))[0]
    if fate != "arrives":
        weather.seen[f"notices {fate}"] += 1
    match fate:
        case "lost":
            return
        case "held back":
            weather.held_back.append((provider, headers, body))
            return
        case "tampered":
            _must_be_refused("payments.signature", provider, headers, _with_other_amount(body))
        case "cut short":
            _must_be_refused("payments.signature", provider, headers, body[: len(body) // 2])
        case "of another amount":
            forged = _with_other_amount(body)
            _must_be_refused("payments.mismatch", provider, signing.signed_headers(forged), forged)
        case "of an hour ago":
            with clock.travel(clock.now() - timedelta(hours=1)):
                old = signing.signed_headers(body)
            _must_be_refused("payments.stale", provider, old, body)
    _take(provider, headers, body)
    if fate == "twice":
        _must_be_refused("payments.replayed", provider, headers, body)
    if fate == "signed anew":
        _take(provider, signing.signed_headers(body), body)


def _take(provider: str, headers: Headers, body: bytes) -> None:
    paying.receive_notification(provider, headers, body)


def _must_be_refused(code: str, provider: str, headers: Headers, body: bytes) -> None:
    refused = _refusal(lambda: _take(provider, headers, body))
    must(refused == code, f"a notice that should be refused with {code} was answered {refused or 'yes'}")


def _refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except DomainError as error:
        return error.code
    return ""


def _with_other_amount(body: bytes) -> bytes:
    said = json.loads(body)
    said["amount_fen"] += 1
    return json.dumps(said, sort_keys=True).encode()
