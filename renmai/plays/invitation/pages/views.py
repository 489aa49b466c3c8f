"""What a member sees of invitations: her own code and whom she brought, somebody else's invitation, a field for a code."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts.models import User
from renmai.insight.experiments.promising import is_tried
from renmai.kernel.errors import DomainError
from renmai.plays.invitation import actions, queries
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.pages.forms import CodeForm
from renmai.plays.invitation.pages.words import friend_of, masked
from renmai.plays.invitation.promises import promise_of
from renmai.plays.invitation.terms import terms_at, terms_of
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.views.share_own import pass_on_page
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, note_wait, user_of


@require_safe
@never_cache
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show her code, what is promised, and how far everybody is whom she brought."""
    user = member_of(request)
    page = queries.brought_by(user, page=page_number(request))
    campaign = queries.latest_campaign()
    terms = actions.show_promise(user, campaign).terms if campaign else None
    context = {
        "code": actions.code_of(user) if campaign else "",
        "campaign": campaign,
        "promise": promise_of(terms) if terms else None,
        "thanked": queries.thanked_this_month(user, campaign.pk) if campaign else 0,
        "friends": [friend_of(brought) for brought in page.items],
        "position": Position(page.number, page.has_next),
        "inviter": queries.inviter_of(user),
        "enter_until": queries.may_enter_until(user, campaign) if campaign else None,
        "back_url": reverse("storefront:me"),
    }
    return show(request, "invitation/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def enter(request: HttpRequest) -> HttpResponse:
    """Take a friend's code; what is wrong with it stands beside the field."""
    user, form, status = member_of(request), CodeForm(request.POST or None), 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return _tied(request, actions.enter_code(user, form.cleaned_data["code"]))
            except DomainError as error:
                note_wait(request, error)
                form.add_error("code", error.sentence)
                status = error.status
        else:
            status = 400
    campaign = queries.latest_campaign()
    context = {
        "form": form,
        # Where inviters have different promises, only hers would be true, and nobody knows yet whose code she enters.
        "promise": promise_of(terms_of(campaign.terms)) if campaign and not is_tried(campaign.pk) else None,
        "inviter": queries.inviter_of(user),
        "back_url": reverse("invitation:mine"),
    }
    return show(request, "invitation/enter.html", context, status=status)


@require_safe
@never_cache
def landing(request: HttpRequest, code: str) -> HttpResponse:
    """Say who invites, what is promised to both, and by which conditions; whoever may, accepts here."""
    owner, user = _owner(code), user_of(request)
    campaign = queries.latest_campaign()
    tie = queries.inviter_of(user) if user else None
    terms = terms_at(tie.campaign_id, tie.version) if tie else actions.promised_by(owner, campaign).terms if campaign else None
    context = {
        "owner": owner,
        "code": code,
        "campaign": campaign,
        "promise": promise_of(terms) if terms else None,
        "user": user,
        "is_own": user is not None and user.pk == owner.pk,
        "tie": tie,
        "inviter_name": masked(tie.inviter) if tie else "",
        "enter_until": queries.may_enter_until(user, campaign) if user and campaign else None,
        "back_url": reverse("storefront:home"),
    }
    return show(request, "invitation/landing.html", context)


@require_POST
@signed_in
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Accept somebody's invitation."""
    _owner(code)
    try:
        return _tied(request, actions.enter_code(member_of(request), code))
    except DomainError as error:
        note_wait(request, error)
        messages.error(request, error.sentence)
        return HttpResponseRedirect(reverse("invitation:landing", args=[code]))


@require_safe
@signed_in
def share(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Give her link, QR code and poster."""
    campaign = queries.open_campaign(campaign_id)
    if campaign is None:
        raise DomainError("request.not_found")
    user = member_of(request)
    actions.show_promise(user, campaign)
    path = reverse("invitation:landing", args=[actions.code_of(user)])
    return pass_on_page(request, campaign, path=path, back_url=reverse("invitation:mine"))


def _owner(code: str) -> User:
    """Return whose code an address names. Raises ``request.not_found``: nobody typed it."""
    try:
        return queries.owner_of(code)
    except DomainError:
        raise DomainError("request.not_found") from None


def _tied(request: HttpRequest, tie: Invitation) -> HttpResponse:
    words: dict[str, Any] = {"name": masked(tie.inviter)}
    messages.success(request, _("Welcome! %(name)s invited you.") % words)
    if tie.in_common:
        note = _("You two have used the same browser or phone, so somebody looks at it before rewards are given.")
        messages.info(request, note)
    return HttpResponseRedirect(reverse("invitation:mine"))
