"""Members and the browsers they come with."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from renmai.accounts import inputs, phones
from renmai.accounts.events import MemberJoined, VisitorRecognised
from renmai.accounts.models import User, Visitor
from renmai.kernel import clock, ids
from renmai.kernel.compiled import Compiled, insert
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit

OPENID_MAX_LENGTH = 64


_VISITOR: Compiled[Visitor] = Compiled(lambda visitor_id: Visitor.objects.filter(pk=visitor_id))


def visitor(visitor_id: UUID | None, *, user: User | None = None) -> Visitor:
    """Return the browser known by ``visitor_id``, or a new one with an id of our own: nobody chooses ids.

    A new browser on which ``user`` is signed in already is hers from the start; it has no past that could be recognised.
    """
    if visitor_id is not None:
        known = _VISITOR.first(visitor_id)
        if known is not None:
            return known
    made = Visitor(user=user, joined_at=clock.now() if user else None)
    insert([made])
    return made


def join_visitor(user: User, visitor: Visitor) -> Visitor:
    """Tie the browser to the person who signed in, once, and return the browser to go on with.

    A browser that somebody else has signed in on before stays theirs; the person gets a new one, so that neither inherits the
    other's cart. Emits ``VisitorRecognised`` when a browser becomes this person's.
    """
    with transaction.atomic():
        joined_at = clock.now()
        won = Visitor.objects.filter(pk=visitor.pk, user__isnull=True).update(user=user, joined_at=joined_at)
        if won:
            visitor.user, visitor.joined_at = user, joined_at
            emit(VisitorRecognised(visitor_id=str(visitor.pk), user_id=user.pk))
            return visitor
        known = Visitor.objects.filter(pk=visitor.pk, user=user).first()
        return known or Visitor.objects.create(user=user, joined_at=joined_at)


def create_member(phone: str, *, display_name: str) -> User:
    """Return the member with ``phone``, created when there is none: what a first sign-in does, for imports and the demo."""
    return member_for(phones.normalise(phone), display_name=inputs.clean_name(display_name))


def sign_in_openid(openid: str) -> User:
    """Return the member with this WeChat identity, created on first use. Raises ``accounts.openid``, ``accounts.closed``."""
    if not 0 < len(openid) <= OPENID_MAX_LENGTH or not openid.isascii():
        raise DomainError("accounts.openid")
    user = User.objects.filter(wechat_openid=openid).first()
    return require_open(user or _create(phone=None, openid=openid, display_name=""))


def member_for(phone: str, *, display_name: str = "") -> User:
    """Return the member with the normalised ``phone``, created (with ``MemberJoined``) when there is none."""
    return User.objects.filter(phone=phone).first() or _create(phone=phone, openid=None, display_name=display_name)


def require_open(user: User) -> User:
    """Return ``user``; raises ``accounts.closed`` for an account that was closed or deleted."""
    if not user.is_active or user.deleted_at is not None:
        raise DomainError("accounts.closed")
    return user


def rename(user: User, display_name: str) -> None:
    """Change the name that others see. Raises ``accounts.name``."""
    user.display_name = inputs.clean_name(display_name)
    User.objects.filter(pk=user.pk).update(display_name=user.display_name)


def set_language(user: User, language: str) -> None:
    """Remember the language for messages. Raises ``accounts.language``."""
    if language not in dict(settings.LANGUAGES):
        raise DomainError("accounts.language", field="language")
    user.language = language
    User.objects.filter(pk=user.pk).update(language=language)


def _create(*, phone: str | None, openid: str | None, display_name: str) -> User:
    """Insert a member; when another request was faster, return theirs."""
    name = display_name or _("Friend %(tail)s") % {"tail": ids.token(4)}
    language = _language()
    try:
        with transaction.atomic():
            user = User.objects.create(
                phone=phone, wechat_openid=openid, display_name=name, language=language, password=make_password(None)
            )
            emit(MemberJoined(user_id=user.pk))
            return user
    except IntegrityError:
        return User.objects.get(phone=phone) if phone else User.objects.get(wechat_openid=openid)


def _language() -> str:
    active = translation.get_language()
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
