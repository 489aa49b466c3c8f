"""Who calls: a program with a key, a browser with our session, or a guest with the visitor id that we gave it.

The first that is there decides, and the others are not looked at: ``Authorization``, ``X-Visitor``, cookies. Cookies prove nothing about
who wrote a request, so whatever changes something and relies on them needs our own pages' token too.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest
from ninja.utils import check_csrf

from renmai.accounts import actions as accounts
from renmai.accounts.models import User, Visitor
from renmai.accounts.policies import CONFIRMED, Permission, allows
from renmai.accounts.queries import visitor_ids
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.programs.actions import TOKEN_PREFIX, token_hash
from renmai.programs.models import ApiToken
from renmai.web.ui.guards import confirmed
from renmai.web.ui.people import user_of, visitor_id_of

VISITOR_HEADER = "X-Visitor"
BEARER = "bearer"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
USE_NOTED_EVERY = timedelta(minutes=5)
VISITOR_SALT = "renmai.api.visitor"


@dataclass
class Caller:
    """Whoever sent a request. ``visitor`` is the browser or program as far as it has been asked for."""

    user: User | None
    visitor_id: UUID | None = None
    token: ApiToken | None = None
    visitor: Visitor | None = None


class Anyone:
    """Guests too. A door is what stands before an operation; it says in one place who may come in."""

    name: ClassVar[str] = "anyone"

    def __call__(self, request: HttpRequest) -> Caller:
        """Return the caller; raises the refusal that belongs to this door."""
        return caller_of(request)


class Person(Anyone):
    """Whoever is signed in."""

    name = "person"

    def __call__(self, request: HttpRequest) -> Caller:
        """Return the caller; raises ``request.sign_in``."""
        caller = caller_of(request)
        if caller.user is None:
            raise DomainError("request.sign_in")
        return caller


class Staff(Person):
    """Members of the staff with any of the permissions."""

    name = "staff"

    def __init__(self, *permissions: Permission) -> None:
        self.permissions = permissions

    def __call__(self, request: HttpRequest) -> Caller:
        """Return the caller; raises ``request.sign_in``, ``request.forbidden``, and ``accounts.confirm`` for an old session of a browser."""
        caller = super().__call__(request)
        person = caller.user
        if person is not None:
            prefetch_related_objects([person], "staff_roles")  # the rooms ask again, and find them read
        if person is None or not any(allows(person, permission) for permission in self.permissions):
            raise DomainError("request.forbidden")
        if caller.token is None and CONFIRMED.issuperset(self.permissions):
            confirmed(request)
        return caller


ANYONE, PERSON = Anyone(), Person()


def caller_of(request: HttpRequest) -> Caller:
    """Return who sent ``request``; asked once. Raises ``api.token``, ``api.visitor``, ``api.csrf``."""
    known: Caller | None = getattr(request, "renmai_caller", None)
    if known is None:
        known = _identified(request)
        request.renmai_caller = known  # type: ignore[attr-defined]
    return known


def user_or_guest(request: HttpRequest) -> User | None:
    """Return who is signed in, None for a guest."""
    return caller_of(request).user


def person(request: HttpRequest) -> User:
    """Return who is signed in; raises ``request.sign_in`` for a guest."""
    user = caller_of(request).user
    if user is None:
        raise DomainError("request.sign_in")
    return user


def known_visitor(request: HttpRequest) -> Visitor | None:
    """Return the caller's visitor if there is one already: reading makes none."""
    caller = caller_of(request)
    return visitor(request) if caller.visitor is not None or caller.visitor_id is not None else None


def visitor(request: HttpRequest) -> Visitor:
    """Return the caller's visitor, making one when there is none; the answer's ``X-Visitor`` hands it out."""
    caller = caller_of(request)
    if caller.visitor is None:
        caller.visitor = _guests(caller) if caller.user is None else _persons(caller.user, caller.visitor_id)
    return caller.visitor


def go_on_with(request: HttpRequest, chosen: Visitor) -> None:
    """Hand out ``chosen`` from this answer on: after signing in or out."""
    caller_of(request).visitor = chosen


def signed(visitor_id: UUID) -> str:
    """Return a visitor id as it travels: with our signature, so that nobody chooses one."""
    return Signer(salt=VISITOR_SALT).sign(str(visitor_id))


def visitor_to_hand_out(request: HttpRequest) -> str:
    """Return the signed id that the caller does not have yet, "" when there is nothing new to hand out."""
    caller: Caller | None = getattr(request, "renmai_caller", None)
    if caller is None or caller.visitor is None or caller.visitor.pk == caller.visitor_id:
        return ""
    return signed(caller.visitor.pk)


def _identified(request: HttpRequest) -> Caller:
    scheme, _space, credential = request.headers.get("Authorization", "").partition(" ")
    if scheme:
        if scheme.lower() != BEARER:
            raise DomainError("api.token")
        token = _token(credential.strip())
        return Caller(token.user, _sent_visitor(request), token)
    sent = _sent_visitor(request)
    return Caller(None, sent) if sent is not None else _from_cookies(request)


def _token(text: str) -> ApiToken:
    now = clock.now()
    token = ApiToken.objects.filter(token_hash=token_hash(text)).select_related("user").first()
    if token is None or not text.startswith(TOKEN_PREFIX) or token.revoked_at is not None:
        raise DomainError("api.token")
    if (token.expires_at is not None and token.expires_at <= now) or not token.user.is_active or token.user.deleted_at:
        raise DomainError("api.token")
    if token.last_used_at is None or token.last_used_at <= now - USE_NOTED_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - USE_NOTED_EVERY)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return token


def _sent_visitor(request: HttpRequest) -> UUID | None:
    text = request.headers.get(VISITOR_HEADER, "")
    if not text:
        return None
    try:
        return UUID(Signer(salt=VISITOR_SALT).unsign(text))
    except (BadSignature, ValueError):
        raise DomainError("api.visitor") from None


def _from_cookies(request: HttpRequest) -> Caller:
    caller = Caller(user_of(request), visitor_id_of(request))
    relies_on_cookies = caller.user is not None or caller.visitor_id is not None
    if relies_on_cookies and request.method not in SAFE_METHODS and check_csrf(request) is not None:
        raise DomainError("api.csrf")
    return caller


def _guests(caller: Caller) -> Visitor:
    return accounts.visitor(caller.visitor_id)


def _persons(user: User, visitor_id: UUID | None) -> Visitor:
    """Return the visitor that was sent unless it is somebody else's, else the newest of hers, else a new one."""
    if visitor_id is not None:
        sent = accounts.visitor(visitor_id)
        if sent.user_id in {None, user.pk}:
            return sent
    own = visitor_ids(user)[:1]
    return accounts.visitor(own[0]) if own else accounts.join_visitor(user, accounts.visitor(None))
