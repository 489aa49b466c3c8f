"""Matching 选品匹配: who has a list and how old it is, which strategy chooses and how well each would have, and what is demoted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.insight.experiments.queries import movers
from renmai.kernel.errors import DomainError
from renmai.matching import queries, showing
from renmai.matching.actions import FOR_AGENTS, FOR_MEMBERS, lift_demotion
from renmai.matching.models import Comparison, Demotion, Selection
from renmai.policy import queries as policy
from renmai.policy import settings_table
from renmai.web.console import model_words, requests
from renmai.web.console.filters import chips
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of

SETTING = showing.SETTING
FIRST = 20
SURFACES: dict[showing.Surface, str | Promise] = {
    showing.Surface.HOME: pgettext_lazy("surface", "Home page"),
    showing.Surface.FOR_YOU: pgettext_lazy("surface", "For you"),
    showing.Surface.SAFE: pgettext_lazy("surface", "Safe picks"),
    showing.Surface.WITH: pgettext_lazy("surface", "Goes with a product"),
    showing.Surface.TODAY: pgettext_lazy("surface", "Agent: today"),
    showing.Surface.SHARE: pgettext_lazy("surface", "Agent: worth sharing"),
    showing.Surface.ADVICE: pgettext_lazy("surface", "Agent: new goods"),
    showing.Surface.GROUP: pgettext_lazy("surface", "Agent: for a group"),
    showing.Surface.CUSTOMER: pgettext_lazy("surface", "Agent: for one customer"),
    showing.Surface.SEGMENT: pgettext_lazy("surface", "For a segment"),
}


@dataclass(frozen=True)
class Row:
    """One audience: how many lists it has, how many are being made anew, since when the oldest stands."""

    label: str
    lists: int
    due: int
    oldest_at: datetime | None


@dataclass(frozen=True)
class Measured:
    """One strategy on the shop's own last orders. Shares are 0 … 1; ``is_chosen`` is the one at work."""

    label: str
    precision: str
    recall: str
    interval: str
    ndcg: str
    goods: int
    part: int
    is_chosen: bool


@dataclass(frozen=True)
class OpenedRow:
    """One surface and what chose for it: how often its goods were shown and opened. ``part`` is the bar, 0 … 1000 of the best."""

    surface: str
    model: str
    shown: int
    chosen: int
    share: str
    part: int


@staff(Permission.MATCHING_MANAGE)
@require_safe
def matching(request: HttpRequest) -> HttpResponse:
    """Show lists, strategies and demoted goods."""
    return _show(request)


@staff(Permission.MATCHING_MANAGE)
@require_POST
def demotion_lift(request: HttpRequest, demotion_id: int) -> HttpResponse:
    """Let a demoted product be recommended again, with a word why."""
    why = request.POST.get("why", "")
    try:
        row = lift_demotion(member_of(request), demotion_id, why=why)
    except DomainError as error:
        if error.field != "why":
            raise
        return _show(request, refused=(demotion_id, error.sentence, why), status=error.status)
    messages.success(
        request, _("%(title)s may be recommended again. Your reason stands in the log.") % {"title": row.product.title}
    )
    return redirect("console:matching")


def _show(request: HttpRequest, *, refused: tuple[int, str, str] | None = None, status: int = 200) -> HttpResponse:
    user = member_of(request)
    wanted = requests.choice(request, "status", ["lifted"]) or Demotion.Status.ACTIVE
    lists = queries.lists_for_agents()
    shared = queries.overlap(lists, first=FIRST)
    comparison = queries.newest_comparison(user)
    chosen = policy.text(SETTING)
    context: dict[str, Any] = {
        "rows": [_row(each) for each in queries.coverage(user)],
        "agents": len([each for each in lists if each.entries]),
        "goods": len({entry.product_id for each in lists for entry in each.entries}),
        "overlap": None if shared is None else _percent(shared),
        "first": FIRST,
        "strategy": _label(chosen),
        "tried": movers([FOR_MEMBERS, FOR_AGENTS]),
        "setting_url": reverse("console:setting", args=[SETTING]),
        "comparison": comparison,
        "measured": _measured(comparison, chosen) if comparison else (),
        "opened": _opened(showing.opened(user)),
        "opened_days": showing.COUNTED_DAYS,
        "model": model_words.told(queries.model_now(user)),
        "page": queries.demotions(user, page=requests.page_number(request), status=wanted),
        "is_lifted": wanted == Demotion.Status.LIFTED,
        "status_chips": chips(request, "status", [("", _("Demoted now")), ("lifted", _("Lifted"))]),
        "refused": refused,
    }
    return show(request, "console/running/matching.html", context, status=status)


def _row(counted: queries.Coverage) -> Row:
    return Row(str(Selection.Audience(counted.audience).label), counted.lists, counted.due, counted.oldest_at)


def _measured(comparison: Comparison, chosen: str) -> Sequence[Measured]:
    """Return the strategies, the one that would have found most first. ``part`` is the bar, 0 … 1000 of the best."""
    rows = sorted(comparison.results, key=lambda row: -row["recall"])
    best = max((row["recall"] for row in rows), default=0.0) or 1.0
    return [
        Measured(
            label=_label(row["strategy"]),
            precision=_percent(row["precision"]),
            recall=_percent(row["recall"]),
            interval=f"{_percent(row['low'])} – {_percent(row['high'])}",
            ndcg=f"{row['ndcg']:.3f}",
            goods=row["goods"],
            part=round(1000 * row["recall"] / best),
            is_chosen=row["strategy"] == chosen,
        )
        for row in rows
    ]


def _opened(rows: Sequence[showing.Opened]) -> Sequence[OpenedRow]:
    best = max((row.share or 0.0 for row in rows), default=0.0) or 1.0
    return [
        OpenedRow(
            surface=str(SURFACES[showing.Surface(row.surface)]),
            model=_label(row.model),
            shown=row.shown,
            chosen=row.chosen,
            share="–" if row.share is None else _percent(row.share),
            part=round(1000 * (row.share or 0.0) / best),
        )
        for row in rows
    ]


def _label(strategy: str) -> str:
    named = dict(settings_table.get(SETTING).choices) | {
        showing.TOGETHER: _("Bought together, or alike"),
        showing.SAFE: _("Rarely returned"),
    }
    named[model_words.UNAIDED] = _("For each her own, without the model")
    return str(named.get(strategy, strategy))


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"
