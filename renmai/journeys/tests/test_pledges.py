"""What was pledged to agents, found in what really happened: parcels, goods, claims, withdrawals."""

from datetime import timedelta

import pytest

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.distribution.events import WithdrawalDecided
from renmai.distribution.models import Agent, Withdrawal
from renmai.journeys import after_sale, audit, pledges, reactions, receiving, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.claims import now
from renmai.journeys.tests.world import (
    Customer,
    agent_with_shop,
    buy,
    comes_through,
    customer,
    end_of_window,
    goods,
    lines,
    settle_down,
    ship_all,
)
from renmai.kernel.models import OutboxEvent
from renmai.ordering.events import AfterSaleClosed, OrderSettled, ParcelShipped
from renmai.ordering.models import AfterSale, Order, Shipment
from renmai.trust.models import PlatformEntry
from renmai.trust.queries import regard_of
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(moving_clock: MovingClock) -> Agent:
    del moving_clock
    return agent_with_shop()[0]


@pytest.fixture
def who(agent: Agent) -> Customer:
    """A customer who comes through the agent's link."""
    found = customer()
    comes_through(found, agent.user.shop)
    return found


def _counted() -> list[tuple[str, str, bool]]:
    rows = PlatformEntry.objects.order_by("pk")
    return [(row.pledge, row.evidence.partition(":")[0], row.is_kept) for row in rows]


def ask(who: Customer, order: Order, *, key: str = "k") -> AfterSale:
    """She claims one piece because it was bad."""
    draft = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 1, "quality", note="坏了", is_quality_issue=True)
    return after_sale.request(who.user, draft, idempotency_key=key)


def _close(claim: AfterSale) -> None:
    closed = AfterSaleClosed(claim.pk, claim.order_id, claim.order_line_id, now(claim).status)
    for _twice in range(2):
        reactions.count_claim(closed)


def _settled(who: Customer, order: Order, clock: MovingClock) -> None:
    receiving.confirm(who.user, order.number)
    clock.travel(end_of_window(order))
    settling.settle_due(10)
    for _twice in range(2):
        reactions.count_kept(OrderSettled(order.pk))


def _bought(who: Customer, quantity: int = 2) -> Order:
    return buy(who, [(goods()[0], quantity)])


def test_a_kept_order_counts_its_parcel_and_its_goods(who: Customer, agent: Agent, moving_clock: MovingClock) -> None:
    order = ship_all(make_staff(), _bought(who))
    reactions.count_parcel(ParcelShipped(order.pk, Shipment.objects.get().pk))
    assert _counted() == [], "whether it was in time is known, whether she keeps it not yet"
    _settled(who, order, moving_clock)
    assert sorted(_counted()) == [("goods", "order", True), ("parcel", "parcel", True)]
    assert regard_of(agent.user_id).belief.tally.good == pytest.approx(0.75, rel=0.2)


def test_a_parcel_that_leaves_too_late_counts_at_once_and_once(who: Customer, moving_clock: MovingClock) -> None:
    order = _bought(who)
    moving_clock.travel(Shipment.objects.get().ship_before + timedelta(seconds=1))
    order = ship_all(make_staff(), order)
    reactions.count_parcel(ParcelShipped(order.pk, Shipment.objects.get().pk))
    assert _counted() == [("parcel", "parcel", False)]
    _settled(who, order, moving_clock)
    assert _counted() == [("parcel", "parcel", False), ("goods", "order", True)]


def test_a_replacement_that_leaves_after_the_order_ended_counts_too(who: Customer, moving_clock: MovingClock) -> None:
    staff = make_staff()
    order = ship_all(staff, _bought(who))
    _settled(who, order, moving_clock)
    draft = AfterSaleDraft(order.number, lines(order)[0].pk, "exchange", 1, "quality", note="坏了", is_quality_issue=True)
    claim = after_sale.request(staff, draft, idempotency_key="late")
    after_sale.approve(staff, claim.number)
    after_sale.receive_back(staff, claim.number)
    replacement = Shipment.objects.get(after_sale=claim)
    ship_all(staff, order)
    before = _counted()
    for _twice in range(2):
        reactions.count_parcel(ParcelShipped(order.pk, replacement.pk))
    assert _counted() == [*before, ("parcel", "parcel", True)]


