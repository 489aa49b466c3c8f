"""Spread 传播 of one campaign: K with its interval, trees, what kept customers cost, wear, and whom to ask first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.campaigns import queries as campaigns
from renmai.campaigns.models import Campaign
from renmai.insight.experiments.models import Experiment
from renmai.insight.experiments.queries import trials_of
from renmai.insight.spread.asking import asking_of
from renmai.insight.spread.figures import spread_figures
from renmai.insight.spread.queries import MOST_SEEDS, seeds_for, spread_of
from renmai.journeys.asking import ask_seeds
from renmai.kernel.errors import DomainError
from renmai.web.console import periods, requests, spread_charts, spread_words
from renmai.web.console.experiment_words import about_text
from renmai.web.console.filters import chips
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

SEEDS_SHOWN = 20


@staff(Permission.CAMPAIGNS_VIEW)
@require_safe
def spread(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Show how a campaign spreads in a period, or whom to ask first to pass it on."""
    user = member_of(request)
    row = campaigns.access_campaign(user, campaign_id)
    may_ask = Permission.CAMPAIGNS_MANAGE in permissions_of(user)
    views = [("", _("Figures")), *([("seeds", _("People to ask first"))] if may_ask else [])]
    is_asking = may_ask and requests.choice(request, "view", ["seeds"]) == "seeds"
    context = {
        "campaign": row,
        "view_chips": chips(request, "view", views),
        "crumbs": [
            Crumb(_("Campaigns"), reverse("console:campaigns")),
            Crumb(row.title, reverse("console:campaign", args=[row.pk])),
            Crumb(pgettext("campaign", "Spread")),
        ],
        **(_asking(row) if is_asking else _figures(request, row)),
    }
    template = "console/campaigns/seeds.html" if is_asking else "console/campaigns/spread.html"
    return show(request, template, context)


@staff(Permission.CAMPAIGNS_MANAGE)
@require_POST
def campaign_ask(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Ask the people who were ticked to pass the campaign on."""
    user = member_of(request)
    row = campaigns.access_campaign(user, campaign_id)
    ticked = {int(value) for value in request.POST.getlist("person")[:MOST_SEEDS] if value.isascii() and value.isdigit()}
    try:
        asked = ask_seeds(user, row, ticked)
    except DomainError as error:
        if error.code == "request.forbidden":
            raise
        messages.error(request, error.sentence)
    else:
        messages.success(
            request, ngettext("%(count)d person was asked.", "%(count)d people were asked.", asked) % {"count": asked}
        )
    return redirect(reverse("console:campaign_spread", args=[row.pk]) + "?view=seeds")


def _figures(request: HttpRequest, row: Campaign) -> dict[str, Any]:
    chosen = periods.chosen(request)
    found = spread_of(row.pk, chosen.period)
    figures = {figure.key: spread_words.figure_view(figure) for figure in spread_figures(found)}
    return {
        "chosen": chosen,
        "choices": periods.CHOICES,
        "spread": found,
        "figures": figures,
        "headline": [figures[key] for key in ("k", "invitations", "conversion", "cycle")],
        "trees": [figures[key] for key in ("trees", "largest", "depth", "virality", "mean_virality")],
        "sentence": spread_words.k_sentence(found.reproduction),
        "wear": spread_words.wear_sentence(found.wear) if found.wear else "",
        "weeks": spread_charts.by_week(found.weeks),
        "sizes": spread_charts.size_rows(found.forest.sizes),
        "most_people": max((band.people for band in found.forest.sizes), default=0),
        "most_in_generation": max(found.forest.generations, default=0),
        "costs": spread_words.cost_views(found),
        "trials": [(each, about_text(each)) for each in _trials(request, row)],
    }


def _trials(request: HttpRequest, row: Campaign) -> list[Experiment]:
    """Return the experiments on its terms, for whoever may see what came of them."""
    return trials_of(row.pk) if Permission.FIGURES_VIEW in permissions_of(member_of(request)) else []


def _asking(row: Campaign) -> dict[str, Any]:
    seeds = seeds_for(row.pk, count=SEEDS_SHOWN)
    return {
        "seeds": [spread_words.seed_view(asked) for asked in seeds],
        "reach": round(seeds[-1].seed.reach) if seeds else 0,
        "asking": asking_of(row.pk),
    }
