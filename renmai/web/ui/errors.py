"""Error pages: a sentence and a way on. The project's ``handler…`` names point here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import DomainError
from renmai.web.ui.navigation import Error
from renmai.web.ui.pictures import illustration_url

TITLES = {
    400: _("That did not work"),
    401: _("Please sign in"),
    403: _("Not for you to open"),
    404: _("Nothing here"),
    409: _("Things have changed"),
    429: _("A little slower, please"),
    500: _("Something broke on our side"),
}
SENTENCES = {
    400: _("We could not read what was sent. Please go back and try again."),
    401: _("This page is yours once you have signed in."),
    403: _("This page belongs to somebody else, or your role does not open it."),
    404: _("The page may have moved, or the link may be incomplete."),
    409: _("Somebody was faster, or this was already done. Have another look."),
    429: _("You have tried this too often. Please wait a moment."),
    500: _("It was not your fault, nothing was charged twice, and we have written it down. Please try again."),
}
DRAWINGS = {404: "lost", 409: "wait", 429: "wait"}


def render_error(
    request: HttpRequest, status: int, *, sentence: str = "", code: str = "", way_on: tuple[str, str] | None = None
) -> HttpResponse:
    """Answer with the page for ``status``; ``way_on`` is (address, label) of the main button, the home page by default."""
    known = status if status in TITLES else 500 if status >= 500 else 400
    address, label = way_on or ("/", str(_("To the home page")))
    error = Error(
        status=status,
        title=TITLES[known],
        sentence=sentence or SENTENCES[known],
        illustration_url=illustration_url(DRAWINGS.get(known, "error")),
        way_on_url=address,
        way_on_label=label,
        code=code,
    )
    return render(request, "ui/error.html", {"error": error}, status=status)


def refusal(request: HttpRequest, error: DomainError, *, way_on: tuple[str, str] | None = None) -> HttpResponse:
    """Answer a refusal with its own sentence and status."""
    return render_error(request, error.status, sentence=error.sentence, code=error.code, way_on=way_on)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return render_error(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return render_error(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return render_error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return render_error(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old (setting ``CSRF_FAILURE_VIEW``)."""
    return render_error(
        request, 403, sentence=str(_("This form is too old to be accepted. Please reload the page and send it again."))
    )