def test_an_answered_claim_about_bad_goods(who: Customer) -> None:
    staff: User = make_staff()
    claim = ask(who, ship_all(staff, _bought(who)))
    after_sale.approve(staff, claim.number)
    settle_down()
    _close(claim)
    assert _counted() == [("claim", "claim", True), ("goods", "claim", False)]


def test_silence_breaks_the_pledge_of_an_answer(who: Customer, moving_clock: MovingClock) -> None:
    claim = ask(who, ship_all(make_staff(), _bought(who)))
    moving_clock.travel(claim.deadline_at + timedelta(seconds=1))
    assert after_sale.close_overdue(10) == 1
    settle_down()
    _close(claim)
    assert _counted() == [("claim", "claim", False), ("goods", "claim", False)]


def test_a_refusal_that_had_to_be_taken_back_was_wrong(who: Customer) -> None:
    staff = make_staff()
    order = ship_all(staff, _bought(who))
    first = ask(who, order)
    after_sale.reject(staff, first.number, answer="No fault to be seen")
    _close(first)
    assert _counted() == [("claim", "claim", True)]
    second = ask(who, order, key="again")
    after_sale.approve(staff, second.number)
    settle_down()
    _close(second)
    assert _counted()[1:] == [("claim", "claim", False), ("goods", "claim", False)]


def test_what_she_withdrew_herself_says_nothing(who: Customer) -> None:
    claim = ask(who, ship_all(make_staff(), _bought(who)))
    after_sale.withdraw(who.user, claim.number)
    _close(claim)
    assert _counted() == []


def test_what_could_not_be_sent_is_a_parcel_that_never_left(who: Customer) -> None:
    order = _bought(who)
    assert after_sale.refund_unsent(order.pk, detail="sold out")
    settle_down()
    _close(AfterSale.objects.get())
    assert _counted() == [("parcel", "claim", False)]


def test_orders_that_nobody_brought_say_nothing_to_anybody(moving_clock: MovingClock) -> None:
    stranger = customer()
    _settled(stranger, ship_all(make_staff(), _bought(stranger)), moving_clock)
    assert _counted() == []


@pytest.mark.parametrize(("hours", "is_kept"), [(120, True), (121, False)])
def test_a_withdrawal_is_pledged_for_five_days(agent: Agent, hours: int, is_kept: bool, moving_clock: MovingClock) -> None:
    asked = moving_clock.now
    row = Withdrawal.objects.create(
        number="W1", agent=agent, amount_fen=1000, payee="x", idempotency_key="w", requested_at=asked, status="rejected"
    )
    decided = WithdrawalDecided(row.pk, agent.user_id, "paid")
    reactions.count_payout(decided)
    assert _counted() == []
    Withdrawal.objects.update(status="paid", finished_at=asked + timedelta(hours=hours))
    reactions.count_payout(decided)
    assert _counted() == [("payout", "withdrawal", is_kept)]


def test_the_past_is_read_and_the_audit_notices_what_never_counted(who: Customer, moving_clock: MovingClock) -> None:
    order = ship_all(make_staff(), _bought(who))
    receiving.confirm(who.user, order.number)
    moving_clock.travel(end_of_window(order))
    settling.settle_due(10)
    OutboxEvent.objects.update(status=OutboxEvent.Status.DONE)
    assert pledges.record_past(100) == 2
    assert sorted(_counted()) == [("goods", "order", True), ("parcel", "parcel", True)]
    assert [each for each in audit.violations() if each.invariant == "pledges"] == []
    PlatformEntry.objects.filter(pledge="goods").delete()
    assert [each.subject for each in audit.violations() if each.invariant == "pledges"] == [f"order:{order.pk}"]
