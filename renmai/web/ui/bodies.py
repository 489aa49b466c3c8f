"""How much a request may carry: a form little, a form with files as much as its files may be. More is refused before a byte is read.

The API has bounds of its own (``renmai.api.parsing``).
"""

from collections.abc import Callable
from typing import Final, TypeVar

from django.http import HttpRequest, HttpResponse

from renmai.kernel.errors import DomainError
from renmai.web.ui import errors

MEBIBYTE: Final = 1024 * 1024
MAX_FORM_BYTES: Final = 3 * MEBIBYTE
API_PREFIX: Final = "/api/"

View = TypeVar("View", bound=Callable[..., HttpResponse])


def takes_files(count: int, *, each_bytes: int) -> Callable[[View], View]:
    """Let a view take ``count`` files of ``each_bytes`` besides its fields."""

    def decorate(view: View) -> View:
        view.largest_body_bytes = count * each_bytes + MAX_FORM_BYTES  # type: ignore[attr-defined]
        return view

    return decorate


class BodyMiddleware:
    """Refuses what is too large for the view that would get it. Stands before whatever reads a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer ``request``."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_words: object) -> HttpResponse | None:
        """Answer 413 for a body that says of itself that it is too large."""
        if request.path_info.startswith(API_PREFIX):
            return None
        most = getattr(view, "largest_body_bytes", MAX_FORM_BYTES)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length[:20]) <= most:
            return None
        return errors.refusal(request, DomainError("request.too_large", most=most // MEBIBYTE))
