"""Doors for agents: who sells now, and who earned here whatever her state is now."""

from dataclasses import dataclass

from django.http import HttpRequest

from renmai.accounts.models import User
from renmai.api.callers import Caller, Person, person
from renmai.distribution import queries as distribution
from renmai.distribution.models import Agent
from renmai.kernel.errors import DomainError
from renmai.sharing import queries as sharing
from renmai.sharing.models import Shop


@dataclass(frozen=True)
class Seat:
    """The agent who is asking, with her shop."""

    user: User
    agent: Agent
    shop: Shop


class Seller(Person):
    """Active agents with a shop."""

    name = "seller"

    def __call__(self, request: HttpRequest) -> Caller:
        """Return the caller; raises ``request.sign_in``, ``distribution.not_agent``, ``distribution.not_active``."""
        caller = super().__call__(request)
        user = person(request)
        agent = distribution.membership(user.pk)
        if agent is not None and agent.status != Agent.Status.ACTIVE:
            raise DomainError("distribution.not_active")
        shop = sharing.shop_of(user) if agent else None
        if agent is None or shop is None:
            raise DomainError("distribution.not_agent")
        request.renmai_seat = Seat(user, agent, shop)  # type: ignore[attr-defined]
        return caller


class Earner(Person):
    """Whoever is or was an agent: what was earned stays hers to see."""

    name = "earner"

    def __call__(self, request: HttpRequest) -> Caller:
        """Return the caller; raises ``request.sign_in``, ``distribution.not_agent``."""
        caller = super().__call__(request)
        agent = distribution.membership(person(request).pk)
        if agent is None:
            raise DomainError("distribution.not_agent")
        request.renmai_earner = agent  # type: ignore[attr-defined]
        return caller


SELLER, EARNER = Seller(), Earner()


def seat(request: HttpRequest) -> Seat:
    """Return who sells, behind the door ``SELLER``."""
    found: Seat = request.renmai_seat  # type: ignore[attr-defined]
    return found


def earner(request: HttpRequest) -> Agent:
    """Return whose income is asked for, behind the door ``EARNER``."""
    found: Agent = request.renmai_earner  # type: ignore[attr-defined]
    return found
