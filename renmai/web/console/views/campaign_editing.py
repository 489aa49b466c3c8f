"""The editor of a campaign: a form from the play's own fields, its preview and the linter beside it while one writes."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.campaigns import actions, queries
from renmai.campaigns import terms as terms_of
from renmai.campaigns.actions import Draft
from renmai.campaigns.actions.composing import draft_of, findings_of, texts_of
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Play, play
from renmai.kernel.errors import DomainError
from renmai.policy.channels import Channel
from renmai.policy.linting import Copy, lint
from renmai.web.console import giving, objections, requests, sku_choice
from renmai.web.console.campaign_form import PREFIX, CampaignForm, first_values, sku_ids, values_of
from renmai.web.console.navigation import show
from renmai.web.console.tiers import shown_rows
from renmai.web.console.views.campaigns import closed_channels
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

MANAGES = Permission.CAMPAIGNS_MANAGE
LOOK = "look"
"""The button that shows preview and objections without JavaScript, and keeps nothing."""


@staff(MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: HttpRequest, play_key: str) -> HttpResponse:
    """Compose a campaign of a play."""
    chosen = play(play_key)
    if request.method != "POST":
        return _show(request, CampaignForm(chosen, initial=first_values(chosen)))
    form = CampaignForm(chosen, request.POST)
    saved = None if request.POST.get("act") == LOOK else _saved(request, form, None)
    return _show(request, form, status=_status(request, form)) if saved is None else _on(request, saved)


@staff(MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_edit(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Change a campaign: a draft freely, one that runs for what begins from now on."""
    row = queries.access_campaign(member_of(request), campaign_id)
    chosen = play(row.play)
    if row.status not in {Campaign.Status.DRAFT, Campaign.Status.LAUNCHED, Campaign.Status.PAUSED}:
        messages.error(request, DomainError("campaigns.running").sentence)
        return redirect("console:campaign", row.pk)
    is_running, values = row.status != Campaign.Status.DRAFT, values_of(draft_of(row))
    if request.method != "POST":
        return _show(request, CampaignForm(chosen, initial=values, is_running=is_running), row)
    form = CampaignForm(chosen, request.POST, initial=values, is_running=is_running)
    saved = None if request.POST.get("act") == LOOK else _saved(request, form, row)
    return _show(request, form, row, status=_status(request, form)) if saved is None else _on(request, saved)


@staff(MANAGES)
@require_POST
def campaign_preview(request: HttpRequest, play_key: str) -> HttpResponse:
    """Answer htmx with the preview and with what the linter says, each for its place; nothing is kept."""
    form = CampaignForm(play(play_key), request.POST)
    return render(request, "console/campaigns/parts/look.html", _look(form) | {"form": form, "is_swap": True})


@staff(MANAGES)
@require_safe
def campaign_skus(request: HttpRequest) -> HttpResponse:
    """Answer htmx with the variants that a search found, to be chosen for the field ``name``."""
    name = requests.words(request, "name")
    options = sku_choice.found(member_of(request), requests.words(request, f"{name}_q") or requests.words(request))
    context = {"name": name, "options": options, "is_search": True}
    return render(request, "console/campaigns/parts/sku_options.html", context)


def _saved(request: HttpRequest, form: CampaignForm, row: Campaign | None) -> Campaign | None:
    """Keep what was typed; None when something is wrong with it, which then stands in the form."""
    if not form.is_valid():
        return None
    user = member_of(request)
    try:
        return actions.change(user, row, form.draft()) if row else actions.compose(user, form.play.key, form.draft())
    except DomainError as error:
        if error.code in {"request.not_found", "request.forbidden"}:
            raise
        form.blame(error)
        return None


def _on(request: HttpRequest, saved: Campaign) -> HttpResponse:
    """Go on to the campaign's page; the editor's second button launches it at once."""
    if saved.status == Campaign.Status.DRAFT and request.POST.get("act") == "launch":
        return launched(request, saved)
    messages.success(request, _("Saved."))
    return redirect("console:campaign", saved.pk)


