"""What she says of what was shared with her, in one tap, and taking it back; complaints; and all of it on one page of hers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.policy import queries as policy
from renmai.sharing import queries as sharing
from renmai.sharing.models import Share
from renmai.trust import actions, queries
from renmai.web.storefront.forms import ComplaintForm
from renmai.web.storefront.navigation import show
from renmai.web.storefront.numbers import whole
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of


@require_POST
@signed_in
@vary_on_headers("HX-Request")
def feedback(request: HttpRequest, code: str) -> HttpResponse:
    """Note useful, not useful or mute; thank her, and offer to take it back."""
    link = sharing.share_by_code(code)
    said = actions.say(member_of(request), link, request.POST.get("word", ""))
    if request.headers.get("HX-Request"):
        return render(request, "storefront/share/said.html", {"said": said, "name": link.sharer.display_name, "code": code})
    return HttpResponseRedirect(reverse("storefront:said", args=[said.pk]))


@require_safe
@signed_in
def said(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """Thank her for what she said, without a script."""
    found = queries.access_feedback(member_of(request), feedback_id)
    link = found.share
    context = {
        "said": found,
        "name": found.sharer.display_name,
        "code": link.code if link else "",
        "product_id": found.product_id,
        "back_url": reverse("storefront:my_trust"),
    }
    return show(request, "storefront/me/said.html", context)


@require_POST
@signed_in
@vary_on_headers("HX-Request")
def undo(request: HttpRequest) -> HttpResponse:
    """Take back one's own word."""
    found = actions.undo(member_of(request), _row(request.POST.get("feedback")))
    if request.headers.get("HX-Request") and found.share is not None:
        return render(request, "storefront/share/feedback.html", {"code": found.share.code})
    messages.success(request, _("Taken back."))
    return HttpResponseRedirect(reverse("storefront:my_trust"))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def complain(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what is wrong, and note the complaint."""
    link = sharing.share_by_code(code)
    user = member_of(request)
    form = ComplaintForm(request.POST or None)
    if not form.is_valid():
        return _asking(request, link, form)
    try:
        actions.complain(user, link, note=form.cleaned_data["note"])
    except DomainError as error:
        form.add_error("note" if error.field == "note" else None, error.sentence)
        return _asking(request, link, form, status=error.status)
    messages.success(request, _("Thank you. It counts at once, and somebody will look into it."))
    return HttpResponseRedirect(reverse("storefront:my_trust"))


@require_safe
@signed_in
def my_trust(request: HttpRequest) -> HttpResponse:
    """List who shares to her, what she said of it, and whom she muted."""
    context = {"sharers": queries.shares_to_me(member_of(request)), "back_url": reverse("storefront:me")}
    return show(request, "storefront/me/trust.html", context)


@require_safe
@signed_in
def my_pause(request: HttpRequest) -> HttpResponse:
    """Say whether she makes no new links now, why, until when, and what ends it; and what was before."""
    now = clock.now()
    rows = sharing.pauses_of(member_of(request).pk)
    context = {
        "running": [row for row in rows if sharing.holds(row, now)],
        "over": [row for row in rows if not sharing.holds(row, now)],
        "back_url": reverse("storefront:me"),
    }
    return show(request, "storefront/me/pause.html", context)


@require_POST
@signed_in
def mute(request: HttpRequest) -> HttpResponse:
    """Hear nothing more of somebody who shares to her, or hear of her again."""
    user = member_of(request)
    sharer = queries.access_sharer(user, _row(request.POST.get("sharer")))
    if request.POST.get("mute") == "1":
        actions.mute(user, sharer.pk)
        messages.success(request, _("You hear nothing more of %(name)s.") % {"name": sharer.display_name})
    else:
        actions.unmute(user, sharer.pk)
        messages.success(request, _("You hear of %(name)s again.") % {"name": sharer.display_name})
    return HttpResponseRedirect(reverse("storefront:my_trust"))


def _asking(request: HttpRequest, link: Share, form: ComplaintForm, *, status: int = 200) -> HttpResponse:
    context = {"link": link, "form": form, "days": policy.integer("trust.pause_days"), "back_url": reverse("storefront:my_trust")}
    return show(request, "storefront/share/complain.html", context, status=status)


def _row(text: str | None) -> int:
    number = whole(text)
    if number is None:
        raise DomainError("request.invalid")
    return number
