"""SQLite learns from time to time how much its indexes narrow down."""

import pytest
from django.db import OperationalError, connection

from renmai.kernel import clock
from renmai.kernel.models import Alert
from renmai.project import worker
from renmai.project.statistics import refresh_statistics

pytestmark = pytest.mark.django_db


def test_how_much_an_index_narrows_down_is_known_afterwards() -> None:
    Alert.objects.bulk_create([Alert(code="test", subject=str(number)) for number in range(30)])
    refresh_statistics()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s AND idx = %s", [Alert._meta.db_table, "alert_open_once"])
            assert [row[0].split() for row in cursor.fetchall()] == [["30", "30", "1"]]


def test_a_worker_with_nothing_to_do_looks_at_once_and_then_every_hour(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(worker, "refresh_statistics", look)
    first = worker._look_at_indexes(None)
    assert worker._look_at_indexes(first) == first
    assert len(looks) == 1
    assert "asked again in 1:00:00" in caplog.text
    with clock.travel(first + worker.LOOK_EVERY):
        assert worker._look_at_indexes(first) == first + worker.LOOK_EVERY
    assert len(looks) == 2