def launched(request: HttpRequest, row: Campaign) -> HttpResponse:
    """Launch a draft and tell what became of it on its page."""
    try:
        now = actions.launch(member_of(request), row)
    except DomainError as error:
        if error.code in {"request.not_found", "request.forbidden"}:
            raise
        messages.error(request, error.sentence)
        return redirect("console:campaign", row.pk)
    if now.status == Campaign.Status.REVIEW:
        messages.info(request, _("A rule asks for a second look: somebody else must approve it before it runs."))
    else:
        messages.success(request, _("“%(title)s” is launched.") % {"title": now.title})
    return redirect("console:campaign", row.pk)


def _status(request: HttpRequest, form: CampaignForm) -> int:
    return form.status if form.errors and request.POST.get("act") != LOOK else 200


def _show(request: HttpRequest, form: CampaignForm, row: Campaign | None = None, *, status: int = 200) -> HttpResponse:
    chosen = form.play
    crumbs = [Crumb(_("Campaigns"), reverse("console:campaigns"))]
    crumbs += [Crumb(row.title, reverse("console:campaign", args=[row.pk])), Crumb(_("Edit"))] if row else [Crumb(chosen.title)]
    wanted = form.data if form.is_bound else form.initial
    context: dict[str, Any] = {
        "form": form,
        "play": chosen,
        "campaign": row,
        "is_running": row is not None and row.status != Campaign.Status.DRAFT,
        "closed": closed_channels(chosen),
        "crumbs": crumbs,
        "skus": sku_choice.named(sku_ids(chosen, wanted)),
        "found": _found(request, chosen),
        "tiers": {f.name: shown_rows(form[PREFIX + f.name].value()) for f in chosen.fields if f.kind == "tiers"},
        **_look(form),
    }
    return show(request, "console/campaigns/editor.html", context, status=status)


def _found(request: HttpRequest, chosen: Play) -> dict[str, list[sku_choice.SkuOption]]:
    """Return what was searched without JavaScript, by the name of the field."""
    names = [PREFIX + field.name for field in chosen.fields if field.kind == "sku"]
    asked = {name: request.POST.get(f"{name}_q", "").replace("\x00", "").strip()[: requests.TEXT_LENGTH] for name in names}
    return {name: sku_choice.found(member_of(request), text) for name, text in asked.items() if text}


def _look(form: CampaignForm) -> dict[str, Any]:
    """Return what stands beside the form: the preview of the play, and the objections by their place."""
    rough = _rough(form)
    terms, problem = _terms(form.play, rough)
    texts = texts_of(rough, terms)
    # Settings are judged once they can be understood, words from the first letter on.
    words = Copy(texts=tuple(text for _name, text in texts), channels=frozenset(rough.channels))
    found = lint(words) if problem else findings_of(form.play, rough, terms)
    return {
        "said": objections.beside(found, texts),
        "places": [
            *(name for pair in form.pairs for name in (pair[0].name, pair[1].name)),
            *_text_terms(form),
            objections.SETTINGS,
        ],
        "rough": rough,
        "shown_channels": [Channel(name).label for name in rough.channels if name in Channel.values],
        "preview": form.play.preview(terms) if form.play.preview_template and not problem else None,
        "preview_problem": problem,
        "lacking": giving.lacking(form.play, terms) if not problem else (),
        "play": form.play,
    }


def _rough(form: CampaignForm) -> Draft:
    if form.is_bound:
        return form.rough_draft()
    values: Mapping[str, Any] = form.initial
    common = {name: values.get(name, "") for name in CampaignForm.base_fields} | {"budget_fen": values.get("budget_fen")}
    terms = {field.name: values.get(PREFIX + field.name, field.default) for field in form.play.fields}
    return Draft(**{**common, "channels": tuple(common["channels"])}, terms=terms)


def _terms(chosen: Play, rough: Draft) -> tuple[dict[str, Any], str]:
    """Return terms that the play can be asked about, or why there are none yet."""
    try:
        return terms_of.checked(chosen, rough.terms), ""
    except DomainError as error:
        labels = {field.name: str(field.label) for field in chosen.fields}
        label = labels.get(error.field, "")
        return dict(rough.terms), f"{label}: {error.sentence}" if label else error.sentence


def _text_terms(form: CampaignForm) -> list[str]:
    return [f"terms.{field.name}" for field in form.play.fields if field.kind in {"text", "choice"}]
