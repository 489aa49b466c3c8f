"""Several at the same moment, each on a connection of its own. PostgreSQL interleaves them, SQLite queues them."""

import io
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.db.models import Count

from renmai.accounts.models import Consent, Visitor
from renmai.accounts.tests.factories import HERE, make_member, make_phone, make_staff
from renmai.catalogue.actions import import_catalogue
from renmai.catalogue.models import Product, Sku
from renmai.channels.queries import inbox
from renmai.distribution.actions import AgentApplication
from renmai.distribution.models import Agent, Commission
from renmai.journeys import after_sale, cancelling, checkout, joining, paying, settling, signing_in
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.order_import import match, read_lines, write
from renmai.journeys.tests.test_paying import answer_for
from renmai.journeys.tests.world import (
    REACTIONS,
    Behaviour,
    Customer,
    agent_with_shop,
    at_cashier,
    begin_payment,
    buy,
    comes_through,
    customer,
    draft,
    fresh,
    goods,
    lines,
    place,
    settle_down,
    ship_all,
    stock,
    violations,
)
from renmai.kernel import outbox
from renmai.kernel.models import IdempotencyKey, OutboxEvent
from renmai.ordering.actions import cart, progress, shipping
from renmai.ordering.events import LineRefunded, OrderPaid, OrderPlaced
from renmai.ordering.models import AfterSale, CartLine, Order, OrderLine, Shipment
from renmai.ordering.tests.making import emitted, make_visitor
from renmai.payments.models import Notification, Payment, Refund, SandboxNotice, SandboxTrade
from renmai.payments.providers.sandbox import signing
from renmai.policy.rules import Occupation
from renmai.sharing.actions import ShopInput
from renmai.sharing.models import Shop
from tools.testing.together import Act, at_once

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 6
ROUNDS = 6


def pay_trade(payment: Payment) -> None:
    SandboxTrade.objects.filter(number=payment.number).update(status="paid", paid_at=payment.created_at)


def test_the_same_form_sent_six_times_is_one_order() -> None:
    who, (peach, cloth) = customer(), goods(2)
    chosen = [cart.add_to_cart(who.visitor, who.user, sku_id=sku.pk, quantity=2).pk for sku in (peach, cloth)]
    wanted = checkout.CheckoutDraft(cart_line_ids=tuple(chosen), address_id=who.address_id)
    said = at_once(
        *[lambda: checkout.place_order(who.user, who.visitor, wanted, idempotency_key="k").number for _one in range(THREADS)]
    )
    assert set(said) == {Order.objects.get().number}
    assert stock(peach) == stock(cloth) == (18, 2, 0)
    assert len(emitted(OrderPlaced)) == 1
    assert not CartLine.objects.exists()
    assert violations() == []


def test_two_hundred_buyers_for_twenty_pieces() -> None:
    (peach,) = goods(stock=20)
    crowd = [customer() for _one in range(200)]

    def buyer(who: Customer) -> Callable[[], object]:
        return lambda: checkout.place_order(who.user, None, draft(who, [(peach, 1)]), idempotency_key="k").status

    said = Counter(at_once(*[buyer(who) for who in crowd]))
    assert said["placed"] == 20
    assert said["catalogue.sold_out"] + said["ordering.sold_out"] == 180
    assert stock(peach) == (0, 20, 0)
    assert Order.objects.count() == OrderLine.objects.count() == 20
    assert IdempotencyKey.objects.count() == len(emitted(OrderPlaced)) == 20
    assert violations() == []


def test_one_key_for_two_different_orders_at_once() -> None:
    for _round in range(ROUNDS):
        who, (peach,) = customer(), goods()
        said = at_once(
            *[
                lambda quantity=quantity: (
                    checkout.place_order(
                        who.user,  # noqa: B023
                        None,
                        draft(who, [(peach, quantity)]),  # noqa: B023
                        idempotency_key="k",
                    ).status
                )
                for quantity in (1, 2)
            ]
        )
        assert sorted(said) == ["placed", "request.repeated_key"]
        assert stock(peach)[1] == said.index("placed") + 1
    assert violations() == []


