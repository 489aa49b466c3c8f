"""What the people of a simulated shop do: one method per act, each on something drawn from what is there.

An act that finds nothing to do raises ``Nothing``; one that the shop refuses raises the ``DomainError``. Everything goes through
``attempt``: the process may die in the middle of it, the answer may be lost, and then most people try again.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from renmai.accounts.models import User, Visitor
from renmai.catalogue.actions.feeds import count_stock
from renmai.catalogue.actions.prices import set_price
from renmai.catalogue.models import Sku
from renmai.distribution.actions import (
    approve_withdrawal,
    reject_withdrawal,
    request_withdrawal,
    review_withdrawal,
    update_payout,
)
from renmai.distribution.models import Withdrawal
from renmai.distribution.queries import income
from renmai.journeys import after_sale, cancelling, checkout, paying, receiving
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.checkout import CheckoutDraft, WantedLine
from renmai.journeys.tests.faults import Killed, killed_before
from renmai.kernel import clock, outbox
from renmai.kernel.errors import DomainError
from renmai.ordering.actions import cart, shipping
from renmai.ordering.models import AfterSale, CartLine, Order, OrderLine, Shipment
from renmai.payments.models import Payment, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.project import reactions, timers
from renmai.sharing.actions import record_visit
from renmai.sharing.models import Share
from tools.torture.history import Intent, Told, is_resaleable
from tools.torture.model import must
from tools.torture.shop import Buyer, World

Result = TypeVar("Result")
Row = TypeVar("Row", bound=Model)

KILLED, UNHEARD, TRIES_AGAIN = 0.07, 0.04, 0.7
DEEPEST_STATEMENT = 50
AT_THE_CASHIER: dict[Behaviour | None, int] = {
    Behaviour.PAY: 64,
    Behaviour.NOTIFY_LATE: 6,
    Behaviour.NOTIFY_TWICE: 6,
    Behaviour.NEVER_NOTIFY: 6,
    Behaviour.WRONG_AMOUNT: 5,
    Behaviour.REFUSE: 5,
    None: 8,
}
READS_ALONG = "payments.bill"
"""Reads the bill through a cursor of the server's, which only a process that really dies leaves behind without a word."""

ACCOUNTS = ("", "-slow", "-refused")
KINDS = ("refund", "return", "exchange")


class Nothing(Exception):
    """There is nothing to do this to."""


