"""What is done to a campaign: launched, looked at by a second person, paused, resumed, stopped. Each act is one button."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renmai.accounts.policies import Permission
from renmai.campaigns import actions, queries
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import play
from renmai.kernel.errors import DomainError
from renmai.web.console import requests
from renmai.web.console.forms import blame
from renmai.web.console.views.campaign_editing import launched
from renmai.web.console.views.campaigns import act_form, reason_form, show_campaign
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of

MANAGES, APPROVES = Permission.CAMPAIGNS_MANAGE, Permission.CAMPAIGNS_APPROVE


@staff(MANAGES)
@require_POST
def campaign_launch(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Launch a draft, or lay it before a second person where a rule asks for it."""
    return launched(request, queries.access_campaign(member_of(request), campaign_id))


@staff(MANAGES)
@require_POST
def campaign_pause(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Let nobody begin for now."""
    return _do(request, campaign_id, actions.pause, _("Paused. Nobody can begin; what customers have begun goes on."))


@staff(MANAGES)
@require_POST
def campaign_resume(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Go on after a pause."""
    return _do(request, campaign_id, actions.resume, _("It goes on."))


@staff(MANAGES)
@require_POST
def campaign_stop(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """End it before its time, for a reason."""
    return _do_with_reason(request, campaign_id, "stop", _("Stopped. What customers have begun comes to its own end."))


@staff(APPROVES)
@require_POST
def campaign_approve(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Give the second look, and launch."""
    return _do_with_reason(request, campaign_id, "approve", _("Approved and launched."), seen=requests.revision_seen(request))


@staff(APPROVES)
@require_POST
def campaign_send_back(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Turn it into a draft again, and say why."""
    return _do_with_reason(request, campaign_id, "send_back", _("Sent back with your reason."))


@staff(MANAGES)
@require_POST
def campaign_act(request: HttpRequest, campaign_id: int, act_key: str) -> HttpResponse:
    """Do what only the play of this campaign knows, for a reason; somebody else may have done it a moment ago."""
    row = queries.access_campaign(member_of(request), campaign_id)
    chosen, name = play(row.play), act_form(act_key)
    form = reason_form(name, request.POST)
    found = {act.key: act for act in chosen.acts(row)} if row.launched_at else {}
    if act_key not in found:
        return _refused(request, row, DomainError("campaigns.state"))
    if not form.is_valid():
        return show_campaign(request, row, forms={name: form}, status=400)
    try:
        chosen.act(member_of(request), row, act_key, reason=form.cleaned_data["reason"])
    except DomainError as error:
        if error.field not in form.fields:
            return _refused(request, row, error)
        blame(form, error)
        return show_campaign(request, row, forms={name: form}, status=error.status)
    messages.success(request, str(found[act_key].done))
    return redirect("console:campaign", campaign_id)


WITH_REASON: dict[str, Callable[..., object]] = {
    "stop": actions.stop,
    "approve": actions.approve,
    "send_back": actions.send_back,
}


def _do(request: HttpRequest, campaign_id: int, act: Callable[..., Campaign], sentence: str) -> HttpResponse:
    row = queries.access_campaign(member_of(request), campaign_id)
    try:
        act(member_of(request), row)
    except DomainError as error:
        return _refused(request, row, error)
    messages.success(request, sentence)
    return redirect("console:campaign", campaign_id)


def _do_with_reason(request: HttpRequest, campaign_id: int, name: str, sentence: str, **given: int) -> HttpResponse:
    row = queries.access_campaign(member_of(request), campaign_id)
    form = reason_form(name, request.POST)
    if not form.is_valid():
        return show_campaign(request, row, forms={name: form}, status=400)
    try:
        done = WITH_REASON[name](member_of(request), row, reason=form.cleaned_data["reason"], **given)
    except DomainError as error:
        if error.field not in form.fields:
            return _refused(request, row, error)
        blame(form, error)
        return show_campaign(request, row, forms={name: form}, status=error.status)
    if done is False:
        return _refused(request, row, DomainError("campaigns.state"))
    messages.success(request, sentence)
    return redirect("console:campaign", campaign_id)


def _refused(request: HttpRequest, row: Campaign, error: DomainError) -> HttpResponse:
    """Show the campaign as it is now, with the reason of the refusal on top."""
    if error.code in {"request.not_found", "request.forbidden"}:
        raise error
    now = queries.access_campaign(member_of(request), row.pk)
    return show_campaign(request, now, refusal=error.sentence, status=error.status)
