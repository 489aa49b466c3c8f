"""The reader of the stream: a customer lingers → how sure → may her agent be told → an alert."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, F

from renmai.accounts import queries as accounts
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.alerts import gate
from renmai.alerts.gate import Limits, Reason
from renmai.alerts.intent.features import EVENTS_MOST, LOOK_BACK, Signals, signals
from renmai.alerts.intent.scoring import Scorer
from renmai.alerts.models import BrowseAlert, Held
from renmai.alerts.queries.models import scorer
from renmai.catalogue.models import Product
from renmai.distribution.models import Agent
from renmai.distribution.tax import china_date
from renmai.insight.experiments.queries import variant
from renmai.insight.portraits.queries import denied, fulfils
from renmai.insight.stream import queries as stream
from renmai.insight.stream.records import StreamEvent
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.sharing import queries as sharing
from renmai.sharing.models import Binding, Shop
from renmai.trust import queries as trust
from renmai.trust.queries.gating import kept_share

FRESH: Final = timedelta(minutes=5)
"""An older event is no news: a worker that was away does not tell of customers who have long gone."""

PAST_ORDERS: Final = timedelta(days=90)
TRIGGERS: Final = frozenset({"product_viewed", "product_lingered", "product_left", "sku_chosen", "cart_added"})
WHOLE: Final = 10_000


@dataclass(frozen=True)
class Look:
    """The newest sign that a customer is at a product."""

    customer_id: int
    product_id: int
    event: StreamEvent


@dataclass(frozen=True)
class Case:
    """A look, the shop whose customer it is of, and what the session has shown."""

    look: Look
    shop: Shop
    customer: User
    seen: Signals
    price_fen: int


@dataclass
class Today:
    """What was told today in China, so that nobody is told too often; grows while a batch is gone through."""

    told: set[tuple[int, int]]
    by_customer: Counter[int]
    by_agent: Counter[int]

    def add(self, customer_id: int, product_id: int, agent_id: int) -> None:
        """Count one more."""
        self.told.add((customer_id, product_id))
        self.by_customer[customer_id] += 1
        self.by_agent[agent_id] += 1


def watch(events: Sequence[StreamEvent]) -> None:
    """Tell agents of their customers who linger now: a consumer of the stream, inside the transaction of its cursor.

    Who agreed is asked here, at the moment of telling. Told again it tells nobody twice: one alert per customer, product and day.
    """
    looks = _looks(events, since=clock.now() - FRESH)
    if not looks:
        return
    people = {look.customer_id for look in looks}
    agreed = accounts.agreed_among(sorted(people), *gate.NEEDED)
    bindings = sharing.active_bindings(people & agreed)
    agents = _agents(bindings)
    not_hers = denied([(look.customer_id, look.product_id) for look in looks if look.customer_id in bindings])
    held: Counter[str] = Counter()
    wanted = []
    for look in looks:
        reason = _without_agent(look, agreed, bindings, agents)
        if reason is None and (look.customer_id, look.product_id) in not_hers:
            reason = Reason.NOT_HER
        if reason is None:
            wanted.append(look)
        else:
            held[reason] += 1
    alerts = _chosen(wanted, bindings, held)
    # Ours are the only rows, so a conflict means that another worker with an older cursor was faster.
    BrowseAlert.objects.bulk_create(alerts, ignore_conflicts=True)
    _note_held(held, day=china_date(clock.now()))


def _looks(events: Iterable[StreamEvent], *, since: datetime) -> list[Look]:
    """Return the newest fresh sign of each customer and product, in their order. Guests leave none."""
    newest: dict[tuple[int, int], Look] = {}
    for event in events:
        if event.name in TRIGGERS and event.user_id is not None and event.product_id is not None and event.received_at >= since:
            newest[event.user_id, event.product_id] = Look(event.user_id, event.product_id, event)
    return list(newest.values())


def _without_agent(look: Look, agreed: frozenset[int], bindings: Mapping[int, Binding], agents: frozenset[int]) -> Reason | None:
    if look.customer_id not in agreed:
        return Reason.NO_CONSENT
    binding = bindings.get(look.customer_id)
    if binding is None or binding.shop.status != Shop.Status.OPEN or binding.shop.owner_id not in agents:
        return Reason.NO_AGENT
    return None


def _agents(bindings: Mapping[int, Binding]) -> frozenset[int]:
    """Return the owners of these shops who may sell now."""
    owners = {binding.shop.owner_id for binding in bindings.values()}
    active = Agent.objects.filter(user_id__in=owners, status=Agent.Status.ACTIVE)
    return frozenset(active.values_list("user_id", flat=True))


def _chosen(looks: Sequence[Look], bindings: Mapping[int, Binding], held: Counter[str]) -> list[BrowseAlert]:
    """Return the alerts to write, counting in ``held`` why the others are none."""
    if not looks:
        return []
    allowed, model, now = gate.limits(), scorer(), clock.now()
    today = _today({look.customer_id for look in looks}, {binding.shop.owner_id for binding in bindings.values()})
    prices = _prices_on_sale({look.product_id for look in looks})
    orders = _past_orders({look.customer_id for look in looks}, since=now - PAST_ORDERS)
    alerts = []
    for look in looks:
        binding = bindings[look.customer_id]
        shop = binding.shop
        if look.product_id not in prices:
            held[Reason.NOT_ON_SALE] += 1
            continue
        if (look.customer_id, look.product_id) in today.told:
            held[Reason.ALREADY_TOLD] += 1
            continue
        seen = _seen(look, past_orders=orders.get(look.customer_id, 0))
        alert = _judged(
            Case(look, shop, binding.customer, seen, prices[look.product_id]), model=model, allowed=allowed, today=today
        )
        if isinstance(alert, str):
            held[alert] += 1
            continue
        today.add(look.customer_id, look.product_id, shop.owner_id)
        alerts.append(alert)
    return alerts


def _seen(look: Look, *, past_orders: int) -> Signals:
    """Return what the events up to this look show, of the last days. Two statements."""
    moment = look.event.at
    events = stream.recent(user_id=look.customer_id, since=moment - LOOK_BACK, limit=EVENTS_MOST)
    return signals(events, product_id=look.product_id, until=moment, past_orders=past_orders)


def _judged(case: Case, *, model: Scorer, allowed: Limits, today: Today) -> BrowseAlert | str:
    """Return the alert, or why there is none: ours first, because what trust says takes a dozen statements."""
    look, shop, now = case.look, case.shop, clock.now()
    chance = model.chance(case.seen)
    reason = gate.stopped_by(
        allowed,
        chance=round(chance * WHOLE),
        customer_today=today.by_customer[look.customer_id],
        agent_today=today.by_agent[shop.owner_id],
    )
    if (
        reason is None
        and today.by_customer[look.customer_id]
        and variant("alerts.daily", user=case.customer, belongs=fulfils) == "once"
    ):
        reason = Reason.CUSTOMER_CAP  # how often is enough may be tried out: asked only where the answer makes a difference
    if reason is not None:
        return reason
    verdict = trust.gate(
        shop.owner,
        case.customer,
        relevance=chance,
        margin_fen=round(case.price_fen * kept_share()),
        purpose=Purpose.AGENT_ALERTS,
    )
    if not verdict.allowed:
        return verdict.reason
    return BrowseAlert(
        agent_id=shop.owner_id,
        shop=shop,
        customer_id=look.customer_id,
        product_id=look.product_id,
        day=china_date(now),
        chance_basis_points=round(chance * WHOLE),
        intent_model_id=model.number,
        evidence=case.seen.evidence(),
        trust_cost_fen=verdict.trust_cost_fen,
        browsed_at=look.event.at,
        received_at=look.event.received_at,
        told_at=now,
        due_at=now + timedelta(minutes=allowed.deadline_minutes),
    )


def _today(customer_ids: Iterable[int], agent_ids: Iterable[int]) -> Today:
    """Return what was told today. Two statements."""
    rows = BrowseAlert.objects.filter(day=china_date(clock.now()))
    told = list(rows.filter(customer__in=list(customer_ids)).values_list("customer_id", "product_id"))
    by_agent = dict(rows.filter(agent__in=list(agent_ids)).values_list("agent_id").annotate(Count("pk")).order_by())
    return Today(set(told), Counter(customer for customer, _product in told), Counter(by_agent))


def _prices_on_sale(product_ids: Iterable[int]) -> dict[int, int]:
    """Return the lowest price, in fen, of those of these products that are on sale."""
    rows = Product.objects.filter(pk__in=list(product_ids), status=Product.Status.LISTED)
    return dict(rows.values_list("pk", "lowest_price_fen"))


def _past_orders(customer_ids: Iterable[int], *, since: datetime) -> dict[int, int]:
    rows = Order.objects.filter(buyer__in=list(customer_ids), paid_at__gte=since)
    return dict(rows.values_list("buyer_id").annotate(Count("pk")).order_by())


def _note_held(held: Mapping[str, int], *, day: date) -> None:
    for reason, count in sorted(held.items()):
        row, _is_new = Held.objects.get_or_create(day=day, reason=str(reason))
        Held.objects.filter(pk=row.pk).update(count=F("count") + count)
