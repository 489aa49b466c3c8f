"""What an agent does with what she was told, what follows, and who sees it."""

from datetime import timedelta
from typing import Any

import pytest

from renmai.accounts.actions import withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import Visitor
from renmai.accounts.tests.factories import Statements, make_member
from renmai.alerts import queries
from renmai.alerts.actions import dismiss, follow_visits, forget, miss_overdue, note_order, note_seen, share_it
from renmai.alerts.audit import violations
from renmai.alerts.models import BrowseAlert, IntentModel
from renmai.alerts.queries import open_numbers
from renmai.alerts.tests.floor import Floor, agrees, alerts, belongs, new_shop, on_sale, set_setting
from renmai.alerts.tests.test_refitting import figures
from renmai.distribution.actions import appoint_leader
from renmai.distribution.models import Agent
from renmai.insight.queries import last_days
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent
from renmai.ordering.models import Order, OrderLine
from renmai.sharing.actions import record_visit
from renmai.sharing.models import Binding, Mute, Share
from renmai.trust import queries as trust
from renmai.trust.models import Sending
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor(moving_clock: MovingClock) -> Floor:
    moving_clock.travel(moving_clock.now.replace(hour=4, minute=0))
    return Floor()


@pytest.fixture
def told(floor: Floor) -> BrowseAlert:
    return floor.tell()[0]


def fresh(alert: BrowseAlert) -> BrowseAlert:
    return BrowseAlert.objects.get(pk=alert.pk)


def test_sharing_makes_her_link_to_the_product_once(floor: Floor, told: BrowseAlert) -> None:
    first, second = share_it(floor.agent, told.pk), share_it(floor.agent, told.pk)
    assert first == second == Share.objects.get()
    assert (first.sharer, first.shop, first.product) == (floor.agent, floor.shop, floor.product)
    assert (fresh(told).status, fresh(told).share) == ("shared", first)
    assert queries.tasks(floor.agent) == []
    assert list(violations()) == []


@pytest.mark.parametrize("number", [1, 6])
def test_cards_are_read_with_two_statements_however_many(floor: Floor, statements: Statements, number: int) -> None:
    set_setting("alerts.agent_daily", 20)
    model = IntentModel.objects.create(**figures())
    for _customer in range(number):
        customer = make_member()
        agrees(customer)
        belongs(customer, floor.shop)
        floor.tell(customer=customer)
    with statements(2):
        cards = queries.tasks(floor.agent)
    assert [card.alert.intent_model_id for card in cards] == [model.pk] * number


def test_not_now_takes_the_card_away_and_a_second_tab_is_told_so(floor: Floor, told: BrowseAlert) -> None:
    dismiss(floor.agent, told.pk)
    dismiss(floor.agent, told.pk)
    with pytest.raises(DomainError, match=r"alerts\.too_late"):
        share_it(floor.agent, told.pk)
    assert (fresh(told).status, Share.objects.count()) == ("dismissed", 0)


def test_what_was_shared_cannot_be_set_aside(floor: Floor, told: BrowseAlert) -> None:
    share_it(floor.agent, told.pk)
    with pytest.raises(DomainError, match=r"alerts\.too_late"):
        dismiss(floor.agent, told.pk)


@pytest.mark.parametrize("act", [queries.access_alert, share_it, dismiss])
def test_an_alert_is_its_agents_alone(floor: Floor, told: BrowseAlert, act: Any) -> None:
    for other in (new_shop().owner, floor.customer, make_member()):
        with pytest.raises(DomainError, match=r"request\.not_found"):
            act(other, told.pk)
        assert (queries.tasks(other), open_numbers(other, after=0)) == ([], [])
    assert fresh(told).status == "open"


@pytest.mark.parametrize("act", [queries.access_alert, share_it, dismiss])
def test_consent_taken_back_closes_the_card_at_once_everywhere(floor: Floor, told: BrowseAlert, act: Any) -> None:
    withdraw_consent(floor.customer, Purpose.AGENT_ALERTS)
    with pytest.raises(DomainError, match=r"request\.not_found"):
        act(floor.agent, told.pk)
    assert (queries.tasks(floor.agent), open_numbers(floor.agent, after=0)) == ([], [])
    assert miss_overdue(10) == 1
    assert fresh(told).status == "withdrawn"
    assert not OutboxEvent.objects.filter(name="alerts.AlertMissed").exists()


