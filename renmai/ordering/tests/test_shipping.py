from collections.abc import Callable
from datetime import timedelta

import pytest

from renmai.accounts.models import ActLog, Role, User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert
from renmai.ordering import queries
from renmai.ordering.actions import parcels as packing
from renmai.ordering.actions import progress, shipping
from renmai.ordering.events import OrderReceived, ParcelShipped
from renmai.ordering.models import Order, Shipment, ShipmentLine
from renmai.ordering.tests.making import broken, emitted, fresh, lines, paid, parcels, placed_line, refused, skus_of
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def two_parcels() -> Order:
    return paid(None, *[placed_line(sku, 2) for sku in skus_of(2)])


def test_an_order_is_on_its_way_when_its_last_parcel_has_left() -> None:
    actor, order = make_staff(Role.FULFILMENT), two_parcels()
    first, second = parcels(order)
    sent = shipping.ship(actor, first.pk, carrier="sf", tracking_number="SF1234567890")
    assert (sent.status, sent.carrier, sent.tracking_number) == ("shipped", "sf", "SF1234567890")
    assert fresh(order).status == "paid"
    shipping.ship(actor, second.pk, carrier="zto", tracking_number="ZT000001")
    order = fresh(order)
    assert order.status == "shipped"
    assert order.receive_before is not None
    assert order.shipped_at is not None
    assert order.receive_before - order.shipped_at == timedelta(days=10)
    assert [event.shipment_id for event in emitted(ParcelShipped)] == [first.pk, second.pk]  # type: ignore[attr-defined]
    assert ActLog.objects.filter(act="shipment.shipped", actor=actor).count() == 2
    assert broken() == []


def test_shipping_twice_with_the_same_number_is_once() -> None:
    actor, order = make_staff(), two_parcels()
    parcel = parcels(order)[0]
    shipping.ship(actor, parcel.pk, carrier="sf", tracking_number="SF1234567890")
    shipping.ship(actor, parcel.pk, carrier="sf", tracking_number=" SF1234567890 ")
    with refused("ordering.parcel_gone"):
        shipping.ship(actor, parcel.pk, carrier="sf", tracking_number="SF9999999999")
    assert len(emitted(ParcelShipped)) == 1
    assert Shipment.objects.get(pk=parcel.pk).tracking_number == "SF1234567890"


@pytest.mark.parametrize(
    ("carrier", "tracking", "code"),
    [
        ("pigeon", "SF1234567890", "ordering.carrier"),
        ("sf", "12345", "ordering.tracking"),
        ("sf", "=HYPERLINK(1)", "ordering.tracking"),
        ("sf", "运单一二三四五", "ordering.tracking"),
    ],
)
def test_a_parcel_needs_a_carrier_and_a_number(carrier: str, tracking: str, code: str) -> None:
    parcel = parcels(two_parcels())[0]
    with refused(code):
        shipping.ship(make_staff(), parcel.pk, carrier=carrier, tracking_number=tracking)
    assert Shipment.objects.get(pk=parcel.pk).status == "waiting"


ACTS: dict[str, Callable[[User, Shipment], object]] = {
    "ship": lambda who, parcel: shipping.ship(who, parcel.pk, carrier="sf", tracking_number="SF1234567890"),
    "batch": lambda who, parcel: shipping.batch_ship(who, f"shipment,carrier,tracking\n{parcel.number},sf,SF1234567890\n"),
    "deliver": lambda who, parcel: shipping.mark_delivered(who, parcel.pk),
    "hand over": lambda who, parcel: shipping.hand_over(who, parcel.order.number, code="AAAAAA"),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [None, *sorted(set(Role) - {Role.OWNER, Role.FULFILMENT})])
def test_only_the_owner_and_fulfilment_move_parcels(act: str, role: Role | None) -> None:
    order = two_parcels()
    who = order.buyer if role is None else make_staff(role)
    with refused("request.forbidden"):
        ACTS[act](who, parcels(order)[0])
    assert [parcel.status for parcel in parcels(order)] == ["waiting", "waiting"]
    assert emitted(ParcelShipped) == []


def test_a_batch_ships_what_it_can_and_says_what_it_cannot() -> None:
    actor, order, other = make_staff(), two_parcels(), two_parcels()
    first, second = parcels(order)
    third, fourth = parcels(other)
    rows = [
        "Shipment,Carrier,Tracking,contents",
        f"{first.number},sf,SF1234567890,桃",
        f"{second.number},pigeon,SF1234567891,",
        "",
        f"{third.number},zto",
        "S000000-NOSUCHNUMB,sf,SF1234567892",
        f"{fourth.number},SF, SF1234567893",
        f"{first.number},sf,SF1234567890",
    ]
    report = shipping.batch_ship(actor, "\ufeff" + "\r\n".join(rows))
    assert (report.shipped, report.already) == (2, 1)
    assert [(bad.row, bad.shipment) for bad in report.refused] == [
        (3, second.number),
        (5, third.number),
        (6, "S000000-NOSUCHNUMB"),
    ]
    assert {parcel.number for parcel in Shipment.objects.filter(status="shipped")} == {first.number, fourth.number}
    assert shipping.batch_ship(actor, "\n".join(rows)).shipped == 0


