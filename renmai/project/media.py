"""Pictures that no room serves: uploaded ones, which the catalogue has written anew under the hash of their content, and the icon.

Those of goods, shops and reviews are for everybody. Those of a claim are for whoever may see the claim, in the browser or with a key.
"""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from renmai.api.callers import person
from renmai.ordering.actions.evidence import CLAIMS_FOLDER
from renmai.ordering.queries import access_after_sale
from renmai.web.ui.answers import OF_A_PERSON

# Only what ``catalogue.actions.keep_picture`` writes has such a name; nothing else in the folder can be asked for.
_NAME: Final = r"[0-9a-f]{64}[a-z0-9_-]{0,10}\.webp"
ADDRESS: Final = rf"^media/(?P<path>pictures/[0-9a-f]{{2}}/{_NAME})\Z"
EVIDENCE_ADDRESS: Final = rf"^media/{CLAIMS_FOLDER}/(?P<number>[0-9A-Z-]{{1,40}})/(?P<name>{_NAME})\Z"
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
def icon(request: HttpRequest) -> HttpResponseRedirect:
    """Answer browsers that ask for the icon at its old place, as they do for answers that are not pages."""
    return HttpResponseRedirect(static("ui/favicon.svg"))


def _served(path: str, *, keep: str) -> FileResponse:
    try:
        file = (Path(settings.MEDIA_ROOT) / path).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type="image/webp", headers={"Cache-Control": keep})
