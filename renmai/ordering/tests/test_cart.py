from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from renmai.accounts.tests.factories import make_member
from renmai.catalogue.models import Product, Sku
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.ordering import queries
from renmai.ordering.actions import cart
from renmai.ordering.models import CartLine
from renmai.ordering.tests.making import make_visitor, refused

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[None]]


def quantities(visitor: object, user: object) -> list[tuple[int, int, int]]:
    found = queries.cart(visitor, user)  # type: ignore[arg-type]
    return sorted((group.shop_id, item.sku.pk, item.quantity) for group in found.groups for item in group.lines)


def test_the_same_goods_in_the_same_shop_are_one_line() -> None:
    visitor, sku = make_visitor(), make_sku(stock=20)
    cart.add_to_cart(visitor, None, sku_id=sku.pk, quantity=2, shop_id=5)
    cart.add_to_cart(visitor, None, sku_id=sku.pk, quantity=3, shop_id=5)
    cart.add_to_cart(visitor, None, sku_id=sku.pk, quantity=1, shop_id=6)
    assert quantities(visitor, None) == [(5, sku.pk, 5), (6, sku.pk, 1)]


def test_a_cart_is_grouped_by_shop_and_summed_over_what_is_selected_and_can_be_bought() -> None:
    user = make_member()
    visitor = make_visitor(user)
    cheap, dear, gone = make_sku(price_fen=100), make_sku(price_fen=1000), make_sku(price_fen=9999, stock=1)
    cart.add_to_cart(visitor, user, sku_id=cheap.pk, quantity=3, shop_id=1)
    cart.add_to_cart(visitor, user, sku_id=dear.pk, quantity=2, shop_id=2)
    cart.add_to_cart(visitor, user, sku_id=gone.pk, shop_id=2)
    Sku.objects.filter(pk=gone.pk).update(stock_free=0, stock_total=0)
    found = queries.cart(visitor, user)
    assert [(group.shop_id, group.amount_fen) for group in found.groups] == [(2, 2000), (1, 300)]
    assert (found.selected_count, found.selected_fen, found.line_count, found.piece_count) == (5, 2300, 3, 6)
    cart.select(visitor, user, line_ids=[found.groups[1].lines[0].id], is_selected=False)
    assert queries.cart(visitor, user).selected_fen == 2000
    cart.select(visitor, user, line_ids=None, is_selected=False)
    assert queries.cart(visitor, user).selected_fen == 0


@pytest.mark.parametrize("number", [1, 20])
def test_a_cart_costs_one_statement(number: int, statements: Statements) -> None:
    visitor = make_visitor()
    for _one in range(number):
        cart.add_to_cart(visitor, None, sku_id=make_sku().pk)
    with statements(1):
        assert queries.cart(visitor, None).line_count == number
    with statements(1):
        assert queries.cart_count(visitor, None) == number


def test_a_line_says_what_has_changed_since_it_was_chosen() -> None:
    visitor = make_visitor()
    names = ["price_up", "price_down", "not_enough", "sold_out", "delisted", "same"]
    skus = {name: make_sku(make_product(name), price_fen=1000, stock=5) for name in names}
    for sku in skus.values():
        cart.add_to_cart(visitor, None, sku_id=sku.pk, quantity=3)
    Sku.objects.filter(pk=skus["price_up"].pk).update(price_fen=1001)
    Sku.objects.filter(pk=skus["price_down"].pk).update(price_fen=999)
    Sku.objects.filter(pk=skus["not_enough"].pk).update(stock_free=2, stock_total=2)
    Sku.objects.filter(pk=skus["sold_out"].pk).update(stock_free=0, stock_total=0)
    Product.objects.filter(pk=skus["delisted"].product_id).update(status=Product.Status.DELISTED)
    found = {item.title: item for group in queries.cart(visitor, None).groups for item in group.lines}
    assert {name: [note.code for note in item.notes] for name, item in found.items()} == {
        "price_up": ["price_up"],
        "price_down": ["price_down"],
        "not_enough": ["not_enough"],
        "sold_out": ["sold_out"],
        "delisted": ["delisted"],
        "same": [],
    }
    assert {name for name, item in found.items() if item.can_buy} == {"price_up", "price_down", "same"}
    assert found["price_up"].unit_price_fen == 1001
    assert found["not_enough"].left == 2
    cart.change_quantity(visitor, None, line_id=found["price_up"].id, quantity=1)
    again = {item.title: item for group in queries.cart(visitor, None).groups for item in group.lines}
    assert again["price_up"].notes == ()


