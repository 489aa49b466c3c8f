"""A shop's picture: stored at once, so that it is not lost when something else in the form is refused."""

from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from renmai.catalogue.actions import store_picture
from renmai.catalogue.actions.pictures import MAX_BYTES
from renmai.kernel.errors import DomainError

SALT = "renmai.shop_picture"


def store(file: "UploadedFile[Any]") -> str:
    """Write an uploaded picture anew and return its path in the media folder. Raises the ``catalogue.picture_…`` refusals."""
    if (file.size or 0) > MAX_BYTES:
        raise DomainError("catalogue.picture_too_large", field="picture")
    return store_picture(file.read()).small_path


def keep(path: str) -> str:
    """Return what a form carries to remember a picture that was stored already."""
    return signing.dumps(path, salt=SALT) if path else ""


def kept(token: str) -> str:
    """Return the path behind ``keep``'s token, "" when it is not ours."""
    try:
        path = signing.loads(token, salt=SALT) if token else ""
    except signing.BadSignature:
        return ""
    return path if isinstance(path, str) else ""
