"""Where a member is signed in, and the way out of all of it at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from renmai.journeys import signing_in
from renmai.web.storefront.navigation import show
from renmai.web.ui import people
from renmai.web.ui.guards import signed_in
from renmai.web.ui.own_sessions import own_sessions


@never_cache
@require_safe
@signed_in
def sessions(request: HttpRequest) -> HttpResponse:
    """List her sessions, this one first."""
    context = {
        "sessions": own_sessions(request, people.member_of(request)),
        "back_url": reverse("storefront:settings"),
    }
    return show(request, "storefront/me/sessions.html", context)


@require_POST
@signed_in
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions and keys but this session."""
    user = people.member_of(request)
    signing_in.sign_out_everywhere(user)
    people.stay(request, user)
    messages.success(request, _("You are signed out everywhere else."))
    return HttpResponseRedirect(reverse("storefront:sessions"))
