"""Faults that other shops shipped with, one test each, with the line that names it. None of them may be ours.

Three wait for what does not exist yet (issue 4, the plays): “bargain cuts by the floor price as minimum” (yudao), “two joins at once
overfill a group” (CRMEB), and of “one coupon, five orders; negative payable” (mall) the coupon.
"""

import ast
import hashlib
import hmac
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from pytest_django import Settings

import renmai
from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.tests.fakes import FakePlay, choice, installed, running_campaign
from renmai.catalogue.actions.prices import set_price
from renmai.distribution.actions import request_withdrawal, thaw_due, thaw_order
from renmai.distribution.models import Agent, Commission
from renmai.distribution.queries import income
from renmai.journeys import after_sale, cancelling, checkout, paying, receiving, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.comparisons import compares_a_secret
from renmai.journeys.tests.test_paying import answer_for
from renmai.journeys.tests.world import (
    Behaviour,
    agent_with_shop,
    at_cashier,
    begin_payment,
    buy,
    comes_through,
    customer,
    draft,
    end_of_window,
    fresh,
    goods,
    lines,
    place,
    refused,
    settle_down,
    ship_all,
    stock,
    violations,
)
from renmai.ordering import windows
from renmai.ordering.models import Order
from renmai.payments.models import Payment, Refund, SandboxNotice, SandboxTrade
from renmai.payments.providers.sandbox import signing
from renmai.sharing.models import Shop
from tools.testing.moving_clock import MovingClock
from tools.testing.together import Act, every_interleaving


@pytest.mark.django_db
class TestLatePayerStuck:
    """“Late payer stuck: paid, not recorded, not cancellable (yudao)”."""

    @pytest.mark.parametrize("told", [Behaviour.PAY, Behaviour.NEVER_NOTIFY])
    def test_money_after_the_order_expired_is_recorded_and_goes_back(self, moving_clock: MovingClock, told: Behaviour) -> None:
        who, (peach,) = customer(), goods()
        order = place(who, [(peach, 2)])
        payment = begin_payment(who, order)
        moving_clock.travel(order.pay_before + windows.RESERVATION_MARGIN)
        assert cancelling.cancel_overdue(10) == 1
        at_cashier(payment, told)
        moving_clock.advance(minutes=2)
        paying.sweep_pending(10)
        settle_down()
        payment.refresh_from_db()
        assert (fresh(order).status, payment.status, payment.refunded_fen) == ("cancelled", "captured", order.payable_fen)
        assert Refund.objects.get().status == "succeeded"
        assert stock(peach) == (20, 0, 0)
        assert violations() == []

    def test_who_paid_and_was_not_told_of_is_found_when_she_looks_or_cancels(self) -> None:
        who, (peach,) = customer(), goods()
        for act in ("look", "cancel"):
            order = place(who, [(peach, 1)])
            at_cashier(begin_payment(who, order), Behaviour.NEVER_NOTIFY)
            if act == "look":
                assert paying.look_again(who.user, order.number).status == "paid"
                continue
            assert cancelling.cancel(who.user, order.number).status == "cancelled"
            payment = Payment.objects.get(reference=order.number)
            assert paying.settle_capture("sandbox", answer_for(payment)) == "late"
            settle_down()
            assert Refund.objects.get(payment=payment).status == "succeeded"
        assert violations() == []


@pytest.mark.django_db
def test_commission_thaws_before_receipt(moving_clock: MovingClock) -> None:
    """“Commission thaws before receipt (yudao)”: a hundred days after payment it has not moved, and not until the window is over."""
    actor, (_agent, shop), who, (peach,) = make_staff(), agent_with_shop(), customer(), goods(price_fen=50_000)
    comes_through(who, shop)
    order = ship_all(actor, buy(who, [(peach, 1)]))
    settle_down()
    commission = Commission.objects.get()
    Commission.objects.update(thaw_at=moving_clock.now)  # even with a date that is over
    for _day in range(9):
        settle_down()
        moving_clock.advance(days=1)
        assert (thaw_due(10), thaw_order(order.pk)) == (0, 0)
    receiving.confirm(who.user, order.number)
    settle_down()
    moving_clock.travel(end_of_window(order) - timedelta(seconds=1))
    assert (settling.settle_due(10), thaw_due(10)) == (0, 0)
    commission.refresh_from_db()
    assert (commission.status, commission.thaw_at) == ("frozen", end_of_window(order))
    moving_clock.advance(seconds=1)
    assert settling.settle_due(10) == 1
    settle_down()
    thaw_due(10)
    commission.refresh_from_db()
    assert commission.status == "available"
    assert violations() == []


