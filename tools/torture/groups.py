"""Group buying by chance: crowds who open, join, pay late or twice, leave and are forgotten, against a model of a few lines.

The model keeps groups as plain objects and decides by itself what must become of each order. Acts die at a statement drawn from the
seed and are asked for again, money is told of twice, the worker sleeps for hours, terms change while groups run.
"""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from renmai.accounts.models import User, Visitor
from renmai.campaigns import actions as campaigns
from renmai.campaigns.models import Campaign
from renmai.journeys import checkout, paying
from renmai.journeys.checkout import CheckoutDraft, Choice, WantedLine
from renmai.kernel import clock, outbox
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.payments import actions as payments
from renmai.payments.events import RefundSucceeded
from renmai.payments.models import Payment, Refund, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.plays.groupbuy import actions
from renmai.plays.groupbuy.events import GroupFailed, GroupSucceeded, SeatDue
from renmai.plays.groupbuy.models import Group, Seat
from renmai.project import audit, reactions
from tools.torture.kills import Fate, Point
from tools.torture.kills_flows import SANDBOX, money_came
from tools.torture.model import Broken
from tools.torture.shop import Buyer, Variant, World

START = datetime.fromisoformat("2026-03-09T02:00:00+00:00")
LASTS = timedelta(days=2000)
UNTIL_PAID = timedelta(days=2)
WHAT_MATTERS = (GroupSucceeded, GroupFailed, SeatDue, RefundSucceeded)
REACTIONS: outbox.Reactions = {event: reactions.REACTIONS[event] for event in WHAT_MATTERS}
"""Messages to people and figures cost half of the time and are shown elsewhere."""

DEATHS_IN = 8
"""One act of so many dies on its way."""

MOST_STATEMENTS = 60
WAITING_GROUPS = 6
"""So many groups are open at once, at most; more people join than open then."""

RECENT, ODD = 30, 0.02
MINUTES = (30, 45, 90, 180)
SIZES = (2, 3, 4, 5)


class Died(BaseException):
    """The process died here."""


@dataclass
class Place:
    """An order in the model. ``ends``: what must become of it, as the names of ``Seat.Status``, empty while it is undecided."""

    number: str
    person: int
    wanted: "Gathering | None"
    terms: dict[str, Any]
    pieces: int
    late: str
    payable_fen: int
    payment: Payment
    ends: str = ""
    back_fen: int = 0


@dataclass
class Gathering:
    """A group in the model."""

    terms: dict[str, Any]
    ends_at: datetime
    number: str
    places: list[Place] = field(default_factory=list)
    status: str = "open"

    @property
    def size(self) -> int:
        """How many people fill it."""
        return int(self.terms["tiers"][-1][0])

    def price_fen(self) -> int:
        """What a piece costs with as many as are there."""
        reached = [fen for people, fen in self.terms["tiers"] if people <= len(self.places)]
        return int(reached[-1] if reached else self.terms["tiers"][0][1])


