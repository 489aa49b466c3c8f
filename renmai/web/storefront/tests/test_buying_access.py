"""Who may do what: every endpoint of the buying pages for a guest, for another member, and with the wrong method."""

from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import Address
from renmai.accounts.tests.factories import NANSHAN
from renmai.journeys import after_sale as journey
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.world import Customer, customer
from renmai.ordering.models import AfterSale, CartLine, Order, OrderLine, Review
from renmai.payments.models import Payment
from renmai.web.storefront.routes import buying
from renmai.web.storefront.tests.buying import errors_of, placed, received, signed_in, text_of
from renmai.web.storefront.tests.shelves import browser
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db

FOR_EVERYBODY = {"cart", "cart_add", "cart_change", "cart_select", "cart_remove", "cart_restore", "regions"}
POST_ONLY = {
    "cart_add",
    "cart_change",
    "cart_select",
    "cart_remove",
    "cart_restore",
    "order_pay",
    "order_cancel",
    "order_confirm",
    "order_again",
    "after_sale_withdraw",
    "after_sale_send_back",
    "after_sale_confirm",
    "address_remove",
    "address_default",
}
ONLY_SHOW = {"order", "order_paid", "after_sale"}
ONES_OWN = {"checkout", "orders", "after_sales", "addresses", "address_new"}
PERSONAL = sorted({pattern.name for pattern in buying.urlpatterns if pattern.name} - FOR_EVERYBODY - ONES_OWN)


class World:
    """Somebody with one of everything."""

    def __init__(self) -> None:
        self.who, self.client, (sku,) = signed_in()
        self.order, self.line = received(self.who, sku, 2)
        self.unpaid = placed(self.who, sku)
        draft = AfterSaleDraft(self.order.number, self.line.pk, "return", 1, "other")
        self.claim = journey.request(self.who.user, draft, idempotency_key="k")

    def address_of(self, name: str) -> str:
        """An address of the page called ``name``."""
        by_name: dict[str, list[Any]] = {
            "order_pay": [self.unpaid.number],
            "order_cancel": [self.unpaid.number],
            "after_sale_new": [self.order.number, self.line.pk],
            "review": [self.order.number, self.line.pk],
        }
        if name.startswith("order"):
            arguments = by_name.get(name, [self.order.number])
        elif name.startswith("after_sale") and name != "after_sale_new":
            arguments = [self.claim.number]
        elif name.startswith("address"):
            arguments = [self.who.address_id]
        else:
            arguments = by_name[name]
        return reverse(f"storefront:{name}", args=arguments)

    def state(self) -> list[Any]:
        """Everything that an intruder could change."""
        tables: tuple[type[models.Model], ...] = (Order, OrderLine, AfterSale, Review, Payment, Address, CartLine)
        return [list(table._default_manager.order_by("pk").values()) for table in tables]


FORM = {
    "idempotency_key": "other",
    "kind": "return",
    "quantity": "1",
    "reason": "other",
    "rating": "1",
    "carrier": "sf",
    "tracking_number": "SF12345678",
    "recipient": "Mallory",
    "phone": "13900139000",
    "province": "440000",
    "city": "440300",
    "district": NANSHAN,
    "street": "Road 1",
}


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("name", PERSONAL)
def test_another_member_finds_nothing_and_changes_nothing(world: World, name: str) -> None:
    before = world.state()
    stranger = browser(customer().user)
    address = world.address_of(name)
    assert stranger.get(address).status_code == (405 if name in POST_ONLY else 404)
    assert stranger.post(address, FORM).status_code == (405 if name in ONLY_SHOW else 404)
    *others, addresses, carts = world.state()
    assert others == before[:-2]
    assert [row for row in addresses if row["user_id"] == world.who.user.pk] == before[-2]
    assert carts == before[-1]


@pytest.mark.parametrize("name", [*PERSONAL, *sorted(ONES_OWN)])
def test_a_guest_is_asked_to_sign_in_and_changes_nothing(world: World, name: str) -> None:
    address = reverse(f"storefront:{name}") if name in ONES_OWN else world.address_of(name)
    before = world.state()
    guest = browser()
    for answer in (guest.get(address), guest.post(address, FORM)):
        if answer.status_code != 405:
            assert answer.status_code == 302
            assert answer["Location"].startswith("/sign-in/?next=")
    assert guest.post(address, FORM).status_code in (302, 405)
    assert world.state() == before


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_what_changes_something_is_never_a_get(world: World, name: str) -> None:
    address = reverse(f"storefront:{name}") if name.startswith("cart") else world.address_of(name)
    before = world.state()
    assert world.client.get(address).status_code == 405
    assert world.state() == before