@pytest.mark.django_db(transaction=True)
def test_balances_read_modify_written() -> None:
    """“Balances read-modify-written (CRMEB)”: a commission that thaws and a withdrawal, in every order, add up to the fen."""
    actor, earners = make_staff(), list[Agent]()

    def earned(shop: Shop, *, thaw: bool) -> Order:
        who, (peach,) = customer(), goods(price_fen=100_000)
        comes_through(who, shop)
        order = ship_all(actor, buy(who, [(peach, 1)]))
        receiving.confirm(who.user, order.number)
        settle_down()
        Order.objects.filter(pk=order.pk).update(settle_after=fresh(order).received_at)
        Commission.objects.filter(order_line__order=order).update(thaw_at=fresh(order).received_at)
        assert settling.settle(order.pk)
        if thaw:
            settle_down()
            thaw_order(order.pk)
        return order

    def scene() -> tuple[Act, Act]:
        agent, shop = agent_with_shop()
        earners.append(agent)
        earned(shop, thaw=True)
        second = earned(shop, thaw=False)
        return (
            lambda: request_withdrawal(agent.user, amount_fen=3000, idempotency_key="k").status,
            lambda: thaw_order(second.pk),
        )

    def check(asked: str, thawed: str) -> None:
        settle_down()
        assert (asked, thawed) == ("requested", "1")
        after = income(earners[-1].pk)
        assert (after.available_fen, after.withdrawing_fen) == (2 * 5000 - 3000, 3000)
        assert violations() == []

    every_interleaving(scene, check)


@pytest.mark.django_db
def test_every_members_refund_filed_against_the_leaders_order() -> None:
    """“Every member's refund filed against the leader's order (CRMEB Java)”: money goes back to the order that it came from."""
    actor, (peach,) = make_staff(), goods()
    leader, member = customer(), customer()
    first, second = buy(leader, [(peach, 3)]), buy(member, [(peach, 1)])
    for order, line in ((first, second), (second, first)):
        # Nobody claims the line of one order under the number of another: not hers, not somebody else's.
        for asking in (leader.user, member.user, actor):
            wanted = AfterSaleDraft(order.number, lines(line)[0].pk, "refund", 1, "other")
            with refused("request.not_found"):
                after_sale.request(asking, wanted, idempotency_key="k")
    for who, order in ((leader, first), (member, second)):
        wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 1, "other")
        after_sale.request(who.user, wanted, idempotency_key="k")
    settle_down()
    found = Refund.objects.order_by("pk").values_list("payment__reference", "amount_fen", "status")
    assert list(found) == [(order.number, fresh(order).refunded_fen, "succeeded") for order in (first, second)]
    assert fresh(second).refunded_fen == second.payable_fen
    assert fresh(first).refunded_fen < first.payable_fen
    assert violations() == []


@pytest.mark.django_db
def test_negative_payable() -> None:
    """“Negative payable (mall)”: no discount is larger than the goods, no quantity is negative, and the table holds no such order."""
    who, (peach,) = customer(), goods(price_fen=1000, freight=False)
    with installed(FakePlay()) as play:
        wanted = draft(who, [(peach, 2)], plays=(choice(running_campaign(), "t"),))
        for amount_fen, code in ((2001, "ordering.discount"), (10**9, "ordering.discount"), (-500, "money.amount")):
            play.off_fen = amount_fen
            with refused(code):
                checkout.place_order(who.user, None, wanted, idempotency_key="k")
    for quantity in (0, -1, -(2**63)):
        with refused("ordering.quantity"):
            checkout.place_order(who.user, None, draft(who, [(peach, quantity)]), idempotency_key="k")
    with refused("ordering.quantity"):
        checkout.place_order(who.user, None, draft(who, [(peach, 5), (peach, -4)]), idempotency_key="k")
    assert not Order.objects.exists()
    order = place(who, [(peach, 1)])
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(payable_fen=-1, discount_fen=1001)
    assert (stock(peach), violations()) == ((19, 1, 0), [])


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["shipped", "received", "settled", "refunded"])
def test_a_shipped_order_turned_back_to_paid_by_a_late_callback(moving_clock: MovingClock, state: str) -> None:
    """“Shipped order turned back to paid by a late callback (litemall)”: neither the same money again nor another payment moves it."""
    actor, who, (peach,) = make_staff(), customer(), goods()
    order = place(who, [(peach, 1)])
    other = begin_payment(who, order)
    Payment.objects.filter(pk=other.pk).update(status="closed")
    first = begin_payment(who, order)
    at_cashier(first)
    body = SandboxNotice.objects.latest("pk").body.encode()
    if state == "refunded":
        after_sale.request(who.user, AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 1, "other"), idempotency_key="k")
    else:
        ship_all(actor, order)
    settle_down()
    if state in {"received", "settled"}:
        receiving.confirm(who.user, order.number)
        settle_down()
    if state == "settled":
        moving_clock.travel(end_of_window(order))
        settling.settle_due(10)
        settle_down()
    before = Order.objects.filter(pk=order.pk).values().get()
    assert before["status"] == state
    assert paying.receive_notification("sandbox", signing.signed_headers(body), body).code == "already"
    at_cashier(other)
    settle_down()
    assert Order.objects.filter(pk=order.pk).values().get() == before
    assert Refund.objects.get(payment=other).status == "succeeded"
    assert violations() == []


