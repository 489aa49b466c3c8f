"""Where payment providers tell us what happened. Nobody signs in here: the signature over the raw body is all that counts."""

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from renmai.api.answers import refusal, unavailable
from renmai.journeys import paying
from renmai.kernel import storage
from renmai.kernel.errors import DomainError

MAX_BODY_BYTES = 256 * 1024
REPLAYED = "payments.replayed"


@csrf_exempt
@require_POST
def notify(request: HttpRequest, provider: str) -> HttpResponse:
    """Take one notification. 200 tells the provider to stop; anything else makes it come again.

    One that was handled before is answered 200 as well: its first answer may have been lost on the way.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
        return refusal(DomainError("api.too_large", most=1))
    try:
        outcome = paying.receive_notification(provider, request.headers, request.body)
    except DomainError as error:
        if error.code == REPLAYED:
            return JsonResponse({"code": "replayed"})
        return refusal(error)
    except DatabaseError as error:
        refused = storage.refusal_of(error)
        if refused is None:
            raise
        return unavailable(refused)
    return JsonResponse({"code": outcome.code}, status=200 if outcome.accepted else 409)