class People:
    """Customers, agents, staff and the worker."""

    def __init__(self, world: World, draw: Random, told: Told) -> None:
        self.world, self.draw, self.told = world, draw, told
        self.act = 0
        self.keys = 0
        self.deaths = 0
        self.placed = 0
        self.users = {user.pk: user for user in User.objects.all()}
        self.visitors = {visitor.pk: visitor for visitor in Visitor.objects.all()}
        self.links = {share.pk: share for share in Share.objects.select_related("shop")}
        self.staff = self.users[world.staff]

    def attempt(self, act: Callable[[], Result]) -> Result | None:
        """Do something that may be cut off; None when nobody knows how it ended."""
        if self.draw.random() < KILLED:
            try:
                with killed_before(self.draw.randint(1, DEEPEST_STATEMENT)):
                    return act()
            except Killed:
                self.deaths += 1
                return act() if self.draw.random() < TRIES_AGAIN else None
        answer = act()
        if self.draw.random() < UNHEARD:
            return act() if self.draw.random() < TRIES_AGAIN else None
        return answer

    def key(self, kind: str) -> str:
        """Return a new idempotency key."""
        self.keys += 1
        return f"{kind}{self.keys}"

    def pick(self, rows: QuerySet[Row]) -> Row:
        """Draw a row."""
        count = rows.count()
        if not count:
            raise Nothing
        return rows.order_by("pk")[self.draw.randrange(count)]

    def visit(self) -> None:
        """Somebody opens an agent's link."""
        buyer, keeper = self.draw.choice(self.world.buyers), self.draw.choice(self.world.keepers)
        record_visit(self.links[keeper.link], self.visitors[buyer.visitor], user=self.users[buyer.user])

    def order(self) -> None:
        """Somebody orders, from the cart or at once; some send the form twice, some change it under the same key."""
        buyer = self.draw.choice(self.world.buyers)
        user, browser = self.users[buyer.user], self.visitors[buyer.visitor]
        chosen = self.draw.sample(self.world.variants, k=self.draw.choice((1, 1, 2, 3, 4)))
        lines = [WantedLine(one.sku, self.draw.randint(1, 3)) for one in chosen]
        delivery = "pickup" if self.draw.random() < 0.06 else "parcel"
        draft = CheckoutDraft(lines=tuple(lines), address_id=buyer.address, delivery=delivery)
        if self.draw.random() < 0.3:
            draft, lines = self._through_cart(buyer, lines, delivery)
        key = self.key("o")
        self.told.intents[key] = Intent(user.pk, tuple((line.sku_id, line.quantity) for line in lines), delivery)
        placed = self.attempt(lambda: checkout.place_order(user, browser, draft, idempotency_key=key))
        if placed is None:
            return
        self.told.acknowledged[key] = placed.number
        self.placed += 1
        if self.draw.random() < 0.1:
            again = checkout.place_order(user, browser, draft, idempotency_key=key)
            must(again.number == placed.number, f"the same form became {placed.number} and {again.number}")
        if self.draw.random() < 0.03:
            other = CheckoutDraft(lines=(WantedLine(chosen[0].sku, 7),), address_id=buyer.address)
            self.must_be_refused("request.repeated_key", lambda: checkout.place_order(user, browser, other, idempotency_key=key))

    def _through_cart(self, buyer: Buyer, lines: list[WantedLine], delivery: str) -> tuple[CheckoutDraft, list[WantedLine]]:
        user, browser = self.users[buyer.user], self.visitors[buyer.visitor]
        rows = [cart.add_to_cart(browser, user, sku_id=line.sku_id, quantity=line.quantity).pk for line in lines]
        kept = CartLine.objects.filter(pk__in=rows).values_list("sku_id", "quantity")
        draft = CheckoutDraft(cart_line_ids=tuple(rows), address_id=buyer.address, delivery=delivery)
        return draft, [WantedLine(sku, quantity) for sku, quantity in kept]

    def pay(self) -> None:
        """Somebody goes to the cashier, and pays there in one way or another."""
        placed = Order.objects.filter(status="placed")
        in_time = placed.filter(pay_before__gt=clock.now())
        order = self.pick(in_time if self.draw.random() < 0.95 else placed)
        user = self.users[order.buyer_id]
        self.attempt(lambda: paying.start(user, order.number, return_url="/orders/"))
        behaviour = self.draw.choices(list(AT_THE_CASHIER), weights=list(AT_THE_CASHIER.values()))[0]
        payment = Payment.objects.filter(reference=order.number).order_by("pk").last()
        trade = SandboxTrade.objects.filter(number=payment.number).first() if payment else None
        if behaviour is None or trade is None:
            return
        name = trade.trade
        self.attempt(lambda: cashier.choose(name, behaviour))
        if self.draw.random() < 0.3:
            self.attempt(lambda: paying.look_again(user, order.number))

    def pay_late(self) -> None:
        """Somebody pays at a cashier that was left open, whatever became of the order since."""
        trade = self.pick(SandboxTrade.objects.filter(status="open"))
        self.attempt(lambda: cashier.choose(trade.trade, Behaviour.PAY))

    def cancel(self) -> None:
        """Somebody cancels."""
        order = self.pick(Order.objects.filter(status="placed"))
        self.attempt(lambda: cancelling.cancel(self.users[order.buyer_id], order.number))

    def ship(self) -> None:
        """A supplier sends a parcel off, or the counter hands an order over. A replacement that is late goes first: no draw forgets it."""
        waiting = Shipment.objects.filter(status="waiting").select_related("order")
        late = waiting.filter(after_sale__isnull=False, ship_before__lt=clock.now())
        parcel = self.pick(late if late.exists() else waiting)
        if parcel.order.delivery == "pickup" and parcel.after_sale_id is None:
            code = shipping.pickup_code(parcel.order)
            self.attempt(lambda: receiving.hand_over(self.staff, parcel.order.number, code=code))
            return
        number = f"SF{parcel.pk:010d}"
        self.attempt(lambda: shipping.ship(self.staff, parcel.pk, carrier="sf", tracking_number=number))

    def deliver(self) -> None:
        """A carrier delivers."""
        parcel = self.pick(Shipment.objects.filter(status="shipped"))
        self.attempt(lambda: shipping.mark_delivered(self.staff, parcel.pk))

    def receive(self) -> None:
        """Somebody confirms that it came."""
        order = self.pick(Order.objects.filter(status="shipped"))
        self.attempt(lambda: receiving.confirm(self.users[order.buyer_id], order.number))

    def claim(self) -> None:
        """Somebody wants money back, or another one."""
        order = self.pick(Order.objects.filter(status__in=["paid", "shipped", "received"]))
        self.claim_on(order, self.users[order.buyer_id])

    def claim_late(self) -> None:
        """The staff open a claim for somebody after the window, or after settlement."""
        self.claim_on(self.pick(Order.objects.filter(status__in=["received", "settled"])), self.staff)

    def claim_on(self, order: Order, actor: User) -> None:
        """Open a claim on some pieces of ``order``."""
        line = self.pick(OrderLine.objects.filter(order=order))
        kind, quantity = self.draw.choice(KINDS), self.draw.randint(1, line.quantity)
        wanted = AfterSaleDraft(order.number, line.pk, kind, quantity, "other")
        key = self.key("c")
        self.told.intents[key] = Intent(actor.pk, ((line.pk, quantity),), kind)
        made = self.attempt(lambda: after_sale.request(actor, wanted, idempotency_key=key))
        if made is not None:
            self.told.acknowledged[key] = made.number

    def answer(self) -> None:
        """The staff answer a claim, or its customer takes it back."""
        claim = self.pick(AfterSale.objects.filter(status="requested").select_related("order"))
        fate = self.draw.random()
        if fate < 0.75:
            self.attempt(lambda: after_sale.approve(self.staff, claim.number))
        elif fate < 0.88:
            self.attempt(lambda: after_sale.reject(self.staff, claim.number, answer="照片不清楚"))
        else:
            self.attempt(lambda: after_sale.withdraw(self.users[claim.order.buyer_id], claim.number))

    def send_back(self) -> None:
        """Somebody sends goods back, or thinks better of it."""
        claim = self.pick(AfterSale.objects.filter(status="awaiting").select_related("order"))
        user = self.users[claim.order.buyer_id]
        if self.draw.random() < 0.1:
            self.attempt(lambda: after_sale.withdraw(user, claim.number))
            return
        self.attempt(lambda: after_sale.send_back(user, claim.number, carrier="yto", tracking_number=f"YT{claim.pk:010d}"))

    def take_back(self) -> None:
        """The warehouse has the goods, or does not want them."""
        claim = self.pick(AfterSale.objects.filter(status__in=["awaiting", "returning"]))
        if claim.status == "returning" and self.draw.random() < 0.08:
            self.attempt(lambda: after_sale.reject(self.staff, claim.number, answer="已被使用"))
            return
        resaleable = is_resaleable(claim.number)
        self.attempt(lambda: after_sale.receive_back(self.staff, claim.number, is_resaleable=resaleable))

    def confirm_replacement(self) -> None:
        """The other one has arrived."""
        claim = self.pick(AfterSale.objects.filter(status="reshipping").select_related("order"))
        self.attempt(lambda: after_sale.confirm_replacement(self.users[claim.order.buyer_id], claim.number))

    def withdraw(self) -> None:
        """An agent asks for her money: some of it, all of it, or more than there is."""
        keeper = self.draw.choice(self.world.keepers)
        self.withdraw_of(keeper.agent, self.users[keeper.user])

    def withdraw_of(self, agent: int, user: User) -> None:
        """Ask for money of this agent."""
        available = income(agent).available_fen
        if available < 1000:
            raise Nothing
        amount = self.draw.choice((available, self.draw.randint(1000, available), available + 1))
        key = self.key("w")
        self.told.intents[key] = Intent(user.pk, ((amount, 0),))
        made = self.attempt(lambda: request_withdrawal(user, amount_fen=amount, idempotency_key=key))
        if made is not None:
            self.told.acknowledged[key] = made.number

    def change_account(self) -> None:
        """An agent changes where her money goes: to an account that takes it, takes it slowly, or refuses it."""
        keeper = self.draw.choice(self.world.keepers)
        account = f"sandbox-{keeper.agent}{self.draw.choice(ACCOUNTS)}"
        self.attempt(lambda: update_payout(self.users[keeper.user], real_name="林晓", payout_account=account))

    def decide(self) -> None:
        """The money people decide on a withdrawal."""
        row = self.pick(Withdrawal.objects.filter(status__in=["requested", "reviewed"]))
        one, other = self.draw.sample([self.users[pk] for pk in self.world.money], k=2)
        if self.draw.random() < 0.12:
            self.attempt(lambda: reject_withdrawal(one, row.pk, reason="资料不全"))
        elif row.status == "requested":
            self.attempt(lambda: review_withdrawal(one, row.pk))
        else:
            approver = other if row.reviewed_by_id == one.pk or self.draw.random() < 0.1 else one
            self.attempt(lambda: approve_withdrawal(approver, row.pk))

    def count(self) -> None:
        """The operator counts what lies there."""
        variant = self.draw.choice(self.world.variants)
        on_hand = Sku.objects.get(pk=variant.sku).stock_reserved + self.draw.randint(-2, 120)
        if on_hand >= 0:
            count_stock(self.staff, variant.sku, on_hand=on_hand)
            self.told.counts.append((self.act, variant.sku, on_hand))

    def price(self) -> None:
        """The operator changes a price by a little."""
        variant = self.draw.choice(self.world.variants)
        price = variant.price_fen * self.draw.randint(85, 115) // 100
        set_price(self.staff, variant.sku, price_fen=price)
        self.told.prices.append((self.act, variant.sku, price))

    def work(self) -> None:
        """The worker does some of what is due: a few events, some timers, in any order, and may die of it."""
        sweeps: Sequence[Any] = self.draw.sample(timers.TIMERS, k=self.draw.randint(1, 6))
        self.attempt(lambda: outbox.deliver_due(reactions.REACTIONS, limit=self.draw.randint(1, 40)))
        for timer in sweeps:
            if timer.name == READS_ALONG:
                timer.sweep(timer.batch)
            else:
                self.attempt(lambda timer=timer: timer.sweep(self.draw.randint(1, timer.batch)))  # type: ignore[misc]

    def must_be_refused(self, code: str, act: Callable[[], object]) -> None:
        """Do what must be refused with ``code``."""
        try:
            act()
        except DomainError as error:
            must(error.code == code, f"refused with {error.code} instead of {code}")
        else:
            must(False, f"not refused with {code}")  # noqa: FBT003  reads as a sentence
