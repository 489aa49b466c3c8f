"""Telling people about their own affairs, once."""

from django.db import transaction

from renmai.accounts.models import User
from renmai.care.models import Message
from renmai.care.texts import Facts, written
from renmai.kernel import clock
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError


def notify(user_id: int, kind: str, *, details: Facts, link: str = "", cause: str) -> None:
    """Put a message into a person's inbox, exactly once by ``cause``; inside the caller's transaction.

    ``link`` is ``kind:key`` (``order:R2603…``), which pages turn into an address. Raises ``KeyError`` when ``details`` lack a word of
    the text: better now than when she reads it.
    """
    written(kind, details)
    message = Message(user_id=user_id, kind=kind, details=dict(details), link=link, cause=cause)
    insert_missing([message])


@transaction.atomic
def mark_read(user: User, message_id: int) -> None:
    """Note that she opened one of her messages; the first time counts. Raises ``request.not_found`` for another's message."""
    own = Message.objects.filter(user=user, pk=message_id)
    if not own.filter(read_at__isnull=True).update(read_at=clock.now()) and not own.exists():
        raise DomainError("request.not_found")


def mark_all_read(user: User) -> int:
    """Note that she has seen everything; return how many messages were unread."""
    return Message.objects.filter(user=user, read_at__isnull=True).update(read_at=clock.now())
