"""Rewards: owed for an order, due when the sale is kept, looked at by ``fraud``, handed out once by the play that owns the benefit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.campaigns.actions.taking_part import spend
from renmai.campaigns.events import RewardGranted, RewardHeld
from renmai.campaigns.models import Campaign, Reward
from renmai.campaigns.plays import giver
from renmai.campaigns.policies import require_reward_decider
from renmai.campaigns.queries.invitations import invitations_around
from renmai.campaigns.queries.rewards import can_be_given
from renmai.fraud import queries as fraud
from renmai.fraud.cases import Reason, Review
from renmai.kernel import clock
from renmai.kernel.compiled import CompiledValues, insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert
from renmai.kernel.outbox import emit, raise_alert, resolve_alerts
from renmai.kernel.states import advance
from renmai.kernel.sweeping import sweep
from renmai.ordering.models import Order
from renmai.policy import queries as policy

ANSWER_LENGTH = 200
ANSWER_MINIMUM = 4
BROKEN = "broken"
"""How the causes of what a shop owes for a broken promise begin."""

HOLD = timedelta(days=1)
"""A settled order is past its after-sales window already; the day more lets its late refunds arrive."""

BUDGET = "budget"
"""The one reason to hold a reward that is not ``fraud``'s."""

NO_GIVER = "campaign.no_giver"
"""The alert that a kind of reward waits for a campaign that hands it out. Its subject is the kind."""

Status = Reward.Status