def test_orders_for_the_same_goods_the_other_way_round() -> None:
    skus: Sequence[Sku] = goods(4, stock=1000)
    crowd = [customer() for _one in range(12)]

    def buyer(number: int, who: Customer) -> Callable[[], object]:
        chosen = skus if number % 2 else skus[::-1]
        return lambda: checkout.place_order(who.user, None, draft(who, [(sku, 1) for sku in chosen]), idempotency_key="k").status

    said = at_once(*[buyer(number, who) for number, who in enumerate(crowd)])
    assert said == ["placed"] * 12
    assert [stock(sku) for sku in skus] == [(988, 12, 0)] * 4


def test_cancel_against_capture_has_one_winner_and_nobody_loses_money() -> None:
    seen = set()
    for _round in range(ROUNDS):
        who, (peach,) = customer(), goods()
        order = place(who, [(peach, 2)])
        payment = begin_payment(who, order)
        pay_trade(payment)
        answer = answer_for(payment)
        cancelled, captured = at_once(
            lambda who=who, order=order: cancelling.cancel(who.user, order.number).status,  # type: ignore[misc]
            lambda answer=answer: paying.settle_capture("sandbox", answer),  # type: ignore[misc]
        )
        seen.add((cancelled, captured))
        if captured == "paid":
            assert (cancelled, fresh(order).status, stock(peach)) == ("ordering.not_cancellable", "paid", (18, 0, 2))
            assert not Refund.objects.filter(payment=payment).exists()
        else:
            assert (cancelled, captured, stock(peach)) == ("cancelled", "late", (20, 0, 0))
            assert Refund.objects.get(payment=payment).amount_fen == order.payable_fen
    assert seen <= {("ordering.not_cancellable", "paid"), ("cancelled", "late")}
    settle_down()
    assert violations() == []


def test_two_payments_for_one_order_at_once() -> None:
    for number in range(ROUNDS):
        who, (peach,) = customer(), goods()
        order = place(who, [(peach, 1)])
        first = begin_payment(who, order)
        Payment.objects.filter(pk=first.pk).update(status="closed")
        second = begin_payment(who, order)
        for payment in (first, second):
            pay_trade(payment)
        answers = [answer_for(payment) for payment in (first, second)]
        said = at_once(*[lambda answer=answer: paying.settle_capture("sandbox", answer) for answer in answers])
        assert sorted(said) == ["duplicate", "paid"]
        assert len(emitted(OrderPaid)) == number + 1
        assert Refund.objects.get(payment__reference=order.number).amount_fen == order.payable_fen
        assert Shipment.objects.filter(order=order).count() == 1
        assert stock(peach) == (19, 0, 1)
    settle_down()
    assert violations() == []


def test_a_hundred_callbacks_at_once_pay_once() -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 2)])
    payment = begin_payment(who, order)
    at_cashier(payment, Behaviour.NOTIFY_LATE)
    body = SandboxNotice.objects.get().body.encode()
    one = signing.signed_headers(body)
    same: list[Act] = [lambda: paying.receive_notification("sandbox", one, body).code] * 50
    others: list[Act] = [lambda: paying.receive_notification("sandbox", signing.signed_headers(body), body).code] * 50
    said = Counter(at_once(*(act for pair in zip(same, others, strict=True) for act in pair)))
    assert said == {"paid": 1, "already": 50, "payments.replayed": 49}
    assert (fresh(order).status, stock(peach), len(emitted(OrderPaid))) == ("paid", (18, 0, 2), 1)
    assert Notification.objects.count() == 51
    settle_down()
    assert violations() == []


