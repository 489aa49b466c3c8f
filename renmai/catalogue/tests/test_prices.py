"""Prices: their range, their history, and the reference price that may be shown."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from renmai.catalogue import audit
from renmai.catalogue.actions import set_price, set_wholesale
from renmai.catalogue.models import PricePoint, Sku
from renmai.catalogue.queries import cards, reference_price
from renmai.catalogue.tests.factories import make_product, make_sku, make_staff
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def refusal(code: str) -> Callable[[DomainError], bool]:
    return lambda error: error.code == code


def test_a_reference_price_is_the_lowest_of_thirty_days(moving_clock: MovingClock) -> None:
    staff = make_staff()
    sku = make_sku(price_fen=10_000)

    def price(fen: int) -> tuple[int, int | None]:
        changed = set_price(staff, sku.pk, price_fen=fen)
        return changed.price_fen, reference_price(changed)

    moving_clock.advance(days=40)
    assert price(12_000) == (12_000, None)
    moving_clock.advance(days=10)
    # The 12,000 lasted ten days; before it, within thirty days, it cost 10,000: a price of 11,000 is no reduction to show.
    assert price(11_000) == (11_000, None)
    moving_clock.advance(days=1)
    assert price(9_000) == (9_000, 10_000)
    moving_clock.advance(days=29)
    assert reference_price(Sku.objects.get(pk=sku.pk)) == 10_000
    assert cards([sku.product_id])[0].reference_price_fen == 10_000
    moving_clock.advance(days=2)
    assert reference_price(Sku.objects.get(pk=sku.pk)) is None
    assert cards([sku.product_id])[0].reference_price_fen is None
    # The window opens while 9,000 is in force.
    assert price(8_000) == (8_000, 9_000)
    assert list(audit.violations()) == []
    Sku.objects.filter(pk=sku.pk).update(reference_price_fen=12_000)
    assert [str(found) for found in audit.violations()] == [
        f"[reference price] SKU {sku.code}: shows 12000 fen; the lowest of the 30 days before was 9000"
    ]
    Sku.objects.filter(pk=sku.pk).update(reference_price_fen=9_000)
    assert price(8_000) == (8_000, 9_000)
    assert price(9_500) == (9_500, None)
    assert list(PricePoint.objects.order_by("pk").values_list("price_fen", flat=True)) == [
        10_000, 12_000, 11_000, 9_000, 8_000, 9_500,
    ]  # fmt: skip


def test_a_price_is_a_whole_number_of_fen() -> None:
    sku = make_sku()
    for wrong in (0, -1, 1.5, True, 10**14):
        with pytest.raises(DomainError, check=refusal("money.amount")):
            set_price(make_staff(), sku.pk, price_fen=wrong)  # type: ignore[arg-type]
    sku.refresh_from_db()
    assert sku.price_fen == 1280


def test_a_price_moves_the_range_of_the_product() -> None:
    product = make_product()
    cheap, dear = make_sku(product, price_fen=500), make_sku(product, price_fen=900)
    set_price(make_staff(), cheap.pk, price_fen=1500)
    product.refresh_from_db()
    assert (product.lowest_price_fen, product.highest_price_fen) == (900, 1500)
    assert list(audit.violations()) == []
    Sku.objects.filter(pk=dear.pk).update(price_fen=100)
    assert [str(found) for found in audit.violations()] == [
        f"[price range] product {product.code}: its variants cost 100 … 1500 fen; the row says 900 … 1500 fen"
    ]


def test_a_price_of_the_future_is_no_reference(moving_clock: MovingClock) -> None:
    sku = make_sku(price_fen=1000)
    PricePoint.objects.filter(sku=sku).update(at=clock.now() + timedelta(days=1))
    assert reference_price(set_price(make_staff(), sku.pk, price_fen=900)) is None


def test_wholesale_prices_come_and_go() -> None:
    staff, sku = make_staff(), make_sku()
    changed = set_wholesale(staff, sku.pk, price_fen=900, minimum=10)
    assert (changed.wholesale_price_fen, changed.wholesale_minimum) == (900, 10)
    changed = set_wholesale(staff, sku.pk, price_fen=None, minimum=10)
    assert (changed.wholesale_price_fen, changed.wholesale_minimum) == (None, 0)
    with pytest.raises(DomainError, check=refusal("money.amount")):
        set_wholesale(staff, sku.pk, price_fen=0, minimum=1)
    with pytest.raises(DomainError, check=refusal("request.not_found")):
        set_wholesale(staff, 987654, price_fen=1, minimum=1)