class Crowd:
    """One campaign with its people. ``run`` may be called again and goes on."""

    def __init__(self, world: World, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  the same again, on purpose
        self._world = world
        self._goods: Variant = world.variants[0]
        self._owner = User.objects.get(pk=world.staff)
        self._time = START
        self._gatherings: list[Gathering] = []
        self._unpaid: list[Place] = []
        self._places: dict[str, Place] = {}
        self._keys = 0
        self.counts: Counter[str] = Counter()
        with clock.travel(self._time):
            self._campaign = self._launched()

    def run(self, groups: int, *, watch: Callable[[int], None] | None = None) -> str:
        """Go on until so many more groups have ended, compare everything, and return what was seen. Raises ``Broken``."""
        wanted = self.counts["ended"] + groups
        while self.counts["ended"] < wanted:
            with clock.travel(self._time):
                self._step()
            self._time += timedelta(seconds=self._chance.randint(1, 240))
            if watch:
                watch(self.counts["ended"])
        self._time += UNTIL_PAID
        with clock.travel(self._time):
            self._work()
            # The slowest of all: they pay two days late.
            while self._unpaid:
                self._pay()
            self._work()
        self._time += max(timedelta(minutes=each) for each in MINUTES)
        with clock.travel(self._time):
            self._work()
            self._compare()
        said = ", ".join(f"{count} {name}" for name, count in sorted(self.counts.items()))
        return f"{said}; as the model says"

    def _step(self) -> None:
        going = [each for each in self._gatherings if each.status == "open"]
        weights = {
            self._order: 10,
            self._pay: 12,
            self._leave: 1,
            self._pay_again: 1,
            self._work: 2,
            self._change: 0.2,
            self._sleep: 0.15,
        }
        if len(going) > WAITING_GROUPS:
            weights[self._work] = 8
        (act,) = self._chance.choices(list(weights), weights=list(weights.values()))
        act()

    def _order(self) -> None:
        """Somebody orders a place in a group, or the first one of her own."""
        self._keys += 1
        buyer = self._chance.choice(self._world.buyers)
        # Mostly what can be joined; now and then what is over by now, or where she is already.
        pool = [each for each in self._gatherings[-RECENT:] if self._can_join(each, buyer) or self._chance.random() < ODD]
        is_opening = not pool or (self._chance.random() < 0.3 and len(pool) <= WAITING_GROUPS)
        wanted = None if is_opening else self._chance.choice(pool)
        late = self._chance.choice(("", ".refund", ".new"))
        pieces = self._chance.randint(1, 3)
        key = f"crowd-{self._keys}"
        try:
            order = self._surely(lambda: self._placed(buyer, wanted, late, pieces, key))
        except DomainError as error:
            if wanted is None or not self._may_refuse(error.code, buyer, wanted):
                raise Broken(f"{error.code}: {key} was refused, and the model knows no reason") from error
            self.counts["refused"] += 1
            return
        terms = wanted.terms if wanted else self._campaign.terms
        place = Place(
            number=order.number,
            person=buyer.user,
            wanted=wanted,
            terms=terms,
            pieces=pieces,
            late=late[1:] or self._campaign.terms["late"],
            payable_fen=order.payable_fen,
            payment=self._at_cashier(order),
        )
        self._places[order.number] = place
        self._unpaid.append(place)

    def _can_join(self, group: Gathering, buyer: Buyer) -> bool:
        is_in = any(place.person == buyer.user for place in group.places)
        return group.status == "open" and group.ends_at > clock.now() and not is_in

    def _may_refuse(self, code: str, buyer: Buyer, wanted: Gathering) -> bool:
        is_over = wanted.status != "open" or wanted.ends_at <= clock.now()
        return {
            "groupbuy.full": len(wanted.places) >= wanted.size,
            "groupbuy.over": is_over,
            "groupbuy.already_in": any(place.person == buyer.user for place in wanted.places),
        }.get(code, False)

    def _pay(self) -> None:
        """The money of one of the orders comes, in whatever order they were placed."""
        if not self._unpaid:
            return
        place = self._unpaid.pop(self._chance.randrange(len(self._unpaid)))
        answer = money_came(place.payment)
        said = self._surely(lambda: paying.settle_capture(SANDBOX, answer))
        # Died after its commit, and asked again, it says that it knows.
        if said not in {"paid", "already"}:
            raise Broken(f"{place.number}: its money was {said}")
        self._paid(place)
        if self._chance.random() < 0.1 and paying.settle_capture(SANDBOX, answer) != "already":
            raise Broken(f"{place.number}: paid twice by one payment")

    def _paid(self, place: Place) -> None:
        """Say in the model what the money does."""
        group = place.wanted
        if group is None:
            self._open(place, place.terms)
            return
        is_in = group.status != "failed" and any(other.person == place.person for other in group.places)
        has_room = group.status == "open" and clock.now() < group.ends_at and len(group.places) < group.size
        if has_room and not is_in:
            group.places.append(place)
            if len(group.places) == group.size:
                self._complete(group)
        elif place.late == "new" and not is_in:
            self._open(place, group.terms)
            self.counts["moved"] += 1
        else:
            place.ends, place.back_fen = "returned", place.payable_fen
            self.counts["too late"] += 1

    def _open(self, place: Place, terms: dict[str, Any]) -> None:
        number = Group.objects.values_list("number", flat=True).get(seats__order__number=place.number)
        ends_at = clock.now() + timedelta(minutes=terms["timer_minutes"])
        self._gatherings.append(Gathering(terms, ends_at, number, [place]))
        self.counts["opened"] += 1

    def _complete(self, group: Gathering) -> None:
        group.status = "done"
        self.counts["ended"] += 1
        self.counts["complete"] += 1
        price = group.price_fen()
        for index, place in enumerate(group.places):
            paid = group.terms["tiers"][0][1] - (group.terms["leader_off_fen"] if place.wanted is None else 0)
            owed = price - (group.terms["leader_off_fen"] if index == 0 else 0)
            place.ends, place.back_fen = "kept", (paid - owed) * place.pieces

    def _fail(self, group: Gathering) -> None:
        group.status = "failed"
        self.counts["ended"] += 1
        self.counts["failed"] += 1
        for place in group.places:
            place.ends, place.back_fen = "returned", place.payable_fen

    def _leave(self) -> None:
        going = [each for each in self._gatherings if each.status == "open" and clock.now() < each.ends_at]
        if not going:
            return
        group = self._chance.choice(going)
        place = self._chance.choice(group.places)
        user = User.objects.get(pk=place.person)

        def leave() -> object:
            is_in = Seat.objects.filter(order__number=place.number, status=Seat.Status.TAKEN).exists()
            return actions.leave(user, group.number) if is_in else None

        self._surely(leave)
        group.places.remove(place)
        place.ends, place.back_fen = "left", place.payable_fen
        self.counts["left"] += 1
        if not group.places:
            self._fail(group)

    def _pay_again(self) -> None:
        """Somebody is seen to who was seen to before, or is not due."""
        seats = Seat.objects.order_by("-pk").values_list("pk", flat=True)[:50]
        if found := list(seats):
            actions.finish_seat(self._chance.choice(found))

    def _work(self) -> None:
        """The worker is awake: time has its way, promises are kept, the provider gives back what it owes."""
        due = [each for each in self._gatherings if each.status == "open" and each.ends_at <= clock.now()]
        self._surely(lambda: actions.expire_groups(1000))
        for group in due:
            threshold = group.terms["threshold"]
            if threshold and len(group.places) >= threshold:
                self._complete(group)
            else:
                self._fail(group)
        if self._chance.random() < 0.5:
            self._surely(lambda: outbox.drain(REACTIONS))
        self._surely(lambda: actions.keep_promises(1000))
        payments.submit_refunds(1000)
        payments.deliver_sandbox_notices(1000)
        outbox.drain(REACTIONS)

    def _sleep(self) -> None:
        """Nobody does anything, and the worker is dead."""
        self._time += timedelta(minutes=self._chance.randint(20, 600))

    def _change(self) -> None:
        """The operator changes the terms; whatever runs keeps its own."""
        draft = self._draft()
        self._campaign = campaigns.change(self._owner, Campaign.objects.get(pk=self._campaign.pk), draft)
        self.counts["changes"] += 1

    def _surely(self, act: Callable[[], Any]) -> Any:
        """Do it, dying on the way now and then; whoever wanted it asks again."""
        if self._chance.randrange(DEATHS_IN) == 0:
            try:
                with ExitStack() as stack:
                    fate = Fate(Point(self._chance.randint(1, MOST_STATEMENTS), is_after=False), strike=_die)
                    stack.enter_context(connection.execute_wrapper(fate))
                    return act()
            except Died:
                self.counts["deaths"] += 1
        return act()

    def _compare(self) -> None:
        """Hold every group and every order against the model, then ask the audit of the whole shop."""
        statuses = dict(Group.objects.values_list("number", "status"))
        counted = dict(Group.objects.values_list("number", "joined"))
        for group in self._gatherings:
            if (statuses[group.number], counted[group.number]) != (group.status, len(group.places)):
                raise Broken(f"{group.number}: {statuses[group.number]} with {counted[group.number]}, not {group}")
        seats = dict(Seat.objects.values_list("order__number", "status"))
        back: Counter[str] = Counter()
        for number, fen in Refund.objects.filter(status="succeeded").values_list("payment__reference", "amount_fen"):
            back[number] += fen
        for place in self._places.values():
            expected = place.ends or "taken"
            if (seats[place.number], back[place.number]) != (expected, place.back_fen):
                raise Broken(f"{place.number}: {seats[place.number]}, {back[place.number]} fen back, not {expected}: {place}")
        if len(statuses) != len(self._gatherings):
            raise Broken(f"{len(statuses)} groups, and the model knows {len(self._gatherings)}")
        if found := [str(violation) for violation in audit.all_violations()]:
            raise Broken("\n".join(found[:20]))

    def _placed(self, buyer: Buyer, wanted: Gathering | None, late: str, pieces: int, key: str) -> Order:
        draft = CheckoutDraft(
            lines=(WantedLine(self._goods.sku, pieces),),
            address_id=buyer.address,
            plays=(Choice("groupbuy", self._campaign.pk, f"{wanted.number}{late}" if wanted else ""),),
        )
        user, browser = User.objects.get(pk=buyer.user), Visitor.objects.get(pk=buyer.visitor)
        return checkout.place_order(user, browser, draft, idempotency_key=key)

    def _at_cashier(self, order: Order) -> Payment:
        paying.start(order.buyer, order.number, return_url="/")
        payment = Payment.objects.get(reference=order.number)
        cashier.choose(SandboxTrade.objects.get(number=payment.number).trade, Behaviour.NEVER_NOTIFY)
        return payment

    def _launched(self) -> Campaign:
        composed = campaigns.compose(self._owner, "groupbuy", self._draft())
        return campaigns.launch(self._owner, composed)

    def _draft(self) -> campaigns.Draft:
        sizes = sorted(self._chance.sample(SIZES, k=self._chance.randint(1, 3)))
        prices = sorted(self._chance.sample(range(200, self._goods.price_fen - 1), k=len(sizes)), reverse=True)
        terms = {
            "sku": self._goods.sku,
            "tiers": [list(pair) for pair in zip(sizes, prices, strict=True)],
            "leader_off_fen": self._chance.choice((0, 1, 99)),
            "timer_minutes": self._chance.choice(MINUTES),
            "threshold": self._chance.choice((0, sizes[0], sizes[-1])),
            "late": self._chance.choice(("refund", "new")),
            "most_pieces": 3,
            "limit": 0,
        }
        return campaigns.Draft(title_zh="一起买更划算", channels=("web",), starts_at=START, ends_at=START + LASTS, terms=terms)


def _die() -> None:
    raise Died