def test_limits() -> None:
    visitor, sku = make_visitor(), make_sku(stock=5000)
    scarce, off = make_sku(stock=3), make_sku(is_active=False)
    for quantity in (0, -1, cart.MAX_QUANTITY + 1):
        with refused("ordering.quantity"):
            cart.add_to_cart(visitor, None, sku_id=sku.pk, quantity=quantity)
    line = cart.add_to_cart(visitor, None, sku_id=sku.pk, quantity=cart.MAX_QUANTITY)
    with refused("ordering.quantity"):
        cart.add_to_cart(visitor, None, sku_id=sku.pk)
    with refused("ordering.quantity"):
        cart.change_quantity(visitor, None, line_id=line.pk, quantity=0)
    with refused("ordering.not_enough"):
        cart.add_to_cart(visitor, None, sku_id=scarce.pk, quantity=4)
    cart.add_to_cart(visitor, None, sku_id=scarce.pk, quantity=2)
    with refused("ordering.not_enough"):
        cart.add_to_cart(visitor, None, sku_id=scarce.pk, quantity=2)
    with refused("ordering.delisted"):
        cart.add_to_cart(visitor, None, sku_id=off.pk)
    with refused("ordering.sold_out"):
        cart.add_to_cart(visitor, None, sku_id=make_sku(stock=0).pk)
    with refused("request.not_found"):
        cart.add_to_cart(visitor, None, sku_id=0)
    assert sorted(quantity for _shop, _sku, quantity in quantities(visitor, None)) == [2, cart.MAX_QUANTITY]


def test_a_cart_can_be_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cart, "MAX_LINES", 2)
    visitor, first = make_visitor(), make_sku()
    cart.add_to_cart(visitor, None, sku_id=first.pk)
    cart.add_to_cart(visitor, None, sku_id=make_sku().pk)
    with refused("ordering.cart_full"):
        cart.add_to_cart(visitor, None, sku_id=make_sku().pk)
    cart.add_to_cart(visitor, None, sku_id=first.pk)
    assert queries.cart_count(visitor, None) == 3


def test_nobody_touches_the_cart_of_another() -> None:
    user, other = make_member(), make_member()
    visitor, guest = make_visitor(user), make_visitor()
    mine = cart.add_to_cart(visitor, user, sku_id=make_sku().pk, quantity=2)
    theirs = cart.add_to_cart(guest, None, sku_id=make_sku().pk, quantity=2)
    for stranger_visitor, stranger in ((make_visitor(), None), (make_visitor(other), other), (visitor, None)):
        with refused("request.not_found"):
            cart.change_quantity(stranger_visitor, stranger, line_id=mine.pk, quantity=1)
        assert cart.remove(stranger_visitor, stranger, line_ids=[mine.pk, theirs.pk]) == 0
        assert cart.select(stranger_visitor, stranger, line_ids=[mine.pk], is_selected=False) == 0
        assert queries.cart(stranger_visitor, stranger).is_empty
    assert list(CartLine.objects.values_list("quantity", "is_selected")) == [(2, True), (2, True)]
    assert queries.cart(None, None).is_empty
    assert cart.remove(visitor, user, line_ids=[mine.pk]) == 1


def test_signing_in_moves_the_guest_cart_over_without_losing_or_doubling() -> None:
    user, guest = make_member(), make_visitor()
    both, only_guest, only_member = make_sku(stock=50), make_sku(), make_sku()
    cart.add_to_cart(make_visitor(user), user, sku_id=both.pk, quantity=2, shop_id=1)
    cart.add_to_cart(make_visitor(user), user, sku_id=only_member.pk, quantity=1)
    cart.add_to_cart(guest, None, sku_id=both.pk, quantity=3, shop_id=1)
    cart.add_to_cart(guest, None, sku_id=both.pk, quantity=4, shop_id=9)
    cart.add_to_cart(guest, None, sku_id=only_guest.pk, quantity=1)
    assert cart.merge_guest_cart(guest, user) == 3
    expected = sorted([(1, both.pk, 5), (9, both.pk, 4), (0, only_guest.pk, 1), (0, only_member.pk, 1)])
    assert quantities(guest, user) == expected
    assert cart.merge_guest_cart(guest, user) == 0
    assert quantities(guest, user) == expected
    assert queries.cart(guest, None).is_empty


def test_a_merged_line_stays_within_the_limit() -> None:
    user, guest, sku = make_member(), make_visitor(), make_sku(stock=5000)
    cart.add_to_cart(guest, user, sku_id=sku.pk, quantity=900)
    cart.add_to_cart(guest, None, sku_id=sku.pk, quantity=900)
    cart.merge_guest_cart(guest, user)
    assert quantities(guest, user) == [(0, sku.pk, cart.MAX_QUANTITY)]
