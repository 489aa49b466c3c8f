"""Two questions of the machine room: is this process serving, and is everything it needs there."""

from datetime import timedelta

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from renmai.kernel import clock
from renmai.kernel.models import Heartbeat

WORKER = "worker"
HEARTBEAT_MAX_AGE = timedelta(seconds=30)


@require_safe
@never_cache
def serving(request: HttpRequest) -> HttpResponse:
    """Answer 200 as soon as this process serves, whatever the state of the rest."""
    return JsonResponse({"status": "serving"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 if the database answers and the worker gave a sign of life in the last 30 seconds, else 503.

    A sign of life that lies as far ahead says that the clocks of the two machines disagree, or that ours was turned back.
    """
    try:
        beat = Heartbeat.objects.filter(pk=WORKER).first()
    except Error:
        return _answer(database="no answer", worker="unknown")
    if beat is None or clock.now() - beat.at > HEARTBEAT_MAX_AGE:
        return _answer(database="ok", worker="silent")
    if beat.at - clock.now() > HEARTBEAT_MAX_AGE:
        return _answer(database="ok", worker="another clock")
    return _answer(database="ok", worker="ok")


def _answer(*, database: str, worker: str) -> JsonResponse:
    is_ready = database == worker == "ok"
    body = {"status": "ready" if is_ready else "not ready", "database": database, "worker": worker}
    return JsonResponse(body, status=200 if is_ready else 503)