def test_a_customer_who_muted_her_is_on_no_card_any_more(floor: Floor, told: BrowseAlert) -> None:
    Mute.objects.create(receiver=floor.customer, sharer=floor.agent)
    assert (queries.tasks(floor.agent), open_numbers(floor.agent, after=0)) == ([], [])


def test_sharing_weighs_on_the_tie_like_every_push_and_once(floor: Floor, told: BrowseAlert) -> None:
    before = pressure(floor)
    share_it(floor.agent, told.pk)
    share_it(floor.agent, told.pk)
    assert pressure(floor) == pytest.approx(before + 1)
    assert Sending.objects.get().product_id == floor.product.pk


def test_a_customer_who_went_to_another_agent_is_not_hers_to_follow_any_more(floor: Floor, told: BrowseAlert) -> None:
    Binding.objects.update(status=Binding.Status.ENDED)
    assert queries.tasks(floor.agent) == []


def test_a_task_that_nobody_did_is_missed_told_and_seen_by_the_leader_without_the_customer(
    floor: Floor, told: BrowseAlert, moving_clock: MovingClock
) -> None:
    led, leading = Agent.objects.get(user=floor.agent), Agent.objects.get(user=new_shop().owner)
    lead(led, leading)
    moving_clock.advance(minutes=119)
    assert miss_overdue(10) == 0
    moving_clock.advance(minutes=1)
    assert queries.tasks(floor.agent) == []
    assert (miss_overdue(10), miss_overdue(10)) == (1, 0)
    assert fresh(told).status == "missed"
    assert OutboxEvent.objects.get(name="alerts.AlertMissed").payload == {"alert_id": told.pk, "agent_user_id": floor.agent.pk}
    (missed,) = queries.missed_of_team(leading.user)
    assert (missed.agent_user_id, missed.count) == (floor.agent.pk, 1)
    assert not {"customer", "product"} & set(type(missed).__dataclass_fields__)
    assert queries.missed_of_team(floor.agent) == []
    moving_clock.advance(days=1, seconds=1)
    assert queries.missed_of_team(leading.user) == []


def test_the_deadline_is_the_operators(floor: Floor) -> None:
    set_setting("alerts.deadline_minutes", 15)
    (told,) = floor.tell()
    assert told.due_at == clock.now() + timedelta(minutes=15)
    assert queries.tasks(floor.agent)[0].minutes_left == 15


def test_those_due_first_stand_first(floor: Floor, moving_clock: MovingClock) -> None:
    floor.tell()
    set_setting("alerts.deadline_minutes", 10)
    moving_clock.advance(minutes=5)
    floor.tell(product=on_sale())
    assert [card.alert.pk for card in queries.tasks(floor.agent)] == [alerts()[1].pk, alerts()[0].pk]


def test_a_card_says_why_with_what_was_seen(floor: Floor, told: BrowseAlert) -> None:
    (card,) = queries.tasks(floor.agent)
    assert card.reasons == (("seconds", 120), ("variants", 1), ("views", 2))
    assert (card.name, card.minutes_left) == ("王芳", 120)
    assert card.chance_percent == round(told.chance_basis_points / 100)


def test_when_she_first_saw_it_stays(floor: Floor, told: BrowseAlert, moving_clock: MovingClock) -> None:
    note_seen([told])
    seen_at = clock.now()
    moving_clock.advance(seconds=9)
    note_seen([told, fresh(told)])
    assert fresh(told).seen_at == seen_at


def test_her_visit_through_the_link_is_noted_and_others_are_not(
    floor: Floor, told: BrowseAlert, moving_clock: MovingClock
) -> None:
    link = share_it(floor.agent, told.pk)
    moving_clock.advance(minutes=1)
    visit(link, make_member())
    assert follow_visits(10) == 0
    visit(link, floor.customer)
    assert (follow_visits(10), follow_visits(10)) == (1, 0)
    assert fresh(told).visited_at == clock.now()


