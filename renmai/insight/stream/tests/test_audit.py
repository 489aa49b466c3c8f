"""The audit of the stream finds what each of its rules forbids, and nothing in a stream that is well."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from renmai.insight.stream.audit import violations
from renmai.insight.stream.models import Cursor, Day, EventRow, Tail
from renmai.insight.stream.store import days, files
from renmai.insight.stream.tests.happenings import happened
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lived(settings: Settings, tmp_path: Path, moving_clock: MovingClock) -> None:
    settings.RENMAI_HOME = tmp_path
    happened("cart_opened", lines=1, at=moving_clock.now - timedelta(days=9))
    happened("cart_opened", lines=1)
    days.compact(10)


def details() -> list[str]:
    return [found.detail for found in violations()]


def test_a_stream_that_is_well() -> None:
    assert details() == []


def test_what_lies_beyond_the_tail() -> None:
    Tail.objects.update(last=1)
    Cursor.objects.create(name="fast", position=7)
    assert details() == ["the last event is 2, the tail says 1", "has read up to 7, the tail says 1"]


def test_an_event_that_nobody_knows() -> None:
    EventRow.objects.update(name="slept")
    assert details() == ["no such event in the registry"]


def test_a_file_that_is_gone_or_cut_off() -> None:
    day = Day.objects.get()
    path = files.path_of(day)
    path.write_bytes(path.read_bytes()[:-1])
    assert details() == [f"{day.bytes} bytes were written, {day.bytes - 1} are there"]
    path.unlink()
    assert details() == [f"its file {day.file} is missing"]
