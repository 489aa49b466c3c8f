"""Posts and topics for the staff."""

from django.core.paginator import Page
from django.db.models import Count, Q

from renmai.accounts.models import User
from renmai.content.models import Post, Topic
from renmai.content.policies import require_manager
from renmai.content.queries.feeds import whole
from renmai.kernel.errors import DomainError
from renmai.kernel.paging import paged

PAGE_SIZE = 20
MOST_TOPICS = 200


def posts_for_staff(actor: User, *, status: str = "", source: str = "", page: int = 1) -> "Page[Post]":
    """Return a page of all posts but other people's drafts, the newest first. Raises ``request.forbidden``."""
    require_manager(actor)
    rows = Post.objects.exclude(status=Post.Status.DRAFT, source__in=[Post.Source.AGENT, Post.Source.MEMBER])
    if status:
        rows = rows.filter(status=status)
    if source:
        rows = rows.filter(source=source)
    return paged(whole(rows).order_by("-created_at", "-pk"), number=page, size=PAGE_SIZE)


def access_post(actor: User, post_id: int) -> Post:
    """Return a post for somebody of the staff: any but other people's drafts. Raises ``request.forbidden``, ``request.not_found``."""
    require_manager(actor)
    found = whole(Post.objects.filter(pk=post_id).select_related("looked_by")).first()
    if found is None or (found.status == Post.Status.DRAFT and found.source != Post.Source.OFFICIAL):
        raise DomainError("request.not_found")
    return found


def counts(actor: User) -> dict[str, int]:
    """Return how many posts are in each state. Raises ``request.forbidden``."""
    require_manager(actor)
    rows = Post.objects.exclude(status=Post.Status.DRAFT, source__in=[Post.Source.AGENT, Post.Source.MEMBER])
    return dict(rows.order_by().values_list("status").annotate(Count("pk")))


def topics_for_staff(actor: User) -> list[Topic]:
    """Return all topics with ``count``, how many published posts each has. Raises ``request.forbidden``."""
    require_manager(actor)
    published = Count("posts", filter=Q(posts__status=Post.Status.PUBLISHED))
    return list(Topic.objects.annotate(count=published).order_by("position", "pk")[:MOST_TOPICS])
