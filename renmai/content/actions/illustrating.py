"""A draft's pictures one by one: added behind those it has, put in order, taken off; and its video."""

from collections.abc import Sequence
from typing import BinaryIO

from django.db import transaction
from django.db.models import Max

from renmai.accounts.models import User
from renmai.content.actions.filming import footage, project
from renmai.content.actions.writing import MOST_PICTURES, encoded, hang, note_change, require_own
from renmai.content.models import Post, PostPicture, PostVideo
from renmai.kernel.errors import DomainError


def add_picture(author: User, post: Post, data: bytes) -> PostPicture:
    """Add a picture behind those a draft has. Raises ``content.pictures``, ``content.state`` and what ``catalogue`` refuses of pictures."""
    require_own(author, post)
    picture = encoded(data)
    with transaction.atomic():
        note_change(author, post)  # it locks the draft, so that the count holds
        rows = PostPicture.objects.filter(post=post)
        count = rows.count()
        if count >= MOST_PICTURES:
            raise DomainError("content.pictures", field="pictures", most=MOST_PICTURES)
        if count and PostVideo.objects.filter(post=post).exists():
            raise DomainError("content.video_or_pictures", field="pictures")
        last = rows.aggregate(last=Max("position"))["last"]
        return hang(post, picture, position=0 if last is None else last + 1)


def order_pictures(author: User, post: Post, picture_ids: Sequence[int]) -> None:
    """Show a draft's pictures in this order; those not named follow as they were. Raises ``content.state``."""
    require_own(author, post)
    place = {picture_id: position for position, picture_id in enumerate(picture_ids)}
    with transaction.atomic():
        note_change(author, post)
        rows = list(PostPicture.objects.filter(post=post).order_by("position", "pk"))
        rows.sort(key=lambda row: place.get(row.pk, len(place)))
        for position, row in enumerate(rows):
            row.position = position
        PostPicture.objects.bulk_update(rows, ["position"])


def remove_picture(author: User, post: Post, picture_id: int) -> None:
    """Take a picture off a draft; its file is swept a day later, unless something else shows it. Raises ``content.state``, ``request.not_found``."""
    require_own(author, post)
    with transaction.atomic():
        note_change(author, post)
        if not PostPicture.objects.filter(pk=picture_id, post=post).delete()[0]:
            raise DomainError("request.not_found")


def set_video(author: User, post: Post, file: BinaryIO) -> PostVideo:
    """Give a draft a video, in place of the one it has. Raises ``content.video_or_pictures``, ``content.state`` and as ``footage``."""
    require_own(author, post)
    checked = footage(file)
    with transaction.atomic():
        note_change(author, post)
        if PostPicture.objects.filter(post=post).count() > 1:
            raise DomainError("content.video_or_pictures", field="video")
        PostVideo.objects.filter(post=post).delete()
        return project(post, checked)


def remove_video(author: User, post: Post) -> None:
    """Take the video off a draft. Raises ``content.state``, ``request.not_found``."""
    require_own(author, post)
    with transaction.atomic():
        note_change(author, post)
        if not PostVideo.objects.filter(post=post).delete()[0]:
            raise DomainError("request.not_found")
