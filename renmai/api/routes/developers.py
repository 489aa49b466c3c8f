"""Keys and webhooks."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from renmai.accounts.actions import finish_staff_sign_in
from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, listed, whole
from renmai.api.callers import PERSON, Staff, person
from renmai.api.parsing import Id, PageNumber
from renmai.api.schemas.people import (
    DeliveryOut,
    EventOut,
    NewTokenIn,
    NewTokenOut,
    NewWebhookOut,
    TokenOut,
    WebhookIn,
    WebhookOut,
)
from renmai.programs import actions, queries
from renmai.web.ui.people import address_of

MANAGE = Staff(Permission.API_MANAGE)
router = Router(tags=["Keys"], auth=PERSON)
webhooks = Router(tags=["Webhooks"], auth=MANAGE)


@router.get("/tokens", response=Paged[TokenOut])
def list_tokens(request: HttpRequest) -> Listed[Any]:
    """One's keys, without their secrets. Newest first."""
    return whole(queries.tokens_of(person(request)))


@router.post("/tokens", response={201: NewTokenOut})
def create_token(request: HttpRequest, given: NewTokenIn) -> dict[str, object]:
    """Make a key with one's own rights. Staff send a fresh code of their authenticator app; the text is shown this once."""
    user = person(request)
    if user.is_staff:
        finish_staff_sign_in(user.pk, given.totp, ip_address=address_of(request))
    token, text = actions.create_token(user, name=given.name, valid_days=given.valid_days)
    return {"token": text, "key": token}


@router.delete("/tokens/{token_id}", response={204: None})
def revoke_token(request: HttpRequest, token_id: Id) -> None:
    """End one of one's keys, now."""
    actions.revoke_token(person(request), token_id=token_id)


@webhooks.get("/webhooks/events", response=Paged[EventOut])
def list_events(request: HttpRequest) -> Listed[Any]:
    """The events that can be asked for, with their fields."""
    return whole(queries.event_views())


@webhooks.get("/webhooks", response=Paged[WebhookOut])
def list_webhooks(request: HttpRequest) -> Listed[Any]:
    """The addresses that hear of events. Newest first."""
    return whole(queries.webhooks(person(request)))


@webhooks.post("/webhooks", response={201: NewWebhookOut})
def add_webhook(request: HttpRequest, given: WebhookIn) -> dict[str, object]:
    """Tell an address of events. The secret that signs them is shown this once."""
    endpoint = actions.add_webhook(person(request), url=given.url, events=given.events)
    return {"webhook": endpoint, "secret": endpoint.secret}


@webhooks.delete("/webhooks/{webhook_id}", response={204: None})
def stop_webhook(request: HttpRequest, webhook_id: Id) -> None:
    """Tell an address nothing more. What waits for it is given up."""
    actions.stop_webhook(person(request), endpoint_id=webhook_id)


@webhooks.get("/webhooks/{webhook_id}/deliveries", response=Paged[DeliveryOut])
def list_deliveries(request: HttpRequest, webhook_id: Id, *, page: PageNumber = 1) -> Listed[Any]:
    """What was sent to an address, and what became of it. Newest first."""
    return listed(queries.deliveries(person(request), webhook_id, page=page))


@webhooks.post("/webhooks/deliveries/{delivery_id}/repeat", response={204: None})
def repeat_delivery(request: HttpRequest, delivery_id: UUID) -> None:
    """Try a delivery that was given up once more."""
    actions.repeat_delivery(person(request), delivery_id=str(delivery_id))
