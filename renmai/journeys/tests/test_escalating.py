"""Tips that nobody answered: the agent and her leader hear how many, never of whom."""

import pytest
from django.utils import translation

from renmai.accounts.tests.factories import make_member, make_staff
from renmai.alerts.actions import miss_overdue, watch
from renmai.alerts.events import AlertMissed
from renmai.alerts.models import BrowseAlert
from renmai.alerts.tests.floor import Floor, agrees, belongs, new_shop, set_setting
from renmai.care.models import Message
from renmai.care.queries import inbox
from renmai.distribution.actions import appoint_leader
from renmai.distribution.models import Agent
from renmai.journeys.escalating import escalate_missed
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor(moving_clock: MovingClock) -> Floor:
    del moving_clock
    found = Floor()
    set_setting("alerts.agent_daily", 50)
    return found


def _leader(floor: Floor) -> Agent:
    leading = Agent.objects.get(user=new_shop().owner)
    appoint_leader(make_staff(), Agent.objects.get(user=floor.agent).pk, leader_id=leading.pk)
    return leading


def _let_pass(floor: Floor, clock: MovingClock, *names: str) -> None:
    for name in names:
        customer = make_member(name)
        agrees(customer)
        belongs(customer, floor.shop)
        watch(floor.linger(customer))
    clock.advance(minutes=121)
    miss_overdue(100)
    for alert in BrowseAlert.objects.filter(status="missed"):
        for _twice in range(2):
            escalate_missed(AlertMissed(alert.pk, alert.agent_id))


def test_the_first_missed_tip_reaches_agent_and_leader_once_without_the_customer(floor: Floor, moving_clock: MovingClock) -> None:
    leading = _leader(floor)
    _let_pass(floor, moving_clock, "王芳", "李娜")
    assert sorted(Message.objects.values_list("user_id", "kind")) == sorted(
        [(floor.agent.pk, "alerts_missed"), (leading.user_id, "team_missed")]
    )
    with translation.override("en"):
        (told,) = inbox(leading.user)
    assert told.body.startswith(f"{floor.agent.display_name} let tips of ")
    assert told.body.endswith("pass without an answer: 2. Ask how she is before you ask why.")
    told_all = " ".join(str(row) for row in Message.objects.values_list("details", "link", "cause"))
    for name in ("王芳", "李娜", floor.product.title):
        assert name not in told_all
    assert told.link_kind == "today"


def test_when_it_becomes_a_habit_the_leader_hears_again(floor: Floor, moving_clock: MovingClock) -> None:
    leading = _leader(floor)
    _let_pass(floor, moving_clock, "1")
    _let_pass(floor, moving_clock, "2", "3", "4")
    assert Message.objects.filter(user=leading.user).count() == 1
    _let_pass(floor, moving_clock, "5", "6")
    assert list(Message.objects.filter(user=leading.user).order_by("pk").values_list("details__count", flat=True)) == [1, 6]


def test_who_has_no_leader_still_hears_it_herself(floor: Floor, moving_clock: MovingClock) -> None:
    _let_pass(floor, moving_clock, "王芳")
    assert list(Message.objects.values_list("user_id", flat=True)) == [floor.agent.pk]


def test_a_tip_that_was_deleted_meanwhile_tells_nothing(floor: Floor, moving_clock: MovingClock) -> None:
    escalate_missed(AlertMissed(987_654, floor.agent.pk))
    assert not Message.objects.exists()
