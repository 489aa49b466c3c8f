"""Who is asking: the visitor in the cookie, the user in the session, the address it comes from.

The visitor's cookie is signed, so its id was once given by us; a row is made only when a page needs one.
"""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from renmai.accounts import actions
from renmai.accounts.models import User, Visitor
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.web.ui import browsers, staff_sessions

VISITOR_COOKIE = "visitor"
SHOP_COOKIE = "shop"
DEVICE_COOKIE = "device"
SCENE_COOKIE = "scene"
SIGN_IN_KEY = "sign_in"
YEAR_SECONDS = 365 * 24 * 3600
SCENE_SECONDS = 24 * 3600
"""So long after a scene was opened, an order counts as having come from it."""


def user_of(request: HttpRequest) -> User | None:
    """Return the signed-in user, None for a guest and for somebody of the staff whose session is over, which ends here."""
    user = request.user if isinstance(request.user, User) else None
    if user is not None and user.is_staff and not staff_sessions.goes_on(request):
        logout(request)
        request.renmai_session_over = True  # type: ignore[attr-defined]
        return None
    return user


def session_is_over(request: HttpRequest) -> bool:
    """Whether the staff's session of this request has just come to its end."""
    return bool(getattr(request, "renmai_session_over", False))


def member_of(request: HttpRequest) -> User:
    """Return the signed-in user; raise ``request.sign_in`` for a guest."""
    user = user_of(request)
    if user is None:
        raise DomainError("request.sign_in")
    return user


def visitor_of(request: HttpRequest) -> Visitor:
    """Return this browser's visitor, making one when there is none; ``PeopleMiddleware`` sends the cookie."""
    known: Visitor | None = getattr(request, "renmai_visitor", None)
    if known is None:
        known = actions.visitor(visitor_id_of(request), user=user_of(request))
        remember_visitor(request, known)
    return known


def visitor_id_of(request: HttpRequest) -> UUID | None:
    """Return the id in the visitor's cookie without asking the database; None when absent or forged."""
    if not hasattr(request, "renmai_visitor_id"):
        text = request.get_signed_cookie(VISITOR_COOKIE, default="", salt=VISITOR_COOKIE)
        try:
            request.renmai_visitor_id = UUID(text) if text else None  # type: ignore[attr-defined]
        except ValueError:
            request.renmai_visitor_id = None  # type: ignore[attr-defined]
    known: UUID | None = request.renmai_visitor_id  # type: ignore[attr-defined]
    return known


def remember_visitor(request: HttpRequest, visitor: Visitor) -> None:
    """Make ``visitor`` the one of this browser from this answer on."""
    request.renmai_visitor = visitor  # type: ignore[attr-defined]


def shop_code_of(request: HttpRequest) -> str:
    """Return the code of the micro-shop this browser is in, "" for the platform's own shelf."""
    chosen: str | None = getattr(request, "renmai_shop_code", None)
    return (request.get_signed_cookie(SHOP_COOKIE, default="", salt=SHOP_COOKIE) or "") if chosen is None else chosen


def enter_shop(request: HttpRequest, code: str) -> None:
    """Remember that this browser is now in the micro-shop ``code`` ("" to leave)."""
    request.renmai_shop_code = code  # type: ignore[attr-defined]


def scene_of(request: HttpRequest) -> int | None:
    """Return the scene that this browser opened last, None when that was more than a day ago."""
    text = request.get_signed_cookie(SCENE_COOKIE, default="", salt=SCENE_COOKIE) or ""
    scene_id, _dot, opened = text.partition(".")
    if not (scene_id.isdecimal() and opened.isdecimal()):
        return None
    return int(scene_id) if clock.now().timestamp() - int(opened) <= SCENE_SECONDS else None


def enter_scene(request: HttpRequest, scene_id: int) -> None:
    """Remember that this browser came through a scene now."""
    request.renmai_scene = scene_id  # type: ignore[attr-defined]


