"""The checkout as a page: what it shows, what it asks, what it refuses."""

import pytest

from renmai.accounts.models import Address
from renmai.accounts.tests.factories import NANSHAN, make_address
from renmai.campaigns.tests.fakes import KEY, FakePlay, installed, running_campaign
from renmai.catalogue.actions.prices import set_price
from renmai.catalogue.models import Product, Sku
from renmai.catalogue.tests.factories import make_staff
from renmai.journeys.tests.world import customer, goods, stock
from renmai.ordering.models import CartLine, Order
from renmai.payments.models import Payment
from renmai.policy import queries as policy
from renmai.policy.actions import change_setting
from renmai.web.storefront.tests.buying import checkout_form, errors_of, fill_cart, signed_in, text_of, values_of
from renmai.web.storefront.tests.shelves import browser
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db


def test_from_the_cart_to_the_cashier() -> None:
    who, client, skus = signed_in(2, price_fen=5000)
    fill_cart(client, skus, 2)
    form = checkout_form(client)
    assert (form["payable_fen"], form["address_id"]) == ("21600", str(who.address_id))
    answer = client.post("/checkout/", form | {"note": "Please ring twice", "invoice_title": "Lin"})
    order = Order.objects.get()
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sandbox/cashier/")
    assert (order.payable_fen, order.freight_fen, order.note, order.invoice_title) == (21600, 1600, "Please ring twice", "Lin")
    assert "深圳市 南山区 科技园路 1 号" in order.address
    assert not CartLine.objects.exists()
    assert [stock(sku) for sku in skus] == [(18, 2, 0), (18, 2, 0)]


def test_every_fen_is_explained() -> None:
    _who, client, skus = signed_in(2, price_fen=5000)
    fill_cart(client, skus)
    page = text_of(client.get("/checkout/"))
    assert "Parcel 1 of 2" in page
    assert page.count("¥8.00") == 2
    assert "Goods (2 pieces)" in page
    assert "¥16.00" in page
    assert "Pay ¥116.00" in page


@pytest.mark.parametrize(("quantity", "struck", "paid", "together"), [(1, "¥50.00", "45.", False), (2, "¥100.00", "95.", True)])
def test_a_line_shows_what_she_pays_beside_its_list_price(quantity: int, struck: str, paid: str, together: bool) -> None:
    """From the same breakdown, on the checkout page and on the order's; without a campaign nothing is struck through."""
    _who, client, (sku,) = signed_in(1, price_fen=5000)
    with installed(FakePlay(off_fen=500)):
        address = f"/checkout/?sku_id={sku.pk}&quantity={quantity}"
        plain = text_of(client.get(address))
        assert "<del>" not in plain
        chosen = f"{KEY}:{running_campaign().pk}:"
        shown = text_of(client.get(f"{address}&play={chosen}"))
        form = checkout_form(client, f"?sku_id={sku.pk}&quantity={quantity}&play={chosen}")
        assert client.post("/checkout/", form | {"play": chosen}).status_code == 302
        order = Order.objects.get()
        for page in (shown, text_of(client.get(f"/orders/{order.number}/"))):
            assert f"List price <del>{struck}</del>" in page
            line = page.split("List price")[0].rsplit("line-price", 1)[1]
            assert f'price-major">{paid.rstrip(".")}<' in line
            assert (f"for {quantity} pieces" in page) == together
        assert order.lines.get().amount_fen == order.lines.get().list_fen - 500


def test_a_guest_signs_in_and_comes_back() -> None:
    (sku,) = goods()
    client = browser()
    fill_cart(client, [sku])
    assert client.get("/checkout/")["Location"] == "/sign-in/?next=%2Fcheckout%2F"
    buying_now = client.get(f"/checkout/?sku_id={sku.pk}&quantity=2")
    assert buying_now["Location"] == f"/sign-in/?next=%2Fcheckout%2F%3Fsku_id%3D{sku.pk}%26quantity%3D2"
    assert client.post("/checkout/", {"act": "place"}).status_code == 302
    assert not Order.objects.exists()
    assert CartLine.objects.count() == 1


