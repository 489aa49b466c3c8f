"""The staff: who they are, what their roles open, and a way back in for who lost the second factor."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts import actions, queries
from renmai.accounts.inputs import StaffInput
from renmai.accounts.models import Role
from renmai.accounts.policies import PERMISSIONS, Permission, permissions_of_roles
from renmai.journeys import signing_in
from renmai.kernel.errors import DomainError
from renmai.web.console import words
from renmai.web.console.forms import blame
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of


class RolesForm(forms.Form):
    """What somebody is trusted with."""

    roles = forms.MultipleChoiceField(label=gettext_lazy("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple)

    def chosen(self) -> frozenset[Role]:
        """Return the roles."""
        return frozenset(Role(name) for name in self.cleaned_data["roles"])


class NewForm(RolesForm):
    """Somebody new."""

    display_name = forms.CharField(label=gettext_lazy("Name"), max_length=40)
    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("First password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 10 characters. The second factor is set up at the first sign-in."),
    )
    field_order = ("display_name", "username", "password", "roles")


@staff(Permission.STAFF_MANAGE)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the staff, and what each role may do."""
    rows = queries.staff()
    enrolled = queries.second_factors([person.pk for person in rows])
    context = {
        "rows": [(person, person.pk in enrolled) for person in rows],
        "matrix": _matrix(),
        "roles": Role.choices,
    }
    return show(request, "console/running/staff.html", context)


@staff(Permission.STAFF_MANAGE)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Take somebody on."""
    form = NewForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            new = StaffInput(given["username"], given["password"], given["display_name"], form.chosen())
            try:
                made = actions.create_staff(member_of(request), new)
            except DomainError as error:
                blame(form, error)
                status = error.status
            else:
                messages.success(request, _("%(name)s can sign in now.") % {"name": made.display_name})
                return redirect("console:staff")
    crumbs = [Crumb(_("Staff"), reverse("console:staff")), Crumb(_("New member of the staff"))]
    context = {"form": form, "crumbs": crumbs, "matrix": _matrix(), "roles": Role.choices}
    return show(request, "console/running/person_new.html", context, status=status)


@staff(Permission.STAFF_MANAGE)
@require_safe
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show somebody with her roles and her last acts."""
    return _show(request, user_id)


@staff(Permission.STAFF_MANAGE)
@require_POST
def person_roles(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give exactly these roles."""
    form = RolesForm(request.POST)
    if not form.is_valid():
        return _show(request, user_id, form=form, status=400)
    try:
        actions.set_roles(member_of(request), user_id, roles=form.chosen())
    except DomainError as error:
        if error.code in {"request.not_found", "request.forbidden"}:
            raise
        form.add_error("roles", error.sentence)
        return _show(request, user_id, form=form, status=error.status)
    messages.success(request, _("The roles are changed; they hold from the next click on."))
    return redirect("console:person", user_id)


@staff(Permission.STAFF_MANAGE)
@require_POST
def person_active(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close an account, or open it again."""
    is_active = request.POST.get("to") == "open"
    return _done(
        request,
        user_id,
        lambda: signing_in.set_staff_active(member_of(request), user_id, is_active=is_active),
        _("The account is open again.") if is_active else _("The account is closed; its sessions have ended."),
    )


@staff(Permission.STAFF_MANAGE)
@require_POST
def person_reset(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let somebody set up a new second factor at the next sign-in."""
    return _done(
        request,
        user_id,
        lambda: signing_in.reset_second_factor(member_of(request), user_id),
        _("At the next sign-in a new authenticator app is set up."),
    )


def _done(request: HttpRequest, user_id: int, act: Any, told: str) -> HttpResponse:
    try:
        act()
    except DomainError as error:
        if error.code in {"request.not_found", "request.forbidden"}:
            raise
        messages.error(request, error.sentence)
    else:
        messages.success(request, told)
    return redirect("console:person", user_id)


def _show(request: HttpRequest, user_id: int, *, form: RolesForm | None = None, status: int = 200) -> HttpResponse:
    found = queries.access_staff(member_of(request), user_id)
    held = frozenset(Role(row.role) for row in found.staff_roles.all())
    context = {
        "one": found,
        "form": form or RolesForm(initial={"roles": [role.value for role in held]}),
        "opened": [words.PERMISSIONS[permission] for permission in sorted(permissions_of_roles(held))],
        "has_second_factor": queries.has_second_factor(found),
        "is_self": found.pk == member_of(request).pk,
        "acts": queries.acts(actor_id=user_id).object_list[:10],
        "crumbs": [Crumb(_("Staff"), reverse("console:staff")), Crumb(found.display_name)],
    }
    return show(request, "console/running/person.html", context, status=status)


def _matrix() -> list[tuple[Any, list[bool]]]:
    """Return each permission with whether each role holds it, in the order of the roles."""
    return [(words.PERMISSIONS[permission], [role in allowed for role in Role]) for permission, allowed in PERMISSIONS.items()]
