from collections.abc import Callable, Sequence

import pytest

from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.catalogue.actions.pictures import EncodedPicture
from renmai.journeys import after_sale, receiving
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.claims import ask, now, shipped_order, sku_stock
from renmai.journeys.tests.world import (
    buy,
    customer,
    fresh,
    goods,
    lines,
    refused,
    settle_down,
    ship_all,
    stock,
    violations,
)
from renmai.ledger import chart
from renmai.ledger import queries as ledger
from renmai.ordering.actions import shipping
from renmai.ordering.actions.evidence import encode_pictures
from renmai.ordering.events import AfterSaleClosed, LineRefunded
from renmai.ordering.models import AfterSale, EvidencePicture, Shipment, ShipmentLine
from renmai.ordering.tests.making import emitted
from renmai.ordering.tests.test_reviews import picture
from renmai.payments.models import Refund

pytestmark = pytest.mark.django_db


def test_pieces_that_never_left_are_refunded_at_once_with_their_freight() -> None:
    actor, who, (peach, cloth) = make_staff(), customer(), goods(2, price_fen=1000)
    order = buy(who, [(peach, 3), (cloth, 1)])
    claim = ask(who, order, quantity=2)
    assert (claim.status, claim.amount_fen, claim.is_before_shipment) == ("refunding", 2000 + 666, True)
    assert list(ShipmentLine.objects.order_by("pk").values_list("quantity", flat=True)) == [1, 1]
    assert stock(peach) == (19, 0, 1)
    assert [(event.order_line_id, event.quantity) for event in emitted(LineRefunded)] == [(lines(order)[0].pk, 2)]  # type: ignore[attr-defined]
    settle_down()
    assert now(claim).status == "done"
    assert fresh(order).status == "paid"
    order = ship_all(actor, order)
    assert order.status == "shipped"
    assert violations() == []


def test_an_order_refunded_before_it_left_closes_and_leaves_nothing() -> None:
    who, (peach, cloth) = customer(), goods(2, price_fen=1000)
    order = buy(who, [(peach, 3), (cloth, 1)])
    ask(who, order, quantity=3)
    ask(who, order, quantity=1, line=1)
    assert {parcel.status for parcel in Shipment.objects.all()} == {"cancelled"}
    settle_down()
    order = fresh(order)
    assert (order.status, order.refunded_fen) == ("refunded", order.payable_fen)
    assert ledger.balance(chart.customers_prepaid(), "CNY") == ledger.balance(chart.revenue(), "CNY") == 0
    assert stock(peach) == stock(cloth) == (20, 0, 0)
    assert violations() == []


def test_the_rest_is_on_its_way_when_the_waiting_parcel_is_refunded() -> None:
    actor, who, (peach, cloth) = make_staff(), customer(), goods(2)
    order = buy(who, [(peach, 1), (cloth, 1)])
    parcel = Shipment.objects.filter(order=order).earliest("pk")
    shipping.ship(actor, parcel.pk, carrier="sf", tracking_number="SF1234567890")
    ask(who, order, line=1)
    assert fresh(order).status == "shipped"
    settle_down()
    assert violations() == []


def test_after_shipment_a_refund_needs_the_staff_and_restocks_nothing() -> None:
    actor, who, order = shipped_order()
    claim = ask(who, order, quantity=2)
    assert claim.status == "requested"
    assert Refund.objects.count() == 0
    claim = after_sale.approve(actor, claim.number, answer="抱歉")
    assert (claim.status, claim.amount_fen, claim.answer) == ("refunding", 2 * 1999, "抱歉")
    assert sku_stock(order) == (17, 0, 3)
    settle_down()
    assert now(claim).status == "done"
    with refused("ordering.claim_state"):
        after_sale.approve(actor, claim.number)
    assert Refund.objects.count() == 1
    assert violations() == []


