"""Settings of a member: her name, her language, what she agreed to."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from renmai.accounts import actions as accounts
from renmai.accounts import queries as people
from renmai.accounts.actions import Purpose
from renmai.accounts.consents import PURPOSES, ConsentText
from renmai.accounts.models import User
from renmai.distribution import queries as distribution
from renmai.journeys.forgetting import withdraw
from renmai.kernel.errors import DomainError
from renmai.web.storefront.forms import ConsentForm, NameForm
from renmai.web.storefront.navigation import show
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of


@dataclass(frozen=True)
class Agreement:
    """One purpose as the settings show it."""

    purpose: Purpose
    text: ConsentText
    given_at: datetime | None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """Show the settings; a POST changes the name."""
    user = member_of(request)
    form = NameForm(request.POST or None, initial={"display_name": user.display_name})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                accounts.rename(user, form.cleaned_data["display_name"])
            except DomainError as error:
                form.add_error("display_name", error.sentence)
                status = error.status
            else:
                messages.success(request, _("Your name is saved."))
                return HttpResponseRedirect(reverse("storefront:settings"))
        else:
            status = 400
    context = {
        "user": user,
        "form": form,
        "languages": settings.LANGUAGES,
        "agreements": agreements_of(user),
        "back_url": reverse("storefront:me"),
    }
    return show(request, "storefront/me/settings.html", context, status=status)


@require_POST
@signed_in
def language(request: HttpRequest) -> HttpResponse:
    """Remember her language for pages and messages."""
    chosen = request.POST.get("language", "")
    accounts.set_language(member_of(request), chosen)
    response = HttpResponseRedirect(reverse("storefront:settings"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    with translation.override(chosen):
        messages.success(request, _("Your language is saved."))
    return response


@require_POST
@signed_in
def consent(request: HttpRequest) -> HttpResponse:
    """Give an agreement, or withdraw one that is hers to choose; the others hold as long as the account does."""
    user = member_of(request)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        raise DomainError("request.invalid")
    purpose = Purpose(form.cleaned_data["purpose"])
    gives = form.cleaned_data["give"] == "1"
    is_hers = any(agreement.purpose is purpose for agreement in agreements_of(user))
    if not is_hers or not (gives or PURPOSES[purpose].is_optional):
        raise DomainError("request.invalid")
    if gives:
        accounts.give_consent(user, purpose)
        messages.success(request, _("Thank you. You can withdraw it here at any time."))
    else:
        withdraw(user, purpose)
        messages.success(request, _("Withdrawn. It counts from now on."))
    return HttpResponseRedirect(reverse("storefront:settings"))


def agreements_of(user: User) -> list[Agreement]:
    """Return every purpose with the moment she agreed to its present text; the agents' own only for agents."""
    given = {row.purpose: row.granted_at for row in people.consents(user) if row.withdrawn_at is None}
    is_agent = distribution.membership(user.pk) is not None
    return [
        Agreement(purpose, text, given.get(purpose))
        for purpose, text in PURPOSES.items()
        if is_agent or purpose is not Purpose.AGENT_AGREEMENT
    ]
