"""The linter on a page of its own: paste words, choose where people read them, see what breaks a rule. Nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from renmai.accounts.policies import Permission
from renmai.policy.linting import worst
from renmai.policy.rules import Outcome
from renmai.web.console.copy_check import CopyForm, check
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb

VERDICTS = {Outcome.REFUSE: "bad", Outcome.REVIEW: "warn", Outcome.ALLOW: "good"}


@staff(Permission.CAMPAIGNS_MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def copy_check(request: HttpRequest) -> HttpResponse:
    """Show the form, and after a POST the words with what was found in them."""
    form = CopyForm(request.POST if request.method == "POST" else None)
    is_read = form.is_bound and form.is_valid()
    checked = check(form.cleaned_data["text"], form.cleaned_data["channels"]) if is_read else None
    context = {
        "form": form,
        "checked": checked,
        "verdict": VERDICTS[worst(checked.findings)] if checked else "",
        "crumbs": [Crumb(_("Campaigns"), reverse("console:campaigns")), Crumb(_("Copy check"))],
    }
    return show(request, "console/campaigns/copy_check.html", context, status=400 if form.is_bound and not is_read else 200)
