"""What keeps links from somebody, and somebody from making links: mutes of receivers, and pauses after complaints."""

from datetime import datetime

from django.db import transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.sharing.events import PauseLifted
from renmai.sharing.models import Mute, Pause


def mute(*, receiver_id: int, sharer_id: int) -> bool:
    """Let ``receiver`` hear nothing more of ``sharer``; False when that was so already. Raises ``sharing.own_mute``."""
    if receiver_id == sharer_id:
        raise DomainError("sharing.own_mute")
    _row, is_new = Mute.objects.get_or_create(receiver_id=receiver_id, sharer_id=sharer_id)
    return is_new


def unmute(*, receiver_id: int, sharer_id: int) -> bool:
    """Let ``receiver`` hear of ``sharer`` again; False when nothing was muted."""
    return bool(Mute.objects.filter(receiver_id=receiver_id, sharer_id=sharer_id).delete()[0])


def pause_sharer(sharer_id: int, *, until: datetime, reason: str, evidence: str) -> Pause:
    """Let somebody make no new links until then. The same ``evidence`` pauses once, and keeps its first end."""
    pause, _is_new = Pause.objects.get_or_create(
        evidence=evidence, defaults={"sharer_id": sharer_id, "reason": reason, "begins_at": clock.now(), "until": until}
    )
    return pause


def lift_pause(actor: User, pause_id: int, *, reason: str) -> Pause:
    """End a pause early, for somebody of the staff, with her reason, which is logged.

    Raises ``request.forbidden``, ``request.not_found``, and ``request.conflict`` when it was lifted before or is over.
    """
    require(actor, Permission.AGENTS_MANAGE)
    now = clock.now()
    with transaction.atomic():
        running = Pause.objects.filter(pk=pause_id, lifted_at__isnull=True, until__gt=now)
        if not running.update(lifted_at=now, lifted_by=actor, lift_reason=reason):
            raise DomainError("request.conflict" if Pause.objects.filter(pk=pause_id).exists() else "request.not_found")
        log_act(actor, "sharing.lift_pause", object_type="pause", object_id=pause_id, detail={"reason": reason})
        pause = Pause.objects.get(pk=pause_id)
        emit(PauseLifted(pause_id=pause.pk, sharer_id=pause.sharer_id))
    return pause
