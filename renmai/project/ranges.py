"""Parts of files (RFC 9110, 14): players ask for the part that they are about to play, and Safari plays nothing from whoever cannot."""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

CHUNK: Final = 256 * 1024
RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def ranged(request: HttpRequest, file: BinaryIO, *, content_type: str, headers: Mapping[str, str]) -> HttpResponseBase:
    """Answer with a file, or with the one part of it that ``request`` asks for; several parts at once are answered with the whole.

    206 with ``Content-Range``, 416 for a part behind its end. Closes ``file`` once it is sent.
    """
    size = file.seek(0, 2)
    file.seek(0)
    given = dict(headers) | {"Accept-Ranges": "bytes"}
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    # Our addresses name the content, so whatever an If-Range compares with is still the same.
    if request.method != "GET" or asked is None or asked.groups() == ("", ""):
        return FileResponse(file, content_type=content_type, headers=given)
    first, last = _span(asked[1], asked[2], size)
    if first >= size or first > last:
        file.close()
        return HttpResponse(status=416, headers=given | {"Content-Range": f"bytes */{size}"})
    length = last - first + 1
    given |= {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(length)}
    return StreamingHttpResponse(_part(file, first, length), status=206, content_type=content_type, headers=given)


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first and the last byte that are meant; without a first one so many from the end."""
    if not first:
        return max(0, size - int(last)), size - 1 if int(last) else -1
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(file: BinaryIO, first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while length and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
