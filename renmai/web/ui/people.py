"""Who is asking: the visitor in the cookie, the user in the session, the address it comes from.

The visitor's cookie is signed, so its id was once given by us; a row is made only when a page needs one.
"""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from renmai.accounts import actions
from renmai.accounts.models import User, Visitor
from renmai.kernel.errors import DomainError

VISITOR_COOKIE = "visitor"
SHOP_COOKIE = "shop"
YEAR_SECONDS = 365 * 24 * 3600


def user_of(request: HttpRequest) -> User | None:
    """Return the signed-in user, None for a guest."""
    return request.user if isinstance(request.user, User) else None


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
    text = request.get_signed_cookie(VISITOR_COOKIE, default="", salt=VISITOR_COOKIE)
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


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


def write_cookies(request: HttpRequest, response: HttpResponse) -> None:
    """Send the cookies of what this request found out."""
    visitor: Visitor | None = getattr(request, "renmai_visitor", None)
    if visitor is not None and visitor.pk != visitor_id_of(request):
        _set(response, VISITOR_COOKIE, str(visitor.pk))
    shop: str | None = getattr(request, "renmai_shop_code", None)
    if shop is not None and shop != request.get_signed_cookie(SHOP_COOKIE, default="", salt=SHOP_COOKIE):
        _set(response, SHOP_COOKIE, shop)


def sign_in(request: HttpRequest, user: User, visitor: Visitor | None = None) -> None:
    """Begin the session of ``user``; ``visitor`` is the one the sign-in action gave back."""
    login(request, user)
    if visitor is not None:
        remember_visitor(request, visitor)


def sign_out(request: HttpRequest) -> None:
    """End the session and give the browser a fresh visitor, so that the next person does not inherit a cart."""
    logout(request)
    remember_visitor(request, actions.visitor(None))


def address_of(request: HttpRequest) -> str:
    """Return the client's address: the proxy's word only when ``RENMAI_TRUST_PROXY`` says so."""
    if settings.RENMAI_TRUST_PROXY:
        forwarded = str(request.headers.get("X-Forwarded-For", "")).rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


def safe_next(request: HttpRequest, default: str) -> str:
    """Return the ``next`` address when it is on this site, else ``default``: no open redirects."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else default


def _set(response: HttpResponse, name: str, value: str) -> None:
    response.set_signed_cookie(
        name,
        value,
        salt=name,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
