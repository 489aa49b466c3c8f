from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from renmai.accounts.models import Region, User
from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.queries import open_campaigns
from renmai.campaigns.tests.fakes import FakePlay, choice, installed, running_campaign
from renmai.catalogue.models import Product, Sku
from renmai.catalogue.tests.factories import make_product, make_sku, make_template
from renmai.distribution.actions import set_product_rate
from renmai.journeys import checkout
from renmai.journeys.checkout import CheckoutDraft, WantedLine
from renmai.journeys.tests.world import (
    agent_with_shop,
    buy,
    comes_through,
    customer,
    draft,
    fresh,
    goods,
    lines,
    place,
    refused,
    stock,
    violations,
)
from renmai.ordering.actions import cart
from renmai.ordering.models import CartLine, Order, OrderAdjustment, Shipment
from renmai.policy.actions import change_setting
from renmai.sharing.models import Attribution

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[None]]


def codes(user: User, wanted: CheckoutDraft) -> list[str]:
    return [problem.code for problem in checkout.quote(user, wanted).problems]


def test_a_quote_explains_each_fen() -> None:
    who = customer()
    template = make_template(first_fee_fen=1000, next_fee_fen=100)
    heavy = make_sku(make_product("西瓜", freight_template=template), price_fen=333, weight_grams=2500)
    free = make_sku(make_product("茶叶"), price_fen=10000)
    found = checkout.quote(who.user, draft(who, [(heavy, 3), (free, 1)]))
    assert [(part.kind, part.amount_fen) for part in found.explanation] == [
        ("goods", 999),
        ("goods", 10000),
        ("freight", 1700),
        ("freight", 0),
        ("payable", 12699),
    ]
    *parts, payable = found.explanation
    assert sum(part.amount_fen for part in parts) == payable.amount_fen == found.payable_fen
    assert [line.freight_fen for line in found.lines] == [1700, 0]
    assert [(parcel.line_indexes, parcel.weight_grams, parcel.freight_fen) for parcel in found.parcels] == [
        ((0,), 7500, 1700),
        ((1,), 500, 0),
    ]
    assert found.is_ready


def test_freight_is_shared_among_the_lines_of_a_parcel_to_the_fen() -> None:
    who = customer()
    skus = goods(1, each=3, price_fen=333)
    order = place(who, [(sku, 1) for sku in skus])
    assert order.freight_fen == 1000  # 1.5 kg
    assert sorted(line.freight_fen for line in lines(order)) == [333, 333, 334]
    adjustments = OrderAdjustment.objects.filter(order=order).values_list("kind", "amount_fen")
    assert list(adjustments) == [("freight", 1000)]


@pytest.mark.parametrize("number", [1, 20])
def test_a_quote_costs_four_statements(number: int, statements: Statements) -> None:
    who = customer()
    wanted = draft(who, [(sku, 1) for sku in goods(number)])
    open_campaigns()  # a process asks what is open once in five seconds, not once a quote
    with statements(4):
        checkout.quote(who.user, wanted)


def test_the_price_comes_from_the_catalogue_and_nowhere_else() -> None:
    """Mall systems were robbed by a price in the form: a draft has no field for one, and an old total is refused."""
    assert not [name for name in CheckoutDraft.__dataclass_fields__ if "price" in name]
    assert not [name for name in WantedLine.__dataclass_fields__ if "price" in name]
    who, (peach,) = customer(), goods(price_fen=5000)
    seen = checkout.quote(who.user, draft(who, [(peach, 1)])).payable_fen
    Sku.objects.filter(pk=peach.pk).update(price_fen=6000)
    with refused("ordering.price_changed"):
        place(who, [(peach, 1)], expected_payable_fen=seen)
    assert not Order.objects.exists()
    assert stock(peach) == (20, 0, 0)
    assert place(who, [(peach, 1)], expected_payable_fen=seen + 1000).payable_fen == seen + 1000


def test_an_order_keeps_what_was_agreed() -> None:
    actor, (_agent, shop), who, (peach,) = make_staff(), agent_with_shop(), customer(), goods(price_fen=5000)
    set_product_rate(actor, peach.product_id, basis_points=800, second_basis_points=0)
    comes_through(who, shop)
    order = place(who, [(peach, 1)], invoice_title="人脉科技有限公司", invoice_tax_number="91440300ma5f00000x", note=" 放门口 ")
    before = (fresh(order).address, lines(order)[0].commission_basis_points, lines(order)[0].unit_price_fen)
    assert before == ("广东省 深圳市 南山区 科技园路 1 号", 800, 5000)
    assert (order.invoice_tax_number, order.note, order.phone) == ("91440300MA5F00000X", "放门口", "13800138000")
    set_product_rate(actor, peach.product_id, basis_points=100, second_basis_points=0)
    Sku.objects.filter(pk=peach.pk).update(price_fen=1)
    who.user.addresses.update(street="别处")
    after = (fresh(order).address, lines(order)[0].commission_basis_points, lines(order)[0].unit_price_fen)
    assert after == before


