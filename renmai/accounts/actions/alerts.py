"""Alerts that a person has dealt with. Those whose cause goes away are resolved by the room that raised them."""

from django.db import transaction

from renmai.accounts.actions.log import log_act
from renmai.accounts.inputs import tidy
from renmai.accounts.models import User
from renmai.accounts.policies import alert_permission, require
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert

NOTE_LENGTH = 300
NOTE_MIN_LENGTH = 4


@transaction.atomic
def resolve_alert(actor: User, alert_id: int, *, note: str) -> Alert:
    """Close an open alert with a note on what was done, which the log keeps.

    Who may is decided by what the alert is about (``policies.alert_permission``). Raises ``request.not_found``,
    ``request.forbidden``, ``accounts.note`` and, when somebody was faster, ``request.conflict``.
    """
    alert = Alert.objects.filter(pk=alert_id).first()
    if alert is None:
        raise DomainError("request.not_found")
    require(actor, alert_permission(alert.code))
    said = tidy(note)[:NOTE_LENGTH]
    if len(said) < NOTE_MIN_LENGTH:
        raise DomainError("accounts.note", field="note", minimum=NOTE_MIN_LENGTH)
    if not Alert.objects.filter(pk=alert_id, resolved_at__isnull=True).update(resolved_at=clock.now()):
        raise DomainError("request.conflict")
    detail = {"code": alert.code, "subject": alert.subject, "note": said}
    log_act(actor, "alert.resolve", object_type="alert", object_id=alert_id, detail=detail)
    alert.refresh_from_db()
    return alert
