"""What the desk needs of the room: late edits are refused, shelves move, lists tell the stock."""

from datetime import timedelta

import pytest

from renmai.accounts.models import Role
from renmai.catalogue import actions
from renmai.catalogue.actions import OptionInput, ProductInput, SkuInput, ValueInput, ZoneInput
from renmai.catalogue.models import Category, FreightZone, Product, Sku
from renmai.catalogue.queries import desk
from renmai.catalogue.queries.prices import lowest_before
from renmai.catalogue.tests.factories import (
    make_category,
    make_member,
    make_product,
    make_sku,
    make_staff,
    make_supplier,
    make_template,
)
from renmai.catalogue.versions import matrix_version, text_version
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def given(product: Product, title_zh: str) -> ProductInput:
    return ProductInput(code=product.code, category_id=product.category_id, supplier_id=product.supplier_id, title_zh=title_zh)


def test_texts_that_somebody_changed_since_are_not_overwritten() -> None:
    staff, product = make_staff(), make_product("茶")
    seen = text_version(product)
    actions.update_product(staff, product.pk, given(product, "绿茶"), seen=seen)
    with pytest.raises(DomainError) as refusal:
        actions.update_product(staff, product.pk, given(product, "红茶"), seen=seen)
    assert refusal.value.code == "request.conflict"
    product.refresh_from_db()
    assert product.title_zh == "绿茶"
    actions.update_product(staff, product.pk, given(product, "红茶"), seen=text_version(product))
    assert Product.objects.get().title_zh == "红茶"


def test_stock_and_sales_leave_the_mark_as_it_is() -> None:
    staff, sku = make_staff(), make_sku()
    texts, matrix = text_version(sku.product), matrix_version(sku.product_id)
    actions.count_stock(staff, sku.pk, on_hand=3, reason="x")
    actions.count_sale({sku.product_id: 2})
    sku.product.refresh_from_db()
    assert (text_version(sku.product), matrix_version(sku.product_id)) == (texts, matrix)
    actions.set_price(staff, sku.pk, price_fen=1)
    assert matrix_version(sku.product_id) != matrix


def test_a_table_that_somebody_changed_since_is_not_overwritten() -> None:
    staff, product = make_staff(), make_product()
    options = [OptionInput("规格", (ValueInput("大"), ValueInput("小")))]
    seen = matrix_version(product.pk)
    actions.set_skus(staff, product.pk, options, [SkuInput(values=("大",), price_fen=100)], seen=seen)
    with pytest.raises(DomainError) as refusal:
        actions.set_skus(staff, product.pk, options, [SkuInput(values=("小",), price_fen=1)], seen=seen)
    assert refusal.value.code == "request.conflict"
    assert list(Sku.objects.values_list("options_zh", "price_fen")) == [("大", 100)]


def test_only_codes_that_are_taken_are_named() -> None:
    staff, product = make_staff(), make_product()
    make_sku(code="T-1")
    options = [OptionInput("规格", (ValueInput("大"), ValueInput("小")))]
    skus = [SkuInput(values=("大",), price_fen=1, code="T-1"), SkuInput(values=("小",), price_fen=1, code="T-2")]
    with pytest.raises(DomainError) as refusal:
        actions.set_skus(staff, product.pk, options, skus)
    assert (refusal.value.code, refusal.value.details) == ("catalogue.code_taken", {"taken": "T-1"})


