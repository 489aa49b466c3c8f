"""How many statements the busy operations send, at one thing and at twenty: they do not grow with what is shown."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from renmai.accounts.models import Visitor
from renmai.accounts.tests.factories import make_address, make_member
from renmai.api.tests.world import Program, program_of, selling, settle_down
from renmai.campaigns.queries import open_campaigns
from renmai.catalogue.tests.factories import make_sku
from renmai.journeys.tests import world
from renmai.journeys.tests.world import Customer
from renmai.policy.queries import setting

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[None]]

# The key with its person is one of them, a guest's visitor another.
PRODUCT, SHELF, CART = 6, 4, 2
PLACE, ORDER = 21, 9
STAFF_ORDERS, STAFF_PARCELS = 4, 5


@pytest.fixture(autouse=True)
def _known_settings(db: None) -> None:
    setting("order.pay_minutes")


def used(program: Program) -> Program:
    """A program whose key and visitor are known already."""
    program.get("/me")
    program.visitor = ""
    return program


@pytest.mark.parametrize("variants", [1, 20])
def test_product(variants: int, statements: Statements) -> None:
    sku = selling().skus[0]
    for _number in range(variants - 1):
        make_sku(sku.product)
    guest = Program()
    guest.post("/visitors")
    with statements(PRODUCT):
        assert len(guest.get(f"/products/{sku.product_id}")["product"]["skus"]) == variants


@pytest.mark.parametrize("products", [1, 20])
@pytest.mark.parametrize("way", ["/products", "/products?q=水蜜桃"])
def test_shelf(products: int, way: str, statements: Statements) -> None:
    selling(products)
    with statements(SHELF):
        assert len(Program().get(way)["items"]) == products


@pytest.mark.parametrize("lines", [1, 20])
def test_placing(lines: int, statements: Statements) -> None:
    shop = selling(lines)
    person = make_member()
    program = used(program_of(person))
    program.visitor = ""
    draft = {"lines": [{"sku_id": sku.pk, "quantity": 2} for sku in shop.skus], "address_id": make_address(person).pk}
    open_campaigns()  # a process asks what is open once in five seconds, not once an order
    # Each further SKU is one conditional update of its stock, and nothing else.
    with statements(PLACE + lines):
        program.post("/orders", draft)


@pytest.mark.parametrize("lines", [1, 20])
def test_order(lines: int, statements: Statements) -> None:
    shop = selling(lines)
    person = make_member()
    who = Customer(person, Visitor.objects.create(user=person), make_address(person).pk)
    order = world.buy(who, [(sku, 1) for sku in shop.skus])
    settle_down(1)
    program = used(program_of(person))
    with statements(ORDER):
        assert len(program.get(f"/orders/{order.number}")["order"]["lines"]) == lines


@pytest.mark.parametrize("lines", [1, 20])
def test_cart(lines: int, statements: Statements) -> None:
    guest = Program()
    for sku in selling(lines).skus:
        guest.post("/cart/lines", {"sku_id": sku.pk, "quantity": 1})
    with statements(CART):
        assert guest.get("/cart")["line_count"] == lines


@pytest.mark.parametrize("orders", [1, 12])
def test_lists_of_the_staff(orders: int, statements: Statements) -> None:
    shop = selling()
    who = world.customer()
    for _number in range(orders):
        world.buy(who, [(shop.skus[0], 1)])
    staff = used(program_of(shop.owner))
    with statements(STAFF_ORDERS):
        assert len(staff.get("/staff/orders")["items"]) == orders
    with statements(STAFF_PARCELS):
        assert len(staff.get("/staff/shipments")["items"]) == orders
