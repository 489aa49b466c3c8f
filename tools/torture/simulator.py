"""A seeded simulation of weeks in a shop that is under fire, checked against the sequential model.

``Simulation`` lets people act in a world of ``shop.populate``, one act after the other and now and then several at the same moment,
on a clock that leaps and errs, in bad ``weather``, with deaths in the middle of acts. Every so often the weather calms down, the worker
finishes what is open, and ``check`` demands that every figure is what the model makes of the history, that every audit is clean and
that nobody was alarmed for nothing. The same seed does the same again; only threads at the same moment are the machine's own business.
"""

import contextvars
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Barrier

from django.db import connections

from renmai.distribution.models import Withdrawal
from renmai.journeys import after_sale, cancelling, checkout, paying, receiving
from renmai.journeys.checkout import CheckoutDraft, WantedLine
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert, OutboxEvent
from renmai.ordering.actions import shipping
from renmai.ordering.models import AfterSale, Order, Shipment
from renmai.payments.models import Payment, Payout, Refund, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.project import worker
from renmai.project.audit import all_violations
from tools.torture.acts import Nothing, People
from tools.torture.history import Intent, Marks, Replay, Told, differences, is_resaleable
from tools.torture.model import Broken
from tools.torture.shop import Size, World, populate
from tools.torture.weather import storm

BEGIN = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
SIZE = Size(suppliers=3, products=4, keepers=4, buyers=10, stock=60)
CLOCK_ERRS = 0.04
PAYS_AT_ONCE = 0.9
REST = (0, 0, 1, 5, *[12] * 12)
"""Hours between the rounds in which the worker brings the shop to rest."""

THREADS = 4
NOBODY_ALARMED = {
    "timer.failed",
    "timer.stuck",
    "outbox.dead",
    "payments.query",
    "payments.refund",
    "payments.refund_failed",
    "payments.payout",
    "payments.no_order",
    "payments.wrong_amount",
    "after_sale.stuck",
}
"""Alerts that only something of our own making raises: nothing of it is in the simulation."""

REFUSALS = {
    "catalogue.sold_out",
    "distribution.below_minimum",
    "distribution.not_enough",
    "distribution.same_person",
    "ordering.claim_kind",
    "ordering.claim_quantity",
    "ordering.claim_state",
    "ordering.claim_window",
    "ordering.not_a_pickup",
    "ordering.not_cancellable",
    "ordering.not_claimable",
    "ordering.not_enough",
    "ordering.not_on_its_way",
    "ordering.not_payable",
    "ordering.not_receivable",
    "ordering.parcel_gone",
    "ordering.sold_out",
    "payments.too_late",
    "payments.unavailable",
    "request.conflict",
}
"""What the shop may say no with here. Anything else it says, or breaks on, ends the simulation."""

Act = Callable[[], object]


@dataclass(frozen=True)
class Figures:
    """What a simulation did."""

    acts: int
    placed: int
    paid: int
    refunds: int
    withdrawals: int
    deaths: int
    days: int
    refused: Counter[str]
    weather: Counter[str]

    def __str__(self) -> str:
        return (
            f"{self.acts} acts in {self.days} days: {self.placed} orders, {self.paid} paid, {self.refunds} refunds, "
            f"{self.withdrawals} withdrawals, {self.deaths} deaths, {sum(self.weather.values())} faults of the provider, "
            f"{sum(self.refused.values())} refusals"
        )


