"""Campaigns 活动: the list, the choice of a play, and one campaign with its figures and the story of its terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from renmai.accounts.models import User
from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.campaigns import queries
from renmai.campaigns import terms as terms_of
from renmai.campaigns.actions.composing import draft_of, findings_of, texts_of
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Act, Figure, Play, play, plays
from renmai.campaigns.queries import standing
from renmai.insight.queries import Point
from renmai.policy.channels import Channel
from renmai.policy.linting import Copy, Finding, lint
from renmai.policy.rules import Outcome
from renmai.web.console import charts, giving, objections, requests, sku_choice, term_words
from renmai.web.console.campaign_words import figure_text
from renmai.web.console.filters import chips
from renmai.web.console.forms import ReasonForm
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

Status = Campaign.Status
SEES = Permission.CAMPAIGNS_VIEW


@dataclass(frozen=True)
class Closed:
    """Channels on which a play must stay off, and why."""

    channel: str
    advice: "str | Promise"
    rule: str
    source: str


@dataclass(frozen=True)
class PlayCard:
    """A play to choose, with the channels that it is closed to."""

    play: Play
    closed: Sequence[Closed]


@dataclass(frozen=True)
class VersionView:
    """One version of the terms: who made it, and what it says otherwise than the one before."""

    row: Any
    changes: Sequence[term_words.Change]


@dataclass(frozen=True)
class PlayAct:
    """An act that only the play knows, with the form in which somebody says why."""

    act: Act
    name: str
    form: ReasonForm
    is_open: bool


@staff(SEES)
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """List campaigns by play and state, the newest first, with what was bought through each."""
    user = member_of(request)
    chosen = requests.choice(request, "play", set(plays()))
    status = requests.choice(request, "status", Status.values)
    page = queries.campaigns_of(user, play=chosen, status=status, page=requests.page_number(request))
    rows = list(page.object_list)
    sums = standing.sums_of([row.pk for row in rows])
    context = {
        "page": page,
        "rows": [(row, plays().get(row.play), sums.get(row.pk, standing.Sums())) for row in rows],
        "status_chips": chips(request, "status", [("", _("All")), *Status.choices], counts=standing.campaign_counts(user)),
        "play_chips": chips(request, "play", [("", _("Every play")), *((key, each.title) for key, each in plays().items())]),
        "is_filtered": bool(chosen or status),
        "may_manage": Permission.CAMPAIGNS_MANAGE in permissions_of(user),
    }
    return show(request, "console/campaigns/list.html", context)


@staff(Permission.CAMPAIGNS_MANAGE)
@require_safe
def campaign_choose(request: HttpRequest) -> HttpResponse:
    """Choose a play: what each is for, and where it must stay off, with the reason."""
    cards = [PlayCard(each, closed_channels(each)) for each in plays().values()]
    crumbs = [Crumb(_("Campaigns"), reverse("console:campaigns")), Crumb(_("Choose a play"))]
    return show(request, "console/campaigns/choose.html", {"cards": cards, "crumbs": crumbs})


@staff(SEES)
@require_safe
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Show one campaign: its state, its figures, its guardrails, its terms through time."""
    return show_campaign(request, queries.access_campaign(member_of(request), campaign_id))


def closed_channels(chosen: Play) -> list[Closed]:
    """Return the channels on which the rules refuse the play as it begins, those with the same reason together."""
    facts = chosen.facts(terms_of.defaults(chosen))
    found: dict[str, tuple[list[str], Finding]] = {}
    for channel in Channel:
        for finding in lint(Copy(channels=frozenset({channel.value}), facts=facts)):
            if finding.outcome is Outcome.REFUSE:
                found.setdefault(finding.rule_key, ([], finding))[0].append(str(channel.label))
    return [Closed(" · ".join(labels), each.advice, each.rule_key, each.source) for labels, each in found.values()]