def test_refund_against_shipment_has_one_winner() -> None:
    actor = make_staff()
    for _round in range(ROUNDS):
        who, (peach,) = customer(), goods()
        order = buy(who, [(peach, 2)])
        parcel = Shipment.objects.get(order=order)
        wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 2, "other")
        shipped, claimed = at_once(
            lambda parcel=parcel: shipping.ship(actor, parcel.pk, carrier="sf", tracking_number="SF1234567890").status,  # type: ignore[misc]
            lambda who=who, wanted=wanted: after_sale.request(who.user, wanted, idempotency_key="k").status,  # type: ignore[misc]
        )
        if shipped == "shipped":
            # It has left: nobody gets money back for it without the staff.
            assert (claimed, stock(peach), fresh(order).refunded_fen) == ("requested", (18, 0, 2), 0)
            after_sale.reject(actor, AfterSale.objects.get(order=order).number, answer="已发货")
        else:
            assert (shipped, claimed, stock(peach)) == ("ordering.parcel_gone", "refunding", (20, 0, 0))
            assert fresh(order).refunded_fen == order.payable_fen
    settle_down()
    assert violations() == []


def test_six_claims_for_the_same_pieces() -> None:
    actor, who, (peach,) = make_staff(), customer(), goods()
    order = ship_all(actor, buy(who, [(peach, 3)]))
    wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 1, "other")
    said = Counter(
        at_once(
            *[lambda key=str(key): after_sale.request(who.user, wanted, idempotency_key=key).status for key in range(THREADS)]
        )
    )
    assert said == {"requested": 3, "ordering.claim_quantity": 3}
    numbers = list(AfterSale.objects.values_list("number", flat=True))
    said = Counter(at_once(*[lambda number=number: after_sale.approve(actor, number).status for number in numbers * 2]))
    assert said == {"refunding": 3, "ordering.claim_state": 3}
    line = lines(order)[0]
    assert (line.refunded_quantity, line.refunded_fen) == (3, line.amount_fen)
    assert len(emitted(LineRefunded)) == Refund.objects.count() == 3
    settle_down()
    assert fresh(order).status == "refunded"
    assert violations() == []


def test_a_claim_against_settlement_has_one_winner() -> None:
    actor = make_staff()
    for number in range(ROUNDS):
        who, (peach,) = customer(), goods()
        order = ship_all(actor, buy(who, [(peach, 1)]))
        progress.mark_received(order.pk)
        received = fresh(order)
        # The window closes between the two: the claim is allowed, and the order due.
        Order.objects.filter(pk=order.pk).update(settle_after=received.placed_at)
        wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 1, "other")
        settled, claimed = at_once(
            lambda order=order: settling.settle(order.pk),  # type: ignore[misc]
            lambda wanted=wanted, number=number: after_sale.request(actor, wanted, idempotency_key=str(number)).status,  # type: ignore[misc]
        )
        assert claimed == "requested"
        claim = AfterSale.objects.get(order=order)
        assert (settled == "True") == (fresh(order).status == "settled")
        after_sale.approve(actor, claim.number)
        assert Refund.objects.get(payment__reference=order.number).after_settlement == (settled == "True")
    settle_down()
    assert {order.status for order in Order.objects.all()} == {"refunded"}
    assert violations() == []


def test_signing_in_twice_at_once_neither_loses_nor_doubles() -> None:
    for _round in range(ROUNDS):
        who, guest, skus = customer(), make_visitor(), goods(2)
        cart.add_to_cart(who.visitor, who.user, sku_id=skus[0].pk, quantity=1)
        for sku in skus:
            cart.add_to_cart(guest, None, sku_id=sku.pk, quantity=2)
        at_once(*[lambda: cart.merge_guest_cart(guest, who.user) for _one in range(4)])  # noqa: B023
        found = sorted(CartLine.objects.filter(user=who.user).values_list("sku_id", "quantity"))
        assert found == sorted([(skus[0].pk, 3), (skus[1].pk, 2)])
        assert not CartLine.objects.filter(user__isnull=True).exists()
    assert signing_in.bring_along(who.user, guest).user == who.user


