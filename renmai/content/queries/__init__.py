"""What others may ask about posts."""

from renmai.content.queries.copies import ContentCopy, copy_of
from renmai.content.queries.feeds import FeedPage, following, latest, newest_at, of_author, of_topic, published
from renmai.content.queries.figures import PostFigures, count_videos, figures_of
from renmai.content.queries.follows import followed, is_followed
from renmai.content.queries.passing import PassedOn, passed_on
from renmai.content.queries.posts import (
    PATH,
    access_own,
    access_topic,
    access_video,
    is_shown,
    open_topics,
    own_posts,
    post_of_number,
    post_of_path,
    titles_by_path,
    topic_of_slug,
    writable_goods,
)
from renmai.content.queries.staff import access_post, counts, posts_for_staff, topics_for_staff
from renmai.content.queries.touches import Touch, touches_of

__all__ = [
    "PATH",
    "ContentCopy",
    "FeedPage",
    "PassedOn",
    "PostFigures",
    "Touch",
    "access_own",
    "access_post",
    "access_topic",
    "access_video",
    "copy_of",
    "count_videos",
    "counts",
    "figures_of",
    "followed",
    "following",
    "is_followed",
    "is_shown",
    "latest",
    "newest_at",
    "of_author",
    "of_topic",
    "open_topics",
    "own_posts",
    "passed_on",
    "post_of_number",
    "post_of_path",
    "posts_for_staff",
    "published",
    "titles_by_path",
    "topic_of_slug",
    "topics_for_staff",
    "touches_of",
    "writable_goods",
]
