"""Pictures that no room serves: uploaded ones, which the catalogue has written anew under the hash of their content, and the icon."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

# Only what ``catalogue.actions.store_picture`` writes has such a name; nothing else in the folder can be asked for.
ADDRESS: Final = r"^media/(?P<path>pictures/[0-9a-f]{2}/[0-9a-f]{64}[a-z0-9_-]*\.webp)$"
FOR_EVER: Final = "public, max-age=31536000, immutable"


@require_safe
def picture(request: HttpRequest, path: str) -> FileResponse:
    """Answer with the picture; its address names its content, so browsers may keep it for ever."""
    try:
        file = (Path(settings.MEDIA_ROOT) / path).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type="image/webp", headers={"Cache-Control": FOR_EVER})


@require_safe
def icon(request: HttpRequest) -> HttpResponseRedirect:
    """Answer browsers that ask for the icon at its old place, as they do for answers that are not pages."""
    return HttpResponseRedirect(static("ui/favicon.svg"))
