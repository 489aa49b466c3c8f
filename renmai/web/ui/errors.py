"""Error pages: a sentence and a way on. The project's ``handler…`` names point here."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from renmai.kernel import storage
from renmai.kernel.errors import DomainError
from renmai.web.ui import people
from renmai.web.ui.navigation import Error
from renmai.web.ui.pictures import illustration_url

TITLES = {
    400: _("That did not work"),
    401: _("Please sign in"),
    403: _("Not for you to open"),
    404: _("Nothing here"),
    405: _("Not this way"),
    409: _("Things have changed"),
    429: _("A little slower, please"),
    500: _("Something broke on our side"),
    503: _("One moment, please"),
}
SENTENCES = {
    400: _("We could not read what was sent. Please go back and try again."),
    401: _("This page is yours once you have signed in."),
    403: _("This page belongs to somebody else, or your role does not open it."),
    404: _("The page may have moved, or the link may be incomplete."),
    405: _("This address is opened by a button on a page. Please go back and press it again."),
    409: _("Somebody was faster, or this was already done. Have another look."),
    429: _("You have tried this too often. Please wait a moment."),
    500: _("It was not your fault, nothing was charged twice, and we have written it down. Please try again."),
    503: _("Something we need does not answer at the moment. Please try again in a few seconds."),
}
DRAWINGS = {404: "lost", 409: "wait", 429: "wait", 503: "wait"}


def render_error(
    request: HttpRequest, status: int, *, sentence: str = "", code: str = "", way_on: tuple[str, str] | None = None
) -> HttpResponse:
    """Answer with the page for ``status``; ``way_on`` is (address, label) of the main button, the home page by default."""
    error = _error(status, sentence=sentence, code=code, way_on=way_on)
    return render(request, "ui/error.html", {"error": error}, status=status)


def _error(status: int, *, sentence: str, code: str, way_on: tuple[str, str] | None) -> Error:
    known = status if status in TITLES else 500 if status >= 500 else 400
    address, label = way_on or ("/", str(_("To the home page")))
    return Error(
        status=status,
        title=TITLES[known],
        sentence=sentence or SENTENCES[known],
        illustration_url=illustration_url(DRAWINGS.get(known, "error")),
        way_on_url=address,
        way_on_label=label,
        code=code,
    )


def refusal(request: HttpRequest, error: DomainError, *, way_on: tuple[str, str] | None = None) -> HttpResponse:
    """Answer a refusal with its own sentence and status."""
    people.note_wait(request, error)
    return render_error(request, error.status, sentence=error.sentence, code=error.code, way_on=way_on)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: what was sent cannot be read, or is more than we read."""
    if isinstance(exception, RequestDataTooBig):
        return refusal(request, DomainError("request.too_large", most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)))
    return render_error(request, 400, code="request.invalid")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return render_error(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return render_error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when what keeps our data is why; Django calls this while it handles the exception."""
    refused = storage.refusal_of(sys.exception())
    return unavailable(refused) if refused is not None else _without_database(500, sentence="", code="")


def unavailable(refused: DomainError) -> HttpResponse:
    """Answer that our data cannot be reached, and when to come back."""
    answer = _without_database(refused.status, sentence=refused.sentence, code=refused.code)
    answer.headers["Retry-After"] = str(storage.RETRY_AFTER_SECONDS)
    return answer


def _without_database(status: int, *, sentence: str, code: str) -> HttpResponse:
    """Answer with a page that knows nothing of who is asking: to find that out is what may have failed."""
    error = _error(status, sentence=sentence, code=code, way_on=None)
    return HttpResponse(render_to_string("ui/error.html", {"error": error}), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old (setting ``CSRF_FAILURE_VIEW``)."""
    return render_error(
        request, 403, sentence=str(_("This form is too old to be accepted. Please reload the page and send it again."))
    )