def test_the_same_key_is_the_same_order() -> None:
    who, (peach, cloth) = customer(), goods(2)
    order = place(who, [(peach, 2)], key="once")
    assert place(who, [(peach, 2)], key="once").pk == order.pk
    with refused("request.repeated_key"):
        place(who, [(cloth, 1)], key="once")
    other = customer()
    assert place(other, [(peach, 2)], key="once").pk != order.pk
    assert stock(peach) == (16, 4, 0)


def test_an_order_from_the_cart_leaves_the_rest_in_it() -> None:
    who, (peach, cloth) = customer(), goods(2)
    for sku, shop_id in ((peach, 1), (cloth, 2)):
        cart.add_to_cart(who.visitor, who.user, sku_id=sku.pk, quantity=2, shop_id=shop_id)
    cart.add_to_cart(who.visitor, who.user, sku_id=peach.pk, quantity=1, shop_id=2)
    assert len(checkout.selected_lines(who.visitor, who.user)) == 3
    chosen = checkout.selected_lines(who.visitor, who.user, shop_id=2)
    wanted = CheckoutDraft(cart_line_ids=chosen, address_id=who.address_id)
    order = checkout.place_order(who.user, who.visitor, wanted, idempotency_key="k")
    assert sorted((line.sku_id, line.quantity) for line in lines(order)) == sorted([(peach.pk, 1), (cloth.pk, 2)])
    assert list(CartLine.objects.values_list("sku_id", "quantity", "shop_id")) == [(peach.pk, 2, 1)]
    with refused("ordering.cart_empty"):
        checkout.place_order(who.user, who.visitor, wanted, idempotency_key="another")
    assert checkout.place_order(who.user, who.visitor, wanted, idempotency_key="k").pk == order.pk


def test_nobody_orders_from_the_cart_or_to_the_address_of_another() -> None:
    who, other, (peach,) = customer(), customer(), goods()
    line = cart.add_to_cart(other.visitor, other.user, sku_id=peach.pk)
    with refused("ordering.cart_empty"):
        checkout.quote(who.user, CheckoutDraft(cart_line_ids=(line.pk,), address_id=who.address_id))
    with refused("request.not_found"):
        checkout.quote(who.user, draft(who, [(peach, 1)], address_id=other.address_id))
    assert CartLine.objects.count() == 1


def test_what_can_be_repaired_is_listed_and_what_cannot_is_refused() -> None:
    who = customer()
    peach, gone, off, few = (make_sku(make_product(name), stock=3) for name in ("a", "b", "c", "d"))
    Sku.objects.filter(pk=gone.pk).update(stock_free=0, stock_total=0)
    Product.objects.filter(pk=off.product_id).update(status=Product.Status.DELISTED)
    wants = [(peach, 1), (gone, 1), (off, 1), (few, 4)]
    expected = ["ordering.address_needed", "ordering.sold_out", "ordering.delisted", "ordering.not_enough"]
    assert codes(who.user, draft(who, wants, address_id=None)) == expected
    with refused("ordering.sold_out"):
        place(who, wants)
    bad: list[tuple[dict[str, Any], str]] = [
        ({"lines": ()}, "ordering.cart_empty"),
        ({"lines": (WantedLine(peach.pk, 0),)}, "ordering.quantity"),
        ({"lines": (WantedLine(peach.pk, 600), WantedLine(peach.pk, 600))}, "ordering.quantity"),
        ({"lines": (WantedLine(0, 1),)}, "request.not_found"),
        ({"delivery": "drone"}, "ordering.delivery"),
        ({"style": "barter"}, "ordering.style"),
        ({"lines": tuple(WantedLine(peach.pk, 1) for _one in range(101))}, "ordering.too_many_lines"),
    ]
    for fields, code in bad:
        with refused(code):
            checkout.quote(who.user, CheckoutDraft(**{"lines": (WantedLine(peach.pk, 1),), **fields}))
    texts: list[tuple[dict[str, Any], str]] = [
        ({"invoice_tax_number": "91440300MA5F00000X"}, "ordering.invoice"),
        ({"invoice_title": "x", "invoice_tax_number": "短"}, "ordering.invoice"),
        ({"invoice_title": "x" * 81}, "ordering.invoice"),
        ({"note": "x" * 201}, "ordering.note"),
        ({"funnel": "imported"}, "request.invalid"),
        ({"source": "<script>"}, "request.invalid"),
    ]
    for fields, code in texts:
        with refused(code):
            place(who, [(peach, 1)], **fields)
    assert not Order.objects.exists()
    assert stock(peach) == (3, 0, 0)


def test_a_region_that_is_not_served() -> None:
    who = customer()
    template = make_template()
    template.zones.update(is_served=False)
    sku = make_sku(make_product(freight_template=template))
    assert codes(who.user, draft(who, [(sku, 1)])) == ["ordering.not_served"]
    assert codes(who.user, draft(who, [(sku, 1)], delivery="pickup")) == []


