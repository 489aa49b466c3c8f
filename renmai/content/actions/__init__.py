"""Everything this room writes."""

from renmai.content.actions.following import Target, end_follow, follow, unfollow
from renmai.content.actions.illustrating import add_picture, order_pictures, remove_picture, remove_video, set_video
from renmai.content.actions.noting import (
    attribute,
    forget_before,
    forget_looks,
    give_back,
    recognise_visitor,
    record_touch,
    record_visit,
)
from renmai.content.actions.reviewing import approve, send_back, withdraw
from renmai.content.actions.sorting import TopicInput, add_topic, change_topic
from renmai.content.actions.writing import PostInput, change, compose, compose_official, findings_of, publish, take_back

__all__ = [
    "PostInput",
    "Target",
    "TopicInput",
    "add_picture",
    "add_topic",
    "approve",
    "attribute",
    "change",
    "change_topic",
    "compose",
    "compose_official",
    "end_follow",
    "findings_of",
    "follow",
    "forget_before",
    "forget_looks",
    "give_back",
    "order_pictures",
    "publish",
    "recognise_visitor",
    "record_touch",
    "record_visit",
    "remove_picture",
    "remove_video",
    "send_back",
    "set_video",
    "take_back",
    "unfollow",
    "withdraw",
]
