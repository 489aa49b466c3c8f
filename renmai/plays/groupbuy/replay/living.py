"""Doing what people did: launching, paying, joining; and in the evening what the worker and the warehouse do.

Every step is an action of the product, and each is harmless when it is done again: an order is placed under a key of its own, a payment
is captured once, a parcel leaves once. So a replay that was killed goes on where it stopped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Mod

from renmai.accounts.models import User
from renmai.journeys import checkout, paying
from renmai.journeys.checkout import CheckoutDraft, Choice, WantedLine
from renmai.kernel import clock
from renmai.kernel.compiled import CompiledValues, by_key
from renmai.ordering.actions import shipping
from renmai.ordering.models import Order, Shipment
from renmai.payments import actions as payments
from renmai.payments.providers.counter.provider import NAME, take_money
from renmai.plays.groupbuy import actions
from renmai.plays.groupbuy.keys import KEY
from renmai.plays.groupbuy.models import Group
from renmai.plays.groupbuy.replay.days import JOIN_AFTER, PAY_AFTER, Plan
from renmai.plays.groupbuy.replay.log import Launch
from renmai.plays.groupbuy.replay.stage import Stage

SOURCE = "replay"
BATCH = 500
_OPENED = CompiledValues(lambda order: Group.objects.filter(seats__order_id=order).values_list("number"))


@dataclass(frozen=True)
class Share:
    """What one of several processes does: every ``of``-th launch and parcel, the ``number``-th first."""

    number: int
    of: int


def launch(plan: Plan, stage: Stage, day: int, index: int) -> None:
    """Live through one launch: she opens and pays, the others join and pay. The clock stands where it has to."""
    one = plan.of(day)[index]
    moment = plan.moment(day, index)
    campaign_id = stage.campaigns[one.item, one.size]
    order = _buy(stage, one, one.initiator, Choice(KEY, campaign_id), at=moment)
    if not one.joined:
        return
    ((number,),) = _OPENED.rows(order.pk)
    for place, person in enumerate(one.joined, 1):
        _buy(stage, one, person, Choice(KEY, campaign_id, number), at=moment + place * JOIN_AFTER)


def work_at(moment: datetime, work: Callable[[], None]) -> None:
    """Do what a worker does beside the people, at this moment."""
    with clock.travel(moment):
        work()


def evening(plan: Plan, stage: Stage, day: int, share: Share, work: Callable[[], None]) -> None:
    """Do what the worker and the warehouse do at the end of a day, until nothing is left of it."""
    with clock.travel(plan.evening(day)):
        while True:
            work()
            done = (
                actions.expire_groups(BATCH) + actions.keep_promises(BATCH) + payments.submit_refunds(BATCH) + _ship(stage, share)
            )
            if not done:
                work()
                return


def _buy(stage: Stage, one: Launch, person: int, choice: Choice, *, at: datetime) -> Order:
    """Order one piece and pay it a minute later; again it is the same order, and the same money."""
    buyer = by_key(User, stage.people[person])
    draft = CheckoutDraft(
        lines=(WantedLine(stage.skus[one.item], 1),), address_id=stage.addresses[buyer.pk], source=SOURCE, plays=(choice,)
    )
    with clock.travel(at):
        order = checkout.place_order(buyer, None, draft, idempotency_key=key_of(one))
    if order.status == Order.Status.PLACED:
        with clock.travel(at + PAY_AFTER):
            bill = payments.Bill(order.number, order.due_fen, order.currency, order.due_part)
            started = payments.start_payment(bill, provider=NAME, expires_at=order.pay_before, return_url="")
            paying.settle_capture(NAME, take_money(started.payment, clerk_id=stage.clerk_id))
    return order


def key_of(one: Launch) -> str:
    """Return the key of everybody's order for a launch; it is hers alone together with who buys."""
    return f"{SOURCE}-{one.key}".replace(":", "-")


def _ship(stage: Stage, share: Share) -> int:
    """Send off what was released, as far as it is this process's."""
    waiting = Shipment.objects.filter(status=Shipment.Status.WAITING).annotate(part=Mod("order_id", Value(share.of)))
    clerk = User.objects.get(pk=stage.clerk_id)
    parcels = list(waiting.filter(part=share.number).order_by("pk").values_list("pk", flat=True)[:BATCH])
    for parcel_id in parcels:
        shipping.ship(clerk, parcel_id, carrier="other", tracking_number=f"{SOURCE}-{parcel_id:08d}")
    return len(parcels)
