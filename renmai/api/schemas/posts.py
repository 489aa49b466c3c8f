"""Posts with goods in them: as readers, their authors and the staff see them."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from renmai.api.answers import Out
from renmai.api.parsing import Id, In
from renmai.api.schemas.goods import CardOut, media_url
from renmai.content.actions.reviewing import REASON_LENGTH
from renmai.content.actions.sorting import CHINESE_LENGTH, ENGLISH_LENGTH, SLUG_LENGTH
from renmai.content.actions.writing import MOST_GOODS, MOST_PICTURES, MOST_TOPICS, TEXT_LENGTH, TITLE_LENGTH

Seen = Annotated[int, Field(ge=1, le=2**31 - 1, description="The `revision` that was read: a post changed since is refused.")]


class TopicOut(Out):
    """What posts are about."""

    slug: str = Field(examples=["fruit"])
    name: str


class PostPictureOut(Out):
    """A picture of a post, with its size in pixels."""

    id: int
    url: str
    small_url: str
    width: int
    height: int

    @staticmethod
    def resolve_url(row: Any) -> str:
        """The address of the large one."""
        return media_url(row.path)

    @staticmethod
    def resolve_small_url(row: Any) -> str:
        """The address of the small one."""
        return media_url(row.small_path)


class PostVideoOut(Out):
    """The video of a post: MP4 or WebM, its size as it is shown. Until it is played the first picture stands for it."""

    url: str
    milliseconds: int
    width: int
    height: int

    @staticmethod
    def resolve_url(row: Any) -> str:
        """The address; parts of it can be asked for."""
        return media_url(row.path)


class PostOut(Out):
    """A published post. ``source`` says who speaks: `official` (the shop itself, without a name), `agent` or `member`."""

    number: str = Field(examples=["N260301-7K3M9QXA2B"])
    title: str
    text: str
    source: str
    author_name: str
    shop_code: str = Field(description="The agent's open shop, else empty.")
    published_at: datetime | None
    topics: list[TopicOut]
    pictures: list[PostPictureOut]
    video: PostVideoOut | None
    products: list[CardOut] = Field(description="What it is about and is on sale, in the author's order.")


class PostFiguresOut(Out):
    """What came of a post; ``kept_fen`` is what was paid for goods last found in it, once settled, less what went back."""

    looks: int
    readers: int
    opened: int
    orders: int
    kept_fen: int


class OwnPostOut(PostOut):
    """One's own post in whatever state. ``answer``: what the staff said when it was sent back or withdrawn."""

    status: str
    revision: int = Field(description="Counts its changes.")
    answer: str
    created_at: datetime
    figures: PostFiguresOut


class StaffPostOut(OwnPostOut):
    """A post for the staff, with who wrote it and who gave it the second look."""

    id: int
    written_by: str
    needed_look: bool
    looked_by: str


class PostIn(In):
    """What a post says. Its pictures are sent one by one."""

    title: str = Field(max_length=TITLE_LENGTH * 2)
    text: str = Field(max_length=TEXT_LENGTH * 2)
    product_ids: list[Id] = Field(default=[], max_length=MOST_GOODS * 2)
    topics: list[Annotated[str, Field(max_length=SLUG_LENGTH)]] = Field(
        default=[], max_length=MOST_TOPICS * 2, description="Slugs of open topics."
    )


class PostPicturesIn(In):
    """A post's pictures in the order in which to show them."""

    picture_ids: list[Id] = Field(max_length=MOST_PICTURES * 2)


class SeenIn(In):
    """What somebody read before she decided."""

    seen: Seen


class SeenWhyIn(SeenIn):
    """What somebody read, and why she decides as she does; the author reads it."""

    reason: str = Field(max_length=REASON_LENGTH)


class VisitedOut(Out):
    """Whether this browser or program opened the post for the first time today."""

    is_first_today: bool


class FollowedOut(Out):
    """Whether one follows it now."""

    is_followed: bool


class FollowOut(Out):
    """Whom or what one follows: `author` (a person), `topic`, or `official` (the shop itself)."""

    id: int
    kind: str
    name: str
    topic: str = Field(description="Its slug, empty for people.")
    at: datetime

    @staticmethod
    def resolve_name(row: Any) -> str:
        """The person's or the topic's name; the shop itself has none here."""
        return str(row.author.display_name if row.author else row.topic.name if row.topic else "")

    @staticmethod
    def resolve_topic(row: Any) -> str:
        """The topic's slug."""
        return str(row.topic.slug) if row.topic else ""


class StaffTopicOut(Out):
    """A topic with both names and its place in the row."""

    id: int
    slug: str
    name_zh: str
    name_en: str
    position: int
    is_open: bool


class TopicIn(In):
    """A topic. Its slug stays once it has one."""

    slug: str = Field(default="", max_length=SLUG_LENGTH * 2)
    name_zh: str = Field(max_length=CHINESE_LENGTH * 2)
    name_en: str = Field(default="", max_length=ENGLISH_LENGTH * 2)
    position: int = Field(default=0, ge=0, le=9999)
    is_open: bool = True
