"""The short video of a post: checked, and kept under a name of ours."""

from dataclasses import dataclass, field
from typing import BinaryIO

from renmai.content.clips import Clip, digest_of, keep_clip, read_clip
from renmai.content.models import Post, PostVideo
from renmai.kernel.errors import DomainError
from renmai.policy.queries import integer

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Footage:
    """An upload that was checked: the file, what it is, and the name under which it would be kept."""

    file: BinaryIO = field(repr=False)
    clip: Clip
    name: str


def footage(file: BinaryIO) -> Footage:
    """Check an uploaded video; nothing of it is kept yet.

    Raises ``content.video_large``, ``content.video_long``, ``content.video_format``, ``content.video_broken``, all at the field ``video``.
    """
    size = file.seek(0, 2)
    largest, longest = integer("content.video_mebibytes"), integer("content.video_seconds")
    if size > largest * MEBIBYTE:
        raise DomainError("content.video_large", field="video", most=largest)
    clip = read_clip(file, size)
    if clip.milliseconds > longest * 1000:
        raise DomainError("content.video_long", field="video", most=longest)
    return Footage(file, clip, digest_of(file, clip))


def project(post: Post, video: Footage) -> PostVideo:
    """Keep a checked video in a post that has none. Raises ``storage.full``."""
    stored = keep_clip(video.file, video.clip, name=video.name)
    clip = video.clip
    return PostVideo.objects.create(
        post=post, path=stored.path, bytes=stored.bytes, milliseconds=clip.milliseconds, width=clip.width, height=clip.height
    )
