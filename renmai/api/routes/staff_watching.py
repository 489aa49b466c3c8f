"""The staff: compliance, and rewards that wait for a word."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, listed
from renmai.api.callers import Staff, person
from renmai.api.keys import once
from renmai.api.parsing import Id, PageNumber
from renmai.api.schemas.staff_watching import ComplianceOut, HeldRewardOut, RewardAnswerIn
from renmai.campaigns import queries
from renmai.campaigns.actions.rewarding import decide_reward
from renmai.campaigns.models import Reward
from renmai.fraud.pyramid import PyramidReport, pyramid_report

router = Router(tags=["Staff: running"], auth=Staff(Permission.REWARDS_DECIDE))


@router.get("/staff/compliance", response=ComplianceOut, auth=Staff(Permission.AUDIT_VIEW))
def get_compliance(request: HttpRequest) -> PyramidReport:
    """Measure now how deep agents stand behind one another, what they live on, and where their money comes from."""
    return pyramid_report()


@router.get("/staff/rewards", response=Paged[HeldRewardOut])
def list_held_rewards(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """Rewards that wait for a person, the oldest first, each with its reasons."""
    return listed(queries.rewards_under_review(person(request), page=page))


@router.post("/staff/rewards/{reward_id}/release", response=HeldRewardOut)
def release_reward(request: HttpRequest, reward_id: Id, given: RewardAnswerIn) -> Reward:
    """Let a held reward be granted. Needs an Idempotency-Key."""
    return _decide(request, reward_id, given, is_granted=True)


@router.post("/staff/rewards/{reward_id}/refuse", response=HeldRewardOut)
def refuse_reward(request: HttpRequest, reward_id: Id, given: RewardAnswerIn) -> Reward:
    """Refuse a held reward for good. Needs an Idempotency-Key."""
    return _decide(request, reward_id, given, is_granted=False)


def _decide(request: HttpRequest, reward_id: int, given: RewardAnswerIn, *, is_granted: bool) -> Reward:
    actor = person(request)

    def decide() -> None:
        decide_reward(actor, queries.access_reward(actor, reward_id), is_granted=is_granted, answer=given.answer)

    once(request, decide, given.answer)
    return queries.access_reward(actor, reward_id)
