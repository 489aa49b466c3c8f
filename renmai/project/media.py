"""Pictures and videos that no room serves: uploaded ones, kept under the hash of their content, and the icon.

Pictures of goods, shops and reviews are for everybody. Those of a claim are for whoever may see the claim, in the browser or with a key.
A video is for everybody while a published post shows it; before and after that for its author and for the staff who look at posts.
"""

from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from renmai.api.callers import person
from renmai.content import queries as content
from renmai.content.clips import type_of
from renmai.ordering.actions.evidence import CLAIMS_FOLDER
from renmai.ordering.queries import access_after_sale
from renmai.project.ranges import ranged
from renmai.web.ui.answers import OF_A_PERSON

# Only what ``catalogue.actions.keep_picture`` writes has such a name; nothing else in the folder can be asked for.
_NAME: Final = r"[0-9a-f]{64}[a-z0-9_-]{0,10}\.webp"
ADDRESS: Final = rf"^media/(?P<path>pictures/[0-9a-f]{{2}}/{_NAME})\Z"
EVIDENCE_ADDRESS: Final = rf"^media/{CLAIMS_FOLDER}/(?P<number>[0-9A-Z-]{{1,40}})/(?P<name>{_NAME})\Z"
VIDEO_ADDRESS: Final = r"^media/(?P<path>videos/[0-9a-f]{2}/[0-9a-f]{64}\.(?:mp4|webm))\Z"
FOR_AN_HOUR: Final = "public, max-age=3600"
FOR_EVER: Final = "public, max-age=31536000, immutable"


@require_safe
def picture(request: HttpRequest, path: str) -> FileResponse:
    """Answer with the picture; its address names its content, so browsers may keep it for ever."""
    return _served(path, keep=FOR_EVER)


@require_safe
def evidence(request: HttpRequest, number: str, name: str) -> FileResponse:
    """Answer with a picture of a claim. Guests are asked to sign in; for whoever may not see the claim it does not exist."""
    access_after_sale(person(request), number)
    return _served(f"{CLAIMS_FOLDER}/{number}/{name}", keep=OF_A_PERSON)


@require_safe
def video(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with a video or the part of it that was asked for. It may be withdrawn, so browsers keep it for an hour only."""
    is_shown = content.is_shown(path)
    if not is_shown:
        content.access_video(person(request), path)
    keep = FOR_AN_HOUR if is_shown else OF_A_PERSON
    return ranged(request, _opened(path), content_type=type_of(path), headers={"Cache-Control": keep})


@require_safe
def icon(request: HttpRequest) -> HttpResponseRedirect:
    """Answer browsers that ask for the icon at its old place, as they do for answers that are not pages."""
    return HttpResponseRedirect(static("ui/favicon.svg"))


def _served(path: str, *, keep: str) -> FileResponse:
    return FileResponse(_opened(path), content_type="image/webp", headers={"Cache-Control": keep})


def _opened(path: str) -> BinaryIO:
    try:
        return (Path(settings.MEDIA_ROOT) / path).open("rb")
    except FileNotFoundError:
        raise Http404 from None
