"""What may come in: JSON of a bounded size and depth, into frozen shapes that refuse whatever they do not know."""

import base64
import binascii
import json
import re
from typing import Annotated, Any, BinaryIO, NoReturn, cast

from django.http import HttpRequest
from ninja import File, UploadedFile
from ninja.parser import Parser
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from renmai.kernel.errors import DomainError
from renmai.kernel.money import MAX_FEN

MAX_BODY_BYTES = 2 * 1024 * 1024
MAX_PICTURE_BODY_BYTES = 12 * 1024 * 1024
MAX_VIDEO_BODY_BYTES = 61 * 1024 * 1024
"""As large as a video can be allowed to be, and the words around it."""

MAX_DEPTH = 12
MAX_NODES = 50_000
MAX_ID = 2**63 - 1
TAKES_PICTURES = re.compile(r"/(pictures|picture|after-sales|review)$")
TAKES_VIDEO = re.compile(r"/posts/[^/]+/video$")
JSON_TYPE = "application/json"
VIDEO_FIELD = "video"


class In(BaseModel):
    """Base of everything that is sent to us: unknown fields, and values of another type, are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_max_length=500)


class JsonParser(Parser):
    """Reads a body within its bounds."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what the body says. Raises ``api.content_type``, ``api.json``, ``api.too_deep``."""
        if request.content_type != JSON_TYPE:
            raise DomainError("api.content_type")
        if request.body.count(b"{") + request.body.count(b"[") > MAX_NODES:
            # Millions of empty lists fit into a few megabytes, and need hundreds once they are read.
            raise DomainError("api.too_deep", most=MAX_DEPTH)
        try:
            content = json.loads(request.body, parse_constant=_refuse_constant)
        except RecursionError:
            raise DomainError("api.too_deep", most=MAX_DEPTH) from None
        except (ValueError, UnicodeDecodeError):
            raise DomainError("api.json") from None
        _check(content)
        return content


def check_size(request: HttpRequest) -> None:
    """Raise ``api.too_large`` before a body is read that is longer than this address takes."""
    most = MAX_PICTURE_BODY_BYTES if TAKES_PICTURES.search(request.path) else MAX_BODY_BYTES
    if TAKES_VIDEO.search(request.path):
        most = MAX_VIDEO_BODY_BYTES
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > most:
        raise DomainError("api.too_large", most=most // (1024 * 1024))


def _refuse_constant(name: str) -> NoReturn:
    """Refuse ``NaN`` and the infinities, which are no JSON."""
    raise ValueError(name)


def _check(content: object) -> None:
    """Refuse what is too deep or too much, and values that no database keeps: NUL, half characters, endless numbers."""
    waiting: list[tuple[object, int]] = [(content, 1)]
    seen = 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if depth > MAX_DEPTH or seen > MAX_NODES:
            raise DomainError("api.too_deep", most=MAX_DEPTH)
        if isinstance(value, dict):
            waiting += [(part, depth + 1) for pair in value.items() for part in pair]
        elif isinstance(value, list):
            waiting += [(part, depth + 1) for part in value]
        elif not _is_storable(value):
            raise DomainError("api.json")


def _is_storable(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= char <= "\udfff" for char in value)
    return not isinstance(value, int) or -MAX_ID <= value <= MAX_ID


def _storable(text: str) -> str:
    if not _is_storable(text):
        raise ValueError("has characters that cannot be kept")
    return text


def _decoded(text: str) -> str:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("is not base64") from None
    return text


def pictures_of(texts: list[str]) -> tuple[bytes, ...]:
    """Return the bytes of pictures that were sent as base64."""
    return tuple(base64.b64decode(text) for text in texts)


def video_of(request: HttpRequest, upload: UploadedFile) -> BinaryIO:
    """Return an uploaded video as a file. Raises ``api.form`` when the form says anything else: unknown fields are refused here too."""
    if list(request.POST) or list(request.FILES) != [VIDEO_FIELD] or len(request.FILES.getlist(VIDEO_FIELD)) != 1:
        raise DomainError("api.form", name=VIDEO_FIELD)
    return cast("BinaryIO", upload.file)


Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Fen = Annotated[int, Field(ge=0, le=MAX_FEN, description="Whole fen, never a fraction.")]
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z_.-]{1,60}$")]
Plain = Annotated[str, AfterValidator(_storable)]
"""A text of an address or a query: what no database keeps is refused there too. Bodies are looked through as a whole."""

Words = Annotated[Plain, Field(max_length=200)]
PageNumber = Annotated[int, Field(ge=1, le=500, description="From 1.")]
Picture = Annotated[
    str,
    Field(max_length=MAX_PICTURE_BODY_BYTES, description="JPEG, PNG, WebP or GIF as base64, up to 8 MiB."),
    AfterValidator(_decoded),
]
Video = Annotated[UploadedFile, File(description="An MP4 (H.264, AAC) or a WebM (VP8, VP9), as the operator's settings allow.")]
CsvText = Annotated[str, Field(max_length=MAX_BODY_BYTES, description="The CSV file as text.")]