@pytest.mark.django_db
def test_orders_closed_by_an_unauthenticated_url() -> None:
    """“Orders closed by an unauthenticated cron URL (ShopXO)”: no address moves an order for whoever calls it."""
    who, (peach,) = customer(), goods()
    placed, paid = place(who, [(peach, 1)]), buy(who, [(peach, 1)])
    shipped = ship_all(make_staff(), buy(who, [(peach, 1)]))
    late = windows.RESERVATION_MARGIN + timedelta(days=1)
    Order.objects.filter(pk=placed.pk).update(pay_before=placed.pay_before - late)
    before = list(Order.objects.order_by("pk").values())
    guest = Client()
    asked = 0
    for order in (placed, paid, shipped):
        for address in _addresses(get_resolver(), order):
            if order is not placed and order.number not in address:
                continue
            for answer in (guest.get(address), guest.post(address, {"act": "cancel", "reason": "x"})):
                assert answer.status_code != 500, address
                asked += 1
    assert asked > 300
    assert list(Order.objects.order_by("pk").values()) == before
    assert violations() == [f"[9] order {placed.number}: placed and unpaid past its time"]


def _addresses(resolver: URLResolver, order: Order, prefix: str = "/") -> Iterator[str]:
    """Every address there is, with the number or the id of ``order`` wherever it takes something."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).lstrip("^/").rstrip("$")
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, order, route)
        elif "(?P<" not in route:
            texts = re.sub(r"<(?:str:|slug:|\w*number:)?\w*(number|reference|subject)\w*>", order.number, route)
            yield re.sub(r"<[^>]+>", str(order.pk), texts)


@pytest.mark.django_db
class TestAnyoneMarksAnOrderPaid:
    """“Anyone marks an order paid because the gateway's secret was empty (Woo gateways)”."""

    @pytest.mark.parametrize("secret", ["", " ", "x" * 31])
    def test_an_empty_or_short_secret_verifies_nothing(self, settings: Settings, secret: str) -> None:
        order, body = self.waiting()
        settings.RENMAI_SANDBOX_SECRET = secret
        with pytest.raises(ImproperlyConfigured):
            paying.receive_notification("sandbox", self.forged(body, secret.encode()), body)
        assert fresh(order).status == "placed"

    @pytest.mark.parametrize("key", [b"", b"None", b"changeme", b"0" * 32])
    def test_a_signature_by_no_secret_or_a_guessed_one_is_refused(self, client: Client, key: bytes) -> None:
        order, body = self.waiting()
        with refused("payments.signature"):
            paying.receive_notification("sandbox", self.forged(body, key), body)
        answer = client.post(
            "/api/v1/payments/sandbox/notify", body, content_type="application/json", headers=self.forged(body, key)
        )
        assert answer.status_code in {401, 403, 404}
        assert (fresh(order).status, Payment.objects.get().status) == ("placed", "pending")
        assert violations() == []

    def test_no_signature_at_all_is_refused(self) -> None:
        order, body = self.waiting()
        with refused("payments.signature"):
            paying.receive_notification("sandbox", {}, body)
        assert fresh(order).status == "placed"

    @staticmethod
    def waiting() -> tuple[Order, bytes]:
        """An order that waits for its money, and the very words in which its provider would say that it came."""
        who, (peach,) = customer(), goods()
        order = place(who, [(peach, 1)])
        payment = begin_payment(who, order)
        at_cashier(payment, Behaviour.NOTIFY_LATE)
        body = SandboxNotice.objects.get().body.encode()
        SandboxNotice.objects.all().delete()
        assert str(payment.amount_fen).encode() in body
        SandboxTrade.objects.update(status="open", paid_at=None)
        return order, body

    @staticmethod
    def forged(body: bytes, key: bytes) -> dict[str, str]:
        """The headers of a notification as somebody signs it who thinks that ``key`` is the secret."""
        genuine = signing.signed_headers(body) if len(django_settings.RENMAI_SANDBOX_SECRET) >= 32 else {}
        timestamp, nonce = genuine.get(signing.TIMESTAMP, "1760000000"), "0123456789abcdef"
        text = b"%b\n%b\n%b\n" % (timestamp.encode(), nonce.encode(), body)
        signature = hmac.new(key, text, hashlib.sha256).hexdigest()
        return {signing.TIMESTAMP: timestamp, signing.NONCE: nonce, signing.SIGNATURE: signature}