def test_an_empty_checkout_leads_to_the_cart() -> None:
    _who, client, _skus = signed_in()
    assert client.get("/checkout/")["Location"] == "/cart/"


def test_buying_now_orders_that_and_nothing_else() -> None:
    _who, client, (cheap, dear) = signed_in(2)
    fill_cart(client, [cheap])
    form = checkout_form(client, f"?sku_id={dear.pk}&quantity=3&way=content")
    client.post("/checkout/", form)
    order = Order.objects.get()
    assert list(order.lines.values_list("sku_id", "quantity")) == [(dear.pk, 3)]
    assert order.funnel == "content"
    assert CartLine.objects.get().sku_id == cheap.pk


def test_the_same_form_twice_is_one_order() -> None:
    _who, client, (sku,) = signed_in()
    fill_cart(client, [sku], 2)
    form = checkout_form(client)
    first, second = client.post("/checkout/", form), client.post("/checkout/", form)
    assert first["Location"] == second["Location"]
    assert (Order.objects.count(), Payment.objects.count(), stock(sku)) == (1, 1, (18, 2, 0))


def test_the_back_button_after_paying_leads_to_the_order() -> None:
    _who, client, (sku,) = signed_in()
    fill_cart(client, [sku])
    form = checkout_form(client)
    cashier = client.post("/checkout/", form)["Location"]
    assert client.post(cashier, {"behaviour": "pay"})["Location"].endswith("/paid/")
    order = Order.objects.get()
    assert order.status == "paid"
    assert client.post("/checkout/", form)["Location"] == f"/orders/{order.number}/"
    assert (Order.objects.count(), Payment.objects.count()) == (1, 1)


def test_a_key_is_not_used_for_something_else() -> None:
    _who, client, (sku,) = signed_in()
    form = checkout_form(client, f"?sku_id={sku.pk}")
    client.post("/checkout/", form)
    answer = client.post("/checkout/", form | {"quantity": "2", "payable_fen": ""})
    assert answer.status_code == 409
    assert "already sent with other contents" in text_of(answer)
    assert Order.objects.count() == 1
    for key in ("", "k" * 65, "k\x00", "密钥"):
        assert client.post("/checkout/", form | {"idempotency_key": key}).status_code == 400
    assert Order.objects.count() == 1


def test_a_price_that_changed_is_said_before_anything_is_ordered() -> None:
    _who, client, (sku,) = signed_in(price_fen=1000)
    fill_cart(client, [sku])
    form = checkout_form(client)
    set_price(make_staff(), sku.pk, price_fen=1200)
    answer = client.post("/checkout/", form | {"note": "kept"})
    assert answer.status_code == 409
    assert "it was ¥18.00, now it is ¥20.00" in text_of(answer)
    assert values_of(answer, "payable_fen") == ["2000"]
    assert values_of(answer, "note") == ["kept"]
    assert not Order.objects.exists()
    again = form | {"payable_fen": "2000", "idempotency_key": values_of(answer, "idempotency_key")[0]}
    assert client.post("/checkout/", again)["Location"].startswith("/sandbox/cashier/")


def test_what_is_sold_out_meanwhile_is_said_beside_it() -> None:
    _who, client, (sku, other) = signed_in(2)
    fill_cart(client, [sku, other])
    form = checkout_form(client)
    Sku.objects.filter(pk=sku.pk).update(stock_free=0, stock_total=0)
    answer = client.post("/checkout/", form)
    assert answer.status_code == 409
    assert [error.split(" <a")[0] for error in errors_of(answer)] == [f"“{sku.product.title}” is sold out."]
    assert "Something above needs you first" in text_of(answer)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("note", "x" * 10_000, 400),
        ("invoice_title", "x" * 10_000, 400),
        ("invoice_tax_number", "12", 400),
        ("note", "x" * 201, 400),
    ],
)
def test_words_that_are_too_long_or_wrong_are_refused_beside_their_field(field: str, value: str, status: int) -> None:
    _who, client, (sku,) = signed_in()
    form = checkout_form(client, f"?sku_id={sku.pk}") | {"invoice_title": "Lin", field: value}
    answer = client.post("/checkout/", form)
    assert answer.status_code == status
    assert len(errors_of(answer)) == 1
    assert not Order.objects.exists()


