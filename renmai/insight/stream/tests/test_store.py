"""Days become files and lose and double nothing, wherever it breaks off; one table shows all; who is forgotten is in none of it."""

import errno
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models
from pytest_django import Settings

from renmai.accounts.actions import give_consent, visitor
from renmai.accounts.actions.members import join_visitor
from renmai.accounts.consents import Purpose
from renmai.accounts.events import ConsentWithdrawn
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.tests.factories import make_product
from renmai.insight.actions import record_view
from renmai.insight.models import View
from renmai.insight.stream.actions import forget, merge, separate
from renmai.insight.stream.fields import Whole
from renmai.insight.stream.models import Cursor, Day, EventRow, Forgetting
from renmai.insight.stream.queries import export
from renmai.insight.stream.reactions import forget_looks
from renmai.insight.stream.records import Source
from renmai.insight.stream.registry import REGISTRY, Schema
from renmai.insight.stream.store import days, files, reading
from renmai.insight.stream.tests.happenings import happened
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.RENMAI_HOME = tmp_path
    return tmp_path / "events"


def ten_days(clock: MovingClock) -> list[UUID]:
    """Three events on each of ten days, the last of them today."""
    told = []
    for _day in range(10):
        told += [
            happened("searched", query=f"茶{number}", found=number, at=clock.advance(minutes=1)).event_id for number in range(3)
        ]
        clock.advance(days=1)
    clock.advance(days=-1)
    return told


def known(**bounds: Any) -> list[UUID]:
    return sorted(UUID(each) for each in reading.events(**bounds).event_id.to_pyarrow().to_pylist())


def test_finished_days_become_files_and_hot_days_stay(moving_clock: MovingClock, home: Path) -> None:
    told = ten_days(moving_clock)
    assert days.compact(10) == 2
    assert (Day.objects.count(), EventRow.objects.count(), len(list(home.iterdir()))) == (2, 24, 2)
    assert [day.events for day in Day.objects.all()] == [3, 3]
    assert known() == sorted(told)
    assert days.compact(10) == 0
    moving_clock.advance(days=1)
    assert days.compact(10) == 1
    assert known() == sorted(told)


def test_the_table_has_properties_as_columns_and_bounds(moving_clock: MovingClock) -> None:
    told = ten_days(moving_clock)
    days.compact(10)
    table = reading.events()
    assert table.filter(table.name == "searched").found.sum().to_pyarrow().as_py() == 10 * (0 + 1 + 2)
    assert table.seconds.count().to_pyarrow().as_py() == 0
    start = moving_clock.now - timedelta(days=9)
    assert known(until=start) == sorted(told[:3])
    assert known(since=start, until=start + timedelta(days=1)) == sorted(told[3:6])


def test_a_day_waits_for_whoever_has_not_read_it(moving_clock: MovingClock) -> None:
    ten_days(moving_clock)
    slow = Cursor.objects.create(name="slow", position=EventRow.objects.order_by("position")[3].position)
    assert days.compact(10) == 1
    slow.position += 100
    slow.save()
    assert days.compact(10) == 1


def test_a_late_event_joins_the_file_of_its_day_and_one_told_again_does_not(moving_clock: MovingClock, home: Path) -> None:
    told = ten_days(moving_clock)
    again = EventRow.objects.order_by("position").first()
    days.compact(10)
    late = happened("searched", query="晚", found=0, at=moving_clock.now - timedelta(days=9))
    assert again is not None
    again.position = late.position + 1
    again.save(force_insert=True)
    assert known() == sorted([*told, late.event_id]), "read once before it is written"
    assert days.compact(10) == 1
    assert known() == sorted([*told, late.event_id])
    assert (sum(day.events for day in Day.objects.all()), len(list(home.iterdir()))) == (7, 2)


class Died(BaseException):
    """A kill: nothing catches it."""


