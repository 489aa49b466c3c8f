"""From browsing to alert: who agreed, once a day, in time, under the caps, of fresh events only."""

from datetime import timedelta

import pytest

from renmai.accounts.actions import withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import Visitor
from renmai.accounts.tests.factories import Statements, make_member
from renmai.alerts.actions import FRESH, watch
from renmai.alerts.audit import violations
from renmai.alerts.models import BrowseAlert, Held
from renmai.alerts.tests.floor import Floor, agrees, alerts, belongs, new_shop, on_sale, read_all, set_setting
from renmai.catalogue.models import Product
from renmai.distribution.models import Agent
from renmai.insight.experiments.models import Exposure
from renmai.insight.experiments.tests.trying import SHELF, running
from renmai.insight.stream.tests.happenings import happened
from renmai.kernel import clock
from renmai.sharing.actions import close_shop
from renmai.sharing.models import Mute, Pause
from renmai.trust import queries as trust
from renmai.trust.queries.gating import kept_share
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor(moving_clock: MovingClock) -> Floor:
    moving_clock.travel(moving_clock.now.replace(hour=4, minute=0))  # noon in China
    return Floor()


def held() -> dict[str, int]:
    return dict(Held.objects.values_list("reason", "count"))


def test_the_agent_is_told_who_lingers_on_what_how_sure_and_why(floor: Floor) -> None:
    (told,) = floor.tell()
    assert (told.agent, told.customer, told.product, told.status) == (floor.agent, floor.customer, floor.product, "open")
    assert told.evidence == {"views": 2, "seconds": 120, "scroll_percent": 90, "pictures": 4, "variants": 1}
    assert 2500 < told.chance_basis_points < 5000
    assert told.due_at == clock.now() + timedelta(minutes=120)
    assert list(violations()) == []


def test_once_for_a_customer_a_product_and_a_day_however_often_she_comes(floor: Floor, moving_clock: MovingClock) -> None:
    events = floor.linger()
    for _time in range(3):
        watch(events)
    moving_clock.advance(hours=2)
    floor.tell()
    assert len(alerts()) == 1
    # The next day in China begins at 16:00 UTC, here the next noon.
    moving_clock.advance(hours=22)
    assert len(floor.tell()) == 2
    other = on_sale()
    assert len(floor.tell(product=other)) == 3


def test_whoever_withdrew_a_second_ago_is_not_told_of(floor: Floor, moving_clock: MovingClock) -> None:
    events = floor.linger()
    withdraw_consent(floor.customer, Purpose.AGENT_ALERTS)
    moving_clock.advance(seconds=1)
    watch(events)
    assert alerts() == []
    assert held() == {"no_consent": 1}


def test_nobody_is_told_of_people_who_are_nobodys_or_whose_agent_may_not_sell(floor: Floor) -> None:
    free = make_member()
    agrees(free)
    assert floor.tell(customer=free) == []
    Agent.objects.update(status=Agent.Status.SUSPENDED)
    assert floor.tell() == []
    Agent.objects.update(status=Agent.Status.ACTIVE)
    close_shop(floor.shop)
    assert floor.tell() == []
    assert held() == {"no_agent": 3}


def test_a_short_look_is_no_alert(floor: Floor) -> None:
    watch([happened("product_viewed", user=floor.customer, product=floor.product, funnel="search")])
    assert (alerts(), held()) == ([], {"not_sure": 1})


def test_guests_and_machines_leave_nobody_to_tell_of(floor: Floor) -> None:
    """A machine is no member: the door keeps no person with what it sends."""
    visitor = Visitor.objects.create()
    for seconds in (30, 60, 180):
        watch([happened("product_lingered", visitor=visitor, product=floor.product, seconds=seconds, scroll=100, pictures=5)])
    assert (alerts(), held()) == ([], {})


def test_an_old_event_is_no_news(floor: Floor, moving_clock: MovingClock) -> None:
    events = floor.linger()
    moving_clock.advance(seconds=FRESH.total_seconds() + 1)
    watch(events)
    assert alerts() == []


def test_a_worker_that_was_dead_loses_nothing_fresh_doubles_nothing_and_tells_nothing_stale(
    floor: Floor, moving_clock: MovingClock
) -> None:
    floor.linger(product=on_sale())
    moving_clock.advance(minutes=20)
    floor.linger()
    read_all()
    read_all()
    (told,) = alerts()
    assert told.product == floor.product
    read_all()
    assert len(alerts()) == 1


