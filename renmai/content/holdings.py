"""What this room holds of people: posts, whom they follow, which posts they opened."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied, Why
from renmai.content.models import Follow, Post, PostPicture, PostSale, PostTouch, PostVideo, PostVisit

HOLDINGS: Final = (
    Holding(
        model=PostPicture,
        person="post__author",
        topic=Topic.POSTS,
        files=("path", "small_path"),
        copied=("post__number", "width", "height"),
    ),
    Holding(
        model=PostVideo,
        person="post__author",
        topic=Topic.POSTS,
        files=("path",),
        copied=("post__number", "milliseconds", "bytes"),
    ),
    Holding(
        model=Post,
        person="author",
        topic=Topic.POSTS,
        stays=Why.OTHERS,
        put_out={"status": Post.Status.WITHDRAWN, "title": "", "text": "", "answer": ""},
        copied=("number", "title", "text", "status", "answer", "created_at", "published_at"),
    ),
    Holding(model=Follow, person="follower", topic=Topic.POSTS, copied=("kind", "author__display_name", "topic__slug", "at")),
    Holding(model=Follow, person="author", topic=Topic.POSTS, uncopied=Uncopied.OTHERS),
    Holding(model=PostVisit, person="user", topic=Topic.LOOKS, copied=("post__number", "at")),
    Holding(model=PostVisit, person="visitor__user", topic=Topic.LOOKS, uncopied=Uncopied.INSIDE),
    Holding(model=PostTouch, person="user", topic=Topic.LOOKS, copied=("post__number", "product_id", "at")),
    Holding(model=PostTouch, person="visitor__user", topic=Topic.LOOKS, uncopied=Uncopied.INSIDE),
    Holding(
        model=PostSale,
        person="order__buyer",
        topic=Topic.ORDERS,
        stays=Why.OTHERS,
        copied=("order__number", "post__number", "at"),
    ),
)
