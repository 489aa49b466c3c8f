"""Composing segments."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.insight.portraits.conditions import Condition, conditions_of, data_of, people
from renmai.insight.portraits.models import Segment
from renmai.kernel import clock
from renmai.kernel.errors import DomainError

NAME_LENGTH = 40


def compose(
    actor: User, *, name: str, match: str, conditions: Sequence[Mapping[str, Any]], ip_address: str | None = None
) -> Segment:
    """Save a segment. Needs ``campaigns.manage``; raises ``portraits.name``, ``portraits.name_taken`` or what its conditions lack."""
    require(actor, Permission.CAMPAIGNS_MANAGE)
    found, title = _checked(name, match, conditions)
    now = clock.now()
    try:
        with transaction.atomic():
            segment = Segment.objects.create(
                name=title,
                match=match,
                conditions=data_of(found),
                size=people(found, match).count(),
                counted_at=now,
                created_by=actor,
            )
            log_act(actor, "segment.composed", object_type="segment", object_id=segment.pk, ip_address=ip_address)
    except IntegrityError as error:
        raise DomainError("portraits.name_taken", field="name") from error
    return segment


def recompose(
    actor: User, segment_id: int, *, name: str, match: str, conditions: Sequence[Mapping[str, Any]], ip_address: str | None = None
) -> None:
    """Change a segment. Needs ``campaigns.manage``; raises as ``compose`` does, and ``request.not_found``."""
    require(actor, Permission.CAMPAIGNS_MANAGE)
    found, title = _checked(name, match, conditions)
    rows = Segment.objects.filter(pk=segment_id, archived_at__isnull=True)
    try:
        with transaction.atomic():
            size = people(found, match).count()
            if not rows.update(name=title, match=match, conditions=data_of(found), size=size, counted_at=clock.now()):
                raise DomainError("request.not_found")
            log_act(actor, "segment.changed", object_type="segment", object_id=segment_id, ip_address=ip_address)
    except IntegrityError as error:
        raise DomainError("portraits.name_taken", field="name") from error


def archive(actor: User, segment_id: int, *, ip_address: str | None = None) -> None:
    """Put a segment away; what uses it keeps finding it by its id. Needs ``campaigns.manage``; raises ``request.not_found``."""
    require(actor, Permission.CAMPAIGNS_MANAGE)
    with transaction.atomic():
        if not Segment.objects.filter(pk=segment_id, archived_at__isnull=True).update(archived_at=clock.now()):
            raise DomainError("request.not_found")
        log_act(actor, "segment.archived", object_type="segment", object_id=segment_id, ip_address=ip_address)


def _checked(name: str, match: str, conditions: Sequence[Mapping[str, Any]]) -> tuple[tuple[Condition, ...], str]:
    title = name.strip()
    if not title or len(title) > NAME_LENGTH or "\x00" in title:
        raise DomainError("portraits.name", field="name")
    if match not in Segment.Match.values:
        raise DomainError("portraits.comparison", field="match")
    return conditions_of(list(conditions)), title