def test_the_order_that_followed_is_noted_once(floor: Floor, told: BrowseAlert, moving_clock: MovingClock) -> None:
    moving_clock.advance(minutes=3)
    other, mine = order_of(floor, on_sale().pk), order_of(floor, floor.product.pk)
    assert (note_order(other.pk), note_order(mine.pk), note_order(mine.pk)) == (0, 1, 0)
    assert (fresh(told).order_id, fresh(told).ordered_at) == (mine.pk, mine.placed_at)
    assert list(violations()) == []


def test_an_order_from_before_or_of_another_person_or_much_later_follows_nothing(
    floor: Floor, told: BrowseAlert, moving_clock: MovingClock
) -> None:
    before = order_of(floor, floor.product.pk)
    Order.objects.filter(pk=before.pk).update(placed_at=told.told_at - timedelta(minutes=1))
    assert note_order(before.pk) == 0
    strange = order_of(floor, floor.product.pk)
    Order.objects.filter(pk=strange.pk).update(buyer=make_member())
    assert note_order(strange.pk) == 0
    moving_clock.advance(days=7, seconds=1)
    assert note_order(order_of(floor, floor.product.pk).pk) == 0


def test_the_customer_reads_what_was_told_of_her_and_to_whom(floor: Floor, told: BrowseAlert) -> None:
    share_it(floor.agent, told.pk)
    (said,) = queries.told(floor.customer)
    assert (said.at, said.agent_name, said.product, said.status) == (
        told.told_at,
        floor.agent.display_name,
        floor.product,
        "shared",
    )
    assert queries.told(make_member()) == []


def test_whoever_is_forgotten_leaves_no_alert(floor: Floor, told: BrowseAlert) -> None:
    assert forget(floor.customer) == 1
    assert alerts() == []


def test_figures_count_what_came_of_alerts(floor: Floor, moving_clock: MovingClock) -> None:
    first, second, third = (floor.tell(product=product)[-1] for product in (floor.product, on_sale(), on_sale()))
    moving_clock.advance(seconds=1.5)
    note_seen([first])
    link = share_it(floor.agent, first.pk)
    dismiss(floor.agent, second.pk)
    moving_clock.advance(minutes=1)
    visit(link, floor.customer)
    follow_visits(10)
    for alert in (first, third):
        note_order(order_of(floor, alert.product_id).pk)
    found = queries.figures(last_days(1))
    assert (found.told, found.shared, found.dismissed, found.waiting, found.visited) == (3, 1, 1, 1, 1)
    assert (found.ordered, found.shared_ordered, found.other_ordered, found.others) == (2, 1, 1, 2)
    assert found.expected_orders == pytest.approx(sum(alert.chance_basis_points for alert in alerts()) / 10_000)
    assert (found.told_half_ms, found.seen_half_ms, found.seen_most_ms) == (0, 1500, 1500)
    ((agent),) = queries.by_agent(last_days(1))
    assert (agent.user_id, agent.told, agent.shared, agent.ordered) == (floor.agent.pk, 3, 1, 2)
    assert queries.per_day(last_days(2)) == {first.day: 3}


def test_without_alerts_there_are_no_figures(floor: Floor) -> None:
    found = queries.figures(last_days(7))
    assert (found.told, found.told_half_ms, found.seen_most_ms) == (0, None, None)


def pressure(floor: Floor) -> float:
    return trust.ask(floor.agent.pk, [floor.customer.pk])[floor.customer.pk].pressure


def visit(link: Share, who: Any) -> None:
    record_visit(link, Visitor.objects.create(user=who), user=who)


def order_of(floor: Floor, product_id: int) -> Order:
    """An order of the customer with one product in it, whatever its price."""
    from renmai.distribution.tests.world import sale

    order = sale(Agent.objects.get(user=floor.agent)).pay().order
    OrderLine.objects.filter(order=order).update(product_id_at_order=product_id)
    Order.objects.filter(pk=order.pk).update(buyer=floor.customer, placed_at=clock.now())
    order.refresh_from_db()
    return order


def lead(agent: Agent, leader: Agent) -> None:
    from renmai.accounts.tests.factories import make_staff

    appoint_leader(make_staff(), agent.pk, leader_id=leader.pk)
