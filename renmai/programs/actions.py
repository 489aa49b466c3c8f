"""Keys for programs, and webhook addresses."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.kernel.events import declared
from renmai.kernel.states import advance
from renmai.programs.models import ApiToken, WebhookDelivery, WebhookEndpoint

MAX_TOKENS = 100
MAX_WEBHOOKS = 100
URL_LENGTH = 300
STAFF_SIGN_IN_DAYS = 1
TOKEN_PREFIX = "rm_"  # noqa: S105 - a mark by which secret scanners know our keys, no secret  # nosec B105
NAME_LENGTH = range(1, 61)


def create_token(user: User, *, name: str, valid_days: int | None = 365) -> tuple[ApiToken, str]:
    """Return a new key and its text, which is shown this once: only its hash is kept. A key of the staff is logged.

    Whoever calls this for staff has asked for the second factor. Raises ``programs.name``, ``programs.too_many_tokens``.
    """
    if len(name.strip()) not in NAME_LENGTH:
        raise DomainError("programs.name", field="name")
    text = TOKEN_PREFIX + ids.secret()
    now = clock.now()
    expires_at = now + timedelta(days=valid_days) if valid_days else None
    with transaction.atomic():
        alive = ApiToken.objects.filter(user=user, revoked_at__isnull=True).exclude(expires_at__lte=now)
        if alive.count() >= MAX_TOKENS:
            raise DomainError("programs.too_many_tokens", most=MAX_TOKENS)
        token = ApiToken.objects.create(
            user=user, name=name.strip(), token_hash=token_hash(text), created_at=now, expires_at=expires_at
        )
        if user.is_staff:
            log_act(user, "token.create", object_type="token", object_id=token.pk, detail={"name": token.name})
    return token, text


def revoke_token(user: User, *, token_id: int) -> None:
    """End a key of ``user`` now. Raises ``request.not_found`` for somebody else's. A key of the staff is logged."""
    with transaction.atomic():
        if not ApiToken.objects.filter(pk=token_id, user=user, revoked_at__isnull=True).update(revoked_at=clock.now()):
            raise DomainError("request.not_found")
        if user.is_staff:
            log_act(user, "token.revoke", object_type="token", object_id=token_id)


def revoke_all(user: User) -> int:
    """End every key of ``user`` now, within the caller's transaction; return how many."""
    return ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=clock.now())


def end_token(token: ApiToken) -> None:
    """End the key that a request came with, now."""
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=clock.now())


def token_hash(text: str) -> str:
    """Return the hash under which a key is kept. The key itself is random enough to need no salt."""
    return hashlib.sha256(text.encode()).hexdigest()


def add_webhook(actor: User, *, url: str, events: Sequence[str]) -> WebhookEndpoint:
    """Register an address for ``events`` and return it with its secret. Raises ``programs.url``, ``programs.events``."""
    require(actor, Permission.API_MANAGE)
    _check_url(url)
    wanted = sorted(set(events) & set(declared()))
    if not wanted or len(wanted) != len(set(events)):
        raise DomainError("programs.events", field="events")
    with transaction.atomic():
        if WebhookEndpoint.objects.filter(is_active=True).count() >= MAX_WEBHOOKS:
            raise DomainError("programs.too_many_webhooks", most=MAX_WEBHOOKS)
        endpoint = WebhookEndpoint.objects.create(url=url, events=wanted, secret=ids.secret(), created_by=actor)
        log_act(actor, "webhook.add", object_type="webhook", object_id=endpoint.pk, detail={"url": url, "events": wanted})
    return endpoint


def _check_url(url: str) -> None:
    """Raise ``programs.url`` unless ``url`` is an https address without a user name. The demo may also call http, itself for one."""
    schemes = ["https", "http"] if settings.RENMAI_DEMO else ["https"]
    try:
        URLValidator(schemes=schemes)(url)
        parts = urlsplit(url)
        is_good = parts.port != 0 and parts.username is None and len(url) <= URL_LENGTH
    except (ValidationError, ValueError):
        is_good = False
    if not is_good:
        raise DomainError("programs.url", field="url")


def stop_webhook(actor: User, *, endpoint_id: int) -> None:
    """Send nothing more to an address; what waits is given up."""
    require(actor, Permission.API_MANAGE)
    with transaction.atomic():
        if not WebhookEndpoint.objects.filter(pk=endpoint_id, is_active=True).update(is_active=False):
            raise DomainError("request.not_found")
        WebhookDelivery.objects.filter(endpoint_id=endpoint_id, status=WebhookDelivery.Status.PENDING).update(
            status=WebhookDelivery.Status.DEAD, last_error="stopped"
        )
        log_act(actor, "webhook.stop", object_type="webhook", object_id=endpoint_id)


def repeat_delivery(actor: User, *, delivery_id: str) -> None:
    """Try a delivery that was given up once more."""
    require(actor, Permission.API_MANAGE)
    dead, pending = WebhookDelivery.Status.DEAD, WebhookDelivery.Status.PENDING
    with transaction.atomic():
        if not advance(WebhookDelivery, delivery_id, old=dead, new=pending, due_at=clock.now(), attempts=0):
            raise DomainError("request.conflict")
        log_act(actor, "webhook.repeat", object_type="webhook_delivery", object_id=delivery_id)


def put_out(name: str, *, user_id: int, column: str, value: str) -> int:
    """Do to what programs were sent of events ``name`` what ``outbox.put_out`` does to the events themselves; return how many rows."""
    rows = WebhookDelivery.objects.filter(event_name=name, payload__user_id=user_id).exclude(**{f"payload__{column}": value})
    for row in rows:
        WebhookDelivery.objects.filter(pk=row.pk).update(payload={**row.payload, column: value})
    return len(rows)
