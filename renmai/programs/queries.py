"""What can be asked about keys and webhooks, and what the audit says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from itertools import islice
from typing import cast

from django.conf import settings
from django.core.paginator import Page
from django.utils.module_loading import import_string

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.kernel.audits import Violation
from renmai.kernel.events import declared
from renmai.kernel.paging import paged
from renmai.programs.models import ApiToken, WebhookDelivery, WebhookEndpoint

MAX_LIST = 200
DELIVERIES_PER_PAGE = 50
MAX_VIOLATIONS = 200


@dataclass(frozen=True)
class EventView:
    """An event that webhooks can ask for."""

    name: str
    says: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class AuditResult:
    """What the audit found, up to a bound."""

    count: int
    is_capped: bool
    violations: tuple[Violation, ...]


def tokens_of(user: User) -> list[ApiToken]:
    """Return a person's keys, the newest first, those that ended included."""
    return list(ApiToken.objects.filter(user=user).order_by("-pk")[:MAX_LIST])


def webhooks(actor: User) -> list[WebhookEndpoint]:
    """Return the addresses that hear of events, the newest first. Needs ``api.manage``."""
    require(actor, Permission.API_MANAGE)
    return list(WebhookEndpoint.objects.order_by("-pk")[:MAX_LIST])


def deliveries(actor: User, endpoint_id: int, *, page: int = 1) -> Page[WebhookDelivery]:
    """Return one page of what was sent to an address, the newest first. Needs ``api.manage``."""
    require(actor, Permission.API_MANAGE)
    rows = WebhookDelivery.objects.filter(endpoint_id=endpoint_id).order_by("-created_at", "-pk")
    return paged(rows, number=page, size=DELIVERIES_PER_PAGE)


def event_views() -> list[EventView]:
    """Return every event that can be asked for."""
    return [
        EventView(name, " ".join((event.__doc__ or "").split()), tuple(field.name for field in fields(event)))
        for name, event in declared().items()
    ]


def audit() -> AuditResult:
    """Run the whole audit now, up to ``MAX_VIOLATIONS``. Who may see it is decided by the caller."""
    check = cast("Callable[[], Iterator[Violation]]", import_string(settings.RENMAI_AUDIT))
    found = tuple(islice(check(), MAX_VIOLATIONS + 1))
    return AuditResult(min(len(found), MAX_VIOLATIONS), len(found) > MAX_VIOLATIONS, found[:MAX_VIOLATIONS])
