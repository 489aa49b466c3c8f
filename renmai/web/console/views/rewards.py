"""Rewards under review: why each was held, and somebody's word on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.campaigns import queries
from renmai.campaigns.actions.rewarding import ANSWER_LENGTH, decide_reward
from renmai.campaigns.models import Reward
from renmai.fraud import reasons
from renmai.fraud.cases import Reason
from renmai.fraud.scorecard import CARD, HOLD_FROM
from renmai.kernel.errors import DomainError
from renmai.web.console import requests
from renmai.web.console.navigation import show
from renmai.web.ui import formats
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of

RELEASE = "release"
BENEFITS: dict[str, "str | Promise"] = {
    "coupon": gettext_lazy("Coupon"),
    "red_packet": gettext_lazy("Red packet"),
    "points": gettext_lazy("Points"),
}
COUNTED = frozenset({"points"})
"""What is counted in pieces; everything else is money."""


@dataclass(frozen=True)
class Held:
    """A reward with what spoke against it."""

    reward: Reward
    what: str
    score: int
    reasons: tuple[tuple[str, int], ...]


@staff(Permission.REWARDS_DECIDE)
@require_safe
def rewards(request: HttpRequest) -> HttpResponse:
    """List what waits, the oldest first."""
    return _show(request)


@staff(Permission.REWARDS_DECIDE)
@require_POST
def reward_decide(request: HttpRequest, reward_id: int) -> HttpResponse:
    """Release or refuse one, with a word why."""
    user = member_of(request)
    is_granted = request.POST.get("decision") == RELEASE
    answer = request.POST.get("answer", "")
    try:
        decide_reward(user, queries.access_reward(user, reward_id), is_granted=is_granted, answer=answer)
    except DomainError as error:
        if error.field != "answer":
            raise
        return _show(request, refused=(reward_id, error.sentence, answer), status=error.status)
    messages.success(request, _("Released. She gets it now.") if is_granted else _("Refused. Your reason stands in the log."))
    return redirect("console:rewards")


def benefit_text(reward: Reward) -> str:
    """Write what somebody would get."""
    name = str(BENEFITS.get(reward.benefit, reward.benefit))
    if reward.benefit in COUNTED:
        return ngettext("%(count)s point", "%(count)s points", reward.amount) % {"count": reward.amount}
    return f"{name} {formats.money_text(reward.amount)}"


def reasons_of(reward: Reward) -> tuple[Reason, ...]:
    """Return why it was held, the weightiest first."""
    rows = [Reason(row["code"], row["points"], row["figure"]) for row in reward.reasons]
    return tuple(sorted(rows, key=lambda reason: -reason.points))


def _held(reward: Reward) -> Held:
    found = reasons_of(reward)
    said = tuple((reasons.sentence(reason), reason.points) for reason in found)
    return Held(reward, benefit_text(reward), sum(reason.points for reason in found), said)


def _card() -> Sequence[tuple[str, str, str]]:
    """The scorecard in words: what is counted, from how many on, and the points."""
    rows = []
    for row in CARD:
        said = reasons.sentence(Reason(row.feature, row.points, row.minimum))
        rows.append((said, f"≥ {row.minimum}", f"{row.points:+d}"))
    return rows


def _show(request: HttpRequest, *, refused: tuple[int, str, str] | None = None, status: int = 200) -> HttpResponse:
    user = member_of(request)
    held = permissions_of(user)
    page = queries.rewards_under_review(user, page=requests.page_number(request))
    context: dict[str, Any] = {
        "page": page,
        "rows": [_held(reward) for reward in page],
        "refused": refused,
        "hold_from": HOLD_FROM,
        "card": _card(),
        "answer_length": ANSWER_LENGTH,
        "may_open_orders": Permission.ORDERS_VIEW in held,
    }
    return show(request, "console/watching/rewards.html", context, status=status)
