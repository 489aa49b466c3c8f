"""What every page shares: cookies of the visitor, and refusals turned into pages."""

import logging
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from renmai.kernel import storage
from renmai.kernel.errors import DomainError
from renmai.web.ui import errors, people

logger = logging.getLogger(__name__)

CONSOLE_PREFIX = "/console/"


class PeopleMiddleware:
    """Sends the visitor's cookies, and answers a ``DomainError`` that no view took with its own sentence and status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer ``request``, then send what was found out about the visitor."""
        response = self.get_response(request)
        people.write_cookies(request, response)
        wait = people.wait_of(request)
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page; a guest who must sign in is taken there and back."""
        if not isinstance(exception, DomainError):
            refused = storage.refusal_of(exception)
            if refused is None:
                return None
            logger.error("%s %s: %s", request.method, request.path, refused.code, exc_info=exception)
            return errors.unavailable(refused)
        if exception.code == "request.sign_in":
            return to_sign_in(request)
        if exception.code == "accounts.confirm":
            return _to(request, "console:confirm")
        return errors.refusal(request, exception)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the person to the right sign-in page, and back afterwards (to the page before, when it was a form)."""
    page = "console:sign_in" if request.path.startswith(CONSOLE_PREFIX) else "storefront:sign_in"
    return _to(request, page, **({"over": "1"} if people.session_is_over(request) else {}))


def _to(request: HttpRequest, page: str, **more: str) -> HttpResponse:
    """Send the person to ``page`` and back afterwards: to where she was going, or to the form that she sent."""
    back = (
        request.get_full_path()
        if request.method == "GET"
        else people.on_this_site(request, request.headers.get("Referer", ""), "/")
    )
    address = f"{reverse(page)}?{urlencode({'next': back, **more})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
