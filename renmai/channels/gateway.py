"""The way out for text messages: one HTTPS address of the operator's choice that takes JSON.

Every provider of text messages speaks a dialect of its own. The shop speaks one: ``POST {"phone", "purpose", "body"}`` with a bearer
token; any answer of the 200s means that the message was taken. A few lines on the operator's side translate it.
"""

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    import httpx

TIMEOUT_SECONDS = 5.0


class GatewayProblem(Exception):
    """The gateway did not take the message; it may be tried again."""


def is_on() -> bool:
    """Whether an address is configured. Without one, nothing leaves and the development inbox shows the messages."""
    return bool(settings.RENMAI_TEXT_GATEWAY_URL)


def send(phone: str, *, purpose: str, body: str, transport: "httpx.BaseTransport | None" = None) -> None:
    """Hand one message to the gateway. Raises ``GatewayProblem`` without the body or the token in it."""
    import httpx  # takes seven megabytes, and most processes never call anybody

    headers = {"Authorization": f"Bearer {settings.RENMAI_TEXT_GATEWAY_TOKEN}"}
    message = {"phone": phone, "purpose": purpose, "body": body}
    try:
        with httpx.Client(timeout=TIMEOUT_SECONDS, transport=transport, follow_redirects=False) as client:
            answer = client.post(settings.RENMAI_TEXT_GATEWAY_URL, json=message, headers=headers)
    except httpx.HTTPError as error:
        raise GatewayProblem(type(error).__name__) from None
    if not answer.is_success:
        raise GatewayProblem(f"status {answer.status_code}")
