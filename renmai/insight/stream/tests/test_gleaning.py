"""Rows that other rooms write become events, each once, also those that turn up late."""

from uuid import UUID

import pytest

from renmai.accounts.actions import give_consent, visitor
from renmai.accounts.consents import Purpose
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.actions.favourites import toggle_favourite
from renmai.catalogue.tests.factories import make_product
from renmai.insight.actions import record_view
from renmai.insight.models import View
from renmai.insight.stream.gleaning import GAPS_WATCHED, glean
from renmai.insight.stream.models import EventRow, Gleaning
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def look(product_id: int, visitor_id: UUID, *, pk: int | None = None) -> View:
    return View.objects.create(pk=pk, visitor_id=visitor_id, product_id=product_id, funnel="search")


def seen() -> list[int | None]:
    return list(EventRow.objects.filter(name="product_viewed").order_by("position").values_list("product_id", flat=True))


def test_a_look_is_an_event_and_not_twice() -> None:
    product, member = make_product(), make_member()
    give_consent(member, Purpose.BROWSING)
    browser = visitor(None)
    record_view(browser, member, product_id=product.pk, funnel="content")
    toggle_favourite(member, product.pk)
    assert glean() == 2
    assert glean() == 0
    Gleaning.objects.update(last_id=0)
    glean()
    looked, kept = EventRow.objects.order_by("position")
    assert (looked.name, looked.user_id, looked.visitor_id, looked.properties) == (
        "product_viewed",
        member.pk,
        browser.pk,
        {"funnel": "content"},
    )
    assert (kept.name, kept.user_id, kept.product_id) == ("favourite_added", member.pk, product.pk)


def test_a_row_that_a_slow_transaction_writes_late_is_found(moving_clock: MovingClock) -> None:
    products, browser = [make_product() for _each in range(4)], visitor(None)
    first = look(products[0].pk, browser.pk)
    glean()
    look(products[3].pk, browser.pk, pk=first.pk + 3)
    glean()
    moving_clock.advance(seconds=20)
    look(products[1].pk, browser.pk, pk=first.pk + 1)
    assert glean() == 1
    assert seen() == [products[0].pk, products[3].pk, products[1].pk]
    assert list(Gleaning.objects.get(name="views").gaps) == [str(first.pk + 2)]
    moving_clock.advance(seconds=GAPS_WATCHED.total_seconds())
    assert glean() == 0
    assert Gleaning.objects.get(name="views").gaps == {}, "what was rolled back is not asked for for ever"


def test_no_more_is_read_at_once_than_asked_for() -> None:
    product, browser = make_product(), visitor(None)
    for _time in range(5):
        look(product.pk, browser.pk)
    assert [glean(2), glean(2), glean(2), glean(2)] == [2, 2, 1, 0]
    assert len(seen()) == 5