_UNDECIDED = CompiledValues(
    lambda order: (
        Reward.objects.filter(order_id=order, status__in=(Status.WAITING, Status.REVIEW))
        .exclude(cause__startswith=f"{BROKEN}:")
        .order_by("pk")
        .values_list("pk", "status")
    )
)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A reward as a play promises it. ``cause`` names it for ever: the same again is the same reward.

    With ``reasons`` somebody looks at it first, whatever ``fraud`` says of it.
    """

    beneficiary: User
    order: Order
    benefit: str
    amount: int
    cause: str
    brought: User | None = None
    reasons: tuple[Reason, ...] = ()


def owe(campaign: Campaign, owed: Owed) -> bool:
    """Write a reward down that is due once its order is kept; False when its cause has one already.

    In the caller's transaction. Paying for anything but a settled order is against the rules, so nothing else can be owed. For an order
    that has settled already it is due after ``HOLD``.
    """
    policy.require("reward.per_recruit", 0)
    giver(owed.benefit)
    row = Reward(
        campaign=campaign,
        beneficiary=owed.beneficiary,
        brought=owed.brought,
        order=owed.order,
        benefit=owed.benefit,
        amount=owed.amount,
        cause=owed.cause,
        created_at=clock.now(),
        due_at=clock.now() + HOLD if owed.order.status == Order.Status.SETTLED else None,
        reasons=_kept(owed.reasons),
    )
    return bool(insert_missing([row]))


def compensate(campaign: Campaign, owed: Owed) -> bool:
    """Owe something for a promise that the shop broke: due at once, and whatever became of the order; False when it is owed already.

    In the caller's transaction. The only thing that is handed out without a kept sale; its ``cause`` gets the mark that the audit knows.
    """
    made = owe(campaign, replace(owed, cause=f"{BROKEN}:{owed.cause}"))
    Reward.objects.filter(cause=f"{BROKEN}:{owed.cause}", due_at__isnull=True).update(due_at=clock.now())
    return made


def on_settled(order: Order) -> None:
    """The sale is kept: its rewards become due after ``HOLD``. A reaction; again changes nothing."""
    Reward.objects.filter(order=order, status=Status.WAITING, due_at__isnull=True).update(due_at=clock.now() + HOLD)


def on_refunded(order: Order) -> None:
    """Nothing is owed for an order that went back as a whole, but for what the shop owes because it did.

    Rewards handed out before stay: the window was over by then.
    """
    if order.status == Order.Status.REFUNDED:
        for pk, status in _UNDECIDED.rows(order.pk):
            is_void = advance(Reward, pk, old=status, new=Status.VOID, decided_at=clock.now())
            if not is_void and status == Status.WAITING:
                # The timer may have laid it before somebody since it was read.
                advance(Reward, pk, old=Status.REVIEW, new=Status.VOID, decided_at=clock.now())


def give_due_rewards(limit: int) -> int:
    """Hand out up to ``limit`` rewards whose time has come, or hold them where ``fraud`` says so; return how many moved. A timer.

    What no open campaign hands out now waits, with one alert for its kind, which is closed when there is one again.
    """
    waited_for = Alert.objects.filter(code=NO_GIVER, resolved_at__isnull=True).values_list("subject", flat=True)
    resolve_alerts(NO_GIVER, [benefit for benefit in waited_for if can_be_given(benefit)])
    due = Reward.objects.filter(status=Status.WAITING, due_at__lte=clock.now()).select_related("order", "campaign")
    return sweep("campaigns.rewards", due, _give_or_hold, by="due_at", limit=limit)


def decide_reward(actor: User, reward: Reward, *, is_granted: bool, answer: str) -> Reward:
    """Release or refuse a reward that was held, with a word why. Logged. Raises ``campaigns.reward_state``, ``campaigns.reason``."""
    require_reward_decider(actor)
    if actor.pk in {reward.beneficiary_id, reward.brought_id}:
        raise DomainError("request.forbidden")
    said = " ".join(answer.split())[:ANSWER_LENGTH]
    if len(said) < ANSWER_MINIMUM:
        raise DomainError("campaigns.reason", field="answer", minimum=ANSWER_MINIMUM)
    is_owed = reward.order.settled_at is not None or reward.cause.startswith(f"{BROKEN}:")
    if is_granted and not is_owed:
        raise DomainError("campaigns.reward_state")
    with transaction.atomic():
        decided = {"decided_by": actor, "answer": said}
        if is_granted:
            moved = _grant(reward, old=Status.REVIEW, **decided)
        else:
            moved = advance(Reward, reward.pk, old=Status.REVIEW, new=Status.REFUSED, decided_at=clock.now(), **decided)
        if not moved:
            raise DomainError("campaigns.reward_state")
        act = "reward.released" if is_granted else "reward.refused"
        log_act(actor, act, object_type="reward", object_id=reward.pk, detail={"answer": said})
    return Reward.objects.get(pk=reward.pk)


def _give_or_hold(reward: Reward) -> bool:
    is_our_fault = reward.cause.startswith(f"{BROKEN}:")
    if reward.order.status != Order.Status.SETTLED and not is_our_fault:
        return advance(Reward, reward.pk, old=Status.WAITING, new=Status.VOID, decided_at=clock.now())
    # What the shop owes for its own fault needs no look at the customer.
    review = _look(reward) if not is_our_fault else None
    found = _kept(review.reasons) if review else []
    # What the play saw when the two were tied and the scorecard counts again is said once, with its points.
    counted = {row["code"] for row in found}
    reasons = [*(row for row in reward.reasons if row["code"] not in counted), *found]
    if not (review and review.is_held) and not reward.reasons:
        if not can_be_given(reward.benefit):
            raise_alert(NO_GIVER, reward.benefit)
            return False
        try:
            with transaction.atomic():
                return _grant(reward, old=Status.WAITING)
        except DomainError as error:
            # The campaign has given out what it had: somebody decides whether the promise is kept from a larger budget.
            if error.code != "campaigns.budget":
                raise
            reasons = [{"code": BUDGET, "points": 0, "figure": reward.amount}]
    with transaction.atomic():
        held = advance(Reward, reward.pk, old=Status.WAITING, new=Status.REVIEW, reasons=reasons)
        if held:
            emit(RewardHeld(reward.pk))
    return held


def _kept(reasons: Sequence[Reason]) -> list[dict[str, str | int]]:
    return [{"code": each.code, "points": each.points, "figure": each.figure} for each in reasons]


def _look(reward: Reward) -> Review:
    """Ask ``fraud``, with the invitations around this one: half of the evidence is in them."""
    two = {pk for pk in (reward.beneficiary_id, reward.brought_id) if pk is not None}
    edges = invitations_around(two) if reward.brought_id is not None else ()
    return fraud.review(
        reward.beneficiary_id, brought_id=reward.brought_id, order_id=reward.order_id, at=clock.now(), edges=edges
    )


def _grant(reward: Reward, *, old: str, **fields: object) -> bool:
    """Hand it out in the caller's transaction: first the state, which only one can change, then the budget, then the benefit."""
    if not advance(Reward, reward.pk, old=old, new=Status.GRANTED, decided_at=clock.now(), **fields):
        return False
    owner = giver(reward.benefit)
    spend(reward.campaign_id, owner.cost_fen(reward.benefit, reward.amount))
    reference = owner.give(reward)
    Reward.objects.filter(pk=reward.pk).update(granted_reference=reference)
    emit(RewardGranted(reward.pk, reward.beneficiary_id))
    return True
