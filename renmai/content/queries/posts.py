"""Single posts, topics, and what somebody may write about."""

from collections.abc import Collection
from typing import Final

from django.core.paginator import Page

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, allows
from renmai.catalogue.models import Product
from renmai.content.models import Post, PostVideo, Topic
from renmai.content.policies import kept_goods
from renmai.content.queries.feeds import visible_to, whole
from renmai.kernel.errors import DomainError
from renmai.kernel.paging import paged
from renmai.sharing.queries import shop_of

PATH: Final = "/post/"
"""Where the pages of posts stand."""

PAGE_SIZE: Final = 20
MOST_TOPICS: Final = 100
MOST_WRITABLE: Final = 60


def post_of_number(number: str, *, viewer_id: int = 0) -> Post:
    """Return a published post with all it shows. Raises ``content.withdrawn``, and ``request.not_found`` for any other, muted authors' too."""
    found = whole(visible_to(viewer_id).filter(number=number)).first()
    if found is not None:
        return found
    if Post.objects.filter(number=number, status=Post.Status.WITHDRAWN, published_at__isnull=False).exists():
        raise DomainError("content.withdrawn")
    raise DomainError("request.not_found")


def post_of_path(path: str) -> Post | None:
    """Return the published post whose page stands at a path of ours; None for every other path, without a statement where it is no post's."""
    if not path.startswith(PATH):
        return None
    return Post.objects.filter(number=path.removeprefix(PATH).strip("/"), status=Post.Status.PUBLISHED).first()


def access_own(author: User, number: str) -> Post:
    """Return one of one's own posts in any state; ``request.not_found`` for anybody else's."""
    found = whole(Post.objects.filter(number=number, author=author).exclude(source=Post.Source.OFFICIAL)).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def own_posts(author: User, *, page: int = 1) -> "Page[Post]":
    """Return a page of what somebody wrote, the newest first, whatever became of it."""
    rows = Post.objects.filter(author=author).exclude(source=Post.Source.OFFICIAL).prefetch_related("goods", "pictures")
    return paged(rows.order_by("-created_at", "-pk"), number=page, size=PAGE_SIZE)


def open_topics() -> list[Topic]:
    """Return the topics that new posts may choose, in the operator's order."""
    return list(Topic.objects.filter(is_open=True).order_by("position", "pk")[:MOST_TOPICS])


def topic_of_slug(slug: str) -> Topic:
    """Return a topic by the word in its address, open or closed. Raises ``request.not_found``."""
    found = Topic.objects.filter(slug=slug).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def access_topic(topic_id: int) -> Topic:
    """Return a topic by its id. Raises ``request.not_found``."""
    found = Topic.objects.filter(pk=topic_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def writable_goods(author: User, *, chosen_ids: Collection[int] = ()) -> list[Product]:
    """Return the goods that somebody is offered to write about: those her draft names already, those of her shop, what she bought and kept."""
    shop = shop_of(author)
    kept = Product.objects.filter(status=Product.Status.LISTED, pk__in=kept_goods(author)).order_by("pk")
    chosen = Product.objects.filter(status=Product.Status.LISTED, shopitem__shop=shop) if shop else Product.objects.none()
    named = Product.objects.filter(status=Product.Status.LISTED, pk__in=chosen_ids).order_by("pk") if chosen_ids else ()
    found = [*named, *chosen.order_by("shopitem__position", "pk")[:MOST_WRITABLE], *kept[:MOST_WRITABLE]]
    return list({product.pk: product for product in found}.values())[:MOST_WRITABLE]


def is_shown(path: str) -> bool:
    """Whether a published post shows this video. One statement."""
    return PostVideo.objects.filter(path=path, post__status=Post.Status.PUBLISHED, post__author__is_active=True).exists()


def access_video(viewer: User, path: str) -> None:
    """Raise ``request.not_found`` for a video that no post of one's own has, unless one is of the staff who look at posts."""
    rows = PostVideo.objects.filter(path=path)
    if not rows.filter(post__author=viewer).exists() and not (allows(viewer, Permission.CONTENT_MANAGE) and rows.exists()):
        raise DomainError("request.not_found")


def titles_by_path(paths: Collection[str]) -> dict[str, str]:
    """Return what posts are called by the paths of their pages; no statement where no path is a post's."""
    numbers = {path.removeprefix(PATH).strip("/"): path for path in paths if path.startswith(PATH)}
    if not numbers:
        return {}
    return {numbers[number]: title for number, title in Post.objects.filter(number__in=numbers).values_list("number", "title")}
