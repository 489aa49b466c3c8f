"""A shop with everything the console shows, made by the same actions as the real one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from django.apps import apps
from django.test import Client

from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import make_staff
from renmai.distribution.actions import request_withdrawal
from renmai.distribution.models import Agent, Withdrawal
from renmai.distribution.queries import income
from renmai.journeys import after_sale, receiving, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests import world
from renmai.journeys.tests.world import Customer
from renmai.kernel import clock
from renmai.ordering.models import AfterSale, Order, Shipment
from renmai.sharing.actions import bind
from renmai.sharing.models import Shop
from tools.testing.moving_clock import MovingClock

_keys = count(1)
WATCHED = ("accounts", "catalogue", "ordering", "payments", "ledger", "sharing", "distribution", "kernel", "policy")
NOT_WATCHED = frozenset({"accounts.Throttle", "accounts.TotpDevice"})


@dataclass
class Scene:
    """What stands ready: an order that waits for its parcel, a claim, a pickup, an agent with a withdrawal, staff."""

    owner: User
    agent: Agent
    shop: Shop
    customer: Customer
    waiting: Order
    pickup: Order
    claimed: AfterSale
    returning: AfterSale
    withdrawal: Withdrawal
    staff: dict[Role, User] = field(default_factory=dict)

    @property
    def parcel(self) -> Shipment:
        """The parcel that waits."""
        return Shipment.objects.get(order=self.waiting)


def build(moving_clock: MovingClock) -> Scene:
    """Live a small life: sales through an agent that are kept, one withdrawal, and everything that waits for somebody."""
    owner = make_staff(Role.OWNER, username=f"owner{next(_keys)}")
    agent, shop = world.agent_with_shop()
    buyer = world.customer()
    world.comes_through(buyer, shop)
    sku = world.goods(stock=100, price_fen=20_000)[0]
    kept = world.ship_all(owner, world.buy(buyer, [(sku, 3)]))
    receiving.confirm(buyer.user, kept.number)
    world.settle_down()
    moving_clock.advance(days=12)
    settling.settle_due(100)
    world.settle_down()
    world.comes_through(buyer, shop)
    withdrawal = request_withdrawal(agent.user, amount_fen=income(agent.pk).available_fen, idempotency_key="w1")
    claimed = _claim(owner, buyer, sku, kind="refund")
    returning = _claim(owner, buyer, sku, kind="return")
    after_sale.approve(owner, returning.number)
    after_sale.send_back(buyer.user, returning.number, carrier="sf", tracking_number="SF00000001")
    made = Scene(
        owner=owner,
        agent=agent,
        shop=shop,
        customer=buyer,
        waiting=world.buy(buyer, [(sku, 1)]),
        pickup=world.buy(buyer, [(sku, 1)], delivery="pickup", address_id=None),
        claimed=claimed,
        returning=returning,
        withdrawal=withdrawal,
    )
    bind_buyer(made.waiting)
    world.settle_down()
    return made


def bind_buyer(order: Order) -> None:
    """Bind the buyer of ``order`` to its shop, as the reaction to her payment does."""
    bind(customer_id=order.buyer_id, shop_id=order.shop_id or 0, reason="order_paid", evidence={"order_id": order.pk})


def member_of_staff(*roles: Role) -> User:
    """Somebody of the staff with ``roles``."""
    return make_staff(*roles, username=f"person{next(_keys)}")


def browser_of(user: User | None) -> Client:
    """A browser in which ``user`` is signed in; nobody for None."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def fingerprint() -> dict[str, list[tuple[object, ...]]]:
    """Return every row that an act of the console could touch."""
    models = [model for label in WATCHED for model in apps.get_app_config(label).get_models()]
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in models
        if model._meta.label not in NOT_WATCHED
    }


def late(parcels: Sequence[Shipment]) -> None:
    """Let the deadlines of ``parcels`` have passed."""
    for parcel in parcels:
        Shipment.objects.filter(pk=parcel.pk).update(ship_before=clock.now() - timedelta(hours=5))


def _claim(owner: User, buyer: Customer, sku: object, *, kind: str) -> AfterSale:
    order = world.ship_all(owner, world.buy(buyer, [(sku, 2)]))  # type: ignore[list-item]
    line = world.lines(order)[0]
    draft = AfterSaleDraft(order.number, line.pk, kind, 1, "damaged", note="杯子碎了 <b>!</b>")
    return after_sale.request(buyer.user, draft, idempotency_key=f"claim-{next(_keys)}")
