"""The whole selling loop through the API alone: from a shared link to a settled commission, and a return that takes it back."""

from typing import Any

import pytest

from renmai.accounts.tests.factories import make_phone
from renmai.api.tests.world import NANSHAN, Program, Selling, make_staff, program_of, selling, settle_down, violations
from renmai.channels.models import OutgoingText
from renmai.payments.models import SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.payments.providers.sandbox.cashier import Behaviour
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
PRICE_FEN = 100_00
FREIGHT_FEN = 8_00
COMMISSION_FEN = 5_00


@pytest.fixture
def shop(transactional_db: None) -> Selling:
    return selling()


def a_customer(link: str) -> Program:
    """Somebody who opens the link as a guest, puts two pieces into her cart and signs in."""
    guest = Program()
    opened = guest.post(f"/shares/{link}/visits")
    assert opened["is_valid"] is True
    assert opened["disclosure"]["earns"] is True
    assert opened["disclosure"]["basis_points"] == 500
    sku = guest.get(f"/products/{opened['product']['id']}?way=social")["product"]["skus"][0]
    cart = guest.post("/cart/lines", {"sku_id": sku["id"], "quantity": 2, "shop_code": opened["shop"]["code"]})
    assert cart["selected_fen"] == 2 * PRICE_FEN
    phone = make_phone()
    guest.post("/sign-in/codes", {"phone": phone})
    code = OutgoingText.objects.latest("pk").body
    digits = "".join(char for char in code if char.isdigit())[:6]
    signed_in = guest.post("/sign-in", {"phone": phone, "code": digits, "has_agreed": True})
    guest.token, guest.visitor = signed_in["token"], signed_in["visitor"]
    return guest


def buy(customer: Program) -> dict[str, Any]:
    """Order what is in the cart, and pay it at the sandbox's cashier."""
    address = customer.post(
        "/addresses", {"recipient": "王小明", "phone": "13800138000", "region_code": NANSHAN, "street": "科技园路 1 号"}
    )
    lines = [line["id"] for group in customer.get("/cart")["groups"] for line in group["lines"]]
    draft = {"cart_line_ids": lines, "address_id": address["id"]}
    quote = customer.post("/quotes", draft)
    assert quote["is_ready"] is True
    assert quote["payable_fen"] == 2 * PRICE_FEN + FREIGHT_FEN
    assert sum(part["amount_fen"] for part in quote["explanation"][:-1]) == quote["payable_fen"]
    order = customer.post("/orders", draft | {"expected_payable_fen": quote["payable_fen"]})["order"]
    assert customer.get("/cart")["line_count"] == 0
    address_of_cashier = customer.post(f"/orders/{order['number']}/payment", {})["cashier_url"]
    trade = SandboxTrade.objects.latest("pk")
    assert trade.trade in address_of_cashier
    cashier.choose(trade.trade, Behaviour.PAY)
    paid = customer.get(f"/orders/{order['number']}")["order"]
    assert paid["status"] == "paid"
    assert customer.get(f"/orders/{order['number']}/payment")["payments"][0]["status"] == "captured"
    return dict(paid)


def ship(staff: Program, number: str) -> None:
    (parcel,) = [each for each in staff.get("/staff/shipments")["items"] if each["order_number"] == number]
    staff.post(f"/staff/shipments/{parcel['id']}/ship", {"carrier": "sf", "tracking_number": f"SF{parcel['id']:010d}"})


def test_from_a_link_to_a_settled_commission(shop: Selling, moving_clock: MovingClock) -> None:
    agent, staff = program_of(shop.agent.user), program_of(shop.owner)
    link = agent.post("/shares", {"kind": "product", "product_id": shop.skus[0].product_id})["code"]
    customer = a_customer(link)
    order = buy(customer)
    settle_down()
    assert agent.get("/agent/income")["created_fen"] == 2 * COMMISSION_FEN
    assert agent.get("/agent/customers")["items"][0]["paid_fen"] == 2 * PRICE_FEN + FREIGHT_FEN

    ship(staff, order["number"])
    moving_clock.advance(days=1)
    assert customer.post(f"/orders/{order['number']}/confirm")["order"]["status"] == "received"
    settle_down()
    assert agent.get("/agent/income")["frozen_fen"] == 2 * COMMISSION_FEN
    moving_clock.advance(days=9)
    settle_down()
    assert customer.get(f"/orders/{order['number']}")["order"]["status"] == "settled"
    assert agent.get("/agent/income")["available_fen"] == 2 * COMMISSION_FEN

    withdrawal = agent.post("/agent/withdrawals", {"amount_fen": 2 * COMMISSION_FEN})["withdrawal"]
    path = f"/staff/withdrawals/{withdrawal['id']}"
    staff.post(f"{path}/review")
    assert staff.refused("POST", f"{path}/approve", {}, **{"Idempotency-Key": "same-person-1"}) == (
        403,
        "distribution.same_person",
    )
    assert program_of(make_staff()).post(f"{path}/approve")["withdrawal"]["status"] == "approved"
    settle_down()
    assert agent.get(f"/agent/withdrawals/{withdrawal['id']}")["withdrawal"]["status"] == "paid"
    assert agent.get("/agent/income")["withdrawn_fen"] == 2 * COMMISSION_FEN
    kinds = [line["kind"] for line in agent.get("/agent/statement")["items"]]
    assert kinds == ["paid", "withdrawn", "thawed", "frozen", "created"]
    assert staff.get("/staff/attribution")["items"][0]["share_code"] == link
    assert staff.get("/staff/audit") == {"count": 0, "is_capped": False, "violations": []}
    assert violations() == []


