"""The four flows that are killed: placing an order, its payment, a refund, a withdrawal. Each makes as many fresh cases as wanted.

``Flows`` works in the shop of ``shop.populate`` and through the rooms' own actions only; what it asserts at the end it reads from
the rows, once for every fact that must be there exactly once.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import StockMovement
from renmai.distribution import actions as distribution
from renmai.distribution.models import Commission, CommissionEntry, Withdrawal
from renmai.journeys import after_sale, checkout, paying, receiving
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.checkout import CheckoutDraft, WantedLine
from renmai.kernel import clock, outbox
from renmai.kernel.errors import DomainError
from renmai.kernel.models import IdempotencyKey, OutboxEvent, Receipt
from renmai.ledger.models import Transfer
from renmai.ordering.actions import shipping
from renmai.ordering.models import AfterSale, Order, OrderLine, Shipment
from renmai.payments import actions as payments
from renmai.payments.actions.refunds import refund_transfer_id
from renmai.payments.models import Notification, Payment, Payout, Refund, SandboxBill, SandboxTrade
from renmai.payments.providers.sandbox import cashier, signing
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.payments.providers.sandbox.provider import notice_body
from renmai.project import reactions, worker
from renmai.sharing.actions import record_visit
from renmai.sharing.models import Share
from tools.torture.kills import Case
from tools.torture.shop import Buyer, Variant, World

SANDBOX = "sandbox"
CLAIMS_PER_ORDER = 40
"""Providers take at most fifty refunds of one payment; the last pieces stay, so that every claim takes the same way."""

WITHDRAWN_FEN = 1000
AGO = timedelta(days=30)
"""When the sales were whose commission is withdrawn: long enough ago to be hers."""


class Flows:
    """Makes cases in a shop of one's own, for ``kills.kill_everywhere``."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._staff = User.objects.get(pk=world.staff)
        self._cases = 0
        self._customer = 0
        self._claimed: tuple[Order, int] | None = None
        self._wallet_fen = 0

    def place(self) -> Case:
        """An order of two suppliers' goods through an agent's link, placed with one key."""
        buyer, key = self._buyer(), self._key("order")
        user, browser = User.objects.get(pk=buyer.user), Visitor.objects.get(pk=buyer.visitor)
        wanted = self._draft(buyer, [(self._world.variants[0], 1), (self._world.variants[-1], 2)])

        def act() -> None:
            checkout.place_order(user, browser, wanted, idempotency_key=key)

        def check() -> None:
            order = Order.objects.get(idempotency_key=key)
            assert order.status == "placed", order.status
            assert IdempotencyKey.objects.filter(key=key).count() == 1
            assert OrderLine.objects.filter(order=order).count() == 2
            moved = StockMovement.objects.filter(reference=order.number).order_by("free_change")
            assert list(moved.values_list("kind", "free_change")) == [("reserve", -2), ("reserve", -1)]
            _delivered_once("ordering.OrderPlaced", order_id=order.pk)

        return Case(act, act, check)

    def pay(self) -> Case:
        """The provider's notice of a payment, taken in and followed up by a worker."""
        order = self.placed_order([(self._world.variants[0], 1), (self._world.variants[-1], 2)])
        payment = self.paid_unnoticed(order)
        body = notice_body(money_came(payment)).encode()
        headers = signing.signed_headers(body)

        def notice() -> None:
            with suppress_code("payments.replayed"):
                paying.receive_notification(SANDBOX, headers, body)

        def act() -> None:
            paying.receive_notification(SANDBOX, headers, body)
            outbox.drain(reactions.REACTIONS)

        def check() -> None:
            captured = Payment.objects.get(reference=order.number)
            assert (captured.status, captured.refunded_fen) == ("captured", 0), captured.status
            assert Order.objects.get(pk=order.pk).status == "paid"
            assert Notification.objects.filter(nonce=headers[signing.NONCE]).count() == 1
            assert _transfers(order.number, "capture") == [order.payable_fen]
            sold = StockMovement.objects.filter(reference=order.number, kind="sell").order_by("sold_change")
            assert list(sold.values_list("sold_change", flat=True)) == [1, 2]
            assert Shipment.objects.filter(order=order).count() == 2
            assert Commission.objects.filter(order_line__order=order).count() == 2
            _delivered_once("ordering.OrderPaid", order_id=order.pk)
            _delivered_once("payments.PaymentCaptured", payment_id=captured.pk)

        return Case(act, notice, check)

    def refund(self) -> Case:
        """A claim for one piece: approved, given back by the provider, noticed, and taken off the commission."""
        order = self._order_to_claim()
        line = OrderLine.objects.get(order=order)
        claim = after_sale.request(
            order.buyer, AfterSaleDraft(order.number, line.pk, "refund", 1, "quality"), idempotency_key=self._key("claim")
        )

        def approve() -> None:
            with suppress_code("ordering.claim_state"):
                after_sale.approve(self._staff, claim.number)

        def act() -> None:
            after_sale.approve(self._staff, claim.number)
            payments.submit_refunds(10)
            payments.deliver_sandbox_notices(10)
            outbox.drain(reactions.REACTIONS)

        def check() -> None:
            done = AfterSale.objects.get(pk=claim.pk)
            assert done.status == "done", done.status
            refund = Refund.objects.get(cause=f"after_sale:{claim.number}")
            assert (refund.status, refund.amount_fen) == ("succeeded", done.amount_fen)
            assert list(SandboxBill.objects.filter(number=refund.number).values_list("amount_fen", flat=True)) == [
                done.amount_fen
            ]
            assert Transfer.objects.get(pk=refund_transfer_id(refund)).amount_fen == done.amount_fen
            _delivered_once("payments.RefundSucceeded", refund_id=refund.pk)
            _delivered_once("ordering.LineRefunded", after_sale_id=claim.pk)

        return Case(act, approve, check)

    def withdraw(self) -> Case:
        """A withdrawal: asked for, reviewed, approved by a second person, paid out by the provider, noticed, booked."""
        keeper = self._world.keepers[0]
        if self._wallet_fen < WITHDRAWN_FEN:
            self._fill_wallet()
        self._wallet_fen -= WITHDRAWN_FEN
        user, key = User.objects.get(pk=keeper.user), self._key("withdrawal")
        first, second = (User.objects.get(pk=person) for person in self._world.money)

        def decide() -> None:
            asked = distribution.request_withdrawal(user, amount_fen=WITHDRAWN_FEN, idempotency_key=key)
            if Withdrawal.objects.get(pk=asked.pk).status == "requested":
                distribution.review_withdrawal(first, asked.pk)
            if Withdrawal.objects.get(pk=asked.pk).status == "reviewed":
                distribution.approve_withdrawal(second, asked.pk)

        def act() -> None:
            decide()
            payments.submit_payouts(10)
            payments.deliver_sandbox_notices(10)
            outbox.drain(reactions.REACTIONS)

        def check() -> None:
            withdrawal = Withdrawal.objects.get(agent_id=keeper.agent, idempotency_key=key)
            assert withdrawal.status == "paid", withdrawal.status
            payout = Payout.objects.get(reference=withdrawal.number)
            net_fen = WITHDRAWN_FEN - withdrawal.tax_fen
            assert (payout.status, payout.amount_fen) == ("succeeded", net_fen)
            assert list(SandboxBill.objects.filter(number=payout.number).values_list("amount_fen", flat=True)) == [net_fen]
            kinds = CommissionEntry.objects.filter(withdrawal=withdrawal).order_by("pk").values_list("kind", flat=True)
            assert list(kinds) == ["withdrawn", "paid", "tax"][: 3 if withdrawal.tax_fen else 2]
            _delivered_once("payments.PayoutFinished", payout_id=payout.pk)

        return Case(act, decide, check)

    def _key(self, what: str) -> str:
        self._cases += 1
        return f"{what}-{self._cases}"

    def _buyer(self) -> Buyer:
        """The customer of the moment, who has just come through the first agent's link."""
        buyer = self._world.buyers[self._customer]
        link = Share.objects.get(pk=self._world.keepers[0].link)
        record_visit(link, Visitor.objects.get(pk=buyer.visitor), user=User.objects.get(pk=buyer.user))
        return buyer

    def _draft(self, buyer: Buyer, wants: Iterable[tuple[Variant, int]]) -> CheckoutDraft:
        lines = tuple(WantedLine(variant.sku, quantity) for variant, quantity in wants)
        return CheckoutDraft(lines=lines, address_id=buyer.address)

    def placed_order(self, wants: Iterable[tuple[Variant, int]] = ()) -> Order:
        """An order that waits for its payment: of ``wants``, or of one piece of the first goods."""
        wants = tuple(wants) or [(self._world.variants[0], 1)]
        buyer = self._buyer()
        user, browser = User.objects.get(pk=buyer.user), Visitor.objects.get(pk=buyer.visitor)
        return checkout.place_order(user, browser, self._draft(buyer, wants), idempotency_key=self._key("order"))

    def paid_unnoticed(self, order: Order) -> Payment:
        """The customer has paid, and the provider has told nobody yet."""
        paying.start(order.buyer, order.number, return_url="/")
        payment = Payment.objects.get(reference=order.number)
        cashier.choose(SandboxTrade.objects.get(number=payment.number).trade, Behaviour.NEVER_NOTIFY)
        return payment

    def _shipped(self, wants: Iterable[tuple[Variant, int]]) -> Order:
        order = self.placed_order(wants)
        payment = self.paid_unnoticed(order)
        paying.settle_capture(SANDBOX, money_came(payment))
        worker.settle()
        for parcel in Shipment.objects.filter(order=order):
            shipping.ship(self._staff, parcel.pk, carrier="sf", tracking_number=f"SF{parcel.pk:010d}")
        return Order.objects.get(pk=order.pk)

    def _order_to_claim(self) -> Order:
        if self._claimed is None or self._claimed[1] == 0:
            # Long enough before the cases that nothing of it is left to do for any of them.
            with clock.travel(clock.now() - timedelta(minutes=30)):
                order = self._shipped([(self._world.variants[1], CLAIMS_PER_ORDER + 10)])
                worker.settle()
            self._claimed = (order, CLAIMS_PER_ORDER)
        order, left = self._claimed
        self._claimed = (order, left - 1)
        return order

    def _fill_wallet(self) -> None:
        """Sell much, long ago, and let the commission become hers."""
        now = clock.now()
        with clock.travel(now - AGO):
            order = self._shipped([(self._world.variants[2], 990)])
            receiving.confirm(order.buyer, order.number)
            worker.settle()
        with clock.travel(now - timedelta(minutes=30)):
            worker.settle()
        thawed = Commission.objects.filter(order_line__order=order, status="available")
        self._wallet_fen = sum(thawed.values_list("amount_fen", flat=True))


