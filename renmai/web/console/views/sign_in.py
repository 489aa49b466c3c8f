"""Signing in: the password first, then the one-time code; whoever has no app yet sets one up in between.

What the first step proved is kept in the session for ten minutes, never in the page.
"""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from renmai.accounts import actions, queries
from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.web.console.forms import CodeForm, SignInForm, blame
from renmai.web.ui import people, staff_sessions

CHALLENGE = "console_challenge"
CHALLENGE_MINUTES = 10


@never_cache
@sensitive_post_parameters("password", "totp")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the password; with a challenge in the session, for the code (``?again=1`` begins anew)."""
    person = people.user_of(request)
    if person is not None and person.is_staff:
        return redirect(_destination(request))
    if request.GET.get("again"):
        request.session.pop(CHALLENGE, None)
    if request.method == "POST" and "totp" in request.POST:
        return _check_code(request)
    if request.method == "POST":
        return _check_password(request)
    challenge = _challenge(request)
    if challenge is None:
        return _show(request, "password", SignInForm())
    return _go_on(request, challenge["needs"])


@never_cache
@sensitive_post_parameters("totp", "uri")
@require_http_methods(["GET", "HEAD", "POST"])
def enrolment(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app after the right password; a code of it proves it, then the recovery codes are shown once."""
    challenge = _challenge(request)
    if challenge is None or challenge["needs"] != "enrolment":
        return redirect(_with_next(request, "console:sign_in"))
    person = queries.user(int(challenge["user_id"]))
    if request.method != "POST":
        return _show_enrolment(request, CodeForm(), actions.enrol_totp(person).uri)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show_enrolment(request, form, request.POST.get("uri", ""), status=400)
    try:
        codes = actions.confirm_totp(person, form.cleaned_data["totp"])
    except DomainError as error:
        if error.code == "accounts.totp_exists":
            request.session.pop(CHALLENGE, None)
            raise
        blame(form, error)
        people.note_wait(request, error)
        return _show_enrolment(request, form, request.POST.get("uri", ""), status=error.status)
    destination = _destination(request)
    address = people.address_of(request) or None
    actions.log_act(person, "staff.sign_in", object_type="user", object_id=person.pk, ip_address=address)
    _begin(request, person)
    return render(request, "console/sign_in/recovery.html", {"codes": codes, "destination": destination})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    people.sign_out(request)
    messages.success(request, _("You are signed out."))
    return redirect("console:sign_in")


def _check_password(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _show(request, "password", form, status=400)
    data = form.cleaned_data
    try:
        challenge = actions.check_staff_password(
            data["username"], data["password"], ip_address=people.address_of(request), device=people.device_of(request)
        )
    except DomainError as error:
        blame(form, error)
        people.note_wait(request, error)
        return _show(request, "password", form, status=error.status)
    # A session that somebody else may know by its key must not become the one of the staff.
    request.session.cycle_key()
    request.session[CHALLENGE] = {
        "user_id": challenge.user_id,
        "needs": challenge.needs,
        "until": (clock.now() + timedelta(minutes=CHALLENGE_MINUTES)).timestamp(),
    }
    return _go_on(request, challenge.needs)


def _check_code(request: HttpRequest) -> HttpResponse:
    challenge = _challenge(request)
    if challenge is None or challenge["needs"] != "code":
        messages.warning(request, _("That took too long. Please begin again."))
        return redirect(_with_next(request, "console:sign_in"))
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show(request, "code", form, status=400)
    try:
        person = actions.finish_staff_sign_in(
            int(challenge["user_id"]), form.cleaned_data["totp"], ip_address=people.address_of(request)
        )
    except DomainError as error:
        blame(form, error)
        people.note_wait(request, error)
        return _show(request, "code", form, status=error.status)
    destination = _destination(request)
    _begin(request, person)
    return redirect(destination)


def _go_on(request: HttpRequest, needs: str) -> HttpResponse:
    if needs == "enrolment":
        return redirect(_with_next(request, "console:enrolment"))
    if request.method == "POST":
        return redirect(_with_next(request, "console:sign_in"))
    return _show(request, "code", CodeForm())


def _begin(request: HttpRequest, person: User) -> None:
    request.session.pop(CHALLENGE, None)
    people.sign_in(request, person)
    request.session.set_expiry(int(staff_sessions.WHOLE.total_seconds()))


def _challenge(request: HttpRequest) -> dict[str, str] | None:
    challenge: dict[str, str] | None = request.session.get(CHALLENGE)
    if challenge is not None and float(challenge["until"]) < clock.now().timestamp():
        del request.session[CHALLENGE]
        return None
    return challenge


def _destination(request: HttpRequest) -> str:
    return people.safe_next(request, reverse("console:dashboard"))


def _with_next(request: HttpRequest, name: str) -> str:
    wanted = people.safe_next(request, "")
    return f"{reverse(name)}?{urlencode({'next': wanted})}" if wanted else reverse(name)


def _show(request: HttpRequest, step: str, form: SignInForm | CodeForm, *, status: int = 200) -> HttpResponse:
    over = bool(request.GET.get("over")) and request.method == "GET"
    context = {"form": form, "step": step, "next": people.safe_next(request, ""), "over": over}
    return render(request, "console/sign_in/sign_in.html", context, status=status)


def _show_enrolment(request: HttpRequest, form: CodeForm, uri: str, *, status: int = 200) -> HttpResponse:
    secret = parse_qs(urlsplit(uri).query).get("secret", [""])[0]
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    context = {"form": form, "uri": uri, "secret": spaced, "next": people.safe_next(request, "")}
    return render(request, "console/sign_in/enrolment.html", context, status=status)
