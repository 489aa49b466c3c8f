"""The stream that her open pages listen to. Comfort only: without it the same stands on the page when she opens it again."""

from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from renmai.alerts import queries
from renmai.alerts.live import Note, streams
from renmai.web.workbench.seats import Seat, agents_only

MOST_DIGITS = 18
STREAM = "text/event-stream"
HEADERS = {
    "Cache-Control": "private, no-store",
    # Proxies of the nginx family would otherwise keep it until it is long enough.
    "X-Accel-Buffering": "no",
}


@require_safe
@agents_only
def alerts(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Stream the numbers of her new alerts; after a break from where she was, by ``Last-Event-ID`` or, the first time, ``after``."""
    if request.method == "HEAD":
        return HttpResponse(content_type=STREAM, headers=HEADERS)
    after = _number(request.headers.get("Last-Event-ID", "")) or _number(request.GET.get("after", ""))

    def backlog() -> list[Note]:
        return [Note(number, seat.user.pk) for number in queries.open_numbers(seat.user, after=after)]

    lines = streams.open(seat.user.pk, after=after, backlog=backlog)
    return cast("HttpResponse", StreamingHttpResponse(lines, content_type=STREAM, headers=HEADERS))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0
