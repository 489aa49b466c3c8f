"""A person's inbox."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import Count

from renmai.accounts.models import User
from renmai.care.models import Message
from renmai.care.texts import GROUPS, TEMPLATES, written
from renmai.kernel.compiled import CompiledValues
from renmai.kernel.errors import DomainError
from renmai.kernel.paging import paged, viewed

_UNREAD = CompiledValues(
    lambda user: (
        Message.objects.filter(user_id=user, read_at__isnull=True)
        .values("user_id")
        .annotate(count=Count("pk"))
        .order_by()
        .values_list("count")
    )
)


@dataclass(frozen=True)
class MessageView:
    """One message in the active language. ``link_kind`` and ``link_key`` say what it is about; pages know the address."""

    id: int
    kind: str
    group: str
    group_label: str
    icon: str
    title: str
    body: str
    link_kind: str
    link_key: str
    at: datetime
    is_read: bool


def inbox(user: User, *, group: str = "", page: int = 1, page_size: int = 20) -> Page[MessageView]:
    """Return a person's messages, the newest first, of one group (order, after_sale, binding, income) or all."""
    rows = Message.objects.filter(user=user).order_by("-at", "-pk")
    if group:
        rows = rows.filter(kind__in=[kind for kind, template in TEMPLATES.items() if template.group == group])
    return viewed(paged(rows, number=page, size=page_size), _view)


def unread_count(user: User) -> int:
    """Return how many messages she has not seen, in one statement."""
    return sum(count for (count,) in _UNREAD.rows(user.pk))


def access_message(user: User, message_id: int) -> MessageView:
    """Return one of her own messages; raise ``request.not_found`` for any other."""
    message = Message.objects.filter(user=user, pk=message_id).first()
    if message is None:
        raise DomainError("request.not_found")
    return _view(message)


def _view(message: Message) -> MessageView:
    template = TEMPLATES[message.kind]
    title, body = written(message.kind, message.details)
    link_kind, _colon, link_key = message.link.partition(":")
    return MessageView(
        id=message.pk,
        kind=message.kind,
        group=template.group,
        group_label=str(GROUPS[template.group]),
        icon=template.icon,
        title=title,
        body=body,
        link_kind=link_kind,
        link_key=link_key,
        at=message.at,
        is_read=message.read_at is not None,
    )
