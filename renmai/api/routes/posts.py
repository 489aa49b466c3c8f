"""Posts: reading, following, and one's own from the draft to what came of it."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.accounts.models import User
from renmai.api.answers import Listed, Paged, whole
from renmai.api.callers import ANYONE, PERSON, person, user_or_guest, visitor
from renmai.api.parsing import Code, Id, PageNumber, Plain, Video, pictures_of, video_of
from renmai.api.posts import findings, page_with, shown, with_figures, written
from renmai.api.schemas.goods import CardOut
from renmai.api.schemas.posts import (
    FollowedOut,
    FollowOut,
    OwnPostOut,
    PostIn,
    PostOut,
    PostPictureOut,
    PostPicturesIn,
    TopicOut,
    VisitedOut,
)
from renmai.api.schemas.staff_campaigns import FindingOut
from renmai.api.schemas.staff_goods import PicturesIn
from renmai.catalogue import queries as catalogue
from renmai.content import actions, queries
from renmai.content.actions import Target
from renmai.content.models import Post, PostPicture
from renmai.content.queries import FeedPage

router = Router(tags=["Posts"], auth=PERSON)
Slug = Annotated[Plain, Field(max_length=40)]


@router.get("/topics", response=Paged[TopicOut], auth=ANYONE)
def list_topics(request: HttpRequest) -> Listed[Any]:
    """What new posts can be about. In the operator's order."""
    return whole(queries.open_topics())


@router.get("/posts", response=Paged[PostOut], auth=ANYONE)
def list_posts(request: HttpRequest, *, topic: Slug = "", by: Slug = "", page: PageNumber = 1) -> Listed[Any]:
    """Published posts: all, of a ``topic`` (its slug), or ``by`` whoever speaks in the post of that number. Newest first."""
    viewer_id = _viewer(request)
    if by:
        return _feed(queries.of_author(queries.post_of_number(by, viewer_id=viewer_id), viewer_id=viewer_id, page=page), page)
    if topic:
        return _feed(queries.of_topic(queries.topic_of_slug(topic), viewer_id=viewer_id, page=page), page)
    return _feed(queries.latest(viewer_id=viewer_id, page=page), page)


@router.get("/posts/{number}", response=PostOut, auth=ANYONE)
def get_post(request: HttpRequest, number: Code) -> dict[str, Any]:
    """One published post; 410 once it was withdrawn. Records nothing; a person who opens it is recorded by a visit."""
    return shown([queries.post_of_number(number, viewer_id=_viewer(request))])[0]


@router.post("/posts/{number}/visits", response={201: VisitedOut}, auth=ANYONE)
def visit_post(request: HttpRequest, number: Code) -> dict[str, bool]:
    """Somebody opened a post. Goods opened from it are noted by `GET /products/{id}?way=content&post=…`."""
    found = queries.post_of_number(number, viewer_id=_viewer(request))
    return {"is_first_today": actions.record_visit(found, visitor(request), user_or_guest(request))}


@router.put("/posts/{number}/follow", response=FollowedOut)
def follow_author(request: HttpRequest, number: Code) -> dict[str, bool]:
    """Follow whoever speaks in a post. Again changes nothing."""
    return _follow(person(request), Target.of_post(queries.post_of_number(number, viewer_id=_viewer(request))))


@router.delete("/posts/{number}/follow", response=FollowedOut)
def unfollow_author(request: HttpRequest, number: Code) -> dict[str, bool]:
    """No longer follow whoever speaks in a post."""
    return _unfollow(person(request), Target.of_post(queries.post_of_number(number, viewer_id=_viewer(request))))


@router.put("/topics/{slug}/follow", response=FollowedOut)
def follow_topic(request: HttpRequest, slug: Slug) -> dict[str, bool]:
    """Follow a topic. Again changes nothing."""
    return _follow(person(request), Target.of_topic(queries.topic_of_slug(slug)))


@router.delete("/topics/{slug}/follow", response=FollowedOut)
def unfollow_topic(request: HttpRequest, slug: Slug) -> dict[str, bool]:
    """No longer follow a topic."""
    return _unfollow(person(request), Target.of_topic(queries.topic_of_slug(slug)))