@pytest.mark.parametrize("is_resaleable", [True, False])
def test_a_return_is_refunded_when_the_goods_are_back(is_resaleable: bool) -> None:
    actor, who, order = shipped_order()
    receiving.confirm(who.user, order.number)
    claim = ask(who, order, kind="return", quantity=2)
    claim = after_sale.approve(actor, claim.number)
    assert claim.status == "awaiting"
    claim = after_sale.send_back(who.user, claim.number, carrier="sf", tracking_number="SF1234567890")
    assert (claim.status, claim.return_tracking) == ("returning", "SF1234567890")
    claim = after_sale.receive_back(actor, claim.number, is_resaleable=is_resaleable)
    assert claim.status == "refunding"
    assert sku_stock(order) == ((19, 0, 1) if is_resaleable else (17, 0, 3))
    settle_down()
    assert now(claim).status == "done"
    assert fresh(order).status == "received"
    assert violations() == []


def test_a_return_of_everything_closes_the_order_and_keeps_the_freight() -> None:
    actor, who, order = shipped_order(2)
    receiving.confirm(who.user, order.number)
    claim = ask(who, order, kind="return", quantity=2)
    after_sale.approve(actor, claim.number)
    after_sale.receive_back(actor, claim.number)
    settle_down()
    order = fresh(order)
    assert (order.status, order.payable_fen - order.refunded_fen) == ("refunded", 800)
    assert ledger.balance(chart.revenue(), "CNY") == 800
    assert ledger.balance(chart.customers_prepaid(), "CNY") == 0
    assert violations() == []


def test_an_exchange_sends_the_same_goods_again() -> None:
    actor, who, order = shipped_order()
    claim = ask(who, order, kind="exchange")
    after_sale.approve(actor, claim.number)
    after_sale.send_back(who.user, claim.number, carrier="sf", tracking_number="SF1234567890")
    claim = after_sale.receive_back(actor, claim.number, is_resaleable=False)
    assert claim.status == "reshipping"
    assert sku_stock(order) == (16, 0, 4)
    with refused("ordering.claim_state"):
        after_sale.confirm_replacement(who.user, claim.number)
    parcel = Shipment.objects.get(after_sale=claim)
    shipping.ship(actor, parcel.pk, carrier="zto", tracking_number="ZT12345678")
    assert after_sale.confirm_replacement(who.user, claim.number).status == "done"
    line = lines(order)[0]
    assert (line.claimed_quantity, line.refunded_quantity, line.refunded_fen) == (0, 0, 0)
    assert Refund.objects.count() == 0
    assert fresh(order).status == "shipped"
    assert violations() == []
    # What came in exchange can be claimed too.
    assert ask(who, order, quantity=3, key="again").status == "requested"


def test_a_replacement_that_is_sold_out_becomes_a_refund() -> None:
    actor, who, order = shipped_order(3, in_stock=3)
    claim = ask(who, order, kind="exchange")
    after_sale.approve(actor, claim.number)
    claim = after_sale.receive_back(actor, claim.number, is_resaleable=False)
    assert (claim.status, claim.answer) == ("refunding", "sold_out")
    settle_down()
    assert now(claim).status == "done"
    assert lines(order)[0].refunded_quantity == 1
    assert violations() == []


def test_a_rejected_or_withdrawn_claim_frees_its_pieces() -> None:
    actor, who, order = shipped_order()
    claim = ask(who, order, quantity=3)
    with refused("ordering.claim_quantity"):
        ask(who, order, key="second")
    with refused("ordering.answer"):
        after_sale.reject(actor, claim.number, answer=" ")
    assert after_sale.reject(actor, claim.number, answer="照片看不清").status == "rejected"
    again = ask(who, order, quantity=3, key="second")
    assert after_sale.withdraw(who.user, again.number).status == "cancelled"
    with refused("ordering.claim_state"):
        after_sale.withdraw(who.user, again.number)
    assert lines(order)[0].claimed_quantity == 0
    assert [event.outcome for event in emitted(AfterSaleClosed)] == ["rejected", "cancelled"]  # type: ignore[attr-defined]
    assert violations() == []


def test_goods_that_come_back_spoilt_can_be_refused() -> None:
    actor, who, order = shipped_order()
    claim = ask(who, order, kind="return")
    after_sale.approve(actor, claim.number)
    after_sale.send_back(who.user, claim.number, carrier="sf", tracking_number="SF1234567890")
    assert after_sale.reject(actor, claim.number, answer="已食用").status == "rejected"
    assert lines(order)[0].claimed_quantity == 0
    with refused("ordering.claim_state"):
        after_sale.receive_back(actor, claim.number)


