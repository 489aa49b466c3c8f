"""Compiled statements ask and give what the ORM asks and gives."""

import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, F, QuerySet
from django.test.utils import CaptureQueriesContext

from renmai.kernel import sending
from renmai.kernel.compiled import Compiled, CompiledUpdate, CompiledValues, by_key, insert, insert_missing
from renmai.kernel.models import Alert, IdempotencyKey, OutboxEvent, Receipt
from renmai.kernel.places import Each
from renmai.kernel.states import advance_each
from renmai.kernel.transactions import joined

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=UTC)


def an_event(name: str = "x", **fields: object) -> OutboxEvent:
    """An event with a payload that needs converting."""
    return OutboxEvent.objects.create(name=name, payload={"names": ["林", 'a"b'], "fen": 5}, **fields)


def fields_of(row: object) -> dict[str, object]:
    """All columns of a row."""
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def test_a_compiled_query_finds_what_the_orm_finds() -> None:
    rows = [an_event(str(number), due_at=MOMENT + timedelta(hours=number)) for number in range(5)]

    def due(since: Any, names: Any) -> QuerySet[OutboxEvent]:
        return OutboxEvent.objects.filter(due_at__gte=since, name__in=names, status="pending").order_by("-due_at")[:2]

    query: Compiled[OutboxEvent] = Compiled(due)
    for since, names in ((rows[1].due_at, ["0", "1", "2", "3"]), (rows[0].due_at, ["0"]), (rows[4].due_at, ["1", "2"])):
        expected = list(due(since, names))
        found = query.rows(since, names)
        assert [fields_of(row) for row in found] == [fields_of(row) for row in expected]
    assert query.first(rows[4].due_at, ["4"]) == rows[4]
    assert query.first(rows[4].due_at, ["3"]) is None


def test_a_compiled_query_brings_relatives_and_can_be_saved() -> None:
    event = an_event()
    receipt = Receipt.objects.create(event=event, reaction="r")
    query: Compiled[Receipt] = Compiled(lambda event: Receipt.objects.filter(event=event).select_related("event"))
    query.rows(event.pk)
    with CaptureQueriesContext(connection) as sent:
        (found,) = query.rows(event.pk)
        assert fields_of(found.event) == fields_of(event)
    assert len(sent) == 1
    found.reaction = "other"
    found.save()
    receipt.refresh_from_db()
    assert receipt.reaction == "other"


def test_compiled_values_are_tuples_of_columns_converted_as_usual() -> None:
    rows = [an_event(str(number), due_at=MOMENT + timedelta(hours=number)) for number in range(3)]
    query = CompiledValues(
        lambda names: OutboxEvent.objects.filter(name__in=names).order_by("pk").values_list("due_at", "payload")
    )
    assert query.rows(["0", "2", "x"]) == [(rows[0].due_at, rows[0].payload), (rows[2].due_at, rows[2].payload)]
    assert query.rows([]) == []


def test_a_compiled_query_brings_annotations_and_takes_foreign_keys() -> None:
    event, other = an_event("a"), an_event("b")
    for name in "rst":
        Receipt.objects.create(event=event, reaction=name)
    query: Compiled[Receipt] = Compiled(lambda events: Receipt.objects.filter(event__in=events).annotate(of=F("event__name")))
    assert {(row.reaction, row.of) for row in query.rows([event.pk, other.pk])} == {("r", "a"), ("s", "a"), ("t", "a")}  # type: ignore[attr-defined]
    assert query.rows([other.pk]) == []


def test_a_compiled_update_returns_what_it_made() -> None:
    event, other = an_event("a"), an_event("b")
    more = CompiledUpdate(
        lambda name: (OutboxEvent.objects.filter(name=name, attempts__lt=2), {"attempts": F("attempts") + 1}),
        values=1,
        returning=("id", "attempts"),
    )
    assert [more.changed("a"), more.changed("a"), more.changed("a")] == [[(event.pk, 1)], [(event.pk, 2)], []]
    assert OutboxEvent.objects.get(pk=other.pk).attempts == 0


def test_an_update_gives_each_row_a_value_of_its_own() -> None:
    rows = [an_event(name) for name in "abcd"]
    update = CompiledUpdate(
        lambda keys, names, left: (
            OutboxEvent.objects.filter(pk__in=keys).exclude(name=left),
            {"name": Each("pk", keys, names, output_field=CharField()), "attempts": F("attempts") + 1},
        ),
        values=3,
        returning=("name",),
    )
    for count in (3, 1):  # of another length, the same plan or another
        keys, names = [row.pk for row in rows[:count]], ['x"', "y", "z"][:count]
        assert sorted(update.changed(keys[::-1], names[::-1], "never")) == sorted((name,) for name in names)
    assert list(OutboxEvent.objects.order_by("pk").values_list("name", "attempts")) == [('x"', 2), ("y", 1), ("z", 1), ("d", 0)]
    with pytest.raises(TypeError, match="3 values"):
        update.run([1], ["a"])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans nothing twice")
