"""The requests that the table describes, and how they are sent."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from renmai.policy.queries import clear_cache
from renmai.project.tests.endpoints.addresses import Endpoint, endpoints
from renmai.project.tests.endpoints.table import ROWS
from renmai.project.tests.endpoints.town import Actor, Town
from tools.testing.changes import Change, noted, taken_back
from tools.testing.rows import AGENT, ANYONE, EARNER, HIDDEN, MEMBER, PERSON, SELLER, STAFF, Row

LOOKS = frozenset({"django_session", "accounts_visitor", "sharing_visit", "insight_view", "accounts_throttle"})
"""Tables that may change whoever is refused: sessions and visitors are given to anybody, looks and attempts are counted."""

OTHERWISE: dict[str, frozenset[int]] = {
    "readyz": frozenset({503}),  # no worker runs here
    "payment_notification": frozenset({401}),
    "answers.unknown_address": frozenset({404}),
    "api-v1:api-root": frozenset({404}),
    "storefront:wechat_start": frozenset({404}),  # nobody has set it up
    "storefront:wechat_back": frozenset({400, 404}),
    "storefront:sign_in": frozenset({302, 400}),
    "console:sign_in": frozenset({200, 302, 400}),
    "console:confirm": frozenset({200, 400}),  # without a code
    "console:own_recovery_codes": frozenset({400}),
    "ui:beacon": frozenset({204}),  # there is nothing to say
    "storefront:delete_account": frozenset({200, 400}),  # with a code that nobody sent
    "storefront:after_sale_confirm": frozenset({409}),  # a return, and nothing is replaced
}
"""Addresses that answer something else than 200 or 302 to whoever may open them, here."""

NOTHING_MORE: Mapping[str, object] = MappingProxyType({})
WITHOUT_NAMESPACE = frozenset({"healthz", "readyz", "icon", "media", "video", "evidence", "set_language", "payment_notification"})


@dataclass(frozen=True)
class Knock:
    """One request that somebody might send."""

    endpoint: Endpoint
    row: Row
    method: str
    address: str

    @property
    def who(self) -> str:
        """Whom the table lets in."""
        return self.row.sees if self.method == "GET" else self.row.acts

    @property
    def is_console(self) -> bool:
        """Whether it knocks at the operator's pages."""
        return self.endpoint.name.startswith("console:")


def pages() -> Iterator[Endpoint]:
    """The addresses that are no operations of the API: those have a table of their own."""
    return (endpoint for endpoint in endpoints() if not endpoint.is_of_the_api)


def knocks(town: Town) -> Iterator[Knock]:
    """Every request of the table."""
    for endpoint in pages():
        row = ROWS[endpoint.name]
        address = _address(endpoint, town.address(endpoint.name, endpoint.words, row))
        if row.sees:
            yield Knock(endpoint, row, "GET", address + town.filled(row.query))
        if row.acts:
            yield Knock(endpoint, row, "POST", address)


def send(actor: Actor, knock: Knock, town: Town, *, more: Mapping[str, object] = NOTHING_MORE) -> HttpResponse:
    """Send it; ``more`` goes into the form."""
    if knock.method == "GET":
        answer = actor.client.get(knock.address)
    else:
        answer = actor.client.post(knock.address, town.good_form(knock.endpoint.name) | dict(more))
    body_of(answer)
    return answer  # type: ignore[return-value]


def body_of(answer: Any) -> bytes:
    """Return what an answer says, read to its end so that its file is closed; of one that goes on for minutes nothing: it is closed unread."""
    if answer.headers.get("Content-Type") == "text/event-stream":
        # Closing the answer itself would close the database of this test as well.
        for close in answer._resource_closers:
            close()
        return b""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def sent_and_taken_back(actor: Actor, knock: Knock, town: Town) -> tuple[HttpResponse, list[Change]]:
    """Send it in a world of its own: what was signed out, closed or bought is as before. Return also what it had changed."""
    cookies = copy(actor.client.cookies)
    with taken_back(), noted() as changes:
        answer = send(actor, knock, town)
    clear_cache()
    actor.client.cookies = cookies
    return answer, changes


def whoever_may(town: Town, knock: Knock) -> Actor:
    """Return somebody who is let in, with things of her own where the address names some."""
    owners = {MEMBER: "member", AGENT: "agent"}
    by_door = {PERSON: "member", ANYONE: "member", HIDDEN: "member", SELLER: "agent", EARNER: "agent", STAFF: "owner"}
    return town.actors[owners.get(knock.row.owner) or by_door[knock.who]]


def _address(endpoint: Endpoint, words: dict[str, object]) -> str:
    if endpoint.name in WITHOUT_NAMESPACE or ":" in endpoint.name:
        return reverse(endpoint.name, kwargs=words)
    return "/api/v1/docs" if endpoint.name == "api_reference" else f"/api/{words.get('path', 'v1/')}"