@router.get("/me/feed", response=Paged[PostOut])
def list_feed(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """What those bring whom one follows. Newest first."""
    return _feed(queries.following(person(request), page=page), page)


@router.get("/me/follows", response=Paged[FollowOut])
def list_follows(request: HttpRequest) -> Listed[Any]:
    """Whom and what one follows. Newest first."""
    return whole(queries.followed(person(request)))


@router.delete("/me/follows/{follow_id}", response={204: None})
def end_follow(request: HttpRequest, follow_id: Id) -> None:
    """No longer follow somebody or something of one's list."""
    actions.end_follow(person(request), follow_id)


@router.get("/me/writable-goods", response=Paged[CardOut])
def list_writable_goods(request: HttpRequest) -> Listed[Any]:
    """Goods that one is offered to write about. Those of one's shop first, then what one bought and kept."""
    return whole(catalogue.cards([product.pk for product in queries.writable_goods(person(request))]))


@router.get("/me/posts", response=Paged[OwnPostOut])
def list_own_posts(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """What one wrote, in whatever state, with what came of it. Newest first."""
    return page_with(queries.own_posts(person(request), page=page), with_figures)


@router.post("/me/posts", response={201: OwnPostOut})
def compose_post(request: HttpRequest, given: PostIn) -> dict[str, Any]:
    """Begin a draft: as an agent with an open shop, else as a member, about goods one bought and kept."""
    user = person(request)
    return _own(user, actions.compose(user, written(given)).number)


@router.get("/me/posts/{number}", response=OwnPostOut)
def get_own_post(request: HttpRequest, number: Code) -> dict[str, Any]:
    """One of one's own posts in whatever state."""
    return _own(person(request), number)


@router.put("/me/posts/{number}", response=OwnPostOut)
def change_post(request: HttpRequest, number: Code, given: PostIn) -> dict[str, Any]:
    """Write a draft anew; its pictures and its video stay. What was published or is being looked at is never changed."""
    user, row = _access(request, number)
    actions.change(user, row, written(given, over=row))
    return _own(user, number)


@router.get("/me/posts/{number}/findings", response=Paged[FindingOut])
def list_post_findings(request: HttpRequest, number: Code) -> Listed[Any]:
    """What the rules object to in one's words now. Hardest first; publishing is refused with the first that forbids."""
    return whole(findings(_access(request, number)[1]))


@router.post("/me/posts/{number}/pictures", response={201: PostPictureOut})
def add_post_picture(request: HttpRequest, number: Code, given: PicturesIn) -> PostPicture:
    """Add a picture behind those a draft has. It is decoded and written anew."""
    (upload,) = pictures_of([given.picture])
    return actions.add_picture(*_access(request, number), upload)


@router.put("/me/posts/{number}/pictures/order", response=OwnPostOut)
def order_post_pictures(request: HttpRequest, number: Code, given: PostPicturesIn) -> dict[str, Any]:
    """Show a draft's pictures in this order. Those not named follow as they were."""
    user, row = _access(request, number)
    actions.order_pictures(user, row, given.picture_ids)
    return _own(user, number)


@router.delete("/me/posts/{number}/pictures/{picture_id}", response={204: None})
def remove_post_picture(request: HttpRequest, number: Code, picture_id: Id) -> None:
    """Take a picture off a draft."""
    actions.remove_picture(*_access(request, number), picture_id)


@router.post("/me/posts/{number}/video", response=OwnPostOut)
def set_post_video(request: HttpRequest, number: Code, video: Video) -> dict[str, Any]:
    """Give a draft a video in place of the one it has; the one body that is multipart/form-data. Its post waits for a second look."""
    user, row = _access(request, number)
    actions.set_video(user, row, video_of(request, video))
    return _own(user, number)


@router.delete("/me/posts/{number}/video", response={204: None})
def remove_post_video(request: HttpRequest, number: Code) -> None:
    """Take the video off a draft."""
    actions.remove_video(*_access(request, number))


@router.post("/me/posts/{number}/publish", response=OwnPostOut)
def publish_post(request: HttpRequest, number: Code) -> dict[str, Any]:
    """Let everybody see a draft, or lay it before the staff (`review`). What a rule forbids is refused at its field, with rule and source."""
    user, row = _access(request, number)
    actions.publish(user, row)
    return _own(user, number)


@router.post("/me/posts/{number}/withdraw", response=OwnPostOut)
def take_post_back(request: HttpRequest, number: Code) -> dict[str, Any]:
    """Let nobody see one's own post any more. It does not come back."""
    user, row = _access(request, number)
    actions.take_back(user, row)
    return _own(user, number)


def _viewer(request: HttpRequest) -> int:
    user = user_or_guest(request)
    return user.pk if user else 0


def _access(request: HttpRequest, number: str) -> tuple[User, Post]:
    user = person(request)
    return user, queries.access_own(user, number)


def _own(user: User, number: str) -> dict[str, Any]:
    return with_figures([queries.access_own(user, number)])[0]


def _feed(found: FeedPage, page: int) -> Listed[Any]:
    return Listed(shown(found.posts), page, has_next=bool(found.next))


def _follow(user: User, target: Target) -> dict[str, bool]:
    actions.follow(user, target)
    return {"is_followed": True}


def _unfollow(user: User, target: Target) -> dict[str, bool]:
    actions.unfollow(user, target)
    return {"is_followed": False}