def test_joining_twice_at_once_opens_one_shop() -> None:
    for _round in range(ROUNDS):
        user = make_member()
        application = AgentApplication(date(1990, 5, 17), Occupation.OTHER, "林晓", has_agreed=True)
        said = at_once(
            *[lambda: str(joining.join(user, application, ShopInput("林晓的小店", "")).shop.pk) for _one in range(4)]  # noqa: B023
        )
        assert set(said) == {str(Shop.objects.get(owner=user).pk)}
        assert (
            Agent.objects.filter(user=user).count() == Consent.objects.filter(user=user, purpose="agent_agreement").count() == 1
        )
    assert violations() == []


def test_one_code_signs_in_one_browser_of_two() -> None:
    for _round in range(ROUNDS):
        phone = make_phone()
        signing_in.send_code(phone, ip_address=HERE)
        code = inbox(phone=phone, limit=1)[0].body
        digits = "".join(char for char in code if char.isdigit())[:6]
        guests = [make_visitor(), make_visitor()]
        said = at_once(
            *[
                lambda guest=guest: signing_in.sign_in(phone, digits, visitor=guest, ip_address=HERE).user.phone  # noqa: B023
                for guest in guests
            ]
        )
        assert sorted(said)[1] == "accounts.code_expired"
        assert Visitor.objects.filter(user__phone__endswith=phone).count() == 1
    assert violations() == []


def test_workers_side_by_side_deliver_each_event_once() -> None:
    buyers = [buy(customer(), [(goods()[0], 1)]) for _one in range(8)]
    agent, shop = agent_with_shop()
    who = customer()
    comes_through(who, shop)
    buyers.append(buy(who, [(goods(price_fen=50_000)[0], 1)]))
    at_once(*[lambda: outbox.deliver_due(REACTIONS, limit=500) for _worker in range(4)])
    outbox.drain(REACTIONS)
    assert not OutboxEvent.objects.exclude(status=OutboxEvent.Status.DONE).exists()
    paid = OutboxEvent.objects.filter(name=OrderPaid.NAME)
    assert sorted(paid.annotate(handled=Count("receipts")).values_list("handled", flat=True)) == [2] * len(buyers)
    assert Commission.objects.filter(agent=agent).count() == 1
    assert sum(Product.objects.values_list("sold_count", flat=True)) == len(buyers)
    assert violations() == []


def test_one_catalogue_file_imported_twice_at_once() -> None:
    head = "product_code,sku_code,category,supplier,title_zh,options,price,stock"
    rows = [f"p{number},p{number}-{size},新/鲜,farm,水蜜桃,规格={size},12.80,40" for number in range(6) for size in "ab"]
    lines = [line + "\n" for line in (head, *rows)]
    said = at_once(*[lambda: import_catalogue(None, list(lines)) for _one in range(3)])
    assert Product.objects.count() == 6
    assert sorted(Sku.objects.values_list("stock_free", flat=True)) == [40] * 12
    assert all(result.startswith("read 12 = ") and "quarantined 0" in result for result in said)
    assert sum(int(result.split("imported ")[1].split()[0]) for result in said) == 12
    assert violations() == []


def test_one_file_of_past_orders_imported_twice_at_once() -> None:
    head = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
    rows = [
        f"{number},A{number % 3},Lantern,2,2010-12-01 08:26:00,2.55,1785{number % 4}.0,France" for number in range(1000, 1030)
    ]

    def act() -> str:
        with io.StringIO("\n".join((head, *rows))) as file:
            return str(write(match(read_lines(file)), quarantine=lambda _line: None))

    said = at_once(act, act, act)
    assert Order.objects.count() == Payment.objects.count() == 30
    assert all(result.startswith("read 30 = ") and "quarantined 0" in result for result in said)
    assert sum(int(result.split("imported ")[1].split()[0]) for result in said) == 30
    assert violations() == []
