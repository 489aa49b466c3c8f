"""The log of acts and the limits on attempts."""

import pytest
from django.db import transaction

from renmai.accounts import actions, queries, throttling
from renmai.accounts.models import ActLog, PhoneCode, Throttle
from renmai.accounts.tests.factories import ELSEWHERE, HERE, Statements, make_staff
from renmai.kernel.errors import DomainError
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def test_the_log_is_read_by_page_actor_and_object(statements: Statements) -> None:
    first, second = make_staff(), make_staff()
    for number in range(55):
        actions.log_act(first, "orders.ship", object_type="order", object_id=number, ip_address=ELSEWHERE)
    last = actions.log_act(second, "settings.change", object_type="setting", object_id="x", detail={"before": 1, "after": 2})
    with statements(2):
        page = queries.acts()
        names = [act.actor.display_name for act in page]
    assert (len(names), page.paginator.num_pages, page[0].pk) == (50, 2, last.pk)
    assert [act.object_id for act in queries.acts(page=2)] == ["5", "4", "3", "2", "1", "0"]
    assert [act.pk for act in queries.acts(actor_id=second.pk)] == [last.pk]
    assert [act.object_id for act in queries.acts(object_type="order", object_id="7")] == ["7"]
    assert len(queries.acts(page=10**9).object_list) == 6


def test_an_act_that_is_undone_leaves_no_entry() -> None:
    person = make_staff()
    with transaction.atomic():
        actions.log_act(person, "orders.ship", object_type="order", object_id=1)
        transaction.set_rollback(True)
    assert not ActLog.objects.exists()


def test_a_limit_holds_within_its_window_only(moving_clock: MovingClock) -> None:
    def hit() -> None:
        throttling.hit("test", "someone", limit=3, window_seconds=60)

    for _time in range(3):
        hit()
    moving_clock.advance(seconds=59.5)
    for _time in range(3):
        with pytest.raises(DomainError) as refusal:
            hit()
        assert refusal.value.details == {"seconds": 1}
        assert refusal.value.sentence
    moving_clock.advance(seconds=0.5)
    hit()
    assert Throttle.objects.get().attempts == 1


def test_acts_and_subjects_are_counted_apart_and_can_be_forgotten() -> None:
    long = "x" * 500
    throttling.hit("one", "someone", limit=1, window_seconds=60)
    throttling.hit("two", "someone", limit=1, window_seconds=60)
    throttling.hit("one", long, limit=1, window_seconds=60)
    for subject in ("someone", long):
        with pytest.raises(DomainError, match=r"request.too_many"):
            throttling.hit("one", subject, limit=1, window_seconds=60)
        throttling.clear("one", subject)
        throttling.hit("one", subject, limit=1, window_seconds=60)
    assert Throttle.objects.count() == 3


def test_a_known_subject_costs_two_statements(statements: Statements) -> None:
    throttling.hit("test", "someone", limit=5, window_seconds=60)
    with statements(2):
        throttling.hit("test", "someone", limit=5, window_seconds=60)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", ""])
def test_this_machine_is_not_limited_by_address(address: str) -> None:
    for _time in range(3):
        throttling.hit_address("test", address, limit=1, window_seconds=60)
    assert not Throttle.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_counting_inside_a_transaction_is_a_bug_that_shows() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        throttling.hit("test", "someone", limit=1, window_seconds=60)


@pytest.mark.parametrize("address", [ELSEWHERE, "2001:db8::1", "unknown", "1.2.3.4, 5.6.7.8", "x" * 300])
def test_every_other_address_is_limited_whatever_it_says(address: str) -> None:
    throttling.hit_address("test", address, limit=1, window_seconds=60)
    with pytest.raises(DomainError, match=r"request.too_many"):
        throttling.hit_address("test", address, limit=1, window_seconds=60)


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("::ffff:127.0.0.1", ""),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_household_is_one_subject(address: str, counted_as: str) -> None:
    assert throttling.network_of(address) == counted_as


@pytest.mark.parametrize(("given", "kept"), [(ELSEWHERE, ELSEWHERE), ("", None), (None, None), ("unknown", None)])
def test_an_entry_never_fails_for_what_a_proxy_says(given: str | None, kept: str | None) -> None:
    actions.log_act(make_staff(), "orders.ship", object_type="order", object_id=1, ip_address=given)
    assert ActLog.objects.get().ip_address == kept


def test_old_codes_and_counts_are_forgotten_in_bounded_steps(moving_clock: MovingClock) -> None:
    for number in range(3):
        actions.request_code(f"1380013800{number}", ip_address=HERE)
    moving_clock.advance(days=1, seconds=1)
    assert [actions.forget_attempts(2) for _time in range(3)] == [2, 1, 0]
    assert Throttle.objects.count() == 9
    moving_clock.advance(days=1)
    actions.request_code("13800138000", ip_address=HERE)
    assert actions.forget_attempts(100) == 6
    assert (PhoneCode.objects.count(), Throttle.objects.count()) == (1, 3)
