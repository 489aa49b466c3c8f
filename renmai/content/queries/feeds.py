"""Feeds: what is new, what those bring whom one follows. Read when they are asked for (fan-out on read), so a post is in each at once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from renmai.accounts.models import User
from renmai.content.models import Follow, Post, PostTopic, Topic
from renmai.sharing.queries.restraints import heard_by

FEED_SIZE: Final = 20
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LARGEST: Final = 2**62
Kind = Follow.Kind


@dataclass(frozen=True)
class FeedPage:
    """At most ``FEED_SIZE`` posts, the newest first, with author and shop, goods, pictures and topics; ``next`` opens the following page."""

    posts: tuple[Post, ...]
    next: str = ""


def visible_to(viewer_id: int) -> "QuerySet[Post, Post]":
    """Return the published posts that somebody (0: a guest) may see: none of people she muted, or whose account is closed."""
    return Post.objects.filter(heard_by(viewer_id, sharer="author_id"), status=Post.Status.PUBLISHED, author__is_active=True)


def whole(rows: "QuerySet[Post, Post]") -> "QuerySet[Post, Post]":
    """Read posts with everything that a card shows: four statements however many there are."""
    return rows.select_related("author__shop", "video").prefetch_related("goods", "pictures", "topics")


def latest(*, viewer_id: int = 0, after: str = "", page: int = 1) -> FeedPage:
    """Return what is new. Four statements."""
    return _page(visible_to(viewer_id), after=after, page=page)


def published(*, most: int) -> list[Post]:
    """Return the newest published posts without what belongs to them, for whoever weighs all of them. One statement."""
    return list(visible_to(0).order_by("-published_at", "-pk")[:most])


def newest_at() -> datetime | None:
    """Return when the newest post was published, None before the first. One statement."""
    rows = Post.objects.filter(status=Post.Status.PUBLISHED).order_by("-published_at")
    return rows.values_list("published_at", flat=True).first()


def following(user: User, *, after: str = "", page: int = 1) -> FeedPage:
    """Return what the people and topics bring that ``user`` follows. Four statements."""
    follows = Follow.objects.filter(follower=user)
    by_author = Exists(follows.filter(kind=Kind.AUTHOR, author=OuterRef("author_id")))
    about = PostTopic.objects.filter(post=OuterRef("pk"), topic__in=follows.filter(kind=Kind.TOPIC).values("topic"))
    by_shop = Q(Exists(follows.filter(kind=Kind.OFFICIAL)), source=Post.Source.OFFICIAL)
    wanted = Q(by_author) & ~Q(source=Post.Source.OFFICIAL) | Q(Exists(about)) | by_shop
    return _page(visible_to(user.pk).filter(wanted).exclude(author=user), after=after, page=page)


def of_author(post: Post, *, viewer_id: int = 0, after: str = "", page: int = 1) -> FeedPage:
    """Return what whoever speaks in ``post`` wrote: the shop itself, or that person. Four statements."""
    rows = visible_to(viewer_id)
    if post.source == Post.Source.OFFICIAL:
        return _page(rows.filter(source=Post.Source.OFFICIAL), after=after, page=page)
    return _page(rows.filter(author_id=post.author_id).exclude(source=Post.Source.OFFICIAL), after=after, page=page)


def of_topic(topic: Topic, *, viewer_id: int = 0, after: str = "", page: int = 1) -> FeedPage:
    """Return what was written about a topic. Four statements."""
    rows = visible_to(viewer_id).filter(Exists(PostTopic.objects.filter(post=OuterRef("pk"), topic=topic)))
    return _page(rows, after=after, page=page)


def _page(rows: "QuerySet[Post, Any]", *, after: str, page: int) -> FeedPage:
    """Return a page: behind the place that a cursor names, or by its number, for whoever counts pages as lists of the API are counted."""
    place = _place(after)
    if place is not None:
        at, key = place
        rows = rows.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=key))
    start = (page - 1) * FEED_SIZE
    found = list(whole(rows).order_by("-published_at", "-pk")[start : start + FEED_SIZE + 1])
    shown = tuple(found[:FEED_SIZE])
    return FeedPage(shown, _cursor(shown[-1]) if len(found) > FEED_SIZE else "")


def _cursor(post: Post) -> str:
    at = post.published_at or EPOCH
    return f"{(at - EPOCH) // timedelta(microseconds=1)}-{post.pk}"


def _place(cursor: str) -> tuple[datetime, int] | None:
    """Return the moment and the key that a cursor names; None for what is no cursor of ours, which means the beginning."""
    moment, _hyphen, key = cursor.partition("-")
    if not all(part.isascii() and part.isdecimal() and len(part) <= 18 for part in (moment, key)):
        return None
    try:
        return EPOCH + timedelta(microseconds=int(moment)), min(int(key), LARGEST)
    except OverflowError:
        return None
