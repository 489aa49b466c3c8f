"""What was shown and opened is counted once, by day, surface and what chose it; what a browser invents is not."""

from datetime import UTC, datetime

import pytest

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import Statements, make_member, make_staff
from renmai.insight.stream.records import StreamEvent
from renmai.insight.stream.tests.happenings import happened
from renmai.matching import showing
from renmai.matching.models import Showing
from renmai.ordering.tests.making import refused
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def told(name: str, surface: str = "home", model: str = "personal") -> StreamEvent:
    return happened(f"recommendation_{name}", surface=surface, rank=1, model=model)


def counts() -> list[tuple[str, str, int, int]]:
    return list(Showing.objects.order_by("day", "surface", "model").values_list("surface", "model", "shown", "chosen"))


def test_events_add_up_over_batches_by_surface_and_model() -> None:
    showing.count([told("shown"), told("shown"), told("chosen"), told("shown", "safe", "safe")])
    showing.count([told("shown"), told("chosen", "safe", "safe")])
    assert counts() == [("home", "personal", 3, 1), ("safe", "safe", 1, 1)]


def test_a_day_is_one_of_china(moving_clock: MovingClock) -> None:
    for hour in (15, 16):
        moving_clock.travel(datetime(2026, 3, 10, hour, 30, tzinfo=UTC))
        showing.count([told("shown")])
    assert [str(day) for day in Showing.objects.order_by("day").values_list("day", flat=True)] == ["2026-03-10", "2026-03-11"]


def test_what_a_browser_invents_makes_no_row() -> None:
    showing.count([told("shown", "roof"), told("shown", model="magic"), happened("list_viewed", list="home", shown=3)])
    assert counts() == []


def test_the_last_thirty_days_count_and_only_the_staff_reads_them(moving_clock: MovingClock, statements: Statements) -> None:
    showing.count([told("shown")] * 4)
    moving_clock.advance(days=29)
    showing.count([told("shown"), told("chosen"), told("shown", "today")])
    staff = make_staff(Role.OWNER)
    with statements(2):
        found = showing.opened(staff)
    assert [(each.surface, each.shown, each.chosen, each.share) for each in found] == [("home", 5, 1, 0.2), ("today", 1, 0, 0.0)]
    moving_clock.advance(days=1)
    assert [each.shown for each in showing.opened(staff)] == [1, 1]
    with refused("request.forbidden"):
        showing.opened(make_member())
