"""Signing in by a code sent to a phone, or through WeChat where it is set up; signing out."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts import actions as accounts
from renmai.accounts import queries as people
from renmai.accounts.actions import Purpose
from renmai.accounts.consents import PURPOSES
from renmai.accounts.models import User
from renmai.accounts.phones import normalise
from renmai.journeys import signing_in
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.web.storefront.forms import CodeForm, PhoneForm
from renmai.web.ui import people as web
from renmai.web.ui.errors import refusal

PHONE_KEY = "sign_in.phone"
SENT_KEY = "sign_in.sent_at"
STATE_KEY = "sign_in.wechat_state"
NEXT_KEY = "sign_in.next"
RESEND_SECONDS = 60
NEEDED = (Purpose.TERMS, Purpose.PRIVACY)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the phone, then for the code; errors stand beside their field. What a guest put into her cart comes along."""
    if web.user_of(request) is not None:
        return HttpResponseRedirect(_after(request))
    step = request.POST.get("step") if request.method == "POST" else request.GET.get("step")
    if step == "code" and request.session.get(PHONE_KEY):
        return _code_step(request)
    return _phone_step(request)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; this browser is nobody's from now on."""
    web.sign_out(request)
    web.enter_shop(request, "")
    messages.success(request, _("You are signed out."))
    return HttpResponseRedirect(reverse("storefront:home"))


@never_cache
@require_safe
def wechat_start(request: HttpRequest) -> HttpResponse:
    """Send the browser to WeChat."""
    if not signing_in.wechat_is_configured():
        return refusal(request, DomainError("channels.wechat_off"), way_on=_to_phone())
    state = ids.secret(32)
    request.session[STATE_KEY] = state
    request.session[NEXT_KEY] = _after(request)
    back = settings.RENMAI_BASE_URL.rstrip("/") + reverse("storefront:wechat_back")
    return HttpResponseRedirect(signing_in.wechat_address(return_url=back, state=state))


@never_cache
@require_safe
def wechat_back(request: HttpRequest) -> HttpResponse:
    """Take the browser back from WeChat; the state works once."""
    expected = request.session.pop(STATE_KEY, "")
    after = request.session.pop(NEXT_KEY, reverse("storefront:me"))
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    try:
        done = signing_in.sign_in_wechat(code, state=state, expected_state=expected, visitor=web.visitor_of(request))
    except DomainError as error:
        return refusal(request, error, way_on=_to_phone())
    web.sign_in(request, done.user, done.visitor)
    return HttpResponseRedirect(after)


def _phone_step(request: HttpRequest) -> HttpResponse:
    form = PhoneForm(request.POST or None, initial={"phone": request.session.get(PHONE_KEY, "")})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return _send(request, form.cleaned_data["phone"])
            except DomainError as error:
                form.add_error("phone", error.sentence)
                web.note_wait(request, error)
                status = error.status
        else:
            status = 400
    context = {
        "form": form,
        "next": _after(request),
        "code_address": _code_address(request) if request.session.get(PHONE_KEY) else "",
        "has_wechat": signing_in.wechat_is_configured(),
        "texts": [PURPOSES[purpose] for purpose in NEEDED],
        "back_url": reverse("storefront:home"),
    }
    return render(request, "storefront/me/sign_in.html", context, status=status)


def _code_step(request: HttpRequest) -> HttpResponse:
    phone = request.session[PHONE_KEY]
    if request.method == "POST" and "again" in request.POST:
        return _send_again(request, phone)
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return _enter(request, phone, form.cleaned_data["code"])
            except DomainError as error:
                form.add_error("code", error.sentence)
                web.note_wait(request, error)
                status = error.status
        else:
            status = 400
    return _ask_code(request, phone, form, status)


def _ask_code(request: HttpRequest, phone: str, form: CodeForm, status: int) -> HttpResponse:
    sent_at = parse_datetime(str(request.session.get(SENT_KEY, "")))
    resend_at = sent_at + timedelta(seconds=RESEND_SECONDS) if sent_at else clock.now()
    context = {
        "form": form,
        "phone": phone,
        "next": _after(request),
        "resend_at": resend_at if resend_at > clock.now() else None,
        "inbox_url": inbox_of(phone),
        "back_url": f"{reverse('storefront:sign_in')}?{urlencode({'next': _after(request)})}",
    }
    return render(request, "storefront/me/sign_in_code.html", context, status=status)


def _send(request: HttpRequest, phone: str) -> HttpResponse:
    number = normalise(phone)
    signing_in.send_code(number, ip_address=web.address_of(request), device=web.device_of(request))
    request.session[PHONE_KEY] = number
    request.session[SENT_KEY] = clock.now().isoformat()
    return HttpResponseRedirect(_code_address(request))


def _send_again(request: HttpRequest, phone: str) -> HttpResponse:
    try:
        return _send(request, phone)
    except DomainError as error:
        messages.error(request, error.sentence)
        return HttpResponseRedirect(_code_address(request))


def _enter(request: HttpRequest, phone: str, code: str) -> HttpResponse:
    address = web.address_of(request)
    device = web.device_of(request)
    done = signing_in.sign_in(phone, code, visitor=web.visitor_of(request), ip_address=address, device=device)
    after = _after(request)
    web.sign_in(request, done.user, done.visitor)
    for key in (PHONE_KEY, SENT_KEY):
        request.session.pop(key, None)
    _agree(done.user)
    return HttpResponseRedirect(after)


def _agree(user: User) -> None:
    """Note what she agreed to in the first step, which cannot be passed without."""
    for purpose in NEEDED:
        if not people.has_consent(user, purpose):
            accounts.give_consent(user, purpose)


def _code_address(request: HttpRequest) -> str:
    return f"{reverse('storefront:sign_in')}?{urlencode({'step': 'code', 'next': _after(request)})}"


def _after(request: HttpRequest) -> str:
    return web.safe_next(request, reverse("storefront:me"))


def inbox_of(phone: str) -> str:
    """Return where the text can be read, in a demo or in development; nothing where texts are really sent."""
    if not (settings.RENMAI_DEMO or settings.DEBUG):
        return ""
    return f"{reverse('storefront:text_inbox')}?{urlencode({'phone': phone})}"


def _to_phone() -> tuple[str, str]:
    return reverse("storefront:sign_in"), _("Sign in by phone")
