"""Everything customers say in reviews, and which of it fits a product."""

from renmai.demo.goods import reviews_food, reviews_home, reviews_wear
from renmai.demo.goods.types import Product, Review

REVIEWS: tuple[Review, ...] = (*reviews_food.REVIEWS, *reviews_wear.REVIEWS, *reviews_home.REVIEWS)


def reviews_fitting(product: Product) -> tuple[Review, ...]:
    """Return the reviews a buyer of this product could have written, in a fixed order."""
    return tuple(review for review in REVIEWS if review.suits(product))
