"""Posts as feeds and pages show them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from renmai.catalogue import queries as catalogue
from renmai.content.clips import type_of
from renmai.content.models import Post, PostPicture, Topic
from renmai.content.queries import FeedPage
from renmai.web.storefront.introductions import face_of
from renmai.web.storefront.tiles import Funnel, Tile, address_from_post, tile
from renmai.web.ui.pictures import media_url, sources


@dataclass(frozen=True)
class Speaker:
    """Who speaks in a post: the shop itself (``is_official``), an agent with her shop, or a member."""

    name: str
    seed: str
    source: str
    label: str
    shop_code: str = ""

    @property
    def is_official(self) -> bool:
        """Whether it is the shop itself."""
        return self.source == Post.Source.OFFICIAL


SHAPES: Final = {"tall": 9 / 16, "upright": 3 / 4, "square": 1.0, "broad": 4 / 3, "wide": 16 / 9}
"""Width to height."""


@dataclass(frozen=True)
class Film:
    """A post's video; ``length`` as players write it, such as 0:42."""

    path: str
    width: int
    height: int
    milliseconds: int

    @property
    def length(self) -> str:
        """Minutes and seconds."""
        minutes, seconds = divmod(-(-self.milliseconds // 1000), 60)
        return f"{minutes}:{seconds:02}"

    @property
    def type(self) -> str:
        """What players are told that it is."""
        return type_of(self.path)

    @property
    def shape(self) -> str:
        """The usual shape that is nearest to its own: players keep it, whatever shape the picture has that stands for the video."""
        return min(SHAPES, key=lambda name: abs(math.log(SHAPES[name] * self.height / self.width)))


@dataclass(frozen=True)
class PostCard:
    """One post. ``picture`` is its first; without any its first product stands for it, and its words where it has none either."""

    number: str
    url: str
    title: str
    text: str
    at: datetime | None
    speaker: Speaker
    pictures: tuple[PostPicture, ...]
    topics: tuple[Topic, ...]
    tiles: tuple[Tile, ...]
    film: Film | None = None

    @property
    def picture(self) -> PostPicture | None:
        """Its cover."""
        return self.pictures[0] if self.pictures else None

    @property
    def poster(self) -> str:
        """The address of what is shown until its video is played: the author's picture, else that of its first product."""
        if self.picture is not None:
            return media_url(self.picture.path)
        if not self.tiles:
            return ""
        first = self.tiles[0]
        return sources(first.picture_path, motif=first.motif, seed=first.picture_seed, size="full").url


@dataclass(frozen=True)
class Feed:
    """One page of a feed."""

    cards: tuple[PostCard, ...]
    next: str = ""


def speaker_of(post: Post) -> Speaker:
    """Return who speaks in a post; its author and her shop were read with it. Staff speak in the shop's name, never in their own."""
    label = str(Post.Source(post.source).label)
    if post.source == Post.Source.OFFICIAL:
        return Speaker(_("Renmai picks"), "renmai", post.source, label)
    shop = getattr(post.author, "shop", None) if post.source == Post.Source.AGENT else None
    is_open = shop is not None and shop.status == "open"
    if shop is not None and is_open:
        return Speaker(post.author.display_name, face_of(shop), post.source, label, shop.code)
    return Speaker(post.author.display_name, post.author.avatar_seed, post.source, label)


def film_of(post: Post) -> Film | None:
    """Return the video of a post that was read with it."""
    row = getattr(post, "video", None)
    return Film(row.path, row.width, row.height, row.milliseconds) if row else None


def feed_of(page: FeedPage) -> Feed:
    """Return a page of a feed with its goods. As many statements as ``catalogue.cards`` takes, however many posts there are."""
    return Feed(tuple(cards_of(page.posts)), page.next)


def cards_of(posts: Sequence[Post], funnel: Funnel = "content") -> list[PostCard]:
    """Return posts as cards, in this order; goods that are not on sale any more are left out. ``funnel``: how one came to the posts."""
    places = {post.pk: sorted(post.goods.all(), key=lambda row: row.position) for post in posts}
    wanted = {row.product_id for rows in places.values() for row in rows}
    made = {card.id: tile(card, "content") for card in catalogue.cards(sorted(wanted))}
    return [
        PostCard(
            number=post.number,
            url=reverse("storefront:post", args=[post.number]),
            title=post.title,
            text=post.text,
            at=post.published_at,
            speaker=speaker_of(post),
            pictures=tuple(sorted(post.pictures.all(), key=lambda row: row.position)),
            topics=tuple(sorted(post.topics.all(), key=lambda row: (row.position, row.pk))),
            film=film_of(post),
            tiles=tuple(_found_in(made[row.product_id], post, funnel) for row in places[post.pk] if row.product_id in made),
        )
        for post in posts
    ]


def _found_in(shown: Tile, post: Post, funnel: Funnel) -> Tile:
    return replace(shown, url=address_from_post(shown.id, post.number, funnel))