def test_a_transaction_that_fails_after_the_alert_leaves_none_and_comes_again(
    floor: Floor, moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from renmai.alerts.actions import watching

    floor.linger()
    with monkeypatch.context() as broken:
        broken.setattr(watching, "_note_held", lambda *_given, **_named: 1 / 0)
        read_all()
    assert alerts() == []
    moving_clock.advance(seconds=5)
    read_all()
    assert len(alerts()) == 1


@pytest.mark.parametrize(("hour", "count"), [(21, 1), (22, 0), (3, 0), (7, 0), (8, 1)])
def test_agents_are_left_in_peace_at_night(floor: Floor, moving_clock: MovingClock, hour: int, count: int) -> None:
    moving_clock.travel(moving_clock.now.replace(hour=(hour - 8) % 24))
    assert len(floor.tell()) == count


def test_caps_of_a_customer_and_of_an_agent(floor: Floor) -> None:
    set_setting("alerts.customer_daily", 2)
    set_setting("alerts.agent_daily", 3)
    for _time in range(3):
        floor.tell(product=on_sale())
    assert len(alerts()) == 2
    for _time in range(2):
        another = make_member()
        agrees(another)
        belongs(another, floor.shop)
        floor.tell(customer=another)
    assert len(alerts()) == 3
    assert held() == {"customer_cap": 1, "agent_cap": 1}


def test_how_often_is_enough_can_be_tried_out(floor: Floor) -> None:
    switches = {"alerts.daily": ("setting", "once")}
    running(SHELF, switches=switches, metric="kept", guardrails=(("mutes", 1000),), moment=clock.now())
    for _customer in range(8):
        another = make_member()
        agrees(another)
        belongs(another, floor.shop)
        floor.tell(customer=another)
        assert not Exposure.objects.filter(user=another).exists()  # the first of a day makes no difference
        floor.tell(customer=another, product=on_sale())
        dealt = Exposure.objects.get(user=another).variant
        assert BrowseAlert.objects.filter(customer=another).count() == (2 if dealt == "setting" else 1)
    assert Exposure.objects.count() == 8


def test_whoever_muted_her_agent_and_an_agent_who_is_paused_are_left_in_peace(floor: Floor) -> None:
    mute = Mute.objects.create(receiver=floor.customer, sharer=floor.agent)
    assert floor.tell() == []
    mute.delete()
    pause = Pause.objects.create(sharer=floor.agent, reason="complaint", evidence="test", until=clock.now() + timedelta(days=1))
    assert floor.tell() == []
    pause.delete()
    assert held() == {"muted": 1, "paused": 1}
    assert len(floor.tell()) == 1


def test_what_a_share_would_cost_in_trust_stands_on_the_alert(floor: Floor) -> None:
    (told,) = floor.tell()
    verdict = trust.gate(
        floor.agent,
        floor.customer,
        relevance=told.chance_basis_points / 10_000,
        margin_fen=round(floor.product.lowest_price_fen * kept_share()),
        purpose=Purpose.AGENT_ALERTS,
    )
    assert verdict.allowed
    assert told.trust_cost_fen == verdict.trust_cost_fen > 0


def test_a_share_that_costs_more_trust_than_it_brings_is_not_suggested(floor: Floor) -> None:
    Product.objects.update(lowest_price_fen=1)
    assert floor.tell() == []
    assert held() == {"too_dear": 1}


def test_a_batch_counts_towards_its_own_caps(floor: Floor) -> None:
    set_setting("alerts.customer_daily", 1)
    watch([*floor.linger(), *floor.linger(product=on_sale())])
    assert len(alerts()) == 1


def test_goods_that_are_not_on_sale_are_no_occasion(floor: Floor) -> None:
    Product.objects.update(status=Product.Status.DELISTED)
    assert floor.tell() == []
    assert held() == {"not_on_sale": 1}


def test_each_agent_hears_of_her_own_customers_only(floor: Floor) -> None:
    other = new_shop()
    hers = make_member()
    agrees(hers)
    belongs(hers, other)
    watch([*floor.linger(), *floor.linger(customer=hers)])
    assert {(told.agent, told.customer) for told in alerts()} == {(floor.agent, floor.customer), (other.owner, hers)}


@pytest.mark.parametrize("people", [1, 10])
def test_statements_grow_by_nine_for_each_customer_of_whom_an_agent_is_told(
    floor: Floor, statements: Statements, people: int
) -> None:
    events = []
    for _number in range(people):
        customer = make_member()
        agrees(customer)
        belongs(customer, floor.shop)
        events += floor.linger(customer=customer)
    watch([])
    with statements(10 + 9 * people):
        watch(events)
    assert BrowseAlert.objects.count() == people


def test_what_is_no_occasion_costs_nothing(floor: Floor, statements: Statements) -> None:
    events = [happened("searched", user=floor.customer, query="茶", found=3)]
    with statements(0):
        watch(events)
