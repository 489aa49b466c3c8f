"""What every answer of the pages has in common: who may keep it, and a sentence where a bare status would stand."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from renmai.kernel.errors import DomainError
from renmai.web.ui import errors

OF_A_PERSON = "private, no-store"
OF_NOBODY = "private, no-cache"


class AnswersMiddleware:
    """Says to browsers and to what stands in between how long they may keep an answer, unless the view has said it.

    Nothing is kept of what a browser with a session was shown: whoever presses “back” after signing out sees nothing. Guests have no
    secrets from themselves, and keep their pages in the browser alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer ``request``; a method that the address does not take is refused with a page."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response = _not_this_way(request, response.headers["Allow"])
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        response.headers.setdefault("Cache-Control", OF_A_PERSON if has_session else OF_NOBODY)
        return response


def _not_this_way(request: HttpRequest, allowed: str) -> HttpResponse:
    answer = errors.refusal(request, DomainError("request.method"))
    answer.headers["Allow"] = allowed
    return answer
