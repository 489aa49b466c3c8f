"""Sessions in browsers: what is noted when one begins, and the end of all of them.

A session itself is Django's; what ends it is the person's epoch (or password), which every session carries a digest of.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from renmai.accounts.actions.log import log_act, real_address
from renmai.accounts.models import SignIn, User
from renmai.kernel import clock

LABEL_LENGTH = 60


@dataclass(frozen=True)
class Begun:
    """A session that began: its row, and whether this person has other browsers but never used this one."""

    sign_in: SignIn
    is_elsewhere: bool


def note_sign_in(user: User, *, device: str, label: str, ip_address: str) -> Begun:
    """Note that ``user`` began a session in the browser ``device``. At most three statements."""
    earlier = SignIn.objects.filter(user=user)
    is_elsewhere = not earlier.filter(device=device).exists() and earlier.exists()
    sign_in = SignIn.objects.create(
        user=user, device=device, label=label[:LABEL_LENGTH], ip_address=real_address(ip_address), epoch=user.session_epoch
    )
    return Begun(sign_in, is_elsewhere)


def end_sign_in(user: User, sign_in_id: int) -> None:
    """Note that ``user`` ended a session of their own; somebody else's stays."""
    SignIn.objects.filter(pk=sign_in_id, user=user, ended_at__isnull=True).update(ended_at=clock.now())


def end_own_sessions(user: User) -> None:
    """End every session of ``user`` at once, in all browsers; ``user`` then carries the new epoch. An act of the staff is logged."""
    with transaction.atomic():
        end_sessions(user)
        if user.is_staff:
            log_act(user, "staff.sign_out_everywhere", object_type="user", object_id=user.pk)


def end_sessions(user: User) -> None:
    """End every session of ``user`` within the caller's transaction."""
    SignIn.objects.filter(user=user, ended_at__isnull=True).update(ended_at=clock.now())
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