@pytest.mark.parametrize("quantity", ["0", "-1", "1000000000", "x", "", "1000"])
def test_absurd_quantities_never_become_an_order(quantity: str) -> None:
    _who, client, (sku,) = signed_in()
    form = checkout_form(client, f"?sku_id={sku.pk}")
    assert client.post("/checkout/", form | {"quantity": quantity})["Location"] == "/cart/"
    assert client.get(f"/checkout/?sku_id={sku.pk}&quantity={quantity}")["Location"] == "/cart/"
    assert not Order.objects.exists()


@pytest.mark.parametrize("changed", [{"delivery": "drone"}, {"style": "royal"}])
def test_choices_that_no_page_offers_are_refused(changed: dict[str, str]) -> None:
    _who, client, (sku,) = signed_in()
    assert client.post("/checkout/", checkout_form(client, f"?sku_id={sku.pk}") | changed).status_code == 400
    assert not Order.objects.exists()


def test_a_play_that_is_not_here_is_said_and_left_out() -> None:
    _who, client, (sku,) = signed_in()
    answer = client.get(f"/checkout/?sku_id={sku.pk}&quantity=1&play=nothing:1:")
    assert "There is no such play here." in text_of(answer)
    assert "nothing:1:" not in text_of(answer)


def test_other_peoples_addresses_and_lines_do_not_exist() -> None:
    _who, client, (sku,) = signed_in()
    stranger = customer()
    form = checkout_form(client, f"?sku_id={sku.pk}")
    assert client.post("/checkout/", form | {"address_id": stranger.address_id}).status_code == 404
    hers = browser(stranger.user)
    fill_cart(hers, [sku])
    theirs = {"line": CartLine.objects.get().pk}
    del form["sku_id"]
    assert client.post("/checkout/", form | theirs)["Location"] == "/cart/"
    assert client.post("/checkout/", form | {"line": "9" * 40})["Location"] == "/cart/"
    assert not Order.objects.exists()
    assert CartLine.objects.count() == 1


def test_an_address_is_chosen_in_the_sheet_and_what_was_typed_stays() -> None:
    who, client, (sku,) = signed_in()
    other = make_address(who.user, recipient="Li Lei")
    form = checkout_form(client, f"?sku_id={sku.pk}") | {
        "act": "refresh",
        "choose_address": other.pk,
        "note": "Leave it at the door",
    }
    page = client.post("/checkout/", form)
    assert values_of(page, "address_id") == [str(other.pk)]
    assert "Leave it at the door" in text_of(page)
    assert "Li Lei" in text_of(page)


def test_an_address_is_added_inside_the_sheet() -> None:
    _who, client, (sku,) = signed_in()
    form = checkout_form(client, f"?sku_id={sku.pk}") | {"note": "stays"}
    opened = client.post("/checkout/", form | {"act": "new_address"})
    assert "data-open-now" in text_of(opened)
    typed = {"recipient": "Han Meimei", "phone": "13900139000", "province": "440000", "street": "Road 7"}
    step = client.post("/checkout/", form | typed | {"act": "regions"})
    assert "深圳市" in text_of(step)
    assert errors_of(step) == []
    wrong = client.post("/checkout/", form | typed | {"act": "save_address", "phone": "12"})
    assert wrong.status_code == 400
    assert errors_of(wrong) == ["Please choose province, city and district."]
    whole = form | typed | {"act": "save_address", "city": "440300", "district": NANSHAN}
    bad_phone = client.post("/checkout/", whole | {"phone": "12"})
    assert errors_of(bad_phone) == ["Please enter a valid phone number: 11 digits, or + and the country code."]
    saved = client.post("/checkout/", whole)
    address = Address.objects.get(recipient="Han Meimei")
    assert values_of(saved, "address_id") == [str(address.pk)]
    assert "stays" in text_of(saved)
    assert not Order.objects.exists()