NOT_SECRET = {
    ("renmai/campaigns/queries/running.py", "token != known.token"): "names what this process has read, to itself",
    ("renmai/plays/coupon/pages/views.py", "state in STATES"): "the tab of a list",
    ("renmai/journeys/order_import/writing.py", "row.digest == document.digest"): "tells changed files from unchanged ones",
    ("renmai/journeys/order_import/writing.py", "row.digest != document.digest"): "tells changed files from unchanged ones",
    ("renmai/matching/likeness.py", "kept.digest == digest"): "tells a changed catalogue from the one that was learnt",
    (
        "renmai/insight/experiments/running.py",
        "token != known.token",
    ): "tells whether the kept experiments are still those of the database",
    ("renmai/kernel/idempotency.py", "row.fingerprint != print_"): "tells what a key was used for, to its owner",
    ("renmai/project/environment.py", "password == found.database.user"): "the operator's own settings, when the shop starts",
    (
        "renmai/project/commands/create_staff.py",
        "getpass.getpass('Again: ') != password",
    ): "one person types both at her own keyboard",
}


def test_non_constant_time_hmac() -> None:
    """“Non-constant-time HMAC (Saleor)”: no signature, code, token or digest is compared with ``==``."""
    root = Path(renmai.__file__).parent
    found = {
        (path.relative_to(root.parent).as_posix(), ast.unparse(node))
        for path in root.rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare) and compares_a_secret(node)
    }
    assert found == set(NOT_SECRET)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("sent.signature == expected", True),
        ("hmac.new(key, body).hexdigest() != given", True),
        ("code_hash in known", True),
        ("request.POST['token'] == token", True),
        ("hmac.compare_digest(signature, given) is False", False),
        ("status == 'paid'", False),
    ],
)
def test_what_counts_as_such_a_comparison(text: str, is_found: bool) -> None:
    (node,) = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Compare))
    assert compares_a_secret(node) is is_found


@pytest.mark.django_db
def test_price_tampering() -> None:
    """“Price tampering (mall)”: what is paid is what the catalogue says; another total than the one seen is refused, never charged."""
    actor, who, (peach,) = make_staff(), customer(), goods(price_fen=10_000, freight=False)
    for seen in (1, 9_999, 10_001, 0, -10_000):
        with refused("ordering.price_changed"):
            place(who, [(peach, 1)], expected_payable_fen=seen)
    set_price(actor, peach.pk, price_fen=12_000)
    with refused("ordering.price_changed"):
        place(who, [(peach, 1)], expected_payable_fen=10_000)
    assert not Order.objects.exists()
    order = place(who, [(peach, 1)], expected_payable_fen=12_000)
    set_price(actor, peach.pk, price_fen=1)
    payment = begin_payment(who, order)
    assert (order.payable_fen, payment.amount_fen, lines(order)[0].unit_price_fen) == (12_000, 12_000, 12_000)
    # Neither does paying less pay it: whoever tampers with the amount on the way to the provider gets the money back.
    at_cashier(payment, Behaviour.WRONG_AMOUNT)
    assert fresh(order).status == "placed"
    assert stock(peach) == (19, 1, 0)