def full_disk(*_arguments: Any, **_options: Any) -> None:
    raise OSError(errno.ENOSPC, "no space left on device")


def die(*_arguments: Any, **_options: Any) -> None:
    raise Died


def _write_batch(act: Callable[..., None]) -> tuple[object, str, Callable[..., None]]:
    import pyarrow.parquet as pq

    return pq.ParquetWriter, "write_batch", act


@pytest.mark.parametrize("step", ["write", "sync", "name"])
def test_a_full_disk_leaves_the_rows_where_they_are(
    step: str, moving_clock: MovingClock, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ten_days(moving_clock)
    where = {"write": _write_batch(full_disk), "sync": (files, "_sync", full_disk), "name": (Path, "replace", full_disk)}[step]
    with monkeypatch.context() as broken:
        broken.setattr(*where)
        with pytest.raises(OSError, match="no space left"):
            days.compact(10)
    assert (EventRow.objects.count(), Day.objects.count(), list(home.iterdir())) == (30, 0, [])
    assert known() == sorted(told)
    assert days.compact(10) == 2
    assert known() == sorted(told)


@pytest.mark.parametrize("step", ["write", "sync", "name", "row", "delete", "remove"])
def test_a_kill_at_any_step_loses_and_doubles_nothing(
    step: str, moving_clock: MovingClock, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ten_days(moving_clock)
    days.compact(1)
    late = happened("searched", query="晚", found=0, at=moving_clock.now - timedelta(days=9))
    steps: dict[str, tuple[object, str, Callable[..., None]]] = {
        "write": _write_batch(die),
        "sync": (files, "_sync", die),
        "name": (Path, "replace", die),
        "row": (days, "_name", die),
        "delete": (models.QuerySet, "delete", die),
        "remove": (Path, "unlink", die),
    }
    with monkeypatch.context() as broken:
        broken.setattr(*steps[step])
        with pytest.raises(Died):
            days.compact(10)
    assert known() == sorted([*told, late.event_id])
    days.compact(10)
    assert known() == sorted([*told, late.event_id])
    assert EventRow.objects.count() == 24
    monkeypatch.setattr(files, "WRITTEN_FOR", timedelta(seconds=-1))
    files.sweep(100)
    assert sorted(path.name for path in home.iterdir()) == sorted(Day.objects.values_list("file", flat=True))
    assert known() == sorted([*told, late.event_id])


def test_a_file_that_may_still_be_on_its_way_is_not_swept(home: Path) -> None:
    files.folder()
    (home / "2026-03-01.AAAA.parquet.part").write_text("x")
    Day.objects.create(day=date(2026, 2, 1), file="named.parquet", events=1, bytes=1)
    assert files.sweep(10) == 0


def test_a_database_that_names_no_file_has_none_deleted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "WRITTEN_FOR", timedelta(seconds=-1))
    files.folder()
    (home / "2026-03-01.AAAA.parquet").write_text("of another database")
    assert files.sweep(10) == 0
    Day.objects.create(day=date(2026, 2, 1), file="named.parquet", events=1, bytes=1)
    assert files.sweep(10) == 1


def test_two_workers_who_write_the_same_day_leave_one_truth(
    moving_clock: MovingClock, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ten_days(moving_clock)
    write = files.write_day
    rivals: Iterator[int] = iter([1])

    def slowly(*arguments: Any) -> Day:
        if next(rivals, None):
            days.compact(1)
        return write(*arguments)

    monkeypatch.setattr(files, "write_day", slowly)
    assert days.compact(1) == 1
    assert (Day.objects.count(), len(list(home.iterdir()))) == (2, 2)
    assert known() == sorted(told)


def test_merges_count_in_files_too_and_can_be_undone(moving_clock: MovingClock) -> None:
    member, browser = make_member(), visitor(None)
    give_consent(member, Purpose.BROWSING)
    happened("cart_opened", visitor=browser, lines=1)
    moving_clock.advance(days=9)
    happened("cart_opened", visitor=browser, lines=1)
    days.compact(10)
    merge(visitor_id=browser.pk, user_id=member.pk)
    assert reading.events().user_id.to_pyarrow().to_pylist() == [member.pk, member.pk]
    separate(browser.pk)
    assert reading.events().user_id.to_pyarrow().to_pylist() == [None, None]


HER_NUMBER = 770_077
"""A number that nothing else in these tables has."""


def her_traces(home: Path, *values: object) -> list[str]:
    """Search every table of this room and of looks, and every file, for these values, as number and as text."""
    import pyarrow.parquet as pq

    found = []
    texts = {str(value) for value in values} | {str(value).replace("-", "") for value in values}
    tables: list[type[models.Model]] = [*apps.get_app_config("stream").get_models(), View]
    for model in tables:
        rows: Any = model._default_manager.values_list()
        found += [f"{model.__name__}: {row}" for row in rows if any(text in str(column) for text in texts for column in row[1:])]
    for path in home.iterdir():
        rows = pq.read_table(path, columns=["user_id", "visitor_id", "session_id"]).to_pylist()
        found += [f"{path.name}: {row}" for row in rows if texts & {str(value) for value in row.values()}]
    return found


@pytest.mark.parametrize("dies", [False, True])
def test_who_is_forgotten_is_in_no_table_and_no_file(
    dies: bool, moving_clock: MovingClock, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, other = make_member(), make_member()
    User.objects.filter(pk=member.pk).update(id=HER_NUMBER)
    member = User.objects.get(pk=HER_NUMBER)
    product, guest, browser = make_product(), visitor(None), visitor(None)
    for _day in range(10):
        happened("cart_opened", user=member, visitor=browser, lines=1)
        happened("cart_opened", visitor=guest, lines=2)
        happened("cart_opened", user=other, lines=3)
        happened("order_paid", user=member, order=5, fen=100, pieces=1)
        moving_clock.advance(days=1)
    days.compact(10)
    for each in (guest, browser):
        record_view(each, None, product_id=product.pk, funnel="search")
    Visitor.objects.filter(pk__in=[guest.pk, browser.pk]).update(user=member)
    assert her_traces(home, member.pk, guest.pk)
    forget(user=member)
    assert set(reading.events().to_pyarrow().column("user_id").to_pylist()) == {other.pk}, "hidden at once"
    if dies:
        with monkeypatch.context() as broken:
            broken.setattr(files, "write_day", die)
            with pytest.raises(Died):
                days.forget_in_files(100)
    while days.forget_in_files(1):
        assert Forgetting.objects.count() <= 1
    assert her_traces(home, member.pk, guest.pk, browser.pk) == []
    assert reading.events().user_id.to_pyarrow().to_pylist() == [other.pk] * 10
    assert not Forgetting.objects.exists()


def test_consent_withdrawn_takes_the_looks_and_leaves_the_orders(moving_clock: MovingClock) -> None:
    member = make_member()
    for _day in range(10):
        happened("searched", user=member, query="茶", found=1)
        happened("order_paid", user=member, order=5, fen=100, pieces=1)
        moving_clock.advance(days=1)
    days.compact(10)
    assert len(export(member)) == 20
    assert {event.name for event in export(member)} == {"searched", "order_paid"}
    forget_looks(ConsentWithdrawn(user_id=member.pk, purpose=Purpose.MARKETING))
    assert len(export(member)) == 20
    forget_looks(ConsentWithdrawn(user_id=member.pk, purpose=Purpose.BROWSING))
    assert reading.events().name.to_pyarrow().to_pylist() == ["order_paid"] * 10
    while days.forget_in_files(100):
        pass
    assert [event.name for event in export(member)] == ["order_paid"] * 10


def test_a_guest_is_forgotten_by_her_browser(moving_clock: MovingClock, home: Path) -> None:
    browser, other = visitor(None), visitor(None)
    for _day in range(10):
        happened("cart_opened", visitor=browser, lines=1)
        happened("cart_opened", visitor=other, lines=1)
        moving_clock.advance(days=1)
    days.compact(10)
    forget(visitor_ids=[browser.pk])
    while days.forget_in_files(100):
        pass
    assert her_traces(home, browser.pk) == []
    assert reading.events().count().to_pyarrow().as_py() == 10


def test_her_copy_holds_her_own_and_her_browsers_events_of_all_days_newest_first(moving_clock: MovingClock) -> None:
    member, browser, other = make_member(), visitor(None), make_member()
    give_consent(member, Purpose.BROWSING)
    for number in range(10):
        happened("searched", user=member if number % 2 else None, visitor=browser, query="茶", found=number)
        happened("searched", user=other, query="x", found=99)
        moving_clock.advance(days=1)
    join_visitor(member, browser)
    merge(visitor_id=browser.pk, user_id=member.pk)
    days.compact(10)
    copy = export(member)
    assert [event.properties["found"] for event in copy] == list(range(9, -1, -1))
    assert {event.user_id for event in copy} == {member.pk}
    assert [event.properties for event in export(member, limit=2)] == [{"query": "茶", "found": 9}, {"query": "茶", "found": 8}]


def test_the_same_analytics_run_on_another_engine_with_the_same_result(moving_clock: MovingClock) -> None:
    import ibis

    member, browser = make_member(), visitor(None)
    give_consent(member, Purpose.BROWSING)
    for number in range(40):
        happened("product_lingered", visitor=browser, product=number % 3 + 1, seconds=number + 1, scroll=50, pictures=1)
        happened("searched", user=member, query=f"茶{number % 4}", found=number)
        moving_clock.advance(hours=6)
    days.compact(10)
    merge(visitor_id=browser.pk, user_id=member.pk)

    def figures(table: Any) -> list[Any]:
        lingered = table.filter(table.name == "product_lingered")
        by_product = (
            lingered.group_by("product_id")
            .aggregate(times=lingered.count(), seconds=lingered.seconds.mean())
            .order_by("product_id")
        )
        by_day = (
            table.group_by(day=table.at.truncate("D"), name=table.name).aggregate(events=table.count()).order_by("day", "name")
        )
        people = table.aggregate(people=table.user_id.nunique(), found=table.found.max())
        return [by_product, by_day, people]

    engines = (ibis.duckdb.connect(), ibis.polars.connect())
    answers = [[engine.to_pyarrow(figure).to_pylist() for figure in figures(reading.events(on=engine))] for engine in engines]
    assert answers[0] == answers[1]
    assert answers[0][2] == [{"people": 1, "found": 39}]
    assert sum(row["events"] for row in answers[0][1]) == 80


def test_moments_are_those_of_utc_in_rows_and_in_files(moving_clock: MovingClock) -> None:
    early = happened("cart_opened", lines=1)
    moving_clock.advance(days=9)
    late = happened("cart_opened", lines=2)
    days.compact(10)
    table = reading.events().order_by("position")
    assert table.at.to_pyarrow().to_pylist() == [early.at.replace(tzinfo=None), late.at.replace(tzinfo=None)]
    [batch] = files.column_batches(Day.objects.get(), ("at",))
    assert batch.column("at").to_pylist() == [early.at]


def test_rows_of_an_older_version_are_read_as_the_newest(moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    happened("cart_opened", lines=3)
    second = Schema(
        "cart_opened",
        2,
        Source.BROWSER,
        Purpose.BROWSING,
        "",
        {"lines": Whole(0, 9)},
        upgrade=lambda old: {"lines": int(old["lines"]) * 2},
    )
    monkeypatch.setitem(REGISTRY._versions, "cart_opened", [REGISTRY.current("cart_opened"), second])
    assert reading.events().lines.to_pyarrow().to_pylist() == [6]
