"""Where pages tell what is done on them (``static/ui/stream.js``): a batch at a time, in a form like every other.

The batch comes with the token against forged forms, so no other site can make somebody linger here. It names nobody: whose it is, the
session and the visitor's cookie say. A browser that asks not to be followed (``Sec-GPC``) is not, whatever its script sends.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from renmai.insight.stream.actions import ingest, set_aside
from renmai.insight.stream.quarantine import Reason
from renmai.insight.stream.registry import Unfit
from renmai.insight.stream.wire import UnreadableError, read_batch
from renmai.kernel.errors import DomainError
from renmai.web.ui.people import user_of, visitor_id_of

FOLLOW_ME_NOT: Final = "1"


@require_POST
def beacon(request: HttpRequest) -> HttpResponse:
    """Take a batch of events. 204 whatever became of each; 400 for what is no batch."""
    if request.headers.get("Sec-GPC") == FOLLOW_ME_NOT:
        return HttpResponse(status=204)
    try:
        batch = read_batch(str(request.POST.get("batch", "")).encode())
    except UnreadableError as error:
        set_aside([("", Unfit(Reason.UNREADABLE, str(error)))])
        raise DomainError("request.invalid") from error
    ingest(
        batch,
        visitor=visitor_id_of(request),
        user=user_of(request),
        user_agent=request.headers.get("User-Agent", ""),
    )
    return HttpResponse(status=204)