def test_an_address_is_corrected_inside_the_sheet() -> None:
    who, client, (sku,) = signed_in()
    form = checkout_form(client, f"?sku_id={sku.pk}")
    opened = client.post("/checkout/", form | {"act": "refresh", "edit_address": who.address_id})
    assert values_of(opened, "address_form_id") == [str(who.address_id)]
    changed = {"recipient": "New Name", "phone": "13900139000", "province": "440000", "city": "440300", "district": NANSHAN}
    client.post("/checkout/", form | changed | {"street": "Road 8", "act": "save_address", "address_form_id": who.address_id})
    assert Address.objects.get(pk=who.address_id).recipient == "New Name"
    stranger = customer()
    answer = client.post("/checkout/", form | {"act": "refresh", "edit_address": stranger.address_id})
    assert answer.status_code == 404


def test_without_an_address_the_button_asks_for_one() -> None:
    who, client, (sku,) = signed_in()
    Address.objects.filter(pk=who.address_id).delete()
    page = text_of(client.get(f"/checkout/?sku_id={sku.pk}"))
    assert page.count("Add a delivery address") == 2
    assert 'value="place"' not in page
    placed = client.post("/checkout/", {"sku_id": sku.pk, "quantity": 1, "act": "place", "idempotency_key": "k"})
    assert placed.status_code == 400
    assert not Order.objects.exists()


def test_pickup_costs_no_freight_and_needs_no_address() -> None:
    who, client, (sku,) = signed_in(price_fen=1000)
    Address.objects.filter(pk=who.address_id).delete()
    page = client.post("/checkout/", {"sku_id": sku.pk, "quantity": 1, "delivery": "pickup", "act": "refresh"})
    assert "Pay ¥10.00" in text_of(page)
    form = {"sku_id": sku.pk, "quantity": 1, "delivery": "pickup", "act": "place", "idempotency_key": "k", "payable_fen": "1000"}
    assert client.post("/checkout/", form)["Location"].startswith("/sandbox/cashier/")
    order = Order.objects.get()
    assert (order.delivery, order.freight_fen, order.phone) == ("pickup", 0, who.user.phone)


def test_pickup_is_offered_only_where_it_is_possible() -> None:
    _who, client, (sku,) = signed_in()
    assert "Delivery or pickup" in text_of(client.get(f"/checkout/?sku_id={sku.pk}"))
    Product.objects.filter(pk=sku.product_id).update(pickup_allowed=False)
    assert "Delivery or pickup" not in text_of(client.get(f"/checkout/?sku_id={sku.pk}"))
    Product.objects.filter(pk=sku.product_id).update(pickup_allowed=True)
    change_setting(make_staff(), "pickup.enabled", value=False, reason="the counter is closed for repairs")
    assert "Delivery or pickup" not in text_of(client.get(f"/checkout/?sku_id={sku.pk}"))


def test_wholesale_costs_less_from_the_minimum_on() -> None:
    _who, client, (sku,) = signed_in(price_fen=1000)
    Sku.objects.filter(pk=sku.pk).update(wholesale_price_fen=700, wholesale_minimum=10)
    form = {"sku_id": sku.pk, "quantity": 9, "style": "wholesale", "act": "refresh"}
    few = client.post("/checkout/", form)
    assert errors_of(few) == [f"Wholesale of “{sku.product.title}” starts at 10 pieces."]
    enough = client.post("/checkout/", form | {"quantity": 10})
    assert errors_of(enough) == []
    assert "¥70.00" in text_of(enough)
    order_form = form | {
        "quantity": 10,
        "act": "place",
        "payable_fen": values_of(enough, "payable_fen")[0],
        "idempotency_key": "k",
    }
    order_form["address_id"] = values_of(enough, "address_id")[0]
    client.post("/checkout/", order_form)
    assert (Order.objects.get().style, Order.objects.get().goods_fen) == ("wholesale", 7000)


@pytest.mark.parametrize("count", [1, 20])
def test_statements_of_the_checkout(count: int) -> None:
    _who, client, skus = signed_in(count)
    fill_cart(client, skus)
    form = checkout_form(client)
    policy.switch("pickup.enabled")
    with exactly(8):  # session, person, addresses, cart twice, variants, pictures, freight
        client.get("/checkout/")
    policy.switch("pickup.enabled")
    with exactly(21 + count):  # the sandbox's own book is one of them; one more for the stock of each variant
        assert client.post("/checkout/", form).status_code == 302
