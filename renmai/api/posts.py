"""Posts put together with their goods and figures for answers: so many statements for one as for twenty."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from renmai.api.answers import Listed
from renmai.api.schemas.posts import PostIn
from renmai.api.schemas.staff_campaigns import FindingOut
from renmai.catalogue import queries as catalogue
from renmai.content import actions, queries
from renmai.content.actions import PostInput
from renmai.content.actions.writing import MOST_TOPICS
from renmai.content.models import Post
from renmai.kernel.errors import DomainError

Shown = dict[str, Any]


def shown(posts: Sequence[Post]) -> list[Shown]:
    """Return posts as readers see them; staff speak in the shop's name, never in their own."""
    prefetch_related_objects(list(posts), "author__shop", "goods", "pictures", "topics", "video")
    goods = {post.pk: sorted(post.goods.all(), key=lambda row: row.position) for post in posts}
    cards = {card.id: card for card in catalogue.cards(sorted({row.product_id for rows in goods.values() for row in rows}))}
    return [
        {
            "number": post.number,
            "title": post.title,
            "text": post.text,
            "source": post.source,
            "author_name": "" if post.source == Post.Source.OFFICIAL else post.author.display_name,
            "shop_code": _shop_code(post),
            "published_at": post.published_at,
            "topics": sorted(post.topics.all(), key=lambda topic: (topic.position, topic.pk)),
            "pictures": sorted(post.pictures.all(), key=lambda row: (row.position, row.pk)),
            "video": getattr(post, "video", None),
            "products": [cards[row.product_id] for row in goods[post.pk] if row.product_id in cards],
        }
        for post in posts
    ]


def with_figures(posts: Sequence[Post]) -> list[Shown]:
    """Return posts as their authors see them."""
    figures = queries.figures_of([post.pk for post in posts])
    return [
        {
            **entry,
            "status": post.status,
            "revision": post.revision,
            "answer": post.answer,
            "created_at": post.created_at,
            "figures": figures[post.pk],
        }
        for post, entry in zip(posts, shown(posts), strict=True)
    ]


def for_staff(posts: Sequence[Post]) -> list[Shown]:
    """Return posts as the staff see them."""
    prefetch_related_objects(list(posts), "looked_by")
    return [
        {
            **entry,
            "id": post.pk,
            "written_by": post.author.display_name,
            "needed_look": post.needed_look,
            "looked_by": post.looked_by.display_name if post.looked_by else "",
        }
        for post, entry in zip(posts, with_figures(posts), strict=True)
    ]


def page_with(found: Any, convert: Callable[[Sequence[Post]], list[Shown]]) -> Listed[Any]:
    """Return a counted page of posts in the one shape of lists."""
    return Listed(convert(list(found.object_list)), found.number, found.has_next())


def written(given: PostIn, *, over: Post | None = None) -> PostInput:
    """Return what was sent as the room takes it; the pictures of a draft stay. Raises ``content.topics`` for a slug that no topic has."""
    ids = {topic.slug: topic.pk for topic in queries.open_topics()}
    if not set(given.topics) <= set(ids):
        raise DomainError("content.topics", field="topics", most=MOST_TOPICS)
    return PostInput(
        title=given.title,
        text=given.text,
        product_ids=given.product_ids,
        topic_ids=[ids[slug] for slug in given.topics],
        kept_picture_ids=[picture.pk for picture in over.pictures.all()] if over else (),
    )


def findings(post: Post) -> list[FindingOut]:
    """Return what the linter objects to in a post's words now, by their field."""
    return [
        FindingOut(
            outcome=found.outcome.value,
            place=("title", "text")[max(0, found.text_index)],
            fragment=found.fragment,
            start=found.start,
            end=found.end,
            channel=found.channel,
            rule=found.rule_key or found.code,
            source=found.source,
            advice=str(found.advice),
        )
        for found in actions.findings_of(post.title, post.text)
    ]


def _shop_code(post: Post) -> str:
    shop = getattr(post.author, "shop", None) if post.source == Post.Source.AGENT else None
    return shop.code if shop is not None and shop.status == "open" else ""
