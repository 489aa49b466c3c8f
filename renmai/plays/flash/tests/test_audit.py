"""Each invariant, spoilt once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from renmai.campaigns.models import Campaign, Participation
from renmai.catalogue.models import StockMovement, StockPool
from renmai.journeys.tests.world import at_cashier, begin_payment, buy, customer, goods
from renmai.kernel import clock
from renmai.plays.flash.audit import violations
from renmai.plays.flash.models import Sale, Ticket
from renmai.plays.flash.tests.world import flash_sale, ordered, took

pytestmark = pytest.mark.django_db

Status = Ticket.Status


def found() -> set[str]:
    return {violation.detail for violation in violations()}


def one(status: str) -> Ticket:
    return Ticket.objects.filter(status=status).earliest("pk")


def spoil_hold() -> None:
    Ticket.objects.filter(pk=one(Status.HELD).pk).update(status=Status.EXPIRED, ended_at=clock.now())


def spoil_pieces() -> None:
    StockPool.objects.update(pieces=1)


def spoil_movement() -> None:
    StockMovement.objects.filter(reference=one(Status.HELD).number).update(reference="T-nobody")


def spoil_order() -> None:
    Ticket.objects.filter(pk=one(Status.BOUGHT).pk).update(order=buy(customer(), [(goods()[0], 1)]))


def spoil_state() -> None:
    Ticket.objects.filter(pk=one(Status.ORDERED).pk).update(status=Status.BOUGHT)


def spoil_reference() -> None:
    Participation.objects.filter(reference=one(Status.BOUGHT).number).update(reference="T-other")


def spoil_time() -> None:
    Ticket.objects.filter(pk=one(Status.HELD).pk).update(expires_at=clock.now() - timedelta(hours=2))


def spoil_line() -> None:
    Campaign.objects.update(closed_at=clock.now() - timedelta(hours=2))


def spoil_sale() -> None:
    Sale.objects.all().delete()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (spoil_hold, "2 pieces reserved, 1 tickets have one"),
        (spoil_pieces, "3 tickets with a piece, more than pieces"),
        (spoil_movement, "reserve for T-nobody, which is neither ticket nor order"),
        (spoil_order, "is used by an order that knows nothing of it"),
        (spoil_order, "is used by somebody else's order"),
        (spoil_state, "is bought by an order that is not paid"),
        (spoil_reference, "uses ticket T-other, which is not its order's"),
        (spoil_time, "has its piece past its time"),
        (spoil_line, "waits in the line of a sale that is over"),
        (spoil_sale, "was launched without pieces"),
    ],
)
def test_it_is_found(spoil: Callable[[], None], says: str) -> None:
    campaign = flash_sale(pieces=3)
    who = customer()
    at_cashier(begin_payment(who, ordered(who, took(who, campaign))))
    other = customer()
    ordered(other, took(other, campaign))
    took(customer(), campaign)
    took(customer(), campaign)
    assert found() == set()
    spoil()
    assert says in found()
