"""What people agreed to."""

from django.db import IntegrityError, transaction

from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.events import ConsentGiven, ConsentWithdrawn
from renmai.accounts.models import Consent, User
from renmai.kernel import clock
from renmai.kernel.outbox import emit


def give_consent(user: User, purpose: Purpose) -> Consent:
    """Record that the person agreed to the text now in force; agreeing twice changes nothing, an older version is closed."""
    version = PURPOSES[purpose].version
    open_ones = Consent.objects.filter(user=user, purpose=purpose, withdrawn_at__isnull=True)
    try:
        with transaction.atomic():
            current = open_ones.filter(version=version).first()
            if current is not None:
                return current
            # Only older texts: a second agreement of the same moment must not close the first.
            open_ones.exclude(version=version).update(withdrawn_at=clock.now())
            given = Consent.objects.create(user=user, purpose=purpose, version=version)
            if PURPOSES[purpose].is_optional:
                emit(ConsentGiven(user_id=user.pk, purpose=purpose))
            return given
    except IntegrityError:
        return open_ones.get(version=version)


def withdraw_consent(user: User, purpose: Purpose) -> None:
    """Record that the person no longer agrees; the row stays as evidence of what held until now."""
    with transaction.atomic():
        open_ones = Consent.objects.filter(user=user, purpose=purpose, withdrawn_at__isnull=True)
        if open_ones.update(withdrawn_at=clock.now()) and PURPOSES[purpose].is_optional:
            emit(ConsentWithdrawn(user_id=user.pk, purpose=purpose))