@pytest.mark.parametrize("name", ["cart", "orders", "order", "order_paid", "after_sales", "after_sale", "addresses"])
def test_what_only_shows_is_never_a_post(world: World, name: str) -> None:
    plain = name in ("cart", "orders", "after_sales", "addresses")
    address = reverse(f"storefront:{name}") if plain else world.address_of(name)
    assert world.client.post(address).status_code == 405


@pytest.mark.parametrize("number", ["R000000-AAAAAAAAAA", "x", "%00", "..", "é"])
def test_orders_and_claims_that_are_not_there(number: str) -> None:
    _who, client, _skus = signed_in()
    assert client.get(f"/orders/{number}/").status_code == 404
    assert client.get(f"/after-sales/{number}/").status_code == 404


def test_forms_without_their_token_are_refused() -> None:
    who: Customer = customer()
    client = Client(enforce_csrf_checks=True)
    client.force_login(who.user)
    assert client.post("/cart/add/", {"sku_id": 1}).status_code == 403
    assert client.post("/checkout/", {"act": "place"}).status_code == 403


def test_addresses_are_added_changed_and_removed() -> None:
    who, client, _skus = signed_in()
    assert client.get("/addresses/new/").status_code == 200
    given = {key: FORM[key] for key in ("recipient", "phone", "province", "city", "district", "street")}
    assert client.post("/addresses/new/", given)["Location"] == "/addresses/"
    added = Address.objects.get(recipient="Mallory")
    client.post(f"/addresses/{added.pk}/default/")
    assert Address.objects.get(is_default=True) == added
    client.post(f"/addresses/{added.pk}/", given | {"recipient": "Trudy"})
    assert Address.objects.get(pk=added.pk).recipient == "Trudy"
    client.post(f"/addresses/{added.pk}/remove/")
    assert "Trudy" not in text_of(client.get("/addresses/"))
    assert Address.objects.get(is_default=True, deleted_at__isnull=True).pk == who.address_id


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"recipient": ""}, "This field is required."),
        ({"phone": "12345"}, "Please enter a valid phone number: 11 digits, or + and the country code."),
        ({"district": ""}, "Please choose province, city and district."),
        ({"district": "999999"}, "Please choose province, city and district."),
        ({"province": "110000"}, "Please choose province, city and district."),
        ({"street": "x" * 10_000}, "Please enter street and house number, in 4 to 200 characters."),
        ({"recipient": "x" * 10_000}, "Please enter who receives the parcel, in 1 to 40 characters."),
    ],
)
def test_what_is_wrong_with_an_address_stands_beside_its_field(changed: dict[str, str], says: str) -> None:
    who, client, _skus = signed_in()
    for address in ("/addresses/new/", f"/addresses/{who.address_id}/"):
        answer = client.post(address, FORM | changed)
        assert answer.status_code == 400
        assert errors_of(answer) == [says]
    assert Address.objects.count() == 1


def test_regions_are_chosen_step_by_step() -> None:
    client = browser()
    assert "广东省" in text_of(client.get("/regions/"))
    cities = text_of(client.get("/regions/?province=440000"))
    assert "深圳市" in cities
    assert "南山区" not in cities
    districts = text_of(client.get("/regions/?province=440000&city=440300"))
    assert "南山区" in districts
    assert "field-error" not in districts
    moved_on = text_of(client.get("/regions/?province=110000&city=440300"))
    assert "南山区" not in moved_on
    assert client.get("/regions/?province=' OR 1=1&city=x").status_code == 200


def test_a_step_of_the_regions_without_javascript_keeps_the_rest() -> None:
    _who, client, _skus = signed_in()
    answer = client.post("/addresses/new/", {"act": "regions", "recipient": "Han", "province": "440000"})
    assert answer.status_code == 200
    assert "深圳市" in text_of(answer)
    assert "Han" in text_of(answer)
    assert errors_of(answer) == []


@pytest.mark.parametrize("count", [1, 20])
def test_statements_of_the_addresses(count: int) -> None:
    who, client, _skus = signed_in()
    first = Address.objects.get()
    rows = [
        Address(user=who.user, recipient=f"P{n}", phone=first.phone, region=first.region, street="Road 1")
        for n in range(count - 1)
    ]
    Address.objects.bulk_create(rows)
    with exactly(3):  # session, person, addresses
        client.get("/addresses/")
