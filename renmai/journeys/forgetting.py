"""Somebody takes an agreement back, or wants what she looked at forgotten: every room that made something of it lets go in the same moment."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from renmai.accounts import actions as accounts
from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.models import Consent, User
from renmai.alerts import actions as alerts
from renmai.content import actions as content
from renmai.content.models import PostTouch, PostVisit
from renmai.insight import actions as insight
from renmai.insight.models import View
from renmai.insight.portraits import actions as portraits
from renmai.insight.stream import actions as stream
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.matching import actions as matching
from renmai.policy.queries import integer


@transaction.atomic
def withdraw(user: User, purpose: Purpose) -> None:
    """Take an agreement back. What rested on it is gone when this returns, whether a worker runs or not; again changes nothing.

    What a worker was writing at this very moment goes with the event ``ConsentWithdrawn``. Raises ``request.invalid`` for what an account
    cannot be without.
    """
    if not PURPOSES[purpose].is_optional:
        raise DomainError("request.invalid")
    accounts.withdraw_consent(user, purpose)
    if purpose is Purpose.BROWSING:
        forget_browsing(user)
    elif purpose is Purpose.AGENT_ALERTS:
        alerts.close(user.pk)
        matching.forget_told(user.pk)
    elif purpose is Purpose.RECOMMENDATIONS:
        matching.forget(user)


@transaction.atomic
def forget_browsing(user: User) -> None:
    """Delete what ``user`` looked at, posts too, what her portrait made of it, what her agent was told and the lists that rested on it.

    Her orders, her agreements and what she did in public stay. Files of finished days follow within seconds (``stream.forget_in_files``).
    """
    content.forget_looks(user.pk)
    stream.forget_browsing(user)
    portraits.forget(user)
    alerts.forget(user)
    matching.forget_looks(user.pk)


def forget_unagreed(limit: int) -> int:
    """Delete looks of at most ``limit`` members who do not agree that they are kept, once no order is traced by them any more; return of how many.

    For a timer. Until then they say by which way an order came, and nothing else is made of them.
    """
    until = clock.now() - timedelta(days=integer("attribution.window_days"))
    agrees = Consent.objects.filter(user=OuterRef("pk"), purpose=Purpose.BROWSING, withdrawn_at__isnull=True)
    looked = [Exists(table._default_manager.filter(user=OuterRef("pk"), at__lt=until)) for table in (View, PostTouch, PostVisit)]
    silent = User.objects.filter(~Exists(agrees), looked[0] | looked[1] | looked[2]).order_by("pk")
    people = list(silent.values_list("pk", flat=True)[:limit])
    with transaction.atomic():
        insight.forget_before(people, until)
        content.forget_before(people, until)
    return len(people)
