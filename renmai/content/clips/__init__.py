"""Short videos 短视频: what an upload is, read from its container, and what of it is kept.

MP4 with H.264 and AAC, and WebM with VP8 or VP9: what browsers play as it is. Nothing is transcoded.
"""

from typing import BinaryIO

from renmai.content.clips.keeping import FOLDER, TYPES, StoredClip, digest_of, discard_clip, is_clip, keep_clip, type_of
from renmai.content.clips.mp4 import is_mp4, read_mp4
from renmai.content.clips.shapes import Clip, unknown_format
from renmai.content.clips.webm import is_webm, read_webm

__all__ = ["FOLDER", "TYPES", "Clip", "StoredClip", "digest_of", "discard_clip", "is_clip", "keep_clip", "read_clip", "type_of"]


def read_clip(file: BinaryIO, size: int) -> Clip:
    """Return what the video in ``file`` (of ``size`` bytes) is.

    Raises ``content.video_format`` for what is neither of our containers or holds something else than our codecs, and
    ``content.video_broken`` for what ends too early, contradicts itself or lasts no time.
    """

    def read(place: int, count: int) -> bytes:
        file.seek(place)
        return file.read(count)

    head = read(0, 8)
    if is_mp4(head):
        return read_mp4(read, size)
    if is_webm(head):
        return read_webm(read, size)
    raise unknown_format()
