"""Writing a post: composed as a draft, published at once or laid before a second person, taken back by its author."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO, Final

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.catalogue.actions.pictures import EncodedPicture, encode_picture, keep_picture
from renmai.catalogue.models import Product
from renmai.content.actions.filming import Footage, footage, project
from renmai.content.models import Post, PostPicture, PostProduct, PostTopic, PostVideo, Topic
from renmai.content.policies import kept_goods, require_manager, source_of
from renmai.kernel import clock
from renmai.kernel.compiled import by_key
from renmai.kernel.errors import DomainError
from renmai.kernel.states import advance
from renmai.policy.linting import Copy, Finding, lint, worst
from renmai.policy.rules import Outcome
from renmai.sharing.queries import pause_of

TITLE_LENGTH: Final = 60
TEXT_LENGTH: Final = 2000
MOST_GOODS: Final = 6
MOST_TOPICS: Final = 3
MOST_PICTURES: Final = 9
MOST_A_DAY: Final = 20
Status = Post.Status
Source = Post.Source


@dataclass(frozen=True, kw_only=True)
class PostInput:
    """What somebody writes: words, goods and topics by id, new pictures as they were uploaded, the ids of older ones that stay.

    ``video`` is a new one, as a file; without it the one that is there stays unless ``keeps_video`` is false.
    """

    title: str
    text: str
    product_ids: Sequence[int] = ()
    topic_ids: Sequence[int] = ()
    pictures: Sequence[bytes] = ()
    kept_picture_ids: Sequence[int] = ()
    video: BinaryIO | None = None
    keeps_video: bool = True


@dataclass(frozen=True)
class _Checked:
    title: str
    text: str
    product_ids: tuple[int, ...]
    topic_ids: tuple[int, ...]
    pictures: tuple[EncodedPicture, ...]
    video: Footage | None


def compose(author: User, given: PostInput) -> Post:
    """Write a draft as a member or as an agent, whichever one is; return it.

    Raises ``content.title``, ``.text``, ``.goods``, ``.goods_gone``, ``.goods_not_hers`` (members write about what they bought and kept),
    ``.topics``, ``.pictures``, ``.too_many``, what ``catalogue`` refuses of pictures and ``filming`` of videos.
    """
    return _composed(author, given, source=source_of(author))


def compose_official(actor: User, given: PostInput) -> Post:
    """Write a draft for the shop itself. Raises ``request.forbidden`` and what ``compose`` does."""
    require_manager(actor)
    with transaction.atomic():
        post = _composed(actor, given, source=Source.OFFICIAL)
        log_act(actor, "post.composed", object_type="post", object_id=post.number)
    return post


def change(author: User, post: Post, given: PostInput) -> Post:
    """Write a draft anew; what was published or is being looked at cannot be changed. Raises as ``compose``, and ``content.state``."""
    require_own(author, post)
    kept = list(PostPicture.objects.filter(post=post, pk__in=given.kept_picture_ids).order_by("position"))
    had_video = PostVideo.objects.filter(post=post).exists()
    checked = _checked(author, given, source=post.source, pictures_kept=len(kept), had_video=had_video)
    with transaction.atomic():
        note_change(author, post, title=checked.title, text=checked.text)
        PostProduct.objects.filter(post=post).delete()
        PostTopic.objects.filter(post=post).delete()
        if checked.video is not None or not given.keeps_video:
            PostVideo.objects.filter(post=post).delete()
        PostPicture.objects.filter(post=post).exclude(pk__in=[picture.pk for picture in kept]).delete()
        for position, picture in enumerate(kept):
            PostPicture.objects.filter(pk=picture.pk).update(position=position)
        _fill(post, checked, first_picture=len(kept))
    return Post.objects.get(pk=post.pk)


def publish(author: User, post: Post) -> Post:
    """Let everybody see a draft, or lay it before a second person; return it as it is then.

    A second look is needed where the linter asks for one, for pictures of members, and for every video. Raises ``content.refused_by_policy`` at the field that
    breaks a rule, ``content.state``, ``sharing.paused`` while a pause after a complaint lasts, and what ``compose`` says of the goods.
    """
    require_own(author, post)
    if post.source != Source.OFFICIAL:
        _require_no_pause(author)
    with transaction.atomic():
        # What is read here is what is published: nobody changes the draft in another tab between the two.
        post = by_key(Post, post.pk, lock=True)
        _require_goods(author, _goods_of(post), source=post.source)
        findings = findings_of(post.title, post.text)
        _refuse(findings)
        needs_look = worst(findings) is Outcome.REVIEW or _needs_eyes(post)
        _move(post, new=Status.REVIEW if needs_look else Status.PUBLISHED, needs_look=needs_look, actor=author)
    return Post.objects.get(pk=post.pk)


def _needs_eyes(post: Post) -> bool:
    """Whether it has what no linter sees: a video, or a member's pictures."""
    if PostVideo.objects.filter(post=post).exists():
        return True
    return post.source == Source.MEMBER and PostPicture.objects.filter(post=post).exists()


