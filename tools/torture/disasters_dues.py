"""A shop full of things that fall due within a day, for a worker that was away that long.

``Dues`` makes them through the rooms' own actions, most of them in the past, so that all of them are still open at ``moment`` and all
of them are due a day later.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from renmai.accounts.models import User
from renmai.distribution import actions as distribution
from renmai.distribution.models import Commission, Withdrawal
from renmai.journeys import after_sale, paying, receiving
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.kernel import clock, ids
from renmai.ledger import chart
from renmai.ledger.actions import TransferRequest, hold
from renmai.ledger.models import Transfer
from renmai.ordering import windows
from renmai.ordering.models import AfterSale, Order, OrderLine
from renmai.payments.models import Payment, Payout, Refund, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.policy.queries import integer
from renmai.programs.models import WebhookEndpoint
from renmai.sharing.models import Binding
from tools.testing.plays import Due, dues_of_plays
from tools.torture.kills_flows import WITHDRAWN_FEN, Flows
from tools.torture.shop import World

HALF_A_DAY = timedelta(hours=12)
MINUTES_AGO = (5, 15, 10)
"""When the unpaid orders were placed: not in the order in which they are made."""


class Dues(Flows):
    """Everything that the timers of a shop and of its plays can find, once each (unpaid orders thrice)."""

    def __init__(self, world: World, moment: datetime, webhook_url: str) -> None:
        super().__init__(world)
        self._moment = moment
        self._webhook_url = webhook_url
        self.unpaid: list[Order] = []

    def make(self) -> list[Due]:
        """Make them all; the worker works until ``moment`` and no longer. What is oldest is made first: time goes on."""
        dues = [*self._old_sales(), *self._old_claims(), *dues_of_plays(self._moment)]
        with clock.travel(self._moment):
            self._fill_wallet()
        with clock.travel(self._moment - timedelta(minutes=30)):
            claim = self._claim("refund")
        self._listen()
        return [*dues, *self._fresh_ones(claim)]

    def _old_sales(self) -> Iterator[Due]:
        """A binding that ends, goods that count as received, a window that closes; each within the coming day."""
        wants = [(self._world.variants[0], 1)]
        with clock.travel(self._moment - timedelta(days=integer("binding.valid_days")) + HALF_A_DAY):
            # Another customer: whoever buys again is bound anew.
            self._customer = 1
            self._shipped(wants)
            self._customer = 0
        binding = Binding.objects.get(customer_id=self._world.buyers[1].user, ended_at__isnull=True)
        yield Due("binding", lambda: "ended" if Binding.objects.get(pk=binding.pk).ended_at else "holds", "ended")
        with clock.travel(self._moment - timedelta(days=integer("order.auto_receive_days")) + HALF_A_DAY):
            on_its_way = self._shipped(wants)
        yield Due("delivery", lambda: self._order(on_its_way), "received")
        with clock.travel(self._moment - timedelta(days=integer("after_sale.window_days"))):
            kept = self._shipped(wants)
            receiving.confirm(kept.buyer, kept.number)
        yield Due("window", lambda: self._order(kept), "settled")
        yield Due("thaw", lambda: Commission.objects.get(order_line__order=kept).status, "available")

    def _old_claims(self) -> Iterator[Due]:
        """Claims of which nobody answers, nothing is sent back, nothing is unpacked."""
        with clock.travel(self._moment - timedelta(days=windows.RETURN_TRANSIT_DAYS) + HALF_A_DAY):
            returned = self._claim("return")
            after_sale.approve(self._staff, returned.number)
            after_sale.send_back(returned.order.buyer, returned.number, carrier="sf", tracking_number="SF9999999999")
        yield Due("return", lambda: self._claim_state(returned), "done")
        with clock.travel(self._moment - timedelta(days=integer("after_sale.return_days")) + HALF_A_DAY):
            forgotten = self._claim("return")
            after_sale.approve(self._staff, forgotten.number)
        yield Due("not sent back", lambda: self._claim_state(forgotten), "cancelled")
        with clock.travel(self._moment - timedelta(hours=integer("after_sale.answer_hours")) + HALF_A_DAY):
            unanswered = self._claim("refund")
        yield Due("unanswered", lambda: self._claim_state(unanswered), "done")

    def _fresh_ones(self, claim: AfterSale) -> Iterator[Due]:
        """What people did in the last minutes before the worker went away, and what it would have done next."""
        wants = [(self._world.variants[0], 1)]
        for ago in MINUTES_AGO:
            with clock.travel(self._moment - timedelta(minutes=ago)):
                self.unpaid.append(self.placed_order(wants))
            yield Due(f"unpaid for {ago} minutes", lambda order=self.unpaid[-1]: self._order(order), "cancelled")  # type: ignore[misc]
        with clock.travel(self._moment):
            silent = self.placed_order(wants)
            self.paid_unnoticed(silent)
            yield Due("paid, never told", lambda: self._order(silent), "paid")
            late = self.placed_order(wants)
            paying.start(late.buyer, late.number, return_url="/")
            trade = SandboxTrade.objects.get(number=Payment.objects.get(reference=late.number).number)
            cashier.choose(trade.trade, Behaviour.NOTIFY_LATE)
            yield Due("paid, told later", lambda: self._order(late), "paid")
            after_sale.approve(self._staff, claim.number)
            yield Due("refund", lambda: Refund.objects.get(cause=f"after_sale:{claim.number}").status, "succeeded")
            yield self._withdrawal()
            yield self._held_amount()

    def _withdrawal(self) -> Due:
        keeper = User.objects.get(pk=self._world.keepers[0].user)
        first, second = (User.objects.get(pk=person) for person in self._world.money)
        asked = distribution.request_withdrawal(keeper, amount_fen=WITHDRAWN_FEN, idempotency_key=self._key("withdrawal"))
        distribution.review_withdrawal(first, asked.pk)
        distribution.approve_withdrawal(second, asked.pk)
        assert Payout.objects.get(reference=asked.number).status == "created"
        return Due("payout", lambda: Withdrawal.objects.get(pk=asked.pk).status, "paid")

    def _held_amount(self) -> Due:
        held = TransferRequest(
            id=ids.derived("dues", "held"),
            debit=chart.revenue(),
            credit=chart.customers_prepaid(),
            amount_fen=1,
            currency="CNY",
            reason="held",
            reference="dues",
        )
        hold([held], expires_at=clock.now() + HALF_A_DAY)
        kinds = Transfer.objects.filter(pending_id=held.id)
        return Due("held amount", lambda: "".join(kinds.values_list("kind", flat=True)), "expire")

    def _listen(self) -> None:
        """From now on somebody wants to hear of everything that is paid."""
        WebhookEndpoint.objects.create(
            url=self._webhook_url, secret=ids.secret(), events=["payments.PaymentCaptured"], created_by=self._staff
        )

    def _claim(self, kind: str) -> AfterSale:
        order = self._shipped([(self._world.variants[0], 1)])
        line = OrderLine.objects.get(order=order)
        wanted = AfterSaleDraft(order.number, line.pk, kind, 1, "quality")
        return after_sale.request(order.buyer, wanted, idempotency_key=self._key("claim"))

    @staticmethod
    def _order(order: Order) -> str:
        return Order.objects.get(pk=order.pk).status

    @staticmethod
    def _claim_state(claim: AfterSale) -> str:
        return AfterSale.objects.get(pk=claim.pk).status
