"""Everybody's own copy of what she wrote, follows and looked at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from renmai.accounts.models import User
from renmai.content.models import Post, PostVisit
from renmai.content.queries.follows import followed

MOST: Final = 10_000


@dataclass(frozen=True)
class CopiedPost:
    """One post that she wrote."""

    number: str
    title: str
    text: str
    status: str
    created_at: datetime
    published_at: datetime | None


@dataclass(frozen=True)
class CopiedFollow:
    """One person or topic that she follows."""

    kind: str
    name: str
    at: datetime


@dataclass(frozen=True)
class CopiedLook:
    """One post that she opened."""

    number: str
    at: datetime


@dataclass(frozen=True)
class ContentCopy:
    """All of it, the newest first."""

    posts: tuple[CopiedPost, ...]
    follows: tuple[CopiedFollow, ...]
    looks: tuple[CopiedLook, ...]


def copy_of(user: User) -> ContentCopy:
    """Return somebody's copy, at most ``MOST`` rows of each. Three statements."""
    posts = Post.objects.filter(author=user).order_by("-created_at", "-pk")[:MOST]
    looks = PostVisit.objects.filter(user=user).order_by("-at", "-pk").values_list("post__number", "at")[:MOST]
    return ContentCopy(
        posts=tuple(CopiedPost(row.number, row.title, row.text, row.status, row.created_at, row.published_at) for row in posts),
        follows=tuple(
            CopiedFollow(row.kind, row.author.display_name if row.author else row.topic.name if row.topic else "", row.at)
            for row in followed(user)
        ),
        looks=tuple(CopiedLook(number, at) for number, at in looks),
    )