def test_a_pickup_costs_no_freight_and_needs_no_address() -> None:
    who, (peach,) = customer(), goods()
    order = buy(who, [(peach, 1)], delivery="pickup", address_id=None)
    assert (order.freight_fen, order.address, order.phone) == (0, "", who.user.phone)
    assert Shipment.objects.get(order=order).status == "waiting"
    Product.objects.filter(pk=peach.product_id).update(pickup_allowed=False)
    assert codes(who.user, draft(who, [(peach, 1)], delivery="pickup")) == ["ordering.no_pickup"]
    change_setting(make_staff(), "pickup.enabled", value=False, reason="holiday")
    assert "ordering.pickup_off" in codes(who.user, draft(who, [(peach, 1)], delivery="pickup"))


def test_wholesale_has_its_price_and_its_minimum() -> None:
    who = customer()
    sku = make_sku(stock=5000, price_fen=1000, wholesale_price_fen=700, wholesale_minimum=50)
    plain = make_sku()
    assert codes(who.user, draft(who, [(sku, 49)], style="wholesale")) == ["ordering.wholesale_minimum"]
    assert codes(who.user, draft(who, [(plain, 5)], style="wholesale")) == ["ordering.wholesale_only_some"]
    order = place(who, [(sku, 2000)], style="wholesale")
    assert (order.style, order.goods_fen) == ("wholesale", 1_400_000)
    assert place(who, [(sku, 50)]).goods_fen == 50_000


def test_discounts_are_spread_and_never_make_a_price_negative() -> None:
    who, (peach, cloth) = customer(), goods(2, price_fen=1000, freight=False)
    with installed(FakePlay(off_fen=1000)) as play:
        given = draft(who, [(peach, 1), (cloth, 2)], plays=(choice(running_campaign(), "C-1"),))
        order = checkout.place_order(who.user, who.visitor, given, idempotency_key="k")
        for amount, code in ((3001, "ordering.discount"), (-5, "money.amount")):
            play.off_fen = amount
            with refused(code):
                checkout.quote(who.user, given)
    assert [line.discount_fen for line in lines(order)] == [333, 667]
    assert order.payable_fen == 2000
    assert list(order.adjustments.values_list("kind", "amount_fen", "reference")) == [("fake", -1000, "C-1")]


def test_an_order_with_nothing_to_pay_is_paid_as_it_is_placed() -> None:
    who, (peach,) = customer(), goods(price_fen=1000, freight=False)
    with installed(FakePlay(off_fen=2000)) as play:
        wanted = draft(who, [(peach, 2)], plays=(choice(running_campaign()),))
        order = checkout.place_order(who.user, who.visitor, wanted, idempotency_key="k")
        assert violations() == []
    assert play.calls == ["placed", "paid"]
    assert (order.status, order.payable_fen) == ("paid", 0)
    assert stock(peach) == (18, 0, 2)
    assert Shipment.objects.count() == 1
    assert violations() == []


def test_the_last_visit_decides_and_is_kept_with_the_order() -> None:
    (first, first_shop), (second, second_shop) = agent_with_shop(), agent_with_shop()
    who, (peach,) = customer(), goods()
    comes_through(who, first_shop)
    link = comes_through(who, second_shop)
    order = place(who, [(peach, 1)], funnel="content")
    assert (order.agent_id, order.shop_id, order.share_id, order.funnel) == (second.pk, second_shop.pk, link.pk, "social")
    assert Attribution.objects.get(order=order).rule == "last_visit"
    plain = place(customer(), [(peach, 1)]) if first.pk else None
    assert plain is not None
    assert (plain.agent_id, plain.shop_id, plain.funnel) == (None, None, "search")


def test_a_guest_who_signs_in_at_checkout_keeps_her_attribution() -> None:
    agent, shop = agent_with_shop()
    who, guest, (peach,) = customer(), customer().visitor, goods()
    guest.user = None
    guest.save()
    from renmai.sharing.actions import record_visit, share

    record_visit(share(shop.owner, kind="shop", shop=shop), guest, user=None)
    order = checkout.place_order(who.user, guest, draft(who, [(peach, 1)]), idempotency_key="k")
    assert order.agent_id == agent.pk


def test_an_agent_who_buys_for_herself_is_nobodys_customer() -> None:
    from renmai.accounts.tests.factories import make_address

    agent, shop = agent_with_shop()
    user = shop.owner
    address = make_address(user)
    (peach,) = goods()
    wanted = CheckoutDraft(lines=(WantedLine(peach.pk, 1),), address_id=address.pk)
    order = checkout.place_order(user, None, wanted, idempotency_key="k")
    assert order.agent_id is None
    assert agent.user_id == order.buyer_id
    assert Region.objects.filter(pk=address.region_id).exists()


@pytest.mark.parametrize("number", [1, 20])
def test_placing_costs_a_fixed_number_of_statements_and_one_per_sku(number: int, statements: Statements) -> None:
    who = customer()
    wants = [(sku, 1) for sku in goods(number)]
    place(who, wants)
    with statements(14 + number):
        place(who, wants)
