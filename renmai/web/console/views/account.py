"""One's own way in: sessions, password, recovery codes; and the second factor asked for once more before a dangerous act."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts import actions, queries
from renmai.journeys import signing_in
from renmai.kernel.errors import DomainError
from renmai.web.console.forms import CodeForm, blame
from renmai.web.console.navigation import show
from renmai.web.ui import people, staff_sessions
from renmai.web.ui.guards import staff
from renmai.web.ui.own_sessions import own_sessions

FEW_CODES = 3


class AgainForm(CodeForm):
    """A code beside other forms of a page, which takes the focus from none."""

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["totp"].widget.attrs.pop("autofocus", None)


class PasswordForm(forms.Form):
    """The old password and the new one."""

    old = forms.CharField(
        label=gettext_lazy("Old password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=gettext_lazy("New password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 10 characters. All other sessions end."),
    )


@staff()
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show one's sessions, the recovery codes that are left, and a form for another password."""
    return _show(request)


@staff()
@never_cache
@sensitive_post_parameters("totp")
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Replace the recovery codes, proved by the app, and show the new ones this once."""
    form = AgainForm(request.POST)
    if not form.is_valid():
        return _show(request, codes_form=form, status=400)
    try:
        codes = actions.new_recovery_codes(people.member_of(request), form.cleaned_data["totp"])
    except DomainError as error:
        blame(form, error)
        people.note_wait(request, error)
        return _show(request, codes_form=form, status=error.status)
    return render(request, "console/sign_in/recovery.html", {"codes": codes, "destination": reverse("console:own")})


@staff()
@sensitive_post_parameters("old", "password")
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Take another password; this session goes on, all others end."""
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _show(request, password_form=form, status=400)
    user = people.member_of(request)
    try:
        actions.change_password(user, form.cleaned_data["old"], new=form.cleaned_data["password"])
    except DomainError as error:
        blame(form, error)
        people.note_wait(request, error)
        return _show(request, password_form=form, status=error.status)
    people.stay(request, user)
    messages.success(request, _("Your new password holds; all other sessions have ended."))
    return redirect("console:own")


@staff()
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions and keys but this session."""
    user = people.member_of(request)
    signing_in.sign_out_everywhere(user)
    people.stay(request, user)
    messages.success(request, _("All other sessions and all your keys have ended."))
    return redirect("console:own")


@staff()
@never_cache
@sensitive_post_parameters("totp")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor once more, then lead back to the page whose act wanted it."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.confirm_staff(people.member_of(request), form.cleaned_data["totp"], ip_address=people.address_of(request))
            except DomainError as error:
                blame(form, error)
                people.note_wait(request, error)
                status = error.status
            else:
                staff_sessions.prove(request)
                messages.info(request, _("Thank you. Please do it again now; nothing had been changed yet."))
                return redirect(people.safe_next(request, reverse("console:dashboard")))
    context = {"form": form, "next": people.safe_next(request, ""), "minutes": int(staff_sessions.PROOF.total_seconds()) // 60}
    return render(request, "console/sign_in/confirm.html", context, status=status)


def _show(
    request: HttpRequest, *, codes_form: AgainForm | None = None, password_form: PasswordForm | None = None, status: int = 200
) -> HttpResponse:
    user = people.member_of(request)
    left = queries.recovery_codes_left(user)
    context = {
        "sessions": own_sessions(request, user),
        "codes_left": left,
        "has_few": left <= FEW_CODES,
        "codes_form": codes_form or AgainForm(),
        "password_form": password_form or PasswordForm(),
    }
    return show(request, "console/running/own.html", context, status=status)
