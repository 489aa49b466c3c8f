"""Each invariant, spoilt once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from renmai.accounts.tests.factories import make_member
from renmai.campaigns.models import Participation
from renmai.journeys import cancelling
from renmai.journeys.tests.world import customer
from renmai.journeys.tests.world import violations as all_violations
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.plays.presale.audit import violations
from renmai.plays.presale.models import Booking
from renmai.plays.presale.tests.world import presale, with_deposit

pytestmark = pytest.mark.django_db


def found() -> set[str]:
    return {violation.detail for violation in violations()}


def spoil_booking() -> None:
    Booking.objects.all().delete()


def spoil_part() -> None:
    Participation.objects.update(play="coupon")


def spoil_user() -> None:
    Booking.objects.update(user=make_member())


def spoil_count() -> None:
    Booking.objects.filter(counts=True).update(counts=False)


def spoil_mark() -> None:
    Order.objects.update(is_in_campaign=False)


def spoil_agreement() -> None:
    Order.objects.update(deposit_is_kept=False)


def spoil_reminder() -> None:
    late = clock.now() - timedelta(hours=2)
    Booking.objects.update(balance_from=late)
    Order.objects.filter(status="placed").update(deposit_paid_at=late)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (spoil_booking, "its order is not booked"),
        (spoil_part, "is of an order that takes no part"),
        (spoil_user, "is somebody else's"),
        (spoil_count, "counts against the limit, or not, as its order does not say"),
        (spoil_mark, "has a deposit that no campaign asked for"),
        (spoil_agreement, "its deposit was kept, and nobody had agreed to that"),
        (spoil_reminder, "nobody told its buyer that the balance is due"),
    ],
)
def test_it_is_found(spoil: Callable[[], None], says: str) -> None:
    campaign, who = presale(unpaid="kept"), customer()
    with_deposit(customer(), campaign)
    cancelling.cancel(who.user, with_deposit(who, campaign).number)
    assert found() == set()
    spoil()
    assert says in found()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"deposit_fen": 900}, "but 1000 fen are kept"),
        ({"deposit_paid_at": None, "pay_before": clock.now() + timedelta(days=1)}, "but 1000 fen are kept"),
    ],
)
def test_the_money_of_a_deposit_is_audited_across_rooms(change: dict[str, object], says: str) -> None:
    order = with_deposit(customer(), presale())
    assert all_violations() == []
    Order.objects.filter(pk=order.pk).update(**change)
    assert any(says in line for line in all_violations())
