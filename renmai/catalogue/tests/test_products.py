"""Products, their matrix, prices, favourites and shelves' cards."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from renmai.accounts.models import ActLog, Role, User
from renmai.catalogue.actions import (
    CategoryInput,
    OptionInput,
    ProductInput,
    SkuInput,
    StockWant,
    ValueInput,
    add_rating,
    all_combinations,
    count_sale,
    create_product,
    delist_product,
    list_product,
    reserve,
    save_category,
    set_price,
    set_skus,
    set_wholesale,
    toggle_favourite,
    update_product,
)
from renmai.catalogue.models import Favourite, PricePoint, Product, Sku
from renmai.catalogue.queries import (
    access_product,
    cards,
    categories_tree,
    favourite_ids,
    favourites,
    product_page,
    products_for_staff,
    skus_for_checkout,
)
from renmai.catalogue.tests.factories import make_category, make_member, make_product, make_sku, make_staff, make_supplier
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent

Statements = Callable[[int], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db

FLAVOUR = OptionInput("口味", (ValueInput("蜜桃", "Peach"), ValueInput("荔枝", "Lychee")), "Flavour")
SIZE = OptionInput("规格", (ValueInput("1kg"), ValueInput("2kg")), "Size")


def given(code: str = "peach", **fields: object) -> ProductInput:
    values: dict[str, object] = {
        "code": code,
        "category_id": make_category().pk,
        "supplier_id": make_supplier().pk,
        "title_zh": " 奉化  水蜜桃 ",
        "title_en": "Peaches",
    } | fields
    return ProductInput(**values)  # type: ignore[arg-type]


def matrix(*prices: int) -> list[SkuInput]:
    return [
        SkuInput(values=values, price_fen=price) for values, price in zip(all_combinations([FLAVOUR, SIZE]), prices, strict=True)
    ]


def refusal(code: str) -> Callable[[DomainError], bool]:
    return lambda error: error.code == code


def test_a_product_from_draft_to_shelf_and_off_it() -> None:
    staff = make_staff(Role.MERCHANDISER)
    product = create_product(staff, given())
    assert (product.title_zh, product.status) == ("奉化 水蜜桃", "draft")
    with pytest.raises(DomainError, check=refusal("catalogue.nothing_to_sell")):
        list_product(staff, product.pk)
    with pytest.raises(DomainError, check=refusal("request.not_found")):
        access_product(None, product.pk)
    set_skus(staff, product.pk, [FLAVOUR, SIZE], matrix(1000, 1800, 1100, 1900))
    product = list_product(staff, product.pk)
    assert (product.status, product.lowest_price_fen, product.highest_price_fen) == ("listed", 1000, 1900)
    with pytest.raises(DomainError, check=refusal("catalogue.status")):
        list_product(staff, product.pk)
    delist_product(staff, product.pk, reason="season over")
    with pytest.raises(DomainError, check=refusal("catalogue.status")):
        delist_product(staff, product.pk)
    assert [(row.name, row.payload) for row in OutboxEvent.objects.order_by("pk")] == [
        ("catalogue.ProductListed", {"product_id": product.pk}),
        ("catalogue.ProductDelisted", {"product_id": product.pk, "reason": "season over"}),
    ]
    assert list(ActLog.objects.order_by("pk").values_list("act", flat=True)) == [
        "catalogue.product_created",
        "catalogue.skus",
        "catalogue.product_listed",
        "catalogue.product_delisted",
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"code": "Has Space"}, "catalogue.code"),
        ({"title_zh": "   "}, "catalogue.title_missing"),
        ({"title_zh": "长" * 121}, "catalogue.too_long"),
        ({"description_zh": "长" * 20_001}, "catalogue.too_long"),
        ({"category_id": 987654}, "catalogue.category"),
        ({"supplier_id": 987654}, "request.invalid"),
        ({"freight_template_id": 987654}, "request.invalid"),
    ],
)
def test_what_a_product_may_not_say(fields: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError, check=refusal(code)):
        create_product(make_staff(), given(**fields))  # type: ignore[arg-type]
    assert not Product.objects.exists()


def test_a_code_is_used_once_and_stays() -> None:
    staff = make_staff()
    create_product(staff, given("peach"))
    with pytest.raises(DomainError, check=refusal("catalogue.code_taken")):
        create_product(staff, given("peach"))
    other = create_product(staff, given("plum"))
    set_skus(staff, other.pk, [], [SkuInput(values=(), price_fen=500)])
    changed = update_product(staff, other.pk, given("plum-2", title_zh="李子", currency="GBP"))
    assert (changed.code, changed.title_zh, changed.currency) == ("plum", "李子", "CNY")


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OWNER, Role.MERCHANDISER}])
def test_others_change_nothing(role: Role) -> None:
    product = make_product(listed=False)
    sku = make_sku(product)
    actor = make_staff(role)
    acts: list[Callable[[], object]] = [
        lambda: create_product(actor, given()),
        lambda: update_product(actor, product.pk, given()),
        lambda: list_product(actor, product.pk),
        lambda: delist_product(actor, product.pk),
        lambda: set_skus(actor, product.pk, [], [SkuInput(values=(), price_fen=500)]),
        lambda: set_price(actor, sku.pk, price_fen=1),
        lambda: set_wholesale(actor, sku.pk, price_fen=1, minimum=2),
        lambda: save_category(actor, CategoryInput(slug="new", name_zh="新", name_en="New")),
        lambda: products_for_staff(actor),
        lambda: product_page(product.pk, actor=actor, for_editing=True),
    ]
    for act in acts:
        with pytest.raises(DomainError, check=refusal("request.forbidden")):
            act()
    with pytest.raises(DomainError, check=refusal("request.not_found")):
        access_product(actor, product.pk)
    product.refresh_from_db()
    assert (product.title_zh, product.status, Product.objects.count()) == ("水蜜桃", "draft", 1)
    assert Sku.objects.get().price_fen == 1280


def test_editing_the_matrix_keeps_variants_with_their_stock() -> None:
    staff = make_staff()
    product = create_product(staff, given())
    first = set_skus(staff, product.pk, [FLAVOUR, SIZE], matrix(1000, 1800, 1100, 1900))
    assert [sku.options_zh for sku in first] == ["蜜桃 · 1kg", "蜜桃 · 2kg", "荔枝 · 1kg", "荔枝 · 2kg"]
    assert [sku.options_en for sku in first] == ["Peach · 1kg", "Peach · 2kg", "Lychee · 1kg", "Lychee · 2kg"]
    assert [sku.code for sku in first] == ["peach-1", "peach-2", "peach-3", "peach-4"]
    Sku.objects.filter(pk=first[0].pk).update(stock_free=7, stock_total=7)

    smaller = [
        SkuInput(values=("荔枝", "2kg"), price_fen=1900),
        SkuInput(values=("蜜桃", "1kg"), price_fen=900, weight_grams=1000),
    ]
    second = set_skus(staff, product.pk, [FLAVOUR, SIZE], smaller)
    assert [sku.pk for sku in second] == [first[3].pk, first[0].pk]
    kept = Sku.objects.get(pk=first[0].pk)
    assert (kept.stock_free, kept.price_fen, kept.weight_grams, kept.is_active) == (7, 900, 1000, True)
    assert set(Sku.objects.filter(is_active=False).values_list("pk", flat=True)) == {first[1].pk, first[2].pk}
    assert list(PricePoint.objects.filter(sku=kept).order_by("pk").values_list("price_fen", flat=True)) == [1000, 900]

    renamed = OptionInput("口味", (ValueInput("黄桃", "Yellow peach"),), "Flavour")
    third = set_skus(staff, product.pk, [renamed], [SkuInput(values=("黄桃",), price_fen=900, sku_id=first[0].pk)])
    assert (third[0].pk, third[0].options_zh) == (first[0].pk, "黄桃")
    page = product_page(product.pk, actor=staff, for_editing=True)
    assert [option.name for option in page.options] == ["口味"]
    assert [value.value for value in page.options[0].values] == ["黄桃"]
    assert len(page.skus) == 4
    product.refresh_from_db()
    assert (product.lowest_price_fen, product.highest_price_fen) == (900, 900)


@pytest.mark.parametrize(
    ("options", "skus"),
    [
        ([FLAVOUR], []),
        ([FLAVOUR], [SkuInput(values=("榴莲",), price_fen=1)]),
        ([FLAVOUR], [SkuInput(values=("蜜桃",), price_fen=1), SkuInput(values=("蜜桃",), price_fen=2)]),
        ([FLAVOUR, FLAVOUR], [SkuInput(values=("蜜桃", "蜜桃"), price_fen=1)]),
        ([OptionInput("口味", ())], [SkuInput(values=(), price_fen=1)]),
        ([FLAVOUR, SIZE], [SkuInput(values=("蜜桃",), price_fen=1)]),
        ([FLAVOUR], [SkuInput(values=("蜜桃",), price_fen=1, code="a\x00b")]),
        ([OptionInput("口味", (ValueInput("蜜桃", "Pea\x00ch"),))], [SkuInput(values=("蜜桃",), price_fen=1)]),
        ([OptionInput("口\x00味", (ValueInput("蜜桃"),))], [SkuInput(values=("蜜桃",), price_fen=1)]),
    ],
)
def test_a_matrix_that_makes_no_sense(options: list[OptionInput], skus: list[SkuInput]) -> None:
    product = make_product()
    with pytest.raises(DomainError, check=refusal("catalogue.matrix")):
        set_skus(make_staff(), product.pk, options, skus)
    assert not Sku.objects.exists()


def test_a_matrix_has_a_largest_size() -> None:
    wide = [OptionInput(f"选项{number}", tuple(ValueInput(f"{n}") for n in range(15))) for number in range(2)]
    with pytest.raises(DomainError, check=refusal("catalogue.matrix_too_large")):
        all_combinations(wide)


def test_a_variant_of_another_product_cannot_be_taken() -> None:
    stranger, product = make_sku(), make_product()
    with pytest.raises(DomainError, check=refusal("request.not_found")):
        set_skus(make_staff(), product.pk, [], [SkuInput(values=(), price_fen=1, sku_id=stranger.pk)])
    with pytest.raises(DomainError, check=refusal("catalogue.code_taken")):
        set_skus(make_staff(), product.pk, [], [SkuInput(values=(), price_fen=1, code=stranger.code)])


@pytest.mark.parametrize("size", [1, 20])
def test_statements_of_a_product_page(size: int, statements: Statements) -> None:
    staff = make_staff()
    product = create_product(staff, given())
    values = tuple(ValueInput(f"口味{number}") for number in range(size))
    skus = [SkuInput(values=(value.value_zh,), price_fen=100 + place) for place, value in enumerate(values)]
    set_skus(staff, product.pk, [OptionInput("口味", values)], skus)
    list_product(staff, product.pk)
    with statements(3):
        page = product_page(product.pk)
        assert (page.category.name_zh, page.supplier.pk) == ("水果", product.supplier_id)
    assert len(page.skus) == size
    assert page.skus[-1].value_ids == (page.options[0].values[-1].id,)
    assert page.first_sku is not None
    assert (page.free, page.first_sku.id) == (0, page.skus[0].id)


@pytest.mark.parametrize("size", [1, 20])
def test_statements_of_checkout(size: int, statements: Statements) -> None:
    skus = [make_sku() for _index in range(size)]
    with statements(2):
        found = skus_for_checkout([sku.pk for sku in skus] + [123456789])
    assert set(found) == {sku.pk for sku in skus}


def test_checkout_knows_what_is_on_sale() -> None:
    off, gone = make_sku(is_active=False), make_sku(make_product(listed=False))
    sku = make_sku(make_product("水蜜桃", title_en="Peaches"), stock=3, weight_grams=750)
    reserve("R1", [StockWant(sku.pk, 1)])
    found = skus_for_checkout([off.pk, gone.pk, sku.pk])
    assert [(found[row.pk].is_on_sale, found[row.pk].free) for row in (off, gone, sku)] == [(False, 0), (False, 0), (True, 2)]
    assert (found[sku.pk].title, found[sku.pk].title_en, found[sku.pk].weight_grams) == ("水蜜桃", "Peaches", 750)
    assert skus_for_checkout([]) == {}


def test_categories_count_what_is_below_them(statements: Statements) -> None:
    top = make_category("生鲜", "Fresh")
    below = make_category("水果", "Fruit", parent=top)
    for category in (top, below, below):
        make_product(category=category)
    make_product(category=below, listed=False)
    with statements(1):
        (node,) = categories_tree()
    assert (node.name, node.product_count, [child.product_count for child in node.children]) == ("生鲜", 3, [2])


def test_categories_have_two_levels() -> None:
    staff = make_staff()
    top = save_category(staff, CategoryInput(slug="top", name_zh="生鲜", name_en="Fresh"))
    below = save_category(staff, CategoryInput(slug="below", name_zh="水果", name_en="Fruit", parent_id=top.pk))
    acts: list[Callable[[], object]] = [
        lambda: save_category(staff, CategoryInput(slug="deep", name_zh="桃", name_en="Peach", parent_id=below.pk)),
        lambda: save_category(
            staff, CategoryInput(slug="top", name_zh="生鲜", name_en="Fresh", parent_id=below.pk), category_id=top.pk
        ),
    ]
    for act in acts:
        with pytest.raises(DomainError, check=refusal("catalogue.category_depth")):
            act()
    with pytest.raises(DomainError, check=refusal("catalogue.code_taken")):
        save_category(staff, CategoryInput(slug="top", name_zh="生鲜", name_en="Fresh"))


@pytest.fixture
def member() -> User:
    return make_member()


def test_favourites_come_and_go(member: User, statements: Statements) -> None:
    first, second = make_sku().product, make_sku().product
    hidden = make_product(listed=False)
    assert toggle_favourite(member, first.pk)
    assert toggle_favourite(member, second.pk)
    with pytest.raises(DomainError, check=refusal("request.not_found")):
        toggle_favourite(member, hidden.pk)
    with statements(5):
        page = favourites(member)
    assert ([card.id for card in page.items], page.total) == ([second.pk, first.pk], 2)
    assert favourite_ids(member, [first.pk, hidden.pk]) == {first.pk}
    assert favourite_ids(None, [first.pk]) == frozenset()
    assert not toggle_favourite(member, first.pk)
    assert [card.id for card in favourites(member).items] == [second.pk]


def test_favourites_are_bounded(member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renmai.catalogue.actions.favourites.MAX_FAVOURITES", 1)
    toggle_favourite(member, make_product().pk)
    with pytest.raises(DomainError, check=refusal("catalogue.too_many_favourites")):
        toggle_favourite(member, make_product().pk)
    assert Favourite.objects.count() == 1


def test_counters_of_sales_and_ratings() -> None:
    sku = make_sku()
    count_sale({sku.product_id: 5})
    count_sale({sku.product_id: -2})
    count_sale({sku.product_id: -9})
    for stars in (5, 4, 4):
        add_rating(sku.product_id, stars)
    (card,) = cards([sku.product_id])
    assert (card.sold_count, card.rating_count, card.rating_tenths) == (3, 3, 43)
    with pytest.raises(AssertionError):
        add_rating(sku.product_id, 6)


def test_the_operator_finds_products_in_any_state() -> None:
    staff = make_staff()
    draft, listed = make_product("水蜜桃", listed=False), make_product("枇杷", listed=True)
    assert [row.pk for row in products_for_staff(staff).items] == [listed.pk, draft.pk]
    assert [row.pk for row in products_for_staff(staff, text="蜜桃").items] == [draft.pk]
    assert [row.pk for row in products_for_staff(staff, status="listed").items] == [listed.pk]
    assert access_product(staff, draft.pk) == draft