def test_a_return_takes_commission_back_exactly(shop: Selling, moving_clock: MovingClock) -> None:
    agent, staff = program_of(shop.agent.user), program_of(shop.owner)
    link = agent.post("/shares", {"kind": "product", "product_id": shop.skus[0].product_id})["code"]
    customer = a_customer(link)
    order = buy(customer)
    ship(staff, order["number"])
    moving_clock.advance(days=1)
    page = customer.post(f"/orders/{order['number']}/confirm")
    settle_down()
    (option,) = page["claim_options"]
    assert option["refund_fen_for"] == [PRICE_FEN, 2 * PRICE_FEN]
    wanted = {"order_line_id": option["order_line_id"], "kind": "return", "quantity": 1, "reason": "damaged"}
    claim = customer.post(f"/orders/{order['number']}/after-sales", wanted)["after_sale"]
    path = f"/staff/after-sales/{claim['number']}"
    assert staff.post(f"{path}/approve", {"answer": "请寄回"})["after_sale"]["status"] == "awaiting"
    customer.post(f"/after-sales/{claim['number']}/send-back", {"carrier": "sf", "tracking_number": "SF99999999"})
    assert staff.post(f"{path}/receive-back", {"is_resaleable": True})["after_sale"]["status"] == "refunding"
    settle_down()
    assert customer.get(f"/after-sales/{claim['number']}")["after_sale"]["status"] == "done"
    assert customer.get(f"/orders/{order['number']}/payment")["refunds"][0]["amount_fen"] == PRICE_FEN
    income = agent.get("/agent/income")
    assert (income["frozen_fen"], income["void_fen"]) == (COMMISSION_FEN, COMMISSION_FEN)
    moving_clock.advance(days=10)
    settle_down()
    assert agent.get("/agent/income")["available_fen"] == COMMISSION_FEN
    assert violations() == []


def test_repeated_requests_act_once(shop: Selling, moving_clock: MovingClock) -> None:
    agent, staff = program_of(shop.agent.user), program_of(shop.owner)
    link = agent.post("/shares", {"kind": "shop"})["code"]
    guest = Program()
    guest.post(f"/shares/{link}/visits")
    customer = a_customer(agent.post("/shares", {"kind": "product", "product_id": shop.skus[0].product_id})["code"])
    order = buy(customer)
    ship(staff, order["number"])
    moving_clock.advance(days=1)
    page = customer.post(f"/orders/{order['number']}/confirm")
    line = page["claim_options"][0]["order_line_id"]
    wanted = {"order_line_id": line, "kind": "refund", "quantity": 1, "reason": "damaged"}
    path, key = f"/orders/{order['number']}/after-sales", {"Idempotency-Key": "claim-0001"}
    first = customer.post(path, wanted, **key)["after_sale"]
    assert customer.post(path, wanted, **key)["after_sale"]["number"] == first["number"]
    assert customer.refused("POST", path, wanted | {"quantity": 2}, **key) == (409, "request.repeated_key")
    approve, key = f"/staff/after-sales/{first['number']}/approve", {"Idempotency-Key": "approve-01"}
    assert staff.post(approve, {}, **key)["after_sale"]["status"] == "refunding"
    assert staff.post(approve, {}, **key)["after_sale"]["status"] == "refunding"
    assert staff.refused("POST", approve, {"answer": "other"}, **key) == (409, "request.repeated_key")
    assert staff.refused("POST", approve, {}, **{"Idempotency-Key": "approve-02"}) == (409, "ordering.claim_state")
    assert staff.refused("POST", approve, {}) == (400, "api.key_missing")
    assert customer.refused("POST", "/orders", {"lines": [{"sku_id": 1, "quantity": 1}]}) == (400, "api.key_missing")
    settle_down()
    assert violations() == []
