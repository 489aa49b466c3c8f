"""Deleting an account 注销账号: what stands against it, the moment itself, and what every room then lets go of.

At once her name, phone and sessions are gone. The rest goes with the event's delivery, in one transaction over all rooms, and again for
whatever arrives late: a reaction that waited, a page that was on its way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from renmai.accounts import actions as accounts
from renmai.accounts import holdings as engine
from renmai.accounts import queries as people
from renmai.accounts.events import VisitorRecognised
from renmai.accounts.holdings import Open
from renmai.accounts.models import SignIn, User, Visitor
from renmai.accounts.policies import Permission, require
from renmai.campaigns import plays
from renmai.care import actions as care
from renmai.channels.actions import forget_texts_to
from renmai.distribution.models import Agent, Withdrawal
from renmai.distribution.queries.income import IN_FLIGHT, income
from renmai.insight.experiments import actions as experiments
from renmai.insight.stream import actions as stream
from renmai.insight.stream.events import BrowserSeparated
from renmai.insight.stream.models import EventRow, Merge
from renmai.journeys.holdings import holdings
from renmai.journeys.uploads import discard
from renmai.kernel import clock, outbox
from renmai.kernel.errors import DomainError
from renmai.matching import actions as matching
from renmai.ordering.models import AfterSale, Order
from renmai.payments import actions as payments
from renmai.programs import actions as programs
from renmai.sharing import actions as sharing

FRESH: Final = timedelta(minutes=10)
"""Whoever has no phone to send a code to has signed in this lately."""

LATE_DAYS: Final = 2
"""For so long something of a deleted account may still arrive: a reaction is given up after nine hours."""

REASON_LENGTH: Final = 200
NAMED: Final = 20
"""So many open things of each kind are named; the rest is counted."""

NOBODYS_BROWSER: Final = str(UUID(int=0))
FINISHED: Final = (Order.Status.SETTLED, Order.Status.CANCELLED, Order.Status.REFUNDED)


class Stands(StrEnum):
    """What can stand against deleting an account."""

    ORDERS = "orders"
    CLAIMS = "claims"
    WALLET = "wallet"
    COMING = "coming"
    WITHDRAWALS = "withdrawals"


@dataclass(frozen=True)
class Obstacle:
    """One thing that must end first: how many, and how much money in fen where it is money."""

    kind: Stands
    count: int = 0
    fen: int = 0


@dataclass(frozen=True)
class Unfinished:
    """What stands against it one by one, the first ``NAMED`` of each: plays that go on, and orders and claims besides those."""

    plays: tuple[Open, ...]
    orders: tuple[Order, ...]
    claims: tuple[AfterSale, ...]


def obstacles(user: User) -> tuple[Obstacle, ...]:
    """Return what stands against deleting an account: three statements, six for an agent.

    A group that she opened and that is still open is an open order of hers; ``unfinished`` names it as a group.
    """
    orders = Order.objects.filter(buyer=user).exclude(status__in=FINISHED).count()
    claims = AfterSale.objects.filter(order__buyer=user, status__in=AfterSale.OPEN).count()
    found = [Obstacle(Stands.ORDERS, orders), Obstacle(Stands.CLAIMS, claims)]
    agent = Agent.objects.filter(user=user).first()
    if agent is not None:
        sums = income(agent.pk)
        on_its_way = Withdrawal.objects.filter(agent=agent, status__in=IN_FLIGHT).count()
        found += [
            Obstacle(Stands.WALLET, fen=sums.available_fen),
            Obstacle(Stands.COMING, fen=sums.created_fen + sums.frozen_fen),
            Obstacle(Stands.WITHDRAWALS, on_its_way),
        ]
    return tuple(each for each in found if each.count or each.fen)


def unfinished(user: User) -> Unfinished:
    """Return the open orders, after-sales and groups of somebody, one by one. Three statements."""
    said = (module.still_open(user) for module in plays.modules("holdings").values() if hasattr(module, "still_open"))
    of_plays = tuple(each for found in said for each in found)[:NAMED]
    orders = Order.objects.filter(buyer=user).exclude(status__in=FINISHED).exclude(pk__in=[each.order_id for each in of_plays])
    claims = AfterSale.objects.filter(order__buyer=user, status__in=AfterSale.OPEN).select_related("order")
    return Unfinished(of_plays, tuple(orders.order_by("-pk")[:NAMED]), tuple(claims.order_by("-pk")[:NAMED]))


def losses(user: User) -> list[str]:
    """Return what she could still use and loses, in words of the plays: coupons, points, a bargain that goes on."""
    said = (module.lost(user) for module in plays.modules("holdings").values() if hasattr(module, "lost"))
    return [sentence for sentence in said if sentence]


def delete_own(user: User, code: str, *, ip_address: str, device: str = "") -> bool:
    """Delete one's own account with a fresh code on one's phone; False when it was deleted before. Not inside a transaction.

    Without a phone she must have signed in within ``FRESH``. Raises as ``accounts.verify_code``, ``accounts.sign_in_again``,
    ``accounts.staff_account``, ``accounts.still_open``.
    """
    if user.is_staff:
        raise DomainError("accounts.staff_account")
    if user.phone:
        proved = accounts.verify_code(user.phone, code, ip_address=ip_address, device=device)
        if proved.pk != user.pk:
            raise DomainError("accounts.sign_in_again")
    elif not SignIn.objects.filter(user=user, ended_at__isnull=True, began_at__gt=clock.now() - FRESH).exists():
        raise DomainError("accounts.sign_in_again")
    return _delete(user)


def delete_for(actor: User, user_id: int, *, reason: str, ip_address: str | None = None) -> bool:
    """Delete a customer's account because she asked the staff to; logged. Needs ``customers.correct``.

    Raises ``request.not_found``, ``accounts.reason``, ``accounts.staff_account``, ``accounts.still_open``.
    """
    require(actor, Permission.CUSTOMERS_CORRECT)
    why = reason.strip()
    if not 1 <= len(why) <= REASON_LENGTH:
        raise DomainError("accounts.reason", field="reason", maximum=REASON_LENGTH)
    user = people.user(user_id)
    with transaction.atomic():
        won = _delete(user)
        if won:
            accounts.log_act(
                actor, "customer.deleted", object_type="user", object_id=user_id, detail={"reason": why}, ip_address=ip_address
            )
    return won


@transaction.atomic
def _delete(user: User) -> bool:
    phone = User.objects.select_for_update().filter(pk=user.pk).values_list("phone", flat=True).first()
    if user.deleted_at is None and (standing := obstacles(user)):
        raise DomainError("accounts.still_open", things=_in_words(user, standing))
    if not accounts.delete_account(user):
        return False
    if phone:
        forget_texts_to(phone)
    programs.revoke_all(user)
    return True


@transaction.atomic
def erase(user_id: int) -> None:
    """Let every room go of what it holds of a deleted account. Repeating it changes nothing."""
    user = people.user(user_id)
    if user.deleted_at is None:
        raise AssertionError("only what belonged to a deleted account is erased")
    known = Merge.objects.filter(user_id=user_id).values_list("visitor_id", flat=True)
    browsers = sorted({*Visitor.objects.filter(user=user).values_list("pk", flat=True), *known})
    for event in (VisitorRecognised, BrowserSeparated):
        for put_out in (outbox.put_out, programs.put_out):
            put_out(event.NAME, user_id=user_id, column="visitor_id", value=NOBODYS_BROWSER)
    if browsers or EventRow.objects.filter(user_id=user_id).exists():
        stream.forget(user=user, visitor_ids=browsers)
    experiments.forget_browsers(browsers)
    matching.forget_person(user_id)
    care.forget_person(user_id, binding_ids=sharing.forget_person(user_id, visitor_ids=browsers))
    payments.forget_payees(Withdrawal.objects.filter(agent__user=user).values_list("number", flat=True))
    engine.erase(holdings(), [user_id], remove=discard)
    accounts.forget_browsers(browsers)


def erase_stragglers(limit: int) -> int:
    """Erase once more what arrived late of the last ``limit`` deleted accounts, and what was worked out anew of any; return of how many.

    For a timer.
    """
    late = accounts.deleted_since(LATE_DAYS, limit=limit)
    for user_id in late:
        erase(user_id)
    gone = User.objects.filter(deleted_at__isnull=False).values_list("pk", flat=True)
    with transaction.atomic():
        engine.erase([each for each in holdings() if each.stays is None], gone, remove=discard)
    return len(late)


def _in_words(user: User, found: Sequence[Obstacle]) -> str:
    """Return what is open, named for whoever reads a refusal without a page beside it."""
    open_things = unfinished(user)
    said = [each.says for each in open_things.plays]
    said += [_("order %(number)s") % {"number": order.number} for order in open_things.orders]
    said += [_("after-sale %(number)s") % {"number": claim.number} for claim in open_things.claims]
    money = {Stands.WALLET: _("money in the wallet"), Stands.COMING: _("commission on its way")}
    said += [money[each.kind] for each in found if each.kind in money]
    said += [_("a withdrawal on its way") for each in found if each.kind is Stands.WITHDRAWALS]
    return pgettext("between open things", "; ").join(said)