def test_a_batch_that_is_no_batch_is_refused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    actor = make_staff()
    parcel = parcels(two_parcels())[0]
    row = f"{parcel.number},sf,SF1234567890"
    for text, code in {
        "": "ordering.csv_header",
        row: "ordering.csv_header",
        f"shipment,carrier,tracking\n{row}\n\x00,\n": "",
    }.items():
        if code:
            with refused(code):
                shipping.batch_ship(actor, text)
    monkeypatch.setattr(shipping, "MAX_CSV_ROWS", 1)
    with refused("ordering.csv_rows"):
        shipping.batch_ship(actor, f"shipment,carrier,tracking\n{row}\n{row}\n")
    assert Shipment.objects.get(pk=parcel.pk).status == "waiting"


def test_the_template_of_a_batch_can_be_filled_in_and_sent_back() -> None:
    actor, order = make_staff(), two_parcels()
    Order.objects.filter(pk=order.pk).update(recipient="=1+1")
    text = queries.shipments_csv(actor)
    assert "'=1+1" in text
    filled = text.replace(",,,", ",sf,SF1234567890,")
    assert shipping.batch_ship(actor, filled).shipped == 2


def test_a_delivered_parcel_is_not_yet_received_by_its_customer() -> None:
    actor, order = make_staff(), two_parcels()
    parcel = parcels(order)[0]
    with refused("ordering.not_on_its_way"):
        shipping.mark_delivered(actor, parcel.pk)
    shipping.ship(actor, parcel.pk, carrier="sf", tracking_number="SF1234567890")
    assert shipping.mark_delivered(actor, parcel.pk).status == "delivered"
    assert fresh(order).status == "paid"


def test_pieces_are_taken_out_of_a_waiting_parcel_only() -> None:
    actor, order = make_staff(), two_parcels()
    line, _other = lines(order)
    assert packing.take_out(line.pk, quantity=1)
    assert not packing.take_out(line.pk, quantity=2)
    assert ShipmentLine.objects.get(order_line=line).quantity == 1
    assert packing.take_out(line.pk, quantity=1)
    first, second = parcels(order)
    assert first.status == "cancelled"
    with refused("ordering.parcel_gone"):
        shipping.ship(actor, first.pk, carrier="sf", tracking_number="SF1234567890")
    shipping.ship(actor, second.pk, carrier="sf", tracking_number="SF1234567890")
    assert not packing.take_out(lines(order)[1].pk, quantity=1)
    assert fresh(order).status == "shipped"


def test_a_late_parcel_opens_one_alert(moving_clock: MovingClock) -> None:
    order = two_parcels()
    assert shipping.report_late(10) == 0
    moving_clock.advance(hours=50)
    assert shipping.report_late(10) == 2
    assert shipping.report_late(10) == 2
    subjects = {parcel.number for parcel in parcels(order)}
    assert set(Alert.objects.filter(code="shipment.late").values_list("subject", flat=True)) == subjects
    assert Alert.objects.count() == 2
    first, second = parcels(order)
    shipping.ship(make_staff(), first.pk, carrier="sf", tracking_number="SF1234567890")
    assert shipping.report_late(10) == 1
    assert list(Alert.objects.filter(resolved_at=None).values_list("subject", flat=True)) == [second.number]


def test_a_pickup_is_handed_over_for_its_code() -> None:
    actor = make_staff(Role.FULFILMENT)
    order = paid(make_member(), *[placed_line(sku) for sku in skus_of(2)], delivery=Order.Delivery.PICKUP)
    code = queries.order_page(order.buyer, order.number).pickup_code
    assert len(code) == shipping.PICKUP_CODE_LENGTH
    assert queries.order_page(actor, order.number).pickup_code == ""
    assert [row.number for row in queries.pickups_waiting(actor).items] == [order.number]
    assert queries.shipments_waiting(actor).items == ()
    with refused("ordering.parcel_pickup"):
        shipping.ship(actor, parcels(order)[0].pk, carrier="sf", tracking_number="SF1234567890")
    with refused("ordering.pickup_code"):
        shipping.hand_over(actor, order.number, code="AAAAAA" if code != "AAAAAA" else "BBBBBB")
    assert fresh(order).status == "paid"
    taken = shipping.hand_over(actor, order.number, code=f" {code.lower()} ")
    assert taken.status == "received"
    assert taken.settle_after is not None
    assert [parcel.status for parcel in parcels(order)] == ["delivered", "delivered"]
    assert len(emitted(OrderReceived)) == 1
    with refused("ordering.not_a_pickup"):
        shipping.hand_over(actor, order.number, code=code)
    assert broken() == []


def test_a_pickup_code_cannot_be_guessed() -> None:
    actor = make_staff()
    order = paid(make_member(), placed_line(skus_of(1)[0]), delivery=Order.Delivery.PICKUP)
    for _try in range(shipping.PICKUP_TRIES_PER_HOUR):
        with refused("ordering.pickup_code"):
            shipping.hand_over(actor, order.number, code="000000")
    with pytest.raises(DomainError) as refusal:
        shipping.hand_over(actor, order.number, code=shipping.pickup_code(order))
    assert refusal.value.code == "request.too_many"


def test_a_parcel_order_is_not_handed_over() -> None:
    order = two_parcels()
    with refused("ordering.not_a_pickup"):
        shipping.hand_over(make_staff(), order.number, code=shipping.pickup_code(order))
    assert progress.mark_paid(order.pk) == "already"
