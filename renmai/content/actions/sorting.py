"""Topics: the shelves of content, kept in order by the operator."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.content.models import Topic
from renmai.content.policies import require_manager
from renmai.kernel.errors import DomainError

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
SLUG_LENGTH: Final = 40
CHINESE_LENGTH: Final = 20
ENGLISH_LENGTH: Final = 40


@dataclass(frozen=True, kw_only=True)
class TopicInput:
    """A topic: the word in its address, its names, its place among the others, whether new posts may choose it."""

    slug: str
    name_zh: str
    name_en: str = ""
    position: int = 0
    is_open: bool = True


def add_topic(actor: User, given: TopicInput) -> Topic:
    """Add a topic. Raises ``request.forbidden``, ``content.slug``, ``content.slug_taken``, ``content.topic_name``."""
    require_manager(actor)
    columns = _checked(given)
    try:
        with transaction.atomic():
            topic = Topic.objects.create(**columns)
            log_act(actor, "topic.added", object_type="topic", object_id=topic.slug)
    except IntegrityError:
        raise DomainError("content.slug_taken", field="slug") from None
    return topic


def change_topic(actor: User, topic: Topic, given: TopicInput) -> Topic:
    """Rename, move, open or close a topic; its address stays, because people have links to it. Raises as ``add_topic``."""
    require_manager(actor)
    columns = _checked(given) | {"slug": topic.slug}
    with transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(**columns)
        log_act(actor, "topic.changed", object_type="topic", object_id=topic.slug)
    return Topic.objects.get(pk=topic.pk)


def _checked(given: TopicInput) -> dict[str, Any]:
    if not SLUG.fullmatch(given.slug) or len(given.slug) > SLUG_LENGTH:
        raise DomainError("content.slug", field="slug")
    name_zh, name_en = given.name_zh.strip(), given.name_en.strip()
    if not 1 <= len(name_zh) <= CHINESE_LENGTH or len(name_en) > ENGLISH_LENGTH:
        raise DomainError("content.topic_name", field="name_zh")
    position = min(max(given.position, 0), 9999)
    return {"slug": given.slug, "name_zh": name_zh, "name_en": name_en, "position": position, "is_open": given.is_open}
