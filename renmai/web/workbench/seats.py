"""Who may see the agent's pages: an active agent with a shop sees all, a suspended or closed one her income, a member is led to join."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from renmai.accounts import queries as accounts
from renmai.accounts.models import User
from renmai.distribution import queries as distribution
from renmai.distribution.models import Agent
from renmai.kernel.errors import DomainError
from renmai.sharing import queries as sharing
from renmai.sharing.models import Shop
from renmai.web.ui.people import member_of

Parameters = ParamSpec("Parameters")
READS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Seat:
    """The agent who is asking, with her shop."""

    user: User
    agent: Agent
    shop: Shop


@dataclass(frozen=True)
class Earner:
    """Somebody who earned here, whatever her state is now."""

    user: User
    agent: Agent

    @property
    def is_active(self) -> bool:
        """Whether she sells now."""
        return self.agent.status == Agent.Status.ACTIVE


def agents_only(
    view: Callable[Concatenate[HttpRequest, Seat, Parameters], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponse]:
    """Let active agents with a shop in. Reading leads others on: guests sign in, members join, the suspended see their income.

    Writing is refused with ``distribution.not_agent`` or ``distribution.not_active``. Two statements.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        user = member_of(request)
        agent = distribution.membership(user.pk)
        if agent is not None and agent.status != Agent.Status.ACTIVE:
            return _elsewhere(request, "workbench:income", "distribution.not_active")
        shop = sharing.shop_of(user) if agent else None
        if agent is None or shop is None:
            return _elsewhere(request, "workbench:join", "distribution.not_agent")
        return view(request, Seat(user, agent, shop), *args, **kwargs)

    return guarded


def earners_only(
    view: Callable[Concatenate[HttpRequest, Earner, Parameters], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponse]:
    """Let everybody in who is or was an agent: what was earned stays hers to see. One statement."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        user = member_of(request)
        agent = distribution.membership(user.pk)
        if agent is None:
            return _elsewhere(request, "workbench:join", "distribution.not_agent")
        return view(request, Earner(user, agent), *args, **kwargs)

    return guarded


def why_stopped(agent: Agent) -> str:
    """Return the reason that was written when the agent was suspended or closed; empty for an active one."""
    if agent.status == Agent.Status.ACTIVE:
        return ""
    acts = accounts.acts(object_type="agent", object_id=str(agent.pk)).object_list
    return next((str(act.detail.get("reason", "")) for act in acts if act.act == f"agent.{agent.status}"), "")


def _elsewhere(request: HttpRequest, page: str, code: str) -> HttpResponse:
    if request.method in READS:
        return redirect(page)
    raise DomainError(code)