def take_back(author: User, post: Post) -> None:
    """Let nobody see one's own post any more. Raises ``request.not_found`` for anybody else's, ``content.state``."""
    require_own(author, post)
    if Status.WITHDRAWN not in Post.TRANSITIONS[post.status] or not advance(
        Post, post.pk, old=post.status, new=Status.WITHDRAWN, answer=""
    ):
        raise DomainError("content.state")


def findings_of(title: str, text: str) -> tuple[Finding, ...]:
    """Return what the linter objects to in a title (text 0) and a text (text 1), wherever the post may be shared."""
    return lint(Copy(texts=(title, text)))


def _composed(author: User, given: PostInput, *, source: str) -> Post:
    day = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    if Post.objects.filter(author=author, created_at__gte=day, created_at__lt=day + timedelta(days=1)).count() >= MOST_A_DAY:
        raise DomainError("content.too_many", most=MOST_A_DAY)
    checked = _checked(author, given, source=source)
    with transaction.atomic():
        post = Post.objects.create(author=author, source=source, title=checked.title, text=checked.text, created_at=clock.now())
        _fill(post, checked)
    return post


def _checked(author: User, given: PostInput, *, source: str, pictures_kept: int = 0, had_video: bool = False) -> _Checked:
    title, text = " ".join(given.title.split()), given.text.replace("\r\n", "\n").strip()
    if not 1 <= len(title) <= TITLE_LENGTH:
        raise DomainError("content.title", field="title")
    if not 1 <= len(text) <= TEXT_LENGTH:
        raise DomainError("content.text", field="text")
    product_ids, topic_ids = tuple(dict.fromkeys(given.product_ids)), tuple(dict.fromkeys(given.topic_ids))
    _require_goods(author, product_ids, source=source)
    if len(topic_ids) > MOST_TOPICS or Topic.objects.filter(pk__in=topic_ids, is_open=True).count() != len(topic_ids):
        raise DomainError("content.topics", field="topics", most=MOST_TOPICS)
    if pictures_kept + len(given.pictures) > MOST_PICTURES:
        raise DomainError("content.pictures", field="pictures", most=MOST_PICTURES)
    if (given.video is not None or (had_video and given.keeps_video)) and pictures_kept + len(given.pictures) > 1:
        raise DomainError("content.video_or_pictures", field="video" if given.video is not None else "pictures")
    video = footage(given.video) if given.video is not None else None
    return _Checked(title, text, product_ids, topic_ids, tuple(map(encoded, given.pictures)), video)


def encoded(data: bytes) -> EncodedPicture:
    """Return an uploaded picture as it is kept. Raises what ``catalogue`` refuses of pictures, at the field ``pictures``."""
    try:
        return encode_picture(data)
    except DomainError as error:
        raise DomainError(error.code, field="pictures", **error.details) from error


