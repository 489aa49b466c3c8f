"""Rows that are written in bulk are those that the ORM would have written."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from renmai.kernel import bulk
from renmai.kernel.bulk import write_rows
from renmai.kernel.models import Alert, Heartbeat, OutboxEvent

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=UTC)
EVENT = ("name", "payload", "status", "attempts", "due_at", "created_at", "last_error")
AWKWARD = ("", "NULL", "null", " ", '"', "\\", '\\"', "{a,b}", "a,b", "50 %s ?", "林\n\t'", "%")


def test_awkward_texts_and_moments_are_read_as_they_were() -> None:
    rows = [
        (text, "s", text, MOMENT + timedelta(seconds=place), None if place % 2 else MOMENT) for place, text in enumerate(AWKWARD)
    ]
    assert write_rows(Alert, ("code", "subject", "detail", "created_at", "resolved_at"), rows) == len(AWKWARD)
    read = Alert.objects.order_by("pk").values_list("code", "subject", "detail", "created_at", "resolved_at")
    assert list(read) == rows


def test_numbers_and_json_are_read_as_they_were() -> None:
    payload = {"names": ["林", 'a"b\\', None], "fen": 2**53}
    write_rows(OutboxEvent, EVENT, [("x", json.dumps(payload), "pending", 3, MOMENT, MOMENT, "")])
    (read,) = OutboxEvent.objects.all()
    assert (read.name, read.payload, read.attempts, read.due_at, read.delivered_at) == ("x", payload, 3, MOMENT, None)


def test_a_rival_key_is_an_error_or_skipped_or_renewed() -> None:
    beats = ("name", "at")
    write_rows(Heartbeat, beats, [("one", MOMENT)])
    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows(Heartbeat, beats, [("two", MOMENT), ("one", MOMENT)])
    later = MOMENT + timedelta(days=1)
    assert write_rows(Heartbeat, beats, [("one", later), ("two", MOMENT)], skip_known=True) == 1
    assert dict(Heartbeat.objects.values_list("name", "at")) == {"one": MOMENT, "two": MOMENT}
    assert write_rows(Heartbeat, beats, [("one", later), ("three", later)], renew_by="name") == 2
    assert dict(Heartbeat.objects.values_list("name", "at")) == {"one": later, "two": MOMENT, "three": later}


def test_many_rows_go_in_blocks_and_few_in_one_statement(
    monkeypatch: pytest.MonkeyPatch, statements: Callable[[int], AbstractContextManager[None]]
) -> None:
    monkeypatch.setattr(bulk, "ROWS_OF_AN_ARRAY", 100)
    rows = [(str(number), MOMENT) for number in range(250)]
    with statements(3):
        assert write_rows(Heartbeat, ("name", "at"), iter(rows)) == 250
    assert Heartbeat.objects.count() == 250
    with statements(0):
        assert write_rows(Heartbeat, ("name", "at"), []) == 0


def test_a_text_too_long_for_its_column_is_refused_where_the_database_looks() -> None:
    """SQLite does not look; PostgreSQL would cut it without a word if the array had the column's own type."""
    rows = [("x" * 41, MOMENT)]
    if connection.vendor == "postgresql":
        with pytest.raises(DataError), transaction.atomic():
            write_rows(Heartbeat, ("name", "at"), rows)
    else:
        assert write_rows(Heartbeat, ("name", "at"), rows) == 1