def test_a_plan_does_not_depend_on_how_many_values_there_are() -> None:
    OutboxEvent.objects.bulk_create([OutboxEvent(name=str(number), payload={}, due_at=MOMENT) for number in range(500)])

    def asked(keys: Sequence[int]) -> list[tuple[str]]:
        query = CompiledValues(lambda keys: OutboxEvent.objects.filter(pk__in=keys).values_list("name"))
        plan, _found = query._found((keys,))
        return sending.rows(f"EXPLAIN {plan.sql}", [keys])

    # Otherwise PostgreSQL plans it for each number anew, and never keeps the plan for any number.
    assert asked([1]) == asked([1, 2, 3, 4]) == asked([])


def test_rows_move_together_or_not_at_all() -> None:
    rows = [an_event(name) for name in "abc"]
    keys, status = [row.pk for row in rows], OutboxEvent.Status
    advance_each(
        OutboxEvent, keys[:2], old=status.PENDING, new=status.DEAD, each={"last_error": ["one", "two"]}, delivered_at=MOMENT
    )
    found = OutboxEvent.objects.order_by("pk").values_list("status", "last_error", "delivered_at")
    assert list(found) == [("dead", "one", MOMENT), ("dead", "two", MOMENT), ("pending", "", None)]
    with pytest.raises(AssertionError, match="2 of 3 rows were not pending"):
        advance_each(OutboxEvent, keys, old=status.PENDING, new=status.DEAD)
    with pytest.raises(AssertionError, match="never becomes"):
        advance_each(OutboxEvent, keys, old=status.DONE, new=status.DEAD)


def test_insert_writes_what_the_orm_writes() -> None:
    rows = [OutboxEvent(name=name, payload={"深": [1, None]}, due_at=MOMENT) for name in ("a", 'b"\\{,}NULL', "")]
    rows[1].delivered_at = MOMENT
    insert(rows)
    for row in rows:
        assert fields_of(OutboxEvent.objects.get(pk=row.pk)) == fields_of(row)
        row.attempts = 3
        row.save()  # an UPDATE: the row knows that it is there
    assert OutboxEvent.objects.filter(attempts=3).count() == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Receipt(event=rows[0], reaction="r"), Receipt(event=rows[0], reaction="r")])


def test_insert_missing_leaves_what_is_there() -> None:
    first = IdempotencyKey(scope="s", key="k", fingerprint="1", result="one")
    assert len(insert_missing([first])) == 1
    again = IdempotencyKey(scope="s", key="k", fingerprint="2", result="two")
    other = IdempotencyKey(scope="s", key="l", fingerprint="3", result="three")
    assert len(insert_missing([again, other])) == 1
    assert sorted(IdempotencyKey.objects.values_list("result", flat=True)) == ["one", "three"]


@pytest.mark.django_db(transaction=True)
def test_a_row_is_held_inside_a_transaction_only() -> None:
    event = an_event()
    with transaction.atomic():
        assert by_key(OutboxEvent, event.pk, lock=True) == event
    with pytest.raises(AssertionError, match="until its transaction ends"):
        by_key(OutboxEvent, event.pk, lock=True)
    assert by_key(OutboxEvent, event.pk) == event


def test_a_joined_transaction_has_no_savepoint_and_fails_with_its_caller() -> None:
    with CaptureQueriesContext(connection) as sent, transaction.atomic(), joined():
        Alert.objects.create(code="a", subject="b")
    savepoints = [query["sql"] for query in sent if "SAVEPOINT" in query["sql"]]
    assert len(savepoints) == 2, savepoints  # the outer one's, which is this test's
    with pytest.raises(ZeroDivisionError):
        fail_inside()
    assert Alert.objects.filter(code="c").count() == 0  # outermost: undone by itself, and this test goes on
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        go_on_after_a_failure()


def fail_inside() -> None:
    """An action that fails after it has written something."""
    with joined():
        Alert.objects.create(code="c", subject="d")
        _quotient = 1 // 0


def go_on_after_a_failure() -> None:
    """What no caller may do."""
    with contextlib.suppress(ZeroDivisionError):
        fail_inside()
    Alert.objects.count()
