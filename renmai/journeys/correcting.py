"""What was counted as somebody's and is not: a taste that is not hers, a browser that was borrowed or shared."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.alerts import actions as alerts
from renmai.content import actions as content
from renmai.insight import actions as insight
from renmai.insight.portraits import actions as portraits
from renmai.insight.stream import actions as stream
from renmai.insight.stream.models import Merge
from renmai.kernel.errors import DomainError
from renmai.matching import actions as matching

SHOWN = 50


@transaction.atomic
def not_me(user: User, *, facet: str, value: str) -> None:
    """“That is not me”: out of her portrait for good, off her lists at once, and out of what her agent is told. Raises ``portraits.interest``."""
    portraits.correct(user, facet=facet, value=value)
    matching.forget_looks(user.pk)
    alerts.close_denied(user)


@transaction.atomic
def count_again(user: User, correction_id: int) -> None:
    """Take that back: portrait and lists are made with it again, within a minute. Raises ``portraits.interest`` for anybody else's."""
    portraits.take_back(user, correction_id)
    matching.forget_looks(user.pk)


def browsers_of(user: User) -> Sequence[Merge]:
    """Return the browsers whose guest events count as hers, the newest first: at most 50."""
    return list(Merge.objects.filter(user_id=user.pk, separated_at__isnull=True).order_by("-merged_at", "-pk")[:SHOWN])


@transaction.atomic
def separate_own(user: User, browser: str) -> None:
    """“This device is not mine”: what it did as a guest's is a guest's again. Raises ``request.not_found`` for any that is not hers."""
    _separate(user.pk, browser, because="not_mine")


@transaction.atomic
def separate_for(actor: User, user_id: int, browser: str, *, ip_address: str | None = None) -> None:
    """Do that for a customer who asked; logged. Needs ``customers.correct``. Raises ``request.not_found``."""
    require(actor, Permission.CUSTOMERS_CORRECT)
    _separate(user_id, browser, because="staff")
    log_act(actor, "customer.browser_separated", object_type="user", object_id=user_id, ip_address=ip_address)


def _separate(user_id: int, browser: str, *, because: str) -> None:
    try:
        visitor_id = UUID(browser)
    except ValueError as error:
        raise DomainError("request.not_found") from error
    hers = Merge.objects.filter(user_id=user_id, visitor_id=visitor_id, separated_at__isnull=True)
    if not hers.exists() or not stream.separate(visitor_id, because=because):
        raise DomainError("request.not_found")
    insight.give_back(visitor_id=visitor_id, user_id=user_id)
    content.give_back(visitor_id=visitor_id, user_id=user_id)
    matching.forget_looks(user_id)
    # Which of them rests on that browser nobody can tell any more; what she does from now on is told anew.
    alerts.close(user_id)
