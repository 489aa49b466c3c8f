"""Deleting one's account: what goes, what stays and why, what is lost, what stands against it; then a code from the phone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from renmai.accounts.models import User
from renmai.journeys import deleting, signing_in
from renmai.journeys.holdings import goes, stays
from renmai.kernel.errors import DomainError
from renmai.web.storefront.deletion_words import steps
from renmai.web.storefront.forms import CodeForm
from renmai.web.storefront.navigation import show
from renmai.web.storefront.views.sign_in import inbox_of
from renmai.web.ui import people as web
from renmai.web.ui.guards import signed_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delete_account(request: HttpRequest) -> HttpResponse:
    """Say what it means; send a code; delete the account with it."""
    user = web.member_of(request)
    if request.method != "POST":
        return _page(request, user)
    try:
        if "send" in request.POST and user.phone:
            signing_in.send_code(user.phone, ip_address=web.address_of(request), device=web.device_of(request))
            return _page(request, user, form=CodeForm())
        return _delete(request, user)
    except DomainError as error:
        if error.field != "code":
            raise
        form = CodeForm(request.POST)
        form.is_valid()
        form.add_error("code", error.sentence)
        return _page(request, user, form=form, status=error.status)


def _delete(request: HttpRequest, user: User) -> HttpResponse:
    form = CodeForm(request.POST)
    if user.phone and not form.is_valid():
        return _page(request, user, form=form, status=400)
    code = form.cleaned_data["code"] if user.phone else ""
    deleting.delete_own(user, code, ip_address=web.address_of(request), device=web.device_of(request))
    web.sign_out(request)
    web.enter_shop(request, "")
    messages.success(request, _("Your account is deleted. What you looked at, wrote and said is being erased within seconds."))
    return HttpResponseRedirect(reverse("storefront:home"))


def _page(request: HttpRequest, user: User, *, form: CodeForm | None = None, status: int = 200) -> HttpResponse:
    context = {
        "steps": steps(deleting.obstacles(user), deleting.unfinished(user)),
        "losses": deleting.losses(user),
        "goes": [topic.label for topic in goes()],
        "stays": [(topic.label, [why.label for why in reasons]) for topic, reasons in stays()],
        "user": user,
        "form": form,
        "inbox_url": inbox_of(user.phone) if form is not None and user.phone else "",
        "back_url": reverse("storefront:privacy"),
    }
    return show(request, "storefront/me/delete.html", context, status=status)
