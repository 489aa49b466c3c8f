"""Each invariant, spoilt once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F

from renmai.journeys.tests.world import buy, customer, goods
from renmai.kernel import clock
from renmai.plays.bargain.audit import violations
from renmai.plays.bargain.models import Bargain, Cut
from renmai.plays.bargain.tests.world import bargaining, helped, ordered, started

pytestmark = pytest.mark.django_db


def found() -> set[str]:
    return {violation.detail for violation in violations()}


def spoil_price() -> None:
    Bargain.objects.update(price_fen=F("price_fen") + 1)


def spoil_count() -> None:
    Bargain.objects.update(cut_count=F("cut_count") - 1)


def spoil_helper() -> None:
    Cut.objects.filter(number=1).update(helper=Bargain.objects.get().owner)


def spoil_time() -> None:
    Cut.objects.filter(number=1).update(at=clock.now() + timedelta(days=3))


def spoil_campaign() -> None:
    Cut.objects.filter(number=1).update(campaign=bargaining())


def spoil_end() -> None:
    Bargain.objects.update(expires_at=clock.now() - timedelta(hours=2), started_at=clock.now() - timedelta(days=2))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (spoil_price, "has a price that its cuts do not explain"),
        (spoil_count, "counts other cuts than it has"),
        (spoil_helper, "is by the starter herself"),
        (spoil_time, "is outside its bargain's time"),
        (spoil_campaign, "counts for another campaign's limit"),
        (spoil_end, "is open past its end"),
    ],
)
def test_it_is_found(spoil: Callable[[], None], says: str) -> None:
    helped(started(customer(), bargaining(helpers=4)), 2)
    assert found() == set()
    spoil()
    assert says in found()


def test_a_cut_beyond_the_count_is_found() -> None:
    bargain = started(customer())
    helped(bargain, 1)
    Cut.objects.update(number=3)
    assert "is number 3 of fewer" in found()


def test_orders_that_disagree_are_found() -> None:
    who, (sku,) = customer(), goods()
    bargain = started(who)
    order = ordered(who, bargain)
    assert found() == set()
    Bargain.objects.update(status="bought")
    assert found() == {"is bought by an order that is not paid"}
    Bargain.objects.update(status="ordered", order=buy(customer(), [(sku, 1)]))
    assert found() == {
        "waits for an order that is not waiting",
        "is used by an order that knows nothing of it",
        "is used by somebody else's order",
        f"uses bargain {bargain.number}, which is not its order's",
    }
    Bargain.objects.update(status="ordered", order=order)
    assert found() == set()