def _require_goods(author: User, product_ids: Sequence[int], *, source: str) -> None:
    """Refuse goods that are too many, not on sale, or (of a member) not bought and kept. Only the shop may write without any."""
    least = 0 if source == Source.OFFICIAL else 1
    if not least <= len(product_ids) <= MOST_GOODS:
        raise DomainError("content.goods", field="products", most=MOST_GOODS)
    if Product.objects.filter(pk__in=product_ids, status=Product.Status.LISTED).count() != len(product_ids):
        raise DomainError("content.goods_gone", field="products")
    if source == Source.MEMBER and set(product_ids) - kept_goods(author, among=product_ids):
        raise DomainError("content.goods_not_hers", field="products")


def _fill(post: Post, checked: _Checked, *, first_picture: int = 0) -> None:
    PostProduct.objects.bulk_create(
        [PostProduct(post=post, product_id=key, position=place) for place, key in enumerate(checked.product_ids)]
    )
    PostTopic.objects.bulk_create([PostTopic(post=post, topic_id=key) for key in checked.topic_ids])
    for place, picture in enumerate(checked.pictures, start=first_picture):
        hang(post, picture, position=place)
    if checked.video is not None:
        project(post, checked.video)


def hang(post: Post, picture: EncodedPicture, *, position: int) -> PostPicture:
    """Keep a picture at its place in a post. Raises ``storage.full``."""
    stored = keep_picture(picture)
    sizes = {"width": stored.width, "height": stored.height}
    return PostPicture.objects.create(post=post, path=stored.path, small_path=stored.small_path, position=position, **sizes)


def note_change(author: User, post: Post, **words: str) -> None:
    """Count one more change of a draft, with its new words if they are what changes; its row is locked until the transaction ends.

    Raises ``content.state`` for what is no draft.
    """
    if not Post.objects.filter(pk=post.pk, status=Status.DRAFT).update(revision=F("revision") + 1, **words):
        raise DomainError("content.state")
    if post.source == Source.OFFICIAL:
        log_act(author, "post.changed", object_type="post", object_id=post.number)


def _goods_of(post: Post) -> list[int]:
    return list(PostProduct.objects.filter(post=post).values_list("product_id", flat=True))


def require_own(author: User, post: Post) -> None:
    """Posts of the shop belong to whoever of the staff may write for it, others to their author. Raises ``request.forbidden``, ``.not_found``."""
    if post.source == Source.OFFICIAL:
        require_manager(author)
    elif post.author_id != author.pk:
        raise DomainError("request.not_found")


def _require_no_pause(author: User) -> None:
    pause = pause_of(author.pk)
    if pause is not None:
        raise DomainError("sharing.paused", until=f"{localtime(pause.until):%Y-%m-%d}")


def _refuse(findings: Sequence[Finding]) -> None:
    for finding in findings:
        if finding.outcome is Outcome.REFUSE:
            place = ("title", "text")[max(0, finding.text_index)]
            rule = finding.rule_key or finding.code
            raise DomainError("content.refused_by_policy", field=place, says=finding.advice, rule=rule, source=finding.source)


def _move(post: Post, *, new: str, needs_look: bool, actor: User) -> None:
    if new not in Post.TRANSITIONS[post.status] or post.status != Status.DRAFT:
        raise DomainError("content.state")
    published_at = clock.now() if new == Status.PUBLISHED else None
    fields = {"needed_look": needs_look, "looked_by": None, "answer": "", "published_at": published_at}
    if not advance(Post, post.pk, old=Status.DRAFT, new=new, **fields):
        raise DomainError("content.state")
    if post.source == Source.OFFICIAL:
        act = "post.published" if new == Status.PUBLISHED else "post.submitted"
        log_act(actor, act, object_type="post", object_id=post.number)
