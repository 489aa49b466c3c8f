"""How every answer looks: refusals in one shape, lists in one shape, nothing kept by caches in between."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, Generic, TypeVar

from django.core.exceptions import TooManyFieldsSent, TooManyFilesSent
from django.core.paginator import Page as CountedPage
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.template import Variable
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.schema import DjangoGetter
from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic.functional_validators import ModelWrapValidatorHandler

from renmai.api.callers import VISITOR_HEADER, visitor_to_hand_out
from renmai.api.parsing import VIDEO_FIELD, check_size
from renmai.kernel import storage
from renmai.kernel.errors import DomainError

logger = logging.getLogger(__name__)

Item = TypeVar("Item")
View = Callable[..., HttpResponseBase]
Text = Annotated[str, BeforeValidator(str)]
"""A text that may still wait for its language."""

SHOWN_ERRORS = 20


class Getter(DjangoGetter):
    """Ninja's reader of attributes, which also follows dots through a mapping."""

    def __getattr__(self, key: str) -> Any:
        """Return the value that a field is read from."""
        if isinstance(self._obj, dict) and "." in key:
            first, _dot, rest = key.partition(".")
            return self._convert_result(Variable(rest).resolve(self._obj[first]))
        return super().__getattr__(key)


class Out(Schema):
    """Base of everything that we answer: read from the attributes of what a room returns, or made by hand."""

    @model_validator(mode="wrap")
    @classmethod
    def _run_root_validator(cls, values: Any, handler: ModelWrapValidatorHandler["Out"], info: ValidationInfo) -> Any:
        """Let what is an answer already pass as it is; Ninja would read its attributes again, by their other names."""
        return values if isinstance(values, cls) else handler(Getter(values, cls, info.context))


class Problem(Out):
    """What is answered when the answer is no. ``code`` never changes, ``sentence`` is in the language of the request."""

    code: str = Field(examples=["ordering.sold_out"])
    sentence: str = Field(examples=["“Longjing” is sold out."])
    field: str = Field(examples=["lines.0.quantity"], description="The field that is wrong, if it is one.")
    details: dict[str, Any] = Field(examples=[{"left": 2}])


class Paged(Out, Generic[Item]):
    """One page of a list, numbered from 1."""

    items: list[Item]
    page: int
    has_next: bool


@dataclass(frozen=True)
class Listed(Generic[Item]):
    """A page, from whichever room it came."""

    items: Sequence[Item]
    page: int
    has_next: bool


def listed(found: Any) -> Listed[Any]:
    """Return a room's page in the one shape of lists."""
    if isinstance(found, CountedPage):
        return Listed(list(found.object_list), found.number, found.has_next())
    return Listed(found.items, found.number, found.has_next)


def cut(items: Sequence[Item], *, page: int, size: int) -> Listed[Item]:
    """Return a page of a list that says nothing of what follows: a full page may have a next one, which may be empty."""
    return Listed(items, page, has_next=len(items) == size)


def whole(items: Sequence[Item]) -> Listed[Item]:
    """Return a list that is bounded as a whole, as its only page."""
    return Listed(items, 1, has_next=False)


def refusal(error: DomainError) -> HttpResponse:
    """Answer a refusal; one for too many tries says in ``Retry-After`` when to come back."""
    answer = _problem(error.status, error.code, error.sentence, field=error.field, details=_plain(error.details))
    if error.retry_after_seconds:
        answer.headers["Retry-After"] = str(error.retry_after_seconds)
    return answer


def unavailable(refused: DomainError) -> HttpResponse:
    """Answer that our data cannot be reached, and when to come back."""
    answer = refusal(refused)
    answer.headers["Retry-After"] = str(storage.RETRY_AFTER_SECONDS)
    return answer


def in_our_shape(view: View) -> View:
    """Wrap an operation: bounds before it, headers after it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            check_size(request)
        except DomainError as error:
            return refusal(error)
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Vary", "Accept-Language, Authorization, Cookie, X-Visitor")
        handed_out = visitor_to_hand_out(request)
        if handed_out:
            response.headers[VISITOR_HEADER] = handed_out
        return response

    return wrapped


def no_other_method(view: View) -> View:
    """Let an address answer methods that it does not take in the one shape of refusals."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        answer = refusal(DomainError("api.method"))
        answer.headers["Allow"] = response.headers["Allow"]
        return answer

    return wrapped


def answer_errors(api: NinjaAPI) -> None:
    """Let ``api`` answer everything that goes wrong in the one shape."""
    api.add_exception_handler(DomainError, _on_refusal)
    api.add_exception_handler(ValidationError, _on_invalid)
    api.add_exception_handler(HttpError, _on_http_error)
    for unreadable in (MultiPartParserError, TooManyFieldsSent, TooManyFilesSent):
        api.add_exception_handler(unreadable, _on_form)
    api.add_exception_handler(Exception, _on_bug)


def unknown_address(request: HttpRequest, path: str = "") -> HttpResponse:
    """Answer an address that no operation has."""
    return refusal(DomainError("request.not_found"))


def _on_refusal(request: HttpRequest, error: Any) -> HttpResponse:
    response = refusal(error)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="renmai"'
    return response


def _on_invalid(request: HttpRequest, error: Any) -> HttpResponse:
    found = [{"field": _field(each["loc"]), "problem": str(each["msg"])} for each in error.errors[:SHOWN_ERRORS]]
    refused = DomainError("request.invalid")
    field = found[0]["field"] if found else ""
    return _problem(refused.status, refused.code, refused.sentence, field=field, details={"errors": found})


def _on_form(request: HttpRequest, error: Any) -> HttpResponse:
    """A form that cannot be read; the only one we take is that of a video."""
    return refusal(DomainError("api.form", name=VIDEO_FIELD))


def _on_http_error(request: HttpRequest, error: Any) -> HttpResponse:
    """What the parser refuses arrives wrapped."""
    cause = error.__cause__
    if isinstance(cause, DomainError):
        return refusal(cause)
    refused = DomainError("request.sign_in" if error.status_code == 401 else "request.invalid")
    return _problem(error.status_code, refused.code, refused.sentence)


def _on_bug(request: HttpRequest, error: Any) -> HttpResponse:
    logger.error("%s %s broke", request.method, request.path, exc_info=error)
    refused = storage.refusal_of(error)
    if refused is not None:
        return unavailable(refused)
    got_request_exception.send(sender=None, request=request)
    return refusal(DomainError("api.broken"))


def _problem(status: int, code: str, sentence: str, *, field: str = "", details: Mapping[str, Any] | None = None) -> HttpResponse:
    content = {"code": code, "sentence": sentence, "field": field, "details": details or {}}
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


def _field(place: Sequence[object]) -> str:
    """Return where the value stands in what was sent: without the word for body or query and the name of our parameter."""
    kind, *steps = place or ("",)
    return ".".join(str(step) for step in (steps[1:] if kind == "body" and len(steps) > 1 else steps))


def _plain(details: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int | bool) or value is None else str(value) for name, value in details.items()}