def device_of(request: HttpRequest) -> str:
    """Return the id by which this browser is known again at its next sign-in; a new one is sent with the answer."""
    known: str | None = getattr(request, "renmai_device", None)
    if known is None:
        known = _device_in_cookie(request) or ids.secret()
        request.renmai_device = known  # type: ignore[attr-defined]
    return known


def write_cookies(request: HttpRequest, response: HttpResponse) -> None:
    """Send the cookies of what this request found out."""
    visitor: Visitor | None = getattr(request, "renmai_visitor", None)
    if visitor is not None and visitor.pk != visitor_id_of(request):
        _set(response, VISITOR_COOKIE, str(visitor.pk))
    shop: str | None = getattr(request, "renmai_shop_code", None)
    if shop is not None and shop != request.get_signed_cookie(SHOP_COOKIE, default="", salt=SHOP_COOKIE):
        _set(response, SHOP_COOKIE, shop)
    scene: int | None = getattr(request, "renmai_scene", None)
    if scene is not None:
        _set(response, SCENE_COOKIE, f"{scene}.{int(clock.now().timestamp())}", max_age=SCENE_SECONDS)
    device: str | None = getattr(request, "renmai_device", None)
    if device is not None and device != _device_in_cookie(request):
        _set(response, DEVICE_COOKIE, device)


def sign_in(request: HttpRequest, user: User, visitor: Visitor | None = None) -> None:
    """Begin the session of ``user``; ``visitor`` is the one the sign-in action gave back."""
    login(request, user)
    _note_sign_in(request, user)
    if visitor is not None:
        remember_visitor(request, visitor)


def sign_out(request: HttpRequest) -> None:
    """End the session and give the browser a fresh visitor, so that the next person does not inherit a cart."""
    user, begun = user_of(request), request.session.get(SIGN_IN_KEY)
    if user is not None and begun is not None:
        actions.end_sign_in(user, begun)
    logout(request)
    remember_visitor(request, actions.visitor(None))


def stay(request: HttpRequest, user: User) -> None:
    """Let this session go on, under a new key, after ``user`` has ended all of theirs."""
    update_session_auth_hash(request, user)
    _note_sign_in(request, user)


def _note_sign_in(request: HttpRequest, user: User) -> None:
    label = browsers.label_of(request.headers.get("User-Agent", ""))
    begun = actions.note_sign_in(user, device=device_of(request), label=label, ip_address=address_of(request))
    request.session[SIGN_IN_KEY] = begun.pk


def _device_in_cookie(request: HttpRequest) -> str:
    return request.get_signed_cookie(DEVICE_COOKIE, default="", salt=DEVICE_COOKIE) or ""


def note_wait(request: HttpRequest, error: DomainError) -> None:
    """Let the answer to a form that was refused for being tried too often say when to come back (``Retry-After``)."""
    request.renmai_wait = error.retry_after_seconds  # type: ignore[attr-defined]


def wait_of(request: HttpRequest) -> int:
    """Return the seconds after which a form refused in this request may be sent again; 0 for no refusal of the kind."""
    return int(getattr(request, "renmai_wait", 0))


def address_of(request: HttpRequest) -> str:
    """Return the client's address: the proxy's word only when ``RENMAI_TRUST_PROXY`` says so."""
    if settings.RENMAI_TRUST_PROXY:
        forwarded = str(request.headers.get("X-Forwarded-For", "")).rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


def safe_next(request: HttpRequest, default: str) -> str:
    """Return the ``next`` address when it is on this site, else ``default``: no open redirects."""
    return on_this_site(request, request.POST.get("next") or request.GET.get("next") or "", default)


def on_this_site(request: HttpRequest, wanted: str, default: str) -> str:
    """Return ``wanted``, whoever named it, when it leads nowhere but to this site, else ``default``.

    A bare word is no address: ``redirect`` would take it for the name of one.
    """
    allowed = "/" in wanted and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else default


def _set(response: HttpResponse, name: str, value: str, *, max_age: int = YEAR_SECONDS) -> None:
    response.set_signed_cookie(
        name,
        value,
        salt=name,
        max_age=max_age,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
