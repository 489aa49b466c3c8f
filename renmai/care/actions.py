"""Telling people about their own affairs, once."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

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


def forget_person(user_id: int, *, binding_ids: Collection[int]) -> int:
    """Delete what others were told in somebody's name: of bindings to her or hers, of tasks she missed. Return how many messages."""
    told = [f"binding:{binding_id}:{side}" for binding_id in binding_ids for side in ("owner", "customer")]
    return Message.objects.filter(Q(cause__in=told) | Q(cause__startswith=f"alerts_missed:{user_id}:")).delete()[0]
