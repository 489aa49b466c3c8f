"""Trust: how it is spread, how ties go on, who is complained about, and one tie explained to the last entry."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts import queries as accounts
from renmai.accounts.models import User
from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.sharing import queries as sharing
from renmai.sharing.actions import lift_pause
from renmai.trust import queries
from renmai.trust.queries import Choosiness, FeedbackCount
from renmai.trust.queries.believing import known
from renmai.trust.stages import Stage
from renmai.web.console.navigation import show
from renmai.web.console.requests import page_number
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

PERIOD = timedelta(days=90)
LATEST = 20
REASON_LEAST, REASON_MOST = 5, 200


@dataclass(frozen=True)
class Bar:
    """One bar of a drawn table: what it stands for, how many, and its share in per cent."""

    label: str
    count: int
    share: int


@dataclass(frozen=True)
class Rate:
    """A rate with its interval, in per cent."""

    label: str
    sharers: int
    outcomes: int
    rate: int
    low: int
    high: int


@staff(Permission.CUSTOMERS_VIEW)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how trust is spread, the moves between stages, pauses, feedback by sharer, and the ties that moved last."""
    return _overview(request)


@staff(Permission.CUSTOMERS_VIEW)
@require_safe
def tie(request: HttpRequest, sharer_id: int, receiver_id: int) -> HttpResponse:
    """Explain one tie: q and what it is made of, the price of a share, its stages, and every entry."""
    sharer, receiver = _person(sharer_id), _person(receiver_id)
    if sharer_id == receiver_id:
        raise DomainError("request.not_found")
    found = queries.tie(sharer_id, receiver_id)
    context = {
        "sharer": sharer,
        "receiver": receiver,
        "tie": found,
        "q": round(found.asked.belief.mean * 100),
        "low": round(found.asked.belief.low * 100),
        "prior": round(found.asked.belief.prior * 100),
        "platform": round(known().platform_rate * 100),
        "steps": [(Stage(step.stage).label, step.at, step.evidence) for step in found.steps],
        "entries": queries.ledger_of(sharer_id, receiver_id),
        "crumbs": [Crumb(pgettext("navigation", "Trust"), reverse("console:trust")), Crumb(sharer.display_name)],
    }
    return show(request, "console/watching/tie.html", context)


@staff(Permission.CUSTOMERS_VIEW)
@require_safe
def regard(request: HttpRequest, agent_user_id: int) -> HttpResponse:
    """Explain how far one agent can rely on the platform: q and what it is made of, and every pledge."""
    agent = _person(agent_user_id)
    found = queries.regard_of(agent_user_id)
    context = {
        "agent": agent,
        "regard": found,
        "q": round(found.belief.mean * 100),
        "prior": round(found.belief.prior * 100),
        "page": queries.pledges_to(agent_user_id, page=page_number(request)),
        "crumbs": [Crumb(pgettext("navigation", "Trust"), reverse("console:trust")), Crumb(agent.display_name)],
    }
    return show(request, "console/watching/regard.html", context)


@staff(Permission.AGENTS_MANAGE)
@require_POST
def pause_lift(request: HttpRequest, pause_id: int) -> HttpResponse:
    """End a pause early, with a reason."""
    reason = " ".join(request.POST.get("reason", "").split())
    if not REASON_LEAST <= len(reason) <= REASON_MOST:
        return _overview(request, refused=(pause_id, _("Say why, in 5 to 200 characters."), reason), status=400)
    lift_pause(member_of(request), pause_id, reason=reason)
    messages.success(request, _("The pause is over. Your reason stands in the log."))
    return redirect("console:trust")


def _overview(request: HttpRequest, *, refused: tuple[int, str, str] | None = None, status: int = 200) -> HttpResponse:
    spread = queries.spread()
    since = clock.now() - PERIOD
    context = {
        "spread": spread,
        "mean": None if spread.mean is None else round(spread.mean * 100),
        "bars": _bars(spread.counts),
        "most": max(spread.counts, default=0),
        "moves": _moves(since_days=PERIOD.days),
        "days": PERIOD.days,
        "choosy": [_rate(group) for group in queries.choosiness()],
        "pauses": sharing.pauses(),
        "over": sharing.pauses(running=False)[:5],
        "may_lift": Permission.AGENTS_MANAGE in permissions_of(member_of(request)),
        "feedback": [(user, count, _bad_share(count)) for user, count in queries.feedback_by_sharer(since=since)],
        "latest": queries.latest_ties(LATEST),
        "refused": refused,
        "reliance": _reliance(),
    }
    return show(request, "console/watching/trust.html", context, status=status)


def _reliance() -> dict[str, object]:
    """Return what the page says of the other direction: how far agents can rely on the platform."""
    found = queries.reliance()
    calibration = found.calibration
    return {
        "agents": found.agents,
        "mean": None if found.mean is None else round(found.mean * 100),
        "counts": [(each, round(100 * each.kept / each.total) if each.total else None) for each in found.counts],
        "least": [(each.user, round(each.mean * 100)) for each in found.least],
        "outcomes": calibration.outcomes if calibration else 0,
        "error": f"{100 * calibration.error:.1f}" if calibration else "",
    }


def _person(user_id: int) -> User:
    try:
        return accounts.user(user_id)
    except User.DoesNotExist:
        raise DomainError("request.not_found") from None


def _bars(counts: tuple[int, ...]) -> list[Bar]:
    total, width = sum(counts), 100 // len(counts)
    return [
        Bar(f"{place * width} – {(place + 1) * width} %", count, round(100 * count / total) if total else 0)
        for place, count in enumerate(counts)
    ]


def _moves(*, since_days: int) -> list[tuple[str, list[int]]]:
    """Return the matrix of moves: a row for each stage that ties left, a column for each that they reached."""
    counted = queries.stage_moves(since=clock.now() - timedelta(days=since_days))
    rows = ["", *Stage.values]
    return [
        (str(Stage(row).label) if row else pgettext("stage", "Begun"), [counted[row, column] for column in Stage.values])
        for row in rows
    ]


def _rate(group: Choosiness) -> Rate:
    label = str(group.fewest) if group.fewest == group.most else f"{group.fewest} – {group.most}"
    low, rate, high = (round(100 * value) for value in (group.low, group.rate, group.high))
    return Rate(label, group.sharers, round(group.outcomes), rate, low, high)


def _bad_share(count: FeedbackCount) -> int:
    return round(100 * (count.mutes + count.complaints + count.not_useful) / count.total) if count.total else 0
