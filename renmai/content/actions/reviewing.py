"""The second look at posts, and withdrawing them: always by somebody of the staff, never by the author.

Whoever decides says which ``revision`` she saw. A post can be sent back, changed and laid before the staff again while her page is
open: the state alone is then what it was, and what she would let everybody see is not what she read.
"""

from typing import Final

from django.db import transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.accounts.queries import last_actor
from renmai.content.models import Post
from renmai.content.policies import require_manager
from renmai.kernel import clock
from renmai.kernel.errors import DomainError

WROTE: Final = ("post.composed", "post.changed")
REASON_MINIMUM: Final = 5
REASON_LENGTH: Final = 200
Status = Post.Status


def approve(actor: User, post: Post, *, seen: int) -> Post:
    """Give the second look and let everybody see the post.

    Raises ``content.same_person`` for its author and for whoever wrote in it last, ``content.changed_since`` when it is not what she saw
    any more, ``content.state``.
    """
    require_manager(actor)
    if actor.pk in {post.author_id, last_actor(WROTE, object_type="post", object_id=post.number)}:
        raise DomainError("content.same_person")
    _move(actor, post, seen=seen, old=Status.REVIEW, new=Status.PUBLISHED, looked_by=actor, published_at=clock.now())
    return Post.objects.get(pk=post.pk)


def send_back(actor: User, post: Post, *, seen: int, reason: str) -> Post:
    """Turn a post under review into a draft again and tell its author why.

    Raises ``content.reason``, ``content.changed_since``, ``content.state``.
    """
    require_manager(actor)
    _move(actor, post, seen=seen, old=Status.REVIEW, new=Status.DRAFT, answer=_reason(reason))
    return Post.objects.get(pk=post.pk)


def withdraw(actor: User, post: Post, *, seen: int, reason: str) -> Post:
    """Let nobody see a post any more, for a reason that its author reads.

    Raises ``content.reason``, ``content.changed_since``, ``content.state``.
    """
    require_manager(actor)
    _move(actor, post, seen=seen, old=post.status, new=Status.WITHDRAWN, answer=_reason(reason))
    return Post.objects.get(pk=post.pk)


ACTS: Final = {Status.PUBLISHED: "post.approved", Status.DRAFT: "post.sent_back", Status.WITHDRAWN: "post.withdrawn"}


def _move(actor: User, post: Post, *, seen: int, old: str, new: str, **fields: object) -> None:
    if new not in Post.TRANSITIONS[post.status]:
        raise DomainError("content.state")
    with transaction.atomic():
        if not Post.objects.filter(pk=post.pk, status=old, revision=seen).update(status=new, **fields):
            is_another = Post.objects.filter(pk=post.pk, status=old).exclude(revision=seen).exists()
            raise DomainError("content.changed_since" if is_another else "content.state")
        reason = str(fields.get("answer", ""))
        detail = {"reason": reason} if reason else None
        log_act(actor, ACTS[Status(new)], object_type="post", object_id=post.number, detail=detail)


def _reason(text: str) -> str:
    said = " ".join(text.split())[:REASON_LENGTH]
    if len(said) < REASON_MINIMUM:
        raise DomainError("content.reason", field="reason", minimum=REASON_MINIMUM)
    return said
