"""Becoming an agent and opening a shop in one step."""

from dataclasses import dataclass

from django.db import transaction

from renmai.accounts.models import User
from renmai.distribution.actions import AgentApplication
from renmai.distribution.actions import join as become_agent
from renmai.distribution.models import Agent
from renmai.sharing.actions import ShopInput, open_shop
from renmai.sharing.models import Shop


@dataclass(frozen=True)
class Joined:
    """A new agent with her shop."""

    agent: Agent
    shop: Shop


def join(user: User, application: AgentApplication, shop: ShopInput) -> Joined:
    """Make ``user`` an agent and open her shop, both or neither. Doing it again returns what is there.

    Raises what policy refuses of an agent, with the rule and its source, and what ``sharing.open_shop`` refuses.
    """
    with transaction.atomic():
        agent = become_agent(user, application)
        present = Shop.objects.filter(owner=user).first()
        return Joined(agent=agent, shop=present or open_shop(user, shop))
