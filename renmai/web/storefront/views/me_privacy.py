"""What the shop keeps of her, who is told, and how she changes it: each switch is one tap and counts at once."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts import actions as accounts
from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.models import User
from renmai.alerts import queries as alerts
from renmai.insight.portraits import actions, queries
from renmai.insight.portraits.parts import LABELS
from renmai.journeys import correcting
from renmai.journeys.forgetting import forget_browsing, withdraw
from renmai.journeys.holdings import copy_of as whole_copy
from renmai.kernel.errors import DomainError
from renmai.policy.queries import integer
from renmai.sharing.queries import current_binding
from renmai.web.storefront.forms import ConsentForm
from renmai.web.storefront.navigation import show
from renmai.web.storefront.privacy_words import chapters
from renmai.web.storefront.views.me_settings import agreements_of
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, visitor_id_of

SHOWN_TOLD = 5
"""So many of the last things her agent was told stand on the page."""


@require_safe
@signed_in
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept, from where and how old, who is told, and the switches."""
    user = member_of(request)
    likeness = queries.own(user)
    hidden = queries.withheld_parts(user)
    choices = [agreement for agreement in agreements_of(user) if agreement.text.is_optional]
    given = {agreement.purpose for agreement in choices if agreement.given_at}
    binding = current_binding(user)
    context = {
        "likeness": likeness,
        "chapters": chapters(likeness.shown),
        "choices": choices,
        "agent": binding.shop.owner if binding else None,
        "tells_agent": Purpose.AGENT_ALERTS in given and Purpose.BROWSING in given,
        "told": alerts.told(user, limit=SHOWN_TOLD),
        "parts": [(part, label, part not in hidden) for part, label in LABELS.items()],
        "browsers": correcting.browsers_of(user),
        "this_browser": visitor_id_of(request),
        "is_personal": Purpose.RECOMMENDATIONS in given,
        "traced_days": integer("attribution.window_days"),
        "back_url": reverse("storefront:me"),
    }
    return show(request, "storefront/me/privacy.html", context)


@require_POST
@signed_in
def purpose(request: HttpRequest) -> HttpResponse:
    """Switch one purpose on or off; what an account cannot be without is not among them."""
    user = member_of(request)
    form = ConsentForm(request.POST)
    if not form.is_valid() or not PURPOSES[Purpose(form.cleaned_data["purpose"])].is_optional:
        raise DomainError("request.invalid")
    chosen = Purpose(form.cleaned_data["purpose"])
    if form.cleaned_data["give"] == "1":
        accounts.give_consent(user, chosen)
        messages.success(request, _("Switched on. You can switch it off here at any time."))
    else:
        withdraw(user, chosen)
        messages.success(request, _("Switched off. It counts from this moment."))
    return _back()


@require_POST
@signed_in
def correct(request: HttpRequest) -> HttpResponse:
    """Take one interest out of her portrait."""
    correcting.not_me(member_of(request), facet=request.POST.get("facet", "")[:8], value=request.POST.get("value", "")[:60])
    messages.success(request, _("Taken out. It does not come back unless you want it to."))
    return _back()


@require_POST
@signed_in
def take_back(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Let an interest be counted again."""
    correcting.count_again(member_of(request), correction_id)
    messages.success(request, _("It counts again within a minute."))
    return _back()


@require_POST
@signed_in
def to_agent(request: HttpRequest) -> HttpResponse:
    """Show a part of her portrait to her agent, or hide it."""
    wanted = request.POST.get("show") == "1"
    actions.show_to_agent(member_of(request), request.POST.get("part", ""), wanted=wanted)
    messages.success(request, _("Your agent sees it again.") if wanted else _("Your agent no longer sees it."))
    return _back()


@require_POST
@signed_in
def separate(request: HttpRequest) -> HttpResponse:
    """Take a browser that is not hers out of all that is kept of her."""
    correcting.separate_own(member_of(request), request.POST.get("browser", ""))
    messages.success(request, _("What was looked at with it before you signed in is not counted as yours any more."))
    return _back()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def forget(request: HttpRequest) -> HttpResponse:
    """Ask whether she means it, then delete what she looked at and all that was made of it."""
    if request.method != "POST":
        return show(request, "storefront/me/forget.html", {"back_url": reverse("storefront:privacy")})
    forget_browsing(member_of(request))
    messages.success(request, _("Deleted. Nothing of what you looked at is left."))
    return _back()


@require_safe
def copy(request: HttpRequest) -> StreamingHttpResponse:
    """Return her own copy of everything as a file, table by table as each is read."""
    response = StreamingHttpResponse(_written(member_of(request)), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="renmai-copy.json"'
    return response


def _written(user: User) -> Iterator[str]:
    """Yield one JSON object in pieces: what her portrait is made of, then every table that holds something of her."""
    yield _json(asdict(queries.copy_of(user))).removesuffix("}").rstrip() + ',\n"parts": ['
    comma = ""
    for part in whole_copy(user):
        if part.rows:
            told = {
                "about": part.topic.label,
                "table": part.name,
                "columns": part.columns,
                "rows": part.rows,
                "is_cut": part.is_cut,
            }
            yield f"{comma}\n{_json(told)}"
            comma = ","
    yield "\n]}\n"


def _json(told: object) -> str:
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("storefront:privacy"))
