"""The staff: the shop's own posts, the second look at everybody's, topics."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.accounts.models import User
from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, whole
from renmai.api.callers import Staff, person
from renmai.api.parsing import Id, PageNumber, Plain, Video, pictures_of, video_of
from renmai.api.posts import findings, for_staff, page_with, written
from renmai.api.schemas.posts import (
    PostIn,
    PostPictureOut,
    PostPicturesIn,
    SeenIn,
    SeenWhyIn,
    StaffPostOut,
    StaffTopicOut,
    TopicIn,
)
from renmai.api.schemas.staff_campaigns import FindingOut
from renmai.api.schemas.staff_goods import PicturesIn
from renmai.content import actions, queries
from renmai.content.actions import TopicInput
from renmai.content.models import Post, PostPicture, Topic
from renmai.kernel.errors import DomainError

router = Router(tags=["Staff: content"], auth=Staff(Permission.CONTENT_MANAGE))
POST = "/staff/posts/{post_id}"
Chosen = Annotated[Plain, Field(max_length=10)]


@router.get("/staff/posts", response=Paged[StaffPostOut])
def list_staff_posts(request: HttpRequest, *, status: Chosen = "", source: Chosen = "", page: PageNumber = 1) -> Listed[Any]:
    """All posts but other people's drafts; ``status=review`` is what waits for a look. Newest first."""
    return page_with(queries.posts_for_staff(person(request), status=status, source=source, page=page), for_staff)


@router.post("/staff/posts", response={201: StaffPostOut})
def compose_official_post(request: HttpRequest, given: PostIn) -> dict[str, Any]:
    """Begin a draft in the shop's own name."""
    user = person(request)
    return _shown(user, actions.compose_official(user, written(given)).pk)


@router.get(POST, response=StaffPostOut)
def get_staff_post(request: HttpRequest, post_id: Id) -> dict[str, Any]:
    """One post with what came of it, and the revision to decide on."""
    return _shown(person(request), post_id)


@router.put(POST, response=StaffPostOut)
def change_official_post(request: HttpRequest, post_id: Id, given: PostIn) -> dict[str, Any]:
    """Write a draft of the shop's own anew; its pictures and its video stay."""
    user, row = _official(request, post_id)
    actions.change(user, row, written(given, over=row))
    return _shown(user, post_id)


@router.get(POST + "/findings", response=Paged[FindingOut])
def list_staff_post_findings(request: HttpRequest, post_id: Id) -> Listed[Any]:
    """What the rules object to in a post's words now. Hardest first."""
    return whole(findings(queries.access_post(person(request), post_id)))


@router.post(POST + "/pictures", response={201: PostPictureOut})
def add_official_picture(request: HttpRequest, post_id: Id, given: PicturesIn) -> PostPicture:
    """Add a picture behind those a draft of the shop's own has. It is decoded and written anew."""
    (upload,) = pictures_of([given.picture])
    return actions.add_picture(*_official(request, post_id), upload)


@router.put(POST + "/pictures/order", response=StaffPostOut)
def order_official_pictures(request: HttpRequest, post_id: Id, given: PostPicturesIn) -> dict[str, Any]:
    """Show the pictures in this order. Those not named follow as they were."""
    user, row = _official(request, post_id)
    actions.order_pictures(user, row, given.picture_ids)
    return _shown(user, post_id)


@router.delete(POST + "/pictures/{picture_id}", response={204: None})
def remove_official_picture(request: HttpRequest, post_id: Id, picture_id: Id) -> None:
    """Take a picture off a draft of the shop's own."""
    actions.remove_picture(*_official(request, post_id), picture_id)


@router.post(POST + "/video", response=StaffPostOut)
def set_official_video(request: HttpRequest, post_id: Id, video: Video) -> dict[str, Any]:
    """Give a draft of the shop's own a video in place of the one it has. Somebody else looks at it before others see it."""
    user, row = _official(request, post_id)
    actions.set_video(user, row, video_of(request, video))
    return _shown(user, post_id)


@router.delete(POST + "/video", response={204: None})
def remove_official_video(request: HttpRequest, post_id: Id) -> None:
    """Take the video off a draft of the shop's own."""
    actions.remove_video(*_official(request, post_id))


@router.post(POST + "/publish", response=StaffPostOut)
def publish_official_post(request: HttpRequest, post_id: Id) -> dict[str, Any]:
    """Publish a draft of the shop's own, or lay it before a second person. What a rule forbids is refused at its field."""
    user, row = _official(request, post_id)
    actions.publish(user, row)
    return _shown(user, post_id)


@router.post(POST + "/approve", response=StaffPostOut)
def approve_post(request: HttpRequest, post_id: Id, given: SeenIn) -> dict[str, Any]:
    """Give the second look and publish. Refused when it was changed since ``seen``, and for whoever wrote it."""
    user = person(request)
    actions.approve(user, queries.access_post(user, post_id), seen=given.seen)
    return _shown(user, post_id)


@router.post(POST + "/send-back", response=StaffPostOut)
def send_post_back(request: HttpRequest, post_id: Id, given: SeenWhyIn) -> dict[str, Any]:
    """Turn a post under review into a draft again; its author reads why."""
    user = person(request)
    return for_staff([actions.send_back(user, queries.access_post(user, post_id), seen=given.seen, reason=given.reason)])[0]


@router.post(POST + "/withdraw", response=StaffPostOut)
def withdraw_post(request: HttpRequest, post_id: Id, given: SeenWhyIn) -> dict[str, Any]:
    """Let nobody see a post any more; its author reads why."""
    user = person(request)
    actions.withdraw(user, queries.access_post(user, post_id), seen=given.seen, reason=given.reason)
    return _shown(user, post_id)


@router.get("/staff/topics", response=Paged[StaffTopicOut])
def list_staff_topics(request: HttpRequest) -> Listed[Any]:
    """All topics, closed ones too. In their order."""
    return whole(queries.topics_for_staff(person(request)))


@router.post("/staff/topics", response={201: StaffTopicOut})
def add_topic(request: HttpRequest, given: TopicIn) -> Topic:
    """Add a topic."""
    return actions.add_topic(person(request), TopicInput(**given.model_dump()))


@router.put("/staff/topics/{topic_id}", response=StaffTopicOut)
def change_topic(request: HttpRequest, topic_id: Id, given: TopicIn) -> Topic:
    """Rename, move, open or close a topic; its slug stays, because people have links to it."""
    now = queries.access_topic(topic_id)
    return actions.change_topic(person(request), now, TopicInput(**given.model_dump() | {"slug": now.slug}))


def _official(request: HttpRequest, post_id: int) -> tuple[User, Post]:
    """Return a post of the shop's own. Raises ``content.state`` for anybody else's, which only its author changes and publishes."""
    user = person(request)
    row = queries.access_post(user, post_id)
    if row.source != Post.Source.OFFICIAL:
        raise DomainError("content.state")
    return user, row


def _shown(user: User, post_id: int) -> dict[str, Any]:
    return for_staff([queries.access_post(user, post_id)])[0]
