"""Rewards: one's own, and those that wait for a look."""

from django.core.paginator import Page, Paginator

from renmai.accounts.models import User
from renmai.campaigns.models import Reward
from renmai.campaigns.plays import plays
from renmai.campaigns.policies import require_reward_decider
from renmai.kernel.errors import DomainError

PAGE_SIZE = 30


def rewards_of(user: User, *, page: int = 1) -> "Page[Reward]":
    """Return a person's own rewards, the newest first."""
    rows = Reward.objects.filter(beneficiary=user).select_related("campaign", "order")
    return Paginator(rows.order_by("-created_at", "-pk"), PAGE_SIZE).get_page(page)


def rewards_under_review(actor: User, *, page: int = 1) -> "Page[Reward]":
    """Return the rewards that wait for a look, the oldest first. Raises ``request.forbidden``."""
    require_reward_decider(actor)
    rows = Reward.objects.filter(status=Reward.Status.REVIEW)
    rows = rows.select_related("campaign", "order", "beneficiary", "brought")
    return Paginator(rows.order_by("created_at", "pk"), PAGE_SIZE).get_page(page)


def can_be_given(benefit: str) -> bool:
    """Whether a kind of reward could be handed out now; False also when no play knows it."""
    return any(benefit in each.benefits and each.can_give(benefit) for each in plays().values())


def access_reward(actor: User, reward_id: int) -> Reward:
    """Return a reward for whoever decides. Raises ``request.forbidden``, ``request.not_found``."""
    require_reward_decider(actor)
    found = Reward.objects.select_related("campaign", "order", "beneficiary", "brought").filter(pk=reward_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found
