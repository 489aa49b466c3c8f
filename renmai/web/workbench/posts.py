"""Posts of the library as the agent sees them: picture, whose they are, what of their goods she would earn, and why they suit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from renmai.content.models import Post
from renmai.matching import reasons
from renmai.matching.library.queries import Offered
from renmai.policy.linting import Copy, lint, worst
from renmai.policy.rules import Outcome
from renmai.web.workbench import goods
from renmai.web.workbench.advised import Ground, ground
from renmai.web.workbench.goods import Goods

TEASER: Final = 60
ENDS: Final = "。！？!?\n"


@dataclass(frozen=True)
class Face:
    """What stands for a post in a list: its first picture, else the drawing of its first product."""

    picture_path: str
    motif: str
    picture_seed: int


@dataclass(frozen=True)
class Tellable:
    """One post that she may pass on. ``goods`` are those that can be bought; ``face`` is None for a post of words alone."""

    number: str
    title: str
    teaser: str
    label: str
    speaker: str
    is_official: bool
    at: datetime | None
    face: Face | None
    goods: tuple[Goods, ...]
    grounds: tuple[Ground, ...]

    @property
    def earn_fen(self) -> int:
        """The highest commission on one piece of its goods."""
        return max((product.earn_fen for product in self.goods), default=0)

    @property
    def dearest_fen(self) -> int:
        """The highest price among its goods."""
        return max((product.price_fen for product in self.goods), default=0)


def tellable(found: Sequence[Offered], *, about_one: bool = False) -> list[Tellable]:
    """Return posts with their reasons and commissions. Four statements at most, none for none."""
    if not found:
        return []
    told = reasons.said([each.entry for each in found], to_agent=True, about_one=about_one)
    cards = {card.id: card for each in found for card in each.cards}
    offered = {product.id: product for product in goods.offered(list(cards.values()), chosen=frozenset())}
    return [_tellable(each, [offered[card.id] for card in each.cards], told[each.post.pk]) for each in found]


def first_sentence(text: str) -> str:
    """Return the first sentence of a post, at most ``TEASER`` characters."""
    ends = [at for at in (text.find(mark) for mark in ENDS) if at > 0]
    return Truncator(text[: min(ends, default=len(text)) + 1].strip()).chars(TEASER)


def words_along(post: Post) -> str:
    """Return what goes along with a link to a post: its title and first sentence, or the title alone where a rule objects to it by now."""
    sentence = first_sentence(post.text)
    objects = worst(lint(Copy(texts=(post.title, sentence)))) is Outcome.REFUSE
    return post.title if objects else f"{post.title}\n{sentence}"


def _tellable(found: Offered, products: Sequence[Goods], said: Sequence[reasons.Said]) -> Tellable:
    post = found.post
    is_official = post.source == Post.Source.OFFICIAL
    return Tellable(
        number=post.number,
        title=post.title,
        teaser=first_sentence(post.text),
        label=str(Post.Source(post.source).label),
        speaker=_("Renmai picks") if is_official else post.author.display_name,
        is_official=is_official,
        at=post.published_at,
        face=_face(post, products),
        goods=tuple(products),
        grounds=tuple(map(ground, said)),
    )


def _face(post: Post, products: Sequence[Goods]) -> Face | None:
    pictures = sorted(post.pictures.all(), key=lambda row: row.position)
    if pictures:
        return Face(pictures[0].small_path, "", 0)
    if products:
        first = products[0]
        return Face(first.picture_path, first.motif, first.picture_seed)
    return None