def test_the_same_claim_sent_twice_is_one() -> None:
    _actor, who, order = shipped_order()
    first = ask(who, order, quantity=2)
    assert ask(who, order, quantity=2).pk == first.pk
    with refused("request.repeated_key"):
        ask(who, order, quantity=1)
    assert lines(order)[0].claimed_quantity == 2


def test_what_cannot_be_claimed() -> None:
    _actor, who, order = shipped_order()
    line = lines(order)[0].pk
    for fields, code in (
        ({"quantity": 0}, "ordering.claim_quantity"),
        ({"quantity": 4}, "ordering.claim_quantity"),
        ({"kind": "gift"}, "ordering.claim_kind"),
        ({"reason": "mood"}, "ordering.claim_reason"),
        ({"order_line_id": 0}, "request.not_found"),
        ({"order_number": "R"}, "request.not_found"),
        ({"note": "x" * 501}, "request.invalid"),
        ({"pictures": (b"",) * 7}, "ordering.pictures"),
        ({"pictures": (b"<svg/>",)}, "catalogue.picture_format"),
    ):
        base: dict[str, object] = {
            "order_number": order.number,
            "order_line_id": line,
            "kind": "refund",
            "quantity": 1,
            "reason": "other",
        }
        with refused(code):
            after_sale.request(who.user, AfterSaleDraft(**{**base, **fields}), idempotency_key="k")  # type: ignore[arg-type]
    waiting = buy(who, [(goods()[0], 1)])
    for kind in ("return", "exchange"):
        with refused("ordering.claim_kind"):
            ask(who, waiting, kind=kind)
    assert not AfterSale.objects.exists()


def test_evidence_is_kept_anew_and_only_for_an_order_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    _actor, who, order = shipped_order()
    stored: list[int] = []

    def keep(pictures: Sequence[bytes]) -> tuple[EncodedPicture, ...]:
        stored.append(len(pictures))
        return encode_pictures(pictures)

    monkeypatch.setattr(after_sale, "encode_pictures", keep)
    wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 1, "damaged", pictures=(picture(),))
    with refused("request.not_found"):
        after_sale.request(make_member(), wanted, idempotency_key="k")
    assert stored == []
    claim = after_sale.request(who.user, wanted, idempotency_key="k")
    assert after_sale.request(who.user, wanted, idempotency_key="k").pk == claim.pk
    kept = EvidencePicture.objects.get(after_sale=claim)
    assert (kept.width, kept.height, kept.path.endswith(".webp")) == (20, 10, True)


ACTS: dict[str, Callable[[User, AfterSale], object]] = {
    "approve": lambda who, claim: after_sale.approve(who, claim.number),
    "reject": lambda who, claim: after_sale.reject(who, claim.number, answer="no"),
    "receive back": lambda who, claim: after_sale.receive_back(who, claim.number),
}
OWN: dict[str, Callable[[User, AfterSale], object]] = {
    "withdraw": lambda who, claim: after_sale.withdraw(who, claim.number),
    "send back": lambda who, claim: after_sale.send_back(who, claim.number, carrier="sf", tracking_number="SF1234567890"),
    "confirm": lambda who, claim: after_sale.confirm_replacement(who, claim.number),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [None, *sorted(set(Role) - {Role.OWNER, Role.SERVICE})])
def test_only_the_owner_and_service_decide(act: str, role: Role | None) -> None:
    _actor, who, order = shipped_order()
    claim = ask(who, order)
    with refused("request.forbidden"):
        ACTS[act](who.user if role is None else make_staff(role), claim)
    assert now(claim).status == "requested"
    assert not Refund.objects.exists()


@pytest.mark.parametrize("act", OWN)
def test_only_the_customer_moves_her_own_claim(act: str) -> None:
    _actor, who, order = shipped_order()
    claim = ask(who, order)
    for stranger in (make_member(), make_staff()):
        with refused("request.not_found"):
            OWN[act](stranger, claim)
    with refused("request.not_found"):
        ask(customer(), order)
    assert now(claim).status == "requested"
    assert AfterSale.objects.count() == 1