def show_campaign(
    request: HttpRequest,
    row: Campaign,
    *,
    refusal: str = "",
    forms: Mapping[str, ReasonForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page of one campaign; ``forms`` are reasons that were refused, by the act they are for."""
    user = member_of(request)
    chosen = play(row.play)
    money = queries.money_of(row.pk)
    versions = standing.versions_of(row.pk)
    names = sku_choice.names(_skus_in(chosen, [version.terms for version in versions]))
    found = findings_of(chosen, draft_of(row), row.terms) if row.status in {Status.DRAFT, Status.REVIEW} else ()
    said = objections.beside(found, texts_of(draft_of(row), row.terms))
    days = standing.days_of(row.pk)
    context: dict[str, Any] = {
        "campaign": row,
        "play": chosen,
        "crumbs": [Crumb(_("Campaigns"), reverse("console:campaigns")), Crumb(row.title)],
        "money": money,
        "newcomers": standing.newcomers_of(row.pk),
        "bounds": standing.bounds_of(row, money, standing.mutes_of(row.pk)),
        "figures": [(figure, figure_text(figure)) for figure in _figures(chosen, row)],
        "terms": term_words.terms_in_words(chosen, row.terms, skus=names),
        "versions": _versions(chosen, versions, names),
        "channels": [Channel(name).label for name in row.channels if name in Channel.values],
        "chart": charts.by_day([Point(day.day, day.paid) for day in days], unit="count"),
        "chart_sentence": _("%(paid)s paid orders on %(days)s days.") % {"paid": money.paid, "days": len(days)},
        "objections": said,
        "lacking": giving.lacking(chosen, row.terms) if row.closed_at is None else (),
        "may_compose": Permission.CAMPAIGNS_MANAGE in permissions_of(user),
        "objection_list": [each for found_here in said.by_place.values() for each in found_here],
        "refusal": refusal,
        "forms": {name: (forms or {}).get(name) or reason_form(name) for name in ("stop", "approve", "send_back")},
        "opened": dict.fromkeys(forms or {}, True),
        "play_acts": _play_acts(chosen, user, row, forms or {}),
        **_acts(user, row),
    }
    return show(request, "console/campaigns/campaign.html", context, status=status)


def reason_form(name: str, data: Mapping[str, Any] | None = None) -> ReasonForm:
    """Return the form of one act; the page has several, so each has names of its own for its labels."""
    return ReasonForm(data, auto_id=f"id_{name}_%s")


def act_form(key: str) -> str:
    """Return what the form of a play's own act is called among the forms of the page."""
    return f"act-{key}"


def _play_acts(chosen: Play, user: User, row: Campaign, forms: Mapping[str, ReasonForm]) -> list[PlayAct]:
    if row.launched_at is None or Permission.CAMPAIGNS_MANAGE not in permissions_of(user):
        return []
    return [
        PlayAct(
            act,
            act_form(act.key),
            forms.get(act_form(act.key)) or reason_form(act_form(act.key)),
            is_open=act_form(act.key) in forms,
        )
        for act in chosen.acts(row)
    ]


def _acts(user: User, row: Campaign) -> dict[str, bool]:
    held = permissions_of(user)
    manages, approves = Permission.CAMPAIGNS_MANAGE in held, Permission.CAMPAIGNS_APPROVE in held
    is_waiting = row.status == Status.REVIEW
    return {
        "may_change": manages and row.status in {Status.DRAFT, Status.LAUNCHED, Status.PAUSED},
        "may_launch": manages and row.status == Status.DRAFT,
        "may_pause": manages and row.status == Status.LAUNCHED,
        "may_resume": manages and row.status == Status.PAUSED,
        "may_stop": manages and row.status in {Status.LAUNCHED, Status.PAUSED},
        "may_try": Permission.EXPERIMENTS_MANAGE in held and row.is_open and bool(play(row.play).variations),
        "may_decide": approves and is_waiting,
        "is_own": is_waiting and user.pk in queries.authors_of(row),
    }


def _figures(chosen: Play, row: Campaign) -> Sequence[Figure]:
    return chosen.figures(row) if row.launched_at is not None else ()


def _versions(chosen: Play, rows: Sequence[Any], names: Mapping[int, str]) -> list[VersionView]:
    found = [
        VersionView(newer, term_words.changes(chosen, older.terms, newer.terms, skus=names)) for newer, older in pairwise(rows)
    ]
    return [*found, VersionView(rows[-1], ())] if rows else []


def _skus_in(chosen: Play, versions: Sequence[Mapping[str, Any]]) -> list[int]:
    names = [field.name for field in chosen.fields if field.kind == "sku"]
    return sorted({terms[name] for terms in versions for name in names if terms.get(name)})
