"""The adviser: should this shop sell through agents, or directly?

Five things decide whether people can recommend goods and be right: the goods, their supply, the service behind them, the trust that
is already there, and the readiness to keep the rules. Each is answered from 0 (not at all) to 4 (fully). Agents are advised when the
weighted sum reaches two thirds and nothing essential is missing: a strong network cannot make up for goods that come back.
"""

from dataclasses import dataclass, fields
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import DomainError

BEST = 4
WEAK = 1
STRONG = 3
NEEDED_NUMERATOR, NEEDED_DENOMINATOR = 2, 3

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """Five answers, each 0 … 4."""

    goods: int
    supply: int
    service: int
    trust: int
    rules: int


@dataclass(frozen=True, kw_only=True)
class Element:
    """One element of readiness: its question, its weight, whether a weak answer alone decides, and what each answer means."""

    key: str
    title: Words
    question: Words
    weight: int
    is_essential: bool
    strong: Words
    middling: Words
    weak: Words


ELEMENTS: tuple[Element, ...] = (
    Element(
        key="goods",
        title=_("Goods"),
        question=_("Do people who bought buy again, and does the margin carry a commission?"),
        weight=3,
        is_essential=True,
        strong=_("The goods are bought again and pay for a recommendation."),
        middling=_("Some of the goods carry a recommendation: let agents begin with those."),
        weak=_("The goods do not carry a commission yet: a recommendation would cost more than it brings."),
    ),
    Element(
        key="supply",
        title=_("Supply"),
        question=_("Do suppliers ship single parcels on time, without the agent touching them?"),
        weight=2,
        is_essential=False,
        strong=_("Parcels leave on time without the agent."),
        middling=_("Parcels are late now and then: watch them before many agents promise something."),
        weak=_("Parcels are unreliable, and agents would answer for it with their name."),
    ),
    Element(
        key="service",
        title=_("Service"),
        question=_("Does the shop itself answer questions and returns within two days?"),
        weight=2,
        is_essential=True,
        strong=_("Questions and returns are handled by the shop."),
        middling=_("Service keeps up today; more orders need more people."),
        weak=_("Nobody handles returns yet: customers would turn to the agent."),
    ),
    Element(
        key="trust",
        title=_("Trust"),
        question=_("Are there customers who already recommend the goods to people they know?"),
        weight=3,
        is_essential=False,
        strong=_("Customers recommend the goods without being asked."),
        middling=_("A few customers recommend the goods: invite these first."),
        weak=_("Nobody recommends the goods yet; let customers get to know them first."),
    ),
    Element(
        key="rules",
        title=_("Rules"),
        question=_("Is there somebody who keeps the rules: disclosure, no fee, tax, consent?"),
        weight=2,
        is_essential=True,
        strong=_("Somebody answers for the rules."),
        middling=_("The rules are known; name the person who answers for them."),
        weak=_("Nobody answers for the rules. Agents without that are a risk for them and for you."),
    ),
)


@dataclass(frozen=True)
class Reason:
    """What one answer contributes: points out of ``possible``, and the sentence for it."""

    element: str
    title: Words
    points: int
    possible: int
    sentence: Words


@dataclass(frozen=True)
class Advice:
    """The verdict: the model that fits now, why, and which elements alone stand against agents."""

    model: Literal["agent", "direct"]
    summary: Words
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]

    @property
    def points(self) -> int:
        """The weighted sum."""
        return sum(reason.points for reason in self.reasons)

    @property
    def possible(self) -> int:
        """The best weighted sum there is."""
        return sum(reason.possible for reason in self.reasons)


def advise(answers: Readiness) -> Advice:
    """Return the model that fits, with one reason per element, the strongest objections first.

    Better answers never turn agents into direct selling. Raises ``request.invalid`` beside the element for an answer outside 0 … 4.
    """
    given = {field.name: getattr(answers, field.name) for field in fields(answers)}
    for key, answer in given.items():
        if type(answer) is not int or not 0 <= answer <= BEST:
            raise DomainError("request.invalid", field=key)
    reasons = tuple(_reason(element, given[element.key]) for element in ELEMENTS)
    missing = tuple(element.key for element in ELEMENTS if element.is_essential and given[element.key] <= WEAK)
    points, possible = sum(reason.points for reason in reasons), sum(reason.possible for reason in reasons)
    is_agent = not missing and points * NEEDED_DENOMINATOR >= possible * NEEDED_NUMERATOR
    ordered = tuple(sorted(reasons, key=lambda reason: reason.points - reason.possible))
    return Advice("agent" if is_agent else "direct", _summary(is_agent=is_agent, missing=missing), ordered, missing)


def _reason(element: Element, answer: int) -> Reason:
    sentence = element.middling
    if answer >= STRONG:
        sentence = element.strong
    elif answer <= WEAK:
        sentence = element.weak
    return Reason(element.key, element.title, element.weight * answer, element.weight * BEST, sentence)


def _summary(*, is_agent: bool, missing: tuple[str, ...]) -> Words:
    if is_agent:
        return _("Sell through agents: the ground is there.")
    if missing:
        return _("Sell directly for now: something essential is missing.")
    return _("Sell directly for now: too little is in place to carry agents.")
