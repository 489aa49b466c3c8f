"""From a page's beacon to her portrait, through the worker as it runs: no later than a minute."""

from datetime import UTC, datetime
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.actions import Purpose, give_consent
from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.insight.portraits.facets import Facet
from renmai.insight.portraits.queries import interests_of, own
from renmai.insight.stream.tests.batches import body, raw
from renmai.project import timers, worker
from renmai.sharing import actions as sharing
from renmai.sharing.models import Share
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
IN_TIME: Final = 60
BRAND: Final = "小熊"


def is_counted(user: User) -> bool:
    """Whether what she looks at and that she shared can be read in her portrait."""
    brands = interests_of([user.pk], Facet.BRAND).get(user.pk, {})
    facts = own(user).facts if BRAND in brands else None
    return facts is not None and facts.stage == "sharer"


def test_what_she_does_is_in_her_portrait_within_a_minute(moving_clock: MovingClock) -> None:
    moving_clock.travel(datetime.now(UTC))  # a worker whose clock is not the database's would wait
    timers.start_over()
    she, product = make_member(), make_product(brand=BRAND)
    make_sku(product)
    for purpose in (Purpose.BROWSING, Purpose.RECOMMENDATIONS):
        give_consent(she, purpose)
    worker.run(once=True)
    page = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/604.1", "accept-language": "en"})
    page.force_login(she)
    told = body(raw("product_lingered", product=product.pk))
    assert page.post(reverse("ui:beacon"), {"batch": told.decode()}).status_code == 204
    sharing.share(she, kind=Share.Kind.PRODUCT, shop=None, product=product)
    seconds = 0
    while not is_counted(she):
        assert seconds < IN_TIME, "it takes longer than a minute"
        seconds += 1
        moving_clock.advance(seconds=1)
        worker.run(once=True)
    assert BRAND in page.get(reverse("storefront:privacy")).content.decode()
