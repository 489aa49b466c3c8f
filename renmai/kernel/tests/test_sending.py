"""Statements that go past Django's cursors: the same answers, the same errors, and nobody who listens misses one."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from renmai.kernel import clock, sending
from renmai.kernel.compiled import CompiledUpdate, by_key, insert, insert_missing
from renmai.kernel.models import Alert, Heartbeat

pytestmark = pytest.mark.django_db

_CLOSE = CompiledUpdate(lambda pk, now: (Alert.objects.filter(pk=pk, resolved_at__isnull=True), {"resolved_at": now}), values=2)


def alert(code: str = "test") -> Alert:
    return Alert(code=code, subject="a % b", detail="50 %s, ?")


def test_what_was_written_is_read_as_it_was() -> None:
    made = alert()
    insert([made])
    read = by_key(Alert, made.pk)
    assert (read.code, read.subject, read.detail, read.created_at, read.resolved_at) == (
        "test",
        "a % b",
        "50 %s, ?",
        made.created_at,
        None,
    )
    assert read == Alert.objects.get()


def test_a_broken_rule_is_djangos_error_and_ends_the_transaction() -> None:
    insert([Heartbeat(name="one")])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Heartbeat(name="one")])
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            insert([Heartbeat(name="two")])
    assert list(Heartbeat.objects.values_list("name", flat=True)) == ["one"]


def test_an_update_says_how_many_rows_it_changed_and_a_missing_row_is_no_error() -> None:
    made = alert()
    insert([made])
    now = clock.now()
    assert (_CLOSE.run(made.pk, now), _CLOSE.run(made.pk, now), _CLOSE.run(0, now)) == (1, 0, 0)
    assert Alert.objects.get().resolved_at == now
    with pytest.raises(Alert.DoesNotExist):
        by_key(Alert, 0)


def test_who_counts_and_who_listens_hears_each_statement(statements: Callable[[int], AbstractContextManager[None]]) -> None:
    heard: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        heard.append(sql)
        return execute(sql, *rest)

    with statements(2):
        insert([alert()])
        insert_missing([alert("other")])
    with connection.execute_wrapper(note):
        insert([alert("third")])
    assert len(heard) == 1


def test_another_thread_does_not_send_on_this_ones_connection() -> None:
    mine, refused = sending.database(), []

    def send() -> None:
        try:
            sending._ready(mine)
        except DatabaseError as error:
            refused.append(error)

    thread = threading.Thread(target=send)
    thread.start()
    thread.join()
    assert len(refused) == 1
