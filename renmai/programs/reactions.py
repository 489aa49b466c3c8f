"""Every event is offered to the webhooks that asked for it."""

from renmai.kernel.events import Event
from renmai.programs.models import WebhookDelivery, WebhookEndpoint

MAX_ENDPOINTS = 100


def wanted_events() -> frozenset[str]:
    """Return the names of the events that some active address wants now. One statement."""
    endpoints = WebhookEndpoint.objects.filter(is_active=True)[:MAX_ENDPOINTS]
    return frozenset(name for endpoint in endpoints for name in endpoint.events)


def queue_webhooks(event: Event) -> None:
    """Write one delivery for each active address that wants ``event``; the receipt of this reaction makes it once."""
    wanting = [
        endpoint for endpoint in WebhookEndpoint.objects.filter(is_active=True)[:MAX_ENDPOINTS] if event.NAME in endpoint.events
    ]
    WebhookDelivery.objects.bulk_create(
        [WebhookDelivery(endpoint=endpoint, event_name=event.NAME, payload=event.payload()) for endpoint in wanting]
    )
