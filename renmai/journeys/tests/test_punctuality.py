"""Late-shipment rates are what the parcels say."""

from datetime import timedelta

import pytest

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.journeys.tests.world import buy, customer, goods
from renmai.kernel import clock
from renmai.ordering.actions import shipping
from renmai.ordering.models import Shipment
from renmai.ordering.queries.punctuality import punctuality

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_rate_is_recomputed_from_the_parcels() -> None:
    now = clock.now()
    clerk = make_staff(Role.FULFILMENT)
    (sku,) = goods(stock=20)
    for day in (9, 8, 7, 6):
        with clock.travel(now - timedelta(days=day)):
            buy(customer(), [(sku, 1)])
    parcels = list(Shipment.objects.order_by("created_at"))
    for parcel, delay in zip(parcels, (-1, 1, -1), strict=False):
        with clock.travel(parcel.ship_before + timedelta(hours=delay)):
            shipping.ship(clerk, parcel.pk, carrier="sf", tracking_number=f"SF0000{parcel.pk:04d}")
    (found,) = punctuality(since=now - timedelta(days=30)).values()
    assert (found.supplier_id, found.due, found.late, found.late_share) == (sku.product.supplier_id, 4, 2, 0.5)
    assert punctuality(since=now) == {}
