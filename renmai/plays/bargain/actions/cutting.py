"""A friend's help: one cut, one transaction, whoever else helps at the same moment."""

from django.db import transaction

from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.plays.bargain import cuts, here
from renmai.plays.bargain.events import PriceCut
from renmai.plays.bargain.models import Bargain, Cut
from renmai.plays.bargain.queries.lists import of_number
from renmai.plays.bargain.terms import Terms, terms_at
from renmai.policy.channels import Channel
from renmai.policy.rules import CHINA

SPARE_TRIES = 5


def help_cut(user: User, number: str, *, channel: str = Channel.WEB) -> Cut:
    """Cut the price of a bargain for a friend and return the cut, exactly once per person.

    Raises ``request.not_found``, ``policy.refused`` (a channel that bans it), ``bargain.own``, ``bargain.helped``, ``bargain.enough``,
    ``bargain.over``, ``bargain.being_bought``, ``bargain.helps_today``, ``bargain.busy``.
    """
    here.require(channel)
    bargain = of_number(number)
    terms = terms_at(bargain.campaign_id, bargain.version)
    # Whoever is beaten to a cut finds the bargain one cut further: there are not more rounds than helpers.
    for _round in range(bargain.helpers + SPARE_TRIES):
        made = _try(user, of_number(number), terms)
        if made is not None:
            return made
    raise DomainError("bargain.busy")


def _try(user: User, bargain: Bargain, terms: Terms) -> Cut | None:
    """Make the next cut of ``bargain`` as it was read; None when somebody else was faster."""
    _check(user, bargain)
    day = clock.now().astimezone(CHINA).date()
    turn = Cut.objects.filter(helper=user, campaign=bargain.campaign_id, day=day).count() + 1
    if turn > terms.helps_per_day:
        raise DomainError("bargain.helps_today", limit=terms.helps_per_day)
    amount = cuts.cut(
        bargain.price_fen - bargain.floor_fen, helpers_left=bargain.helpers_left, kind=terms.cuts, seed=bargain.seed
    )
    made = Cut(
        bargain=bargain,
        helper=user,
        number=bargain.cut_count + 1,
        amount_fen=amount,
        campaign_id=bargain.campaign_id,
        day=day,
        turn=turn,
        at=clock.now(),
    )
    with transaction.atomic():
        if not insert_missing([made]):
            return None
        emit(PriceCut(bargain.pk, user.pk, bargain.price_fen - amount - bargain.floor_fen))
        if not _take_off(bargain, amount):
            transaction.set_rollback(True)
            return None
    return made


def _check(user: User, bargain: Bargain) -> None:
    if bargain.owner_id == user.pk:
        raise DomainError("bargain.own")
    if Cut.objects.filter(bargain=bargain, helper=user).exists():
        raise DomainError("bargain.helped")
    if bargain.status == Bargain.Status.ORDERED:
        raise DomainError("bargain.being_bought")
    if not bargain.is_going_on:
        raise DomainError("bargain.over")
    if bargain.is_at_floor:
        raise DomainError("bargain.enough")


def _take_off(bargain: Bargain, amount_fen: int) -> bool:
    """Lower the price if it is still the one that the cut was worked out from, and time is left."""
    as_read = Bargain.objects.filter(
        pk=bargain.pk,
        status=Bargain.Status.OPEN,
        cut_count=bargain.cut_count,
        price_fen=bargain.price_fen,
        expires_at__gt=clock.now(),
    )
    return bool(as_read.update(price_fen=bargain.price_fen - amount_fen, cut_count=bargain.cut_count + 1))
