"""Sessions in browsers: what is noted when one begins, and the end of all of them.

A session itself is Django's; what ends it is the person's epoch (or password), which every session carries a digest of.
"""

from django.db import transaction
from django.db.models import F

from renmai.accounts.actions.log import log_act, real_address
from renmai.accounts.events import SignedInElsewhere
from renmai.accounts.models import SignIn, User
from renmai.kernel import clock
from renmai.kernel.outbox import emit

LABEL_LENGTH = 60
KNOWN_DEVICES = 200


def note_sign_in(user: User, *, device: str, label: str, ip_address: str) -> SignIn:
    """Note that ``user`` began a session in the browser ``device``.

    Emits ``SignedInElsewhere`` for a member who has other browsers but never used this one. Statements: two, or three then.
    """
    earlier = list(SignIn.objects.filter(user=user).order_by("-pk").values_list("device", flat=True)[:KNOWN_DEVICES])
    with transaction.atomic():
        sign_in = SignIn.objects.create(
            user=user, device=device, label=label[:LABEL_LENGTH], ip_address=real_address(ip_address), epoch=user.session_epoch
        )
        if earlier and device not in earlier and not user.is_staff:
            emit(SignedInElsewhere(user_id=user.pk, sign_in_id=sign_in.pk))
    return sign_in


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