@pytest.mark.parametrize(
    ("sku", "code"),
    [
        (SkuInput(values=(), price_fen=1, wholesale_minimum=-1), "catalogue.quantity"),
        (SkuInput(values=(), price_fen=1, wholesale_minimum=1_000_001), "catalogue.quantity"),
        (SkuInput(values=(), price_fen=1, code="x" * 61), "catalogue.too_long"),
    ],
)
def test_what_no_column_holds_is_refused(sku: SkuInput, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        actions.set_skus(make_staff(), make_product().pk, [], [sku])
    assert refusal.value.code == code


def test_a_shelf_moves_among_its_siblings() -> None:
    staff = make_staff()
    first, second, third = (make_category() for _number in range(3))
    below = make_category(parent=first)
    actions.move_category(staff, third.pk, places=-1)
    actions.move_category(staff, first.pk, places=99)
    order = Category.objects.filter(parent=None).order_by("position").values_list("pk", flat=True)
    assert list(order) == [third.pk, second.pk, first.pk]
    assert [row.pk for row in desk.goods_categories()] == [third.pk, second.pk, first.pk, below.pk]
    with pytest.raises(DomainError):
        actions.move_category(make_staff(Role.FULFILMENT), first.pk, places=1)


def test_a_new_template_never_replaces_another() -> None:
    staff = make_staff()
    for is_new in (True, False):
        actions.save_freight_template(staff, code="far", name_zh="远", name_en="", zones=[ZoneInput()], is_new=is_new)
    with pytest.raises(DomainError) as refusal:
        actions.save_freight_template(staff, code="far", name_zh="近", name_en="", zones=[ZoneInput()], is_new=True)
    assert refusal.value.code == "catalogue.code_taken"
    with pytest.raises(DomainError):
        actions.save_freight_template(
            staff, code="heavy", name_zh="重", name_en="", zones=[ZoneInput(first_grams=1_000_001)], is_new=True
        )


def test_the_lowest_prices_of_many_are_those_of_each(moving_clock: MovingClock) -> None:
    staff = make_staff()
    skus = [make_sku(price_fen=1000 + number) for number in range(3)]
    for days, index, price in ((5, 0, 900), (3, 1, 1500), (20, 0, 950), (15, 1, 1200), (2, 0, 700)):
        moving_clock.advance(days=days)
        actions.set_price(staff, skus[index].pk, price_fen=price)
    for ahead in (0, 10, 29, 31, 60):
        moment = clock.now() + timedelta(days=ahead, seconds=1)
        together = desk.lowest_prices([sku.pk for sku in skus], moment)
        assert together == {sku.pk: lowest_before(sku.pk, moment) for sku in skus}


def test_lists_tell_the_stock_of_variants_that_are_on() -> None:
    staff = make_staff()
    product = make_product("茶", supplier=make_supplier("hill"))
    make_sku(product, stock=7)
    make_sku(product, stock=2)
    make_sku(product, stock=100, is_active=False)
    make_product("草稿", listed=False)
    row = next(row for row in desk.goods(staff, desk.GoodsFilter(status="listed")))
    assert (row.skus, row.free, row.scarcest) == (2, 9, 2)
    assert desk.goods_counts(staff, low_below=3) == {"": 2, "draft": 1, "listed": 1, "low": 1}
    hill = next(row for row in desk.supplier_rows(staff, low_below=3) if row.supplier.code == "hill")
    assert (hill.products, hill.skus, hill.short, hill.last_feed_at) == (1, 2, 1, None)
    assert [sku.stock_free for sku in desk.stock(staff, desk.GoodsFilter())] == [2, 7]
    assert desk.count_low(low_below=2) == 0


def test_a_tried_parcel_costs_what_a_real_one_does() -> None:
    template = make_template(next_grams=500, free_over_fen=9900)
    FreightZone.objects.create(template=template, provinces=["650000"], first_fee_fen=0, next_fee_fen=0, is_served=False)
    zones = list(desk.access_template(template.pk).zones.all())
    tried = desk.try_freight(zones, province="440000", weight_grams=1600, amount_fen=9899)
    assert (tried.fee_fen, tried.reason) == (800 + 2 * 200, "by_weight")
    assert desk.try_freight(zones, province="440000", weight_grams=1600, amount_fen=9900).reason == "free_over"
    assert desk.try_freight(zones, province="650000", weight_grams=1, amount_fen=9900).reason == "not_served"
    assert desk.try_freight([zones[1]], province="110000", weight_grams=1, amount_fen=0).zone is None


def test_members_and_the_wrong_roles_read_nothing() -> None:
    sku = make_sku()
    for actor in (make_member(), make_staff(Role.SERVICE)):
        for read in (
            lambda actor: desk.goods(actor, desk.GoodsFilter()),
            lambda actor: desk.goods_counts(actor, low_below=1),
            lambda actor: desk.supplier_rows(actor, low_below=1),
            lambda actor: desk.access_supplier(actor, sku.product.supplier_id),
            lambda actor: desk.product_for_staff(actor, sku.product_id),
            lambda actor: desk.access_sku(actor, sku.pk),
            lambda actor: desk.stock(actor, desk.GoodsFilter()),
            lambda actor: desk.skus_of_supplier(actor, sku.product.supplier_id),
        ):
            with pytest.raises(DomainError) as refusal:
                read(actor)
            assert refusal.value.code == "request.forbidden"
