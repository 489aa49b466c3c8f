"""What people said of a product, as its page shows it: of a stranger no more than the first sign of her name."""

from collections.abc import Iterable
from dataclasses import dataclass

from renmai.ordering.models import Review
from renmai.ordering.queries import IllustratedReview
from renmai.sharing.models import ShopItem
from renmai.web.storefront.introductions import ShopFace, shop_face
from renmai.web.ui.formats import moment_text
from renmai.web.ui.pictures import media_url


@dataclass(frozen=True)
class Opinion:
    """A review. ``at`` is for machines, ``when`` for people; ``pictures`` are addresses."""

    name: str
    seed: str
    rating: int
    text: str
    pictures: tuple[str, ...]
    at: str
    when: str
    options_text: str


@dataclass(frozen=True)
class Voice:
    """An agent's own words about a product."""

    shop: ShopFace
    text: str


def opinions(reviews: Iterable[Review]) -> tuple[Opinion, ...]:
    """Return these reviews for a page; author, line and pictures were loaded with them."""
    return tuple(_opinion(review, [picture.path for picture in review.pictures.all()]) for review in reviews)


def newest_opinions(reviews: Iterable[IllustratedReview]) -> tuple[Opinion, ...]:
    """Return these reviews for a page."""
    return tuple(_opinion(one.review, one.picture_paths) for one in reviews)


def voices(items: Iterable[ShopItem]) -> tuple[Voice, ...]:
    """Return what these shops say; shop and owner were loaded with them."""
    return tuple(Voice(shop_face(item.shop), item.voice) for item in items)


def veiled(name: str) -> str:
    """Show of a stranger's name only its first sign: reviews are public, names are not."""
    return f"{name[:1]}**"


def _opinion(review: Review, picture_paths: Iterable[str]) -> Opinion:
    return Opinion(
        name=veiled(review.author.display_name),
        seed=review.author.avatar_seed,
        rating=review.rating,
        text=review.text,
        pictures=tuple(map(media_url, picture_paths)),
        at=review.at.isoformat(),
        when=moment_text(review.at),
        options_text=review.order_line.options_text,
    )
