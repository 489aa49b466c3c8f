"""Following a person, the shop itself, or a topic, and no longer following."""

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from renmai.accounts.models import User
from renmai.content.models import Follow, Post, Topic
from renmai.kernel import clock
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError

MOST_FOLLOWS: Final = 500
Kind = Follow.Kind


@dataclass(frozen=True)
class Target:
    """Whom or what one follows."""

    kind: str
    author_id: int | None = None
    topic_id: int | None = None

    @classmethod
    def of_post(cls, post: Post) -> "Target":
        """Return who speaks in a post: the shop itself, or its author."""
        return cls(Kind.OFFICIAL) if post.source == Post.Source.OFFICIAL else cls(Kind.AUTHOR, author_id=post.author_id)

    @classmethod
    def of_topic(cls, topic: Topic) -> "Target":
        """Return a topic."""
        return cls(Kind.TOPIC, topic_id=topic.pk)

    def among(self, rows: "QuerySet[Follow]") -> "QuerySet[Follow]":
        """Return those of ``rows`` that follow it."""
        return rows.filter(kind=self.kind, author=self.author_id, topic=self.topic_id)


def follow(user: User, target: Target) -> bool:
    """Let ``user`` see what a person or a topic brings from now on; False when she does already.

    Raises ``content.follow_self``, ``content.too_many_follows``.
    """
    if target.author_id == user.pk:
        raise DomainError("content.follow_self")
    if Follow.objects.filter(follower=user).count() >= MOST_FOLLOWS:
        raise DomainError("content.too_many_follows", most=MOST_FOLLOWS)
    row = Follow(follower=user, kind=target.kind, author_id=target.author_id, topic_id=target.topic_id, at=clock.now())
    return bool(insert_missing([row]))


def unfollow(user: User, target: Target) -> bool:
    """No longer show it to her; False when she did not follow it."""
    return bool(target.among(Follow.objects.filter(follower=user)).delete()[0])


def end_follow(user: User, follow_id: int) -> None:
    """No longer show what one of her own follows brings. Raises ``request.not_found`` for anybody else's."""
    if not Follow.objects.filter(pk=follow_id, follower=user).delete()[0]:
        raise DomainError("request.not_found")
