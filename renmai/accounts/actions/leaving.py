"""The end of an account: what others know somebody by goes at once. Her number stays in rows that have to stay, and tells nobody whose it was."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q

from renmai.accounts.actions.codes import PHONE_ACTS
from renmai.accounts.events import AccountDeleted
from renmai.accounts.models import DELETED, Consent, PhoneCode, SignIn, Throttle, User, Visitor
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit


def delete_account(user: User) -> bool:
    """End a member's account and emit ``AccountDeleted``; False when it was deleted before.

    Her phone is free for a new account, which knows nothing of this one; every session ends; consents end. Raises
    ``accounts.staff_account``. What stands against it is for the caller to ask, in the same transaction.
    """
    if user.is_staff:
        raise DomainError("accounts.staff_account")
    now = clock.now()
    with transaction.atomic():
        phone = User.objects.select_for_update().filter(pk=user.pk).values_list("phone", flat=True).first()
        won = User.objects.filter(pk=user.pk, deleted_at__isnull=True).update(
            deleted_at=now,
            is_active=False,
            username=None,
            phone=None,
            wechat_openid=None,
            display_name=DELETED,
            avatar_seed=ids.token(),
            password=make_password(None),
            last_login=None,
            session_epoch=F("session_epoch") + 1,
        )
        if not won:
            return False
        SignIn.objects.filter(user=user, ended_at__isnull=True).update(ended_at=now)
        Consent.objects.filter(user=user, withdrawn_at__isnull=True).update(withdrawn_at=now)
        if phone:
            PhoneCode.objects.filter(phone=phone).delete()
            Throttle.objects.filter(Q(subject=phone) | Q(subject__startswith=f"{phone} "), act__in=PHONE_ACTS).delete()
        emit(AccountDeleted(user_id=user.pk))
    return True


def forget_browsers(visitor_ids: Collection[UUID]) -> int:
    """Delete browsers that were somebody's: whoever comes with one of their cookies is a new guest. Return how many."""
    return Visitor.objects.filter(pk__in=visitor_ids).delete()[0]


def deleted_since(days: int, *, limit: int) -> list[int]:
    """Return the numbers of accounts deleted within so many days, the latest first."""
    rows = User.objects.filter(deleted_at__gt=clock.now() - timedelta(days=days))
    return list(rows.order_by("-deleted_at").values_list("pk", flat=True)[:limit])