@contextmanager
def suppress_code(code: str) -> Iterator[None]:
    """Take the refusal ``code`` for an answer: what is asked for has been done already."""
    try:
        yield
    except DomainError as error:
        if error.code != code:
            raise


def money_came(payment: Payment) -> payments.Answer:
    """Return what the sandbox says of a payment that its customer has made."""
    trade = SandboxTrade.objects.get(number=payment.number)
    return payments.Answer(
        subject=payments.Subject.PAYMENT,
        number=payment.number,
        outcome=payments.Outcome.SUCCEEDED,
        provider_id=trade.trade,
        amount_fen=payment.amount_fen,
        currency=payment.currency,
    )


def _transfers(reference: str, reason: str) -> list[int]:
    return list(Transfer.objects.filter(reference=reference, reason=reason).values_list("amount_fen", flat=True))


def _delivered_once(name: str, **payload: int) -> None:
    """There is one such event, and each of its reactions has acted on it once."""
    fields = {f"payload__{field}": value for field, value in payload.items()}
    event = OutboxEvent.objects.get(name=name, **fields)
    assert event.status == "done", f"{name} is {event.status}"
    acted = sorted(Receipt.objects.filter(event=event).values_list("reaction", flat=True))
    due = next(reacting for kind, reacting in reactions.REACTIONS.items() if name == kind.NAME)
    assert acted == sorted(outbox.reaction_name(one) for one in due), f"{name}: {acted}"