class Simulation:
    """One world from its beginning, in the database that this process works in."""

    def __init__(self, seed: int, *, with_threads: bool = True) -> None:
        self.draw = Random(seed)  # noqa: S311  the same again, on purpose
        self.seed = seed
        self.now = BEGIN
        self.pays_next = False
        self.marks, self.told = Marks(), Told()
        self.refused: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        with self._moment():
            self.world: World = populate(SIZE)
        self.people = People(self.world, self.draw, self.told)
        self.marks.note()
        people = self.people
        self.acts: dict[Act, int] = {
            people.visit: 10,
            people.order: 26,
            people.pay: 10,
            people.pay_late: 2,
            people.cancel: 2,
            people.ship: 24,
            people.deliver: 3,
            people.receive: 12,
            people.claim: 7,
            people.claim_late: 6,
            people.answer: 8,
            people.send_back: 5,
            people.take_back: 6,
            people.confirm_replacement: 3,
            people.withdraw: 7,
            people.decide: 9,
            people.change_account: 3,
            people.count: 5,
            people.price: 1,
            people.work: 26,
            self.leap: 20,
            self.at_once: 6 if with_threads else 0,
        }

    def run(self, orders: int, *, until: Callable[[], bool] = lambda: False) -> Figures:
        """Go on until ``orders`` more are placed or ``until`` says so; then rest and check. Raises ``Broken``."""
        goal = self.people.placed + orders
        with storm(self.draw, self.seen) as self.weather:
            while self.people.placed < goal and not until():
                self.step()
            self.rest()
            self.check()
        return self.figures()

    def step(self) -> None:
        """One act at its moment; sometimes of somebody whose clock is an hour off."""
        self.now += timedelta(seconds=self.draw.randint(1, 200))
        act = self.people.pay if self.pays_next else self.draw.choices(list(self.acts), weights=list(self.acts.values()))[0]
        # Most people who have ordered go on to the cashier.
        self.pays_next = act == self.people.order and self.draw.random() < PAYS_AT_ONCE
        error = timedelta(hours=self.draw.choice((-1, 1))) if self.draw.random() < CLOCK_ERRS else timedelta()
        self.people.act = self.marks.acts
        with self._moment(error):
            try:
                act()
                if self.draw.random() < 0.1:
                    self.weather.release()
            except Nothing:
                pass
            except DomainError as refusal:
                self._refuse(refusal)
        self.marks.note()

    def leap(self) -> None:
        """Hours pass, and the worker is there only now and then."""
        self.now += timedelta(hours=self.draw.choice((1, 2, 6, 11)))
        with self._moment():
            self.people.work()

    def at_once(self) -> None:
        """Several people do things about the same order, claim, SKU or wallet at the same moment, each on a connection of its own."""
        acts = self.draw.choice((self._same_order, self._same_piece, self._same_claim, self._same_wallet))()
        together = Barrier(len(acts))

        def one(act: Act) -> None:
            try:
                together.wait(timeout=30)
                act()
            except DomainError as refusal:
                self._refuse(refusal)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(acts)) as pool:
            for done in [pool.submit(contextvars.copy_context().run, one, act) for act in acts]:
                done.result()

    def rest(self) -> None:
        """Calm weather: the worker finishes what is open. Raises ``Broken`` when it never comes to rest."""
        self.weather.is_calm = True
        for hours in REST:
            self.now += timedelta(hours=hours, minutes=2)
            with self._moment():
                self.weather.release()
                worker.settle()
            self.marks.note()
            if self._is_at_rest():
                self.weather.is_calm = False
                return
        raise Broken("the shop never comes to rest: " + ", ".join(self._restless()))

    def check(self) -> None:
        """Demand that database, model and audits agree. Raises ``Broken`` with everything that does not."""
        with self._moment():
            replay = Replay(self.world, self.told, self.marks).run()
            found = [*differences(replay), *(str(violation) for violation in all_violations())]
            alarms = Alert.objects.filter(code__in=NOBODY_ALARMED).values_list("code", "subject", "detail")
            found += [f"alert {' '.join(alarm)}" for alarm in alarms[:20]]
        if found:
            raise Broken("\n".join(found[:40]))

    def figures(self) -> Figures:
        """Return what happened so far."""
        return Figures(
            acts=self.marks.acts,
            placed=Order.objects.count(),
            paid=Order.objects.exclude(status__in=["placed", "cancelled"]).count(),
            refunds=Refund.objects.filter(status="succeeded").count(),
            withdrawals=Withdrawal.objects.count(),
            deaths=self.people.deaths,
            days=(self.now - BEGIN).days,
            refused=self.refused,
            weather=self.seen,
        )

    @contextmanager
    def _moment(self, error: timedelta = timedelta()) -> Iterator[None]:
        """Stand at the present moment, with numbers that come out the same for the same seed."""
        with clock.travel(self.now + error), ids.seeded(self.draw.getrandbits(64)):
            yield

    def _refuse(self, refusal: DomainError) -> None:
        if refusal.code not in REFUSALS:
            raise Broken(f"nobody expected the refusal {refusal.code}: {refusal.sentence}") from refusal
        self.refused[refusal.code] += 1

    def _is_at_rest(self) -> bool:
        return not self._restless()

    def _restless(self) -> list[str]:
        """Return what is still on its way. Claims and orders that wait for people may wait."""
        paid = SandboxTrade.objects.filter(status="paid").values("number")
        waits = {
            "events": OutboxEvent.objects.exclude(status="done"),
            "payments taken but not recorded": Payment.objects.filter(number__in=paid).exclude(status="captured"),
            "refunds": Refund.objects.exclude(status="succeeded"),
            "payouts": Payout.objects.filter(status__in=["created", "submitted"]),
            "refunded claims": AfterSale.objects.filter(status="refunding"),
        }
        return [f"{rows.count()} {name}" for name, rows in waits.items() if rows.exists()]

    def _same_order(self) -> list[Act]:
        people = self.people
        order = people.pick(Order.objects.filter(status__in=["placed", "paid", "shipped"]))
        user = people.users[order.buyer_id]
        if order.status == "placed":
            paying.start_for(user, order, return_url="/orders/")
            names = SandboxTrade.objects.filter(number__in=Payment.objects.filter(reference=order.number).values("number"))
            pay: list[Act] = [lambda name=row.trade: cashier.choose(name, Behaviour.NOTIFY_TWICE) for row in names[:1]]  # type: ignore[misc]
            look: Act = lambda: paying.look_again(user, order.number)  # noqa: E731
            return [*pay, look, look, lambda: cancelling.cancel(user, order.number)]
        waiting = Shipment.objects.filter(order=order, status="waiting", after_sale=None).exclude(order__delivery="pickup")
        send: list[Act] = [
            lambda pk=pk: shipping.ship(people.staff, pk, carrier="sf", tracking_number=f"SF{pk:010d}")  # type: ignore[misc]
            for pk in list(waiting.values_list("pk", flat=True)[:2])
        ]
        claim: Act = lambda: people.claim_on(order, user)  # noqa: E731
        return [*send, claim, claim, lambda: receiving.confirm(user, order.number)]

    def _same_piece(self) -> list[Act]:
        """Several people order the same few SKUs, in different orders of lines; one of them sends her form twice."""
        chosen = self.draw.sample(self.world.variants, k=2)
        buyers = self.draw.sample(self.world.buyers, k=THREADS - 1)
        acts: list[Act] = []
        for number, buyer in enumerate(buyers):
            lines = tuple(WantedLine(one.sku, self.draw.randint(1, 3)) for one in chosen[:: -1 if number % 2 else 1])
            key = self.people.key("o")
            self.told.intents[key] = Intent(buyer.user, tuple((line.sku_id, line.quantity) for line in lines), "parcel")
            draft = CheckoutDraft(lines=lines, address_id=buyer.address)
            acts.append(lambda buyer=buyer, draft=draft, key=key: self._place(buyer.user, draft, key))  # type: ignore[misc]
        return [*acts, acts[0]]

    def _place(self, buyer: int, draft: CheckoutDraft, key: str) -> None:
        order = checkout.place_order(self.people.users[buyer], None, draft, idempotency_key=key)
        if self.told.acknowledged.setdefault(key, order.number) != order.number:
            raise Broken(f"the same form became {order.number} and {self.told.acknowledged[key]}")

    def _same_claim(self) -> list[Act]:
        people = self.people
        claim = people.pick(AfterSale.objects.filter(status__in=["requested", "awaiting"]).select_related("order"))
        user = people.users[claim.order.buyer_id]
        resaleable = is_resaleable(claim.number)
        return [
            lambda: after_sale.approve(people.staff, claim.number),
            lambda: after_sale.withdraw(user, claim.number),
            lambda: after_sale.receive_back(people.staff, claim.number, is_resaleable=resaleable),
            lambda: after_sale.reject(people.staff, claim.number, answer="照片不清楚"),
        ]

    def _same_wallet(self) -> list[Act]:
        """An agent asks for all she has, twice, while the worker takes back what she earned on returned goods."""
        people = self.people
        keeper = self.draw.choice(self.world.keepers)
        ask: Act = lambda: people.withdraw_of(keeper.agent, people.users[keeper.user])  # noqa: E731
        return [ask, ask, worker.keep_up]
